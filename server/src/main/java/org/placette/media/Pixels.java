package org.placette.media;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferInt;
import java.awt.image.DirectColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * A decoded picture: one int per pixel, alpha, red, green, blue, row by row.
 *
 * @param argb not premultiplied
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record Pixels(int width, int height, int[] argb) {

  /**
   * Takes a picture over, made smaller: each new pixel is the mean of those it covers. The source
   * is read row by row, so no second copy of it is made.
   */
  static Pixels scaled(BufferedImage source, int width, int height) {
    return new Reduction(source.getWidth(), source.getHeight(), width, height)
        .run((y, row) -> row(source, y, row));
  }

  /** The same for a picture taken over before. */
  Pixels scaled(int newWidth, int newHeight) {
    if (newWidth == width && newHeight == height) return this;
    return new Reduction(width, height, newWidth, newHeight)
        .run((y, row) -> System.arraycopy(argb, y * width, row, 0, width));
  }

  /**
   * One row as ARGB. Grey samples are taken as they are: Java takes grey for linear light and would
   * make it paler.
   */
  private static void row(BufferedImage source, int y, int[] row) {
    var raster = source.getRaster();
    var bands = raster.getNumBands();
    var colours = source.getColorModel();
    if (colours instanceof IndexColorModel || bands == 4 && !colours.hasAlpha()) {
      source.getRGB(0, y, row.length, 1, row, 0, row.length);
      return;
    }
    var shift = raster.getSampleModel().getDataType() == DataBuffer.TYPE_USHORT ? 8 : 0;
    var samples = raster.getPixels(0, y, row.length, 1, (int[]) null);
    for (int x = 0; x < row.length; x++) {
      var at = x * bands;
      var red = samples[at] >> shift;
      var green = bands < 3 ? red : samples[at + 1] >> shift;
      var blue = bands < 3 ? red : samples[at + 2] >> shift;
      var alpha = bands == 2 || bands == 4 ? samples[at + bands - 1] >> shift : 255;
      row[x] = alpha << 24 | red << 16 | green << 8 | blue;
    }
  }

  /** True when every pixel hides what is behind it. */
  boolean opaque() {
    for (var pixel : argb) {
      if (pixel >>> 24 != 255) return false;
    }
    return true;
  }

  /** Turned and mirrored to be seen right; {@code orientation} as in Exif, 1 to 8. */
  Pixels oriented(int orientation) {
    if (orientation <= 1 || orientation > 8) return this;
    var swapped = orientation >= 5;
    var newWidth = swapped ? height : width;
    var newHeight = swapped ? width : height;
    var turned = new int[argb.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        var mirroredX = width - 1 - x;
        var mirroredY = height - 1 - y;
        var at =
            switch (orientation) {
              case 2 -> y * newWidth + mirroredX;
              case 3 -> mirroredY * newWidth + mirroredX;
              case 4 -> mirroredY * newWidth + x;
              case 5 -> x * newWidth + y;
              case 6 -> x * newWidth + mirroredY;
              case 7 -> mirroredX * newWidth + mirroredY;
              default -> mirroredX * newWidth + y;
            };
        turned[at] = argb[y * width + x];
      }
    }
    return new Pixels(newWidth, newHeight, turned);
  }

  /** The same pixels for Java's writers; nothing is copied. */
  BufferedImage image(boolean withAlpha) {
    var masks =
        withAlpha
            ? new int[] {0xff0000, 0xff00, 0xff, 0xff000000}
            : new int[] {0xff0000, 0xff00, 0xff};
    var model =
        withAlpha
            ? new DirectColorModel(32, 0xff0000, 0xff00, 0xff, 0xff000000)
            : new DirectColorModel(24, 0xff0000, 0xff00, 0xff);
    var raster =
        Raster.createPackedRaster(
            new DataBufferInt(argb, argb.length), width, height, width, masks, null);
    return new BufferedImage(model, raster, false, null);
  }

  /** Where the rows come from. */
  private interface Rows {
    void read(int y, int[] row);
  }

  /** Sizes of a reduction: never larger than the source. */
  private record Reduction(int fromWidth, int fromHeight, int width, int height) {

    Pixels run(Rows rows) {
      var result = new int[width * height];
      var row = new int[fromWidth];
      if (width == fromWidth && height == fromHeight) {
        for (int y = 0; y < height; y++) {
          rows.read(y, row);
          System.arraycopy(row, 0, result, y * width, width);
        }
        return new Pixels(width, height, result);
      }
      var sums = new long[width * 5];
      for (int y = 0; y < height; y++) {
        java.util.Arrays.fill(sums, 0);
        var first = (int) ((long) y * fromHeight / height);
        var last = Math.max(first + 1, (int) ((long) (y + 1) * fromHeight / height));
        for (int from = first; from < last; from++) {
          rows.read(from, row);
          add(row, sums);
        }
        write(sums, result, y * width);
      }
      return new Pixels(width, height, result);
    }

    /** Colours count by their alpha, or transparent black would darken every edge. */
    private void add(int[] row, long[] sums) {
      for (int x = 0; x < width; x++) {
        var first = (int) ((long) x * fromWidth / width);
        var last = Math.max(first + 1, (int) ((long) (x + 1) * fromWidth / width));
        var at = x * 5;
        for (int from = first; from < last; from++) {
          var pixel = row[from];
          var alpha = pixel >>> 24;
          sums[at] += alpha;
          sums[at + 1] += (long) alpha * ((pixel >> 16) & 0xff);
          sums[at + 2] += (long) alpha * ((pixel >> 8) & 0xff);
          sums[at + 3] += (long) alpha * (pixel & 0xff);
          sums[at + 4]++;
        }
      }
    }

    private void write(long[] sums, int[] result, int offset) {
      for (int x = 0; x < width; x++) {
        var at = x * 5;
        var alpha = sums[at];
        if (alpha == 0) continue;
        var half = alpha / 2;
        result[offset + x] =
            (int) ((alpha + sums[at + 4] / 2) / sums[at + 4]) << 24
                | (int) ((sums[at + 1] + half) / alpha) << 16
                | (int) ((sums[at + 2] + half) / alpha) << 8
                | (int) ((sums[at + 3] + half) / alpha);
      }
    }
  }
}
