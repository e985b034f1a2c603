package org.placette.media;

import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a picture's header says, read without decoding anything: a bomb is refused by its stated
 * size before any pixel is unpacked.
 *
 * @param width in pixels, as stored
 * @param height in pixels, as stored
 * @param orientation how it must be turned to be seen right, 1 to 8 (Exif 2.32, tag 0x0112)
 */
record PictureHeader(int width, int height, int orientation) {

  private static final int SEGMENTS = 2_000;
  private static final int EXIF_BYTES = 256 * 1024;

  /** How many pixels it will have once decoded. */
  long pixels() {
    return (long) width * height;
  }

  /** Reads a header; null when it makes no sense. */
  static @Nullable PictureHeader read(Path file, FileKind kind) throws IOException {
    try (var channel = FileChannel.open(file)) {
      var header =
          switch (kind) {
            case PNG -> png(channel);
            case GIF -> gif(channel);
            case WEBP -> webp(channel);
            case JPEG -> jpeg(channel);
            default -> null;
          };
      return header == null || header.width < 1 || header.height < 1 ? null : header;
    } catch (EOFException | BufferUnderflowException | IndexOutOfBoundsException e) {
      return null;
    }
  }

  private static ByteBuffer at(FileChannel channel, long position, int length, ByteOrder order)
      throws IOException {
    var buffer = ByteBuffer.allocate(length).order(order);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) throw new EOFException();
    }
    return buffer.flip();
  }

  /** PNG (third edition, section 11.2.1): IHDR is the first chunk. */
  private static PictureHeader png(FileChannel channel) throws IOException {
    var chunk = at(channel, 12, 12, ByteOrder.BIG_ENDIAN);
    if (chunk.getInt() != 0x49484452) throw new EOFException();
    return new PictureHeader(chunk.getInt(), chunk.getInt(), 1);
  }

  private static PictureHeader gif(FileChannel channel) throws IOException {
    var screen = at(channel, 6, 4, ByteOrder.LITTLE_ENDIAN);
    return new PictureHeader(screen.getShort() & 0xffff, screen.getShort() & 0xffff, 1);
  }

  /** WebP (RFC 9649, sections 2.5 to 2.7): simple lossy, simple lossless or extended. */
  private static @Nullable PictureHeader webp(FileChannel channel) throws IOException {
    var head = at(channel, 12, 18, ByteOrder.LITTLE_ENDIAN);
    return switch (head.getInt(0)) {
      case 0x20385056 ->
          new PictureHeader(head.getShort(14) & 0x3fff, head.getShort(16) & 0x3fff, 1);
      case 0x4c385056 -> {
        var bits = head.getInt(9);
        if (head.get(8) != 0x2f) yield null;
        yield new PictureHeader((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1, 1);
      }
      case 0x58385056 ->
          new PictureHeader(
              (head.getInt(11) >>> 8) + 1, (head.getInt(14) >>> 8) + 1, webpOrientation(channel));
      default -> null;
    };
  }

  private static int webpOrientation(FileChannel channel) throws IOException {
    long position = 12;
    for (int i = 0; i < SEGMENTS && position + 8 <= channel.size(); i++) {
      var chunk = at(channel, position, 8, ByteOrder.LITTLE_ENDIAN);
      var name = chunk.getInt();
      var length = chunk.getInt() & 0xffffffffL;
      if (name == 0x46495845 && length > 8 && length <= EXIF_BYTES) {
        return orientation(at(channel, position + 8, (int) length, ByteOrder.BIG_ENDIAN));
      }
      position += 8 + length + (length & 1);
    }
    return 1;
  }

  /** JPEG (ITU T.81, annex B): segments up to the frame header. */
  private static @Nullable PictureHeader jpeg(FileChannel channel) throws IOException {
    long position = 2;
    int orientation = 1;
    for (int i = 0; i < SEGMENTS; i++) {
      var marker = at(channel, position, 4, ByteOrder.BIG_ENDIAN);
      if ((marker.get() & 0xff) != 0xff) return null;
      var code = marker.get() & 0xff;
      if (code == 0xff) {
        position++;
        continue;
      }
      if (code == 0x01 || (code >= 0xd0 && code <= 0xd7)) {
        position += 2;
        continue;
      }
      var length = marker.getShort() & 0xffff;
      if (length < 2 || code == 0xda || code == 0xd9) return null;
      if (isFrame(code)) {
        var frame = at(channel, position + 5, 4, ByteOrder.BIG_ENDIAN);
        var height = frame.getShort() & 0xffff;
        return new PictureHeader(frame.getShort() & 0xffff, height, orientation);
      }
      if (code == 0xe1 && length > 16) {
        var exif = at(channel, position + 4, length - 2, ByteOrder.BIG_ENDIAN);
        if (exif.getInt(0) == 0x45786966) orientation = orientation(exif.position(6).slice());
      }
      position += 2 + length;
    }
    return null;
  }

  private static boolean isFrame(int code) {
    return code >= 0xc0 && code <= 0xcf && code != 0xc4 && code != 0xc8 && code != 0xcc;
  }

  /** The orientation in a TIFF structure; 1 when it says none or nonsense. */
  private static int orientation(ByteBuffer tiff) {
    try {
      tiff.order(tiff.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      var directory = tiff.getInt(4);
      var entries = Math.min(tiff.getShort(directory) & 0xffff, 512);
      for (int i = 0; i < entries; i++) {
        var entry = Math.addExact(directory, 2 + 12 * i);
        if ((tiff.getShort(entry) & 0xffff) == 0x0112) {
          var value = tiff.getShort(entry + 8) & 0xffff;
          return value >= 1 && value <= 8 ? value : 1;
        }
      }
    } catch (IndexOutOfBoundsException | ArithmeticException e) {
      // A picture without a usable word about its orientation is shown as it is.
    }
    return 1;
  }
}
