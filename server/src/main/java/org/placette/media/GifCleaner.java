package org.placette.media;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Copies a GIF block by block (GIF89a, section 17 and following): pictures, their timing and the
 * loop stay; comments, texts, other applications' data and whatever follows the trailer go. Frames
 * are not decoded, so an animation costs no more than its bytes.
 */
final class GifCleaner {

  /** More frames than this are no animation that a page should show. */
  private static final int FRAMES = 2_000;

  private static final int TRAILER = 0x3b;
  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2c;
  private static final int TIMING = 0xf9;
  private static final int APPLICATION = 0xff;

  private final DataInputStream in;
  private final OutputStream out;
  private final byte[] block = new byte[768];

  private GifCleaner(DataInputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  /**
   * Writes a clean copy.
   *
   * @return how many frames it has
   * @throws IOException when the source is no whole GIF
   */
  static int clean(Path from, Path to) throws IOException {
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(from)));
        var out = new BufferedOutputStream(Files.newOutputStream(to))) {
      return new GifCleaner(in, out).copy();
    }
  }

  private int copy() throws IOException {
    keep(13);
    table(block[10]);
    for (int frames = 0; ; ) {
      var kind = in.readUnsignedByte();
      switch (kind) {
        case TRAILER -> {
          if (frames == 0) throw new EOFException("no frame");
          out.write(TRAILER);
          return frames;
        }
        case IMAGE -> {
          if (++frames > FRAMES) throw new IOException("too many frames");
          out.write(IMAGE);
          keep(9);
          table(block[8]);
          keep(1);
          blocks(true);
        }
        case EXTENSION -> extension(in.readUnsignedByte());
        default -> throw new IOException("no GIF block " + kind);
      }
    }
  }

  private void extension(int label) throws IOException {
    if (label == TIMING) {
      out.write(EXTENSION);
      out.write(label);
      blocks(true);
    } else if (label == APPLICATION) {
      var length = in.readUnsignedByte();
      in.readFully(block, 0, length);
      var loop = length == 11 && isLoop();
      if (loop) {
        out.write(EXTENSION);
        out.write(label);
        out.write(length);
        out.write(block, 0, length);
      }
      if (length > 0) blocks(loop);
    } else {
      blocks(false);
    }
  }

  private boolean isLoop() {
    var name = new String(block, 0, 11, StandardCharsets.ISO_8859_1);
    return name.equals("NETSCAPE2.0") || name.equals("ANIMEXTS1.0");
  }

  /** A colour table, when the flags say that one follows. */
  private void table(byte flags) throws IOException {
    if ((flags & 0x80) != 0) keep(3 << ((flags & 7) + 1));
  }

  private void blocks(boolean keep) throws IOException {
    int length;
    do {
      length = in.readUnsignedByte();
      in.readFully(block, 0, length);
      if (keep) {
        out.write(length);
        out.write(block, 0, length);
      }
    } while (length > 0);
  }

  private void keep(int length) throws IOException {
    in.readFully(block, 0, length);
    out.write(block, 0, length);
  }
}
