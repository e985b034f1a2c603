package org.placette.media;

import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Copies a still AVIF picture (ISO/IEC 14496-12 and 23008-12) without decoding it: the bytes of
 * coded pictures stay, everything else in the data (Exif, XMP, whatever nothing refers to) becomes
 * zeros. The structure keeps its length, so no offset changes. A file with any box that this does
 * not know, a film for instance, is refused.
 */
final class AvifCleaner {

  private static final int LARGEST = (int) Intake.PICTURE_BYTES;
  private static final int ITEMS = 4_096;
  private static final Set<String> META =
      Set.of("hdlr", "pitm", "iloc", "iinf", "iprp", "iref", "idat", "grpl");

  /** Items that are pictures; what else an item may be says something about a picture. */
  private static final Set<String> PICTURES = Set.of("av01", "grid", "iovl", "tmap", "sato");

  private final ByteBuffer file;
  private final BitSet data = new BitSet();
  private final Map<Integer, String> items = new HashMap<>();
  private int locations;
  private int idat;
  private int width;
  private int height;
  private boolean turned;

  private AvifCleaner(ByteBuffer file) {
    this.file = file;
  }

  /**
   * Writes a clean copy.
   *
   * @return its size as it is seen
   * @throws IOException when the source is no still AVIF picture that this understands
   */
  static PictureHeader clean(Path from, Path to) throws IOException {
    if (Files.size(from) > LARGEST) throw new IOException("too large");
    var cleaner = new AvifCleaner(ByteBuffer.wrap(Files.readAllBytes(from)));
    try {
      cleaner.clean();
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new EOFException("a broken AVIF: " + e.getMessage());
    }
    Files.write(to, cleaner.file.array());
    return cleaner.turned
        ? new PictureHeader(cleaner.height, cleaner.width, 1)
        : new PictureHeader(cleaner.width, cleaner.height, 1);
  }

  private void clean() throws IOException {
    boxes(0, file.capacity(), this::top);
    if (locations == 0 || width < 1 || height < 1) throw new EOFException("no picture");
    locate();
    for (int i = data.nextSetBit(0); i >= 0; i = data.nextSetBit(i + 1)) file.put(i, (byte) 0);
  }

  private interface Found {
    void box(String type, int start, int end) throws IOException;
  }

  /** Walks through the boxes between two places. */
  private void boxes(int start, int end, Found found) throws IOException {
    for (int at = start; at < end; ) {
      long size = file.getInt(at) & 0xffffffffL;
      var type = new String(file.array(), at + 4, 4, StandardCharsets.ISO_8859_1);
      int head = 8;
      if (size == 1) {
        size = file.getLong(at + 8);
        head = 16;
      } else if (size == 0) {
        size = end - at;
      }
      if (size < head || size > end - at) throw new EOFException("box " + type);
      found.box(type, at + head, at + (int) size);
      at += (int) size;
    }
  }

  private void top(String type, int start, int end) throws IOException {
    switch (type) {
      case "ftyp" -> {}
      case "mdat", "free", "skip" -> data.set(start, end);
      case "meta" -> boxes(start + 4, end, this::meta);
      default -> throw new IOException("not a still picture: " + type);
    }
  }

  private void meta(String type, int start, int end) throws IOException {
    if (type.equals("free")) data.set(start, end);
    else if (!META.contains(type)) throw new IOException("unknown: " + type);
    switch (type) {
      case "iloc" -> locations = start;
      case "iinf" -> boxes(start + (file.get(start) == 0 ? 6 : 8), end, this::item);
      case "iprp" ->
          boxes(
              start,
              end,
              (inner, from, to) -> {
                if (inner.equals("ipco")) boxes(from, to, this::property);
              });
      case "idat" -> {
        idat = start;
        data.set(start, end);
      }
      default -> {}
    }
  }

  private void item(String type, int start, int end) throws IOException {
    if (!type.equals("infe")) throw new IOException("unknown: " + type);
    int version = file.get(start);
    if (version < 2 || items.size() > ITEMS) throw new IOException("item");
    var wide = version > 2;
    int id = wide ? file.getInt(start + 4) : file.getShort(start + 4) & 0xffff;
    items.put(
        id, new String(file.array(), start + (wide ? 10 : 8), 4, StandardCharsets.ISO_8859_1));
  }

  private void property(String type, int start, int end) throws IOException {
    switch (type) {
      // A picture made of tiles states the size of each and of the whole.
      case "ispe" -> {
        if ((long) file.getInt(start + 4) * file.getInt(start + 8) > (long) width * height) {
          width = file.getInt(start + 4);
          height = file.getInt(start + 8);
        }
      }
      case "irot" -> turned = (file.get(start) & 1) == 1;
      case "uuid", "udes" -> data.set(start, end);
      default -> {}
    }
  }

  /** Item locations (14496-12, section 8.11.3): what pictures use is kept. */
  private void locate() throws IOException {
    var in = file.duplicate().position(locations);
    int version = in.get();
    in.position(locations + 4);
    int sizes = in.getShort() & 0xffff;
    int count = version < 2 ? in.getShort() & 0xffff : in.getInt();
    if (version > 2 || count < 0 || count > ITEMS) throw new IOException("locations");
    for (int i = 0; i < count; i++) {
      int id = version < 2 ? in.getShort() & 0xffff : in.getInt();
      int method = version == 0 ? 0 : in.getShort() & 15;
      in.getShort();
      long base = number(in, sizes >> 4 & 15);
      int extents = in.getShort() & 0xffff;
      for (int e = 0; e < extents; e++) {
        if (version > 0) number(in, sizes & 15);
        long offset = base + number(in, sizes >> 12) + (method == 1 ? idat : 0);
        long length = number(in, sizes >> 8 & 15);
        if (method > 1) throw new IOException("a location within an item");
        if (PICTURES.contains(items.getOrDefault(id, ""))) keep(offset, length);
      }
    }
  }

  private void keep(long offset, long length) throws IOException {
    if (offset < 0 || length < 0 || offset + length > file.capacity()) throw new EOFException();
    // All that follows, as a length of zero says.
    long end = length == 0 ? file.capacity() : offset + length;
    data.clear((int) offset, (int) end);
  }

  private static long number(ByteBuffer in, int bytes) throws IOException {
    return switch (bytes) {
      case 0 -> 0;
      case 4 -> in.getInt() & 0xffffffffL;
      case 8 -> in.getLong();
      default -> throw new IOException("a number of " + bytes + " bytes");
    };
  }
}
