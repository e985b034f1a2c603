package org.placette.media;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Copies a WebP picture that moves (RFC 9649, section 2.7) chunk by chunk: its frames and their
 * timing stay, Exif, XMP, colour profiles and whatever else it holds go. Frames are not decoded.
 */
final class WebpCleaner {

  /** More frames than this are no animation that a page should show. */
  private static final int FRAMES = 2_000;

  private static final int MOVES = 0x02;
  private static final int SEE_THROUGH = 0x10;
  private static final Set<String> CODED = Set.of("ALPH", "VP8 ", "VP8L");

  private final ByteBuffer file;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int frames;

  private WebpCleaner(ByteBuffer file) {
    this.file = file;
  }

  /** Whether a WebP file says that it moves. */
  static boolean moves(Path path) throws IOException {
    try (var in = Files.newInputStream(path)) {
      var head = in.readNBytes(21);
      return head.length == 21
          && new String(head, 12, 4, StandardCharsets.ISO_8859_1).equals("VP8X")
          && (head[20] & MOVES) != 0;
    }
  }

  /**
   * Writes a clean copy.
   *
   * @return how many frames it has
   * @throws IOException when the source is no whole WebP animation
   */
  static int clean(Path from, Path to) throws IOException {
    if (Files.size(from) > Intake.PICTURE_BYTES) throw new IOException("too large");
    var file = ByteBuffer.wrap(Files.readAllBytes(from)).order(ByteOrder.LITTLE_ENDIAN);
    var cleaner = new WebpCleaner(file);
    try {
      cleaner.chunks(12, Math.min(8 + file.getInt(4), file.capacity()), cleaner::top);
    } catch (IndexOutOfBoundsException e) {
      throw new EOFException("a broken WebP: " + e.getMessage());
    }
    if (cleaner.frames == 0) throw new EOFException("no frame");
    var body = cleaner.out.toByteArray();
    try (var target = Files.newOutputStream(to)) {
      target.write(head("RIFF", 4 + body.length));
      target.write("WEBP".getBytes(StandardCharsets.US_ASCII));
      target.write(body);
    }
    return cleaner.frames;
  }

  private interface Found {
    void chunk(String name, int start, int length) throws IOException;
  }

  private void chunks(int start, int end, Found found) throws IOException {
    for (int at = start; end - at >= 8; ) {
      var name = new String(file.array(), at, 4, StandardCharsets.ISO_8859_1);
      int length = file.getInt(at + 4);
      if (length < 0 || length > end - at - 8) throw new EOFException("chunk " + name);
      found.chunk(name, at + 8, length);
      at += 8 + length + (length & 1);
    }
  }

  private void top(String name, int start, int length) throws IOException {
    switch (name) {
      case "VP8X" -> {
        file.put(start, (byte) (file.get(start) & (MOVES | SEE_THROUGH)));
        copy(out, name, start, length);
      }
      case "ANIM" -> copy(out, name, start, length);
      case "ANMF" -> frame(start, length);
      default -> {}
    }
  }

  private void frame(int start, int length) throws IOException {
    if (length < 16 || ++frames > FRAMES) throw new IOException("frame");
    var frame = new ByteArrayOutputStream();
    frame.write(file.array(), start, 16);
    chunks(
        start + 16,
        start + length,
        (name, from, size) -> {
          if (CODED.contains(name)) copy(frame, name, from, size);
        });
    out.writeBytes(head("ANMF", frame.size()));
    out.writeBytes(frame.toByteArray());
  }

  private void copy(ByteArrayOutputStream to, String name, int start, int length) {
    to.writeBytes(head(name, length));
    to.write(file.array(), start, length);
    if ((length & 1) == 1) to.write(0);
  }

  private static byte[] head(String name, int length) {
    return ByteBuffer.allocate(8)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(name.getBytes(StandardCharsets.ISO_8859_1))
        .putInt(length)
        .array();
  }
}
