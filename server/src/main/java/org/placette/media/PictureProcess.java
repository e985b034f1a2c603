package org.placette.media;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.FileImageOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes pictures, in a process of its own: whatever a hostile file does to a decoder (memory,
 * time, a crash in native code) ends this process and never the server. Reads jobs from its
 * standard input, one at a time, and ends with it.
 */
public final class PictureProcess {

  /** Above this many pixels a picture is read at half, a third … of its size. */
  private static final int DECODED_PIXELS = 17_000_000;

  private static final int BLURRED_SIDE = 32;
  private static final float QUALITY = 0.88f;
  private static final float SMALL_QUALITY = 0.8f;

  /** A PNG above this size that hides all behind it was a photograph. */
  private static final long LARGE_PNG = 3_000_000;

  private PictureProcess() {}

  /** Works until its standard input ends. */
  public static void main(String[] args) throws IOException {
    var out = new DataOutputStream(System.out);
    System.setOut(System.err);
    dieFirst();
    ImageIO.setUseCache(false);
    var in = new DataInputStream(System.in);
    try {
      while (true) answer(PictureJob.read(in)).write(out);
    } catch (EOFException e) {
      // The server has no more work.
    }
  }

  /** When the machine runs out of memory, this process goes before any other (Linux). */
  private static void dieFirst() {
    try {
      Files.writeString(Path.of("/proc/self/oom_score_adj"), "1000");
    } catch (IOException e) {
      // Not Linux.
    }
  }

  private static PictureJob.Result answer(PictureJob job) {
    try {
      return process(job);
    } catch (IOException | RuntimeException e) {
      return PictureJob.Result.failed(e.toString());
    }
  }

  static PictureJob.Result process(PictureJob job) throws IOException {
    var picture = take(job);
    var opaque = picture.opaque();
    var original = new PictureJob.Written(job.kind(), picture.width(), picture.height());
    if (!job.original().isEmpty()) {
      original = writeOriginal(picture, opaque, job);
    }
    var small = fitting(picture, job.smallest());
    var written = write(small, opaque, job.small(), SMALL_QUALITY);
    var side = Math.max(small.width(), small.height());
    var blurred =
        side <= BLURRED_SIDE
            ? small
            : small.scaled(
                Math.max(1, small.width() * BLURRED_SIDE / side),
                Math.max(1, small.height() * BLURRED_SIDE / side));
    return new PictureJob.Result("", original, written, Blurhash.of(blurred));
  }

  private static PictureJob.Written writeOriginal(Pixels picture, boolean opaque, PictureJob job)
      throws IOException {
    var base = Path.of(job.original());
    if (job.kind() != FileKind.PNG || !opaque) return write(picture, opaque, base, QUALITY);
    // Sharp letters of a poster or a screenshot stay sharp.
    var png = write(picture, false, base, QUALITY);
    var file = Files.size(named(base, FileKind.PNG));
    if (file <= LARGE_PNG) return png;
    Files.delete(named(base, FileKind.PNG));
    return write(picture, true, base, QUALITY);
  }

  private static PictureJob.Written write(Pixels picture, boolean opaque, Path base, float quality)
      throws IOException {
    var kind = opaque ? FileKind.JPEG : FileKind.PNG;
    var writer = ImageIO.getImageWritersByFormatName(opaque ? "jpeg" : "png").next();
    var file = named(base, kind);
    Files.deleteIfExists(file);
    try (var out = new FileImageOutputStream(file.toFile())) {
      var param = writer.getDefaultWriteParam();
      if (opaque) {
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(quality);
      }
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture.image(!opaque), null, null), param);
    } finally {
      writer.dispose();
    }
    return new PictureJob.Written(kind, picture.width(), picture.height());
  }

  private static Path named(Path base, FileKind kind) {
    return base.resolveSibling(base.getFileName() + "." + kind.ending());
  }

  /** The picture of a job, not larger than wanted, seen right. */
  private static Pixels take(PictureJob job) throws IOException {
    var most = job.original().isEmpty() ? job.smallest() : job.largest();
    var source = decode(job);
    var size = fit(source.getWidth(), source.getHeight(), most);
    return Pixels.scaled(source, size[0], size[1]).oriented(job.orientation());
  }

  private static Pixels fitting(Pixels picture, int most) {
    var size = fit(picture.width(), picture.height(), most);
    return picture.scaled(size[0], size[1]);
  }

  private static int[] fit(int width, int height, int most) {
    var factor = Math.sqrt(Math.min(1, most / ((double) width * height)));
    return new int[] {
      Math.max(1, (int) Math.round(width * factor)), Math.max(1, (int) Math.round(height * factor))
    };
  }

  private static BufferedImage decode(PictureJob job) throws IOException {
    var reader = reader(job.kind());
    try (var in = new FileImageInputStream(job.source().toFile())) {
      reader.setInput(in, true, true);
      var pixels = (long) reader.getWidth(0) * reader.getHeight(0);
      var param = reader.getDefaultReadParam();
      if (pixels > DECODED_PIXELS) {
        var step = (int) Math.ceil(Math.sqrt(pixels / (double) DECODED_PIXELS));
        param.setSourceSubsampling(step, step, 0, 0);
      }
      if (job.kind() == FileKind.JPEG) {
        var type = usual(reader);
        if (type != null) param.setDestinationType(type);
      }
      return reader.read(0, param);
    } finally {
      reader.dispose();
    }
  }

  /** Wide colours become usual ones while they are read. */
  private static @Nullable ImageTypeSpecifier usual(ImageReader reader) throws IOException {
    for (var types = reader.getImageTypes(0); types.hasNext(); ) {
      var type = types.next();
      if (type.getNumBands() == 3 && type.getColorModel().getColorSpace().isCS_sRGB()) return type;
    }
    return null;
  }

  private static ImageReader reader(FileKind kind) throws IOException {
    return switch (kind) {
      case WEBP -> new WebPImageReaderSpi().createReaderInstance();
      case JPEG, PNG, GIF -> ImageIO.getImageReadersByFormatName(kind.name()).next();
      default -> throw new IOException("no picture: " + kind);
    };
  }
}
