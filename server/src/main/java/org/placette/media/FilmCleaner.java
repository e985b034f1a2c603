package org.placette.media;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a film or sound (ISO/IEC 14496-12: MP4, MOV, M4A) what it says beside itself: where
 * and when it was recorded, by whom, with what. Phones write the place into each film. Boxes keep
 * their length and become free space, so that no offset changes; nothing is decoded. What this does
 * not understand stays as it came.
 */
final class FilmCleaner {

  private static final Set<String> HOLDING = Set.of("moov", "trak", "mdia");
  private static final Set<String> SAYING = Set.of("udta", "meta", "uuid");
  private static final Set<String> DATED = Set.of("mvhd", "tkhd", "mdhd");
  private static final int BOXES = 10_000;
  private static final int LARGEST_SIDE = 16_384;

  private final FileChannel file;
  private int boxes;
  private StoredMedia.@Nullable Size size;

  private FilmCleaner(FileChannel file) {
    this.file = file;
  }

  /** True for the kinds that this knows. */
  static boolean knows(FileKind kind) {
    return kind == FileKind.MP4 || kind == FileKind.MOV || kind == FileKind.M4A;
  }

  /** Cleans a file where it is; gives the size of its picture, or null when it has none. */
  static StoredMedia.@Nullable Size clean(Path path) throws IOException {
    try (var file = FileChannel.open(path, READ, WRITE)) {
      var cleaner = new FilmCleaner(file);
      cleaner.walk(0, file.size());
      return cleaner.size;
    }
  }

  private void walk(long start, long end) throws IOException {
    for (long at = start; end - at >= 8 && boxes < BOXES; boxes++) {
      var head = read(at, (int) Math.min(16, end - at));
      long length = head.getInt(0) & 0xffffffffL;
      int begin = 8;
      if (length == 1 && head.limit() == 16) {
        length = head.getLong(8);
        begin = 16;
      } else if (length == 0) {
        length = end - at;
      }
      if (length < begin || length > end - at) return;
      box(new String(head.array(), 4, 4, StandardCharsets.ISO_8859_1), at, begin, length);
      at += length;
    }
  }

  private void box(String type, long at, int begin, long length) throws IOException {
    if (HOLDING.contains(type)) {
      walk(at + begin, at + length);
    } else if (SAYING.contains(type)) {
      write(at + 4, "free".getBytes(StandardCharsets.US_ASCII));
      blank(at + begin, length - begin);
    } else if (DATED.contains(type) && length - begin >= 20) {
      var dated = read(at + begin, (int) Math.min(length - begin, 96));
      var wide = dated.get(0) == 1;
      if (type.equals("tkhd") && dated.limit() >= (wide ? 96 : 84)) measure(dated, wide);
      // Both times, of the making and of the last change, follow the version and the flags.
      blank(at + begin + 4, wide ? 16 : 8);
    }
  }

  /** A track's matrix, and its sides in 16 and 16 bits; sound has none (section 8.3.2). */
  private void measure(ByteBuffer track, boolean wide) {
    int matrix = wide ? 52 : 40;
    var turned = track.getInt(matrix) == 0 && track.getInt(matrix + 16) == 0;
    int width = track.getInt(matrix + 36) >>> 16;
    int height = track.getInt(matrix + 40) >>> 16;
    if (size != null || width == 0 || height == 0) return;
    if (width > LARGEST_SIDE || height > LARGEST_SIDE) return;
    size = turned ? new StoredMedia.Size(height, width) : new StoredMedia.Size(width, height);
  }

  private ByteBuffer read(long at, int length) throws IOException {
    var bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, at + bytes.position()) < 0) throw new IOException("it became shorter");
    }
    return bytes.flip();
  }

  private void blank(long at, long length) throws IOException {
    var zeros = new byte[(int) Math.min(length, 1 << 16)];
    for (long done = 0; done < length; done += zeros.length)
      write(at + done, ByteBuffer.wrap(zeros, 0, (int) Math.min(zeros.length, length - done)));
  }

  private void write(long at, byte[] bytes) throws IOException {
    write(at, ByteBuffer.wrap(bytes));
  }

  private void write(long at, ByteBuffer bytes) throws IOException {
    long place = at;
    while (bytes.hasRemaining()) place += file.write(bytes, place);
  }
}
