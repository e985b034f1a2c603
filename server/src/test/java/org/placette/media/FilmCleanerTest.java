package org.placette.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Films lose what they say beside themselves, and nothing else. */
class FilmCleanerTest {

  @TempDir private Path folder;

  private static byte[] box(String type, byte[]... parts) {
    int length = 8;
    for (var part : parts) length += part.length;
    var out = ByteBuffer.allocate(length).putInt(length).put(type.getBytes(ISO_8859_1));
    for (var part : parts) out.put(part);
    return out.array();
  }

  /** A track of 640 to 360, as it was filmed with a phone held upright. */
  private static byte[] track() {
    var track = ByteBuffer.allocate(84);
    track.putInt(4, 0x12345678).putInt(8, 0x12345678).putInt(12, 1);
    track.putInt(44, 0x10000).putInt(52, -0x10000).putInt(72, 0x40000000);
    return box("tkhd", track.putInt(76, 640 << 16).putInt(80, 360 << 16).array());
  }

  private Path file(byte[]... boxes) throws Exception {
    var file = folder.resolve("film");
    var whole = box("    ", boxes);
    Files.write(file, Arrays.copyOfRange(whole, 8, whole.length));
    return file;
  }

  @Test
  void the_place_the_time_and_the_maker_leave_and_the_rest_stays_where_it_was() throws Exception {
    var place = box("©xyz", "+44.1043+005.2210/".getBytes(ISO_8859_1));
    var sound = box("mdat", "coded pictures: udta".getBytes(ISO_8859_1));
    var moov = box("moov", track(), box("udta", place));
    var film =
        file(
            box("ftyp", "isom".getBytes(ISO_8859_1)),
            box("moov", box("trak", track(), box("meta", "Secret".getBytes(ISO_8859_1))), moov),
            box("uuid", "x:xmpmeta".getBytes(ISO_8859_1)),
            sound);
    var before = Files.size(film);
    assertEquals(new StoredMedia.Size(360, 640), FilmCleaner.clean(film));
    var after = new String(Files.readAllBytes(film), ISO_8859_1);
    assertEquals(before, after.length());
    for (var gone : new String[] {"+44.1", "Secret", "xmpmeta", "\u0012\u0034\u0056\u0078"})
      assertFalse(after.contains(gone), gone);
    assertTrue(after.endsWith("coded pictures: udta"));
  }

  @Test
  void what_is_no_film_is_left_as_it_is() throws Exception {
    var random = new Random(7);
    for (int i = 0; i < 200; i++) {
      var bytes = new byte[200];
      random.nextBytes(bytes);
      var film = file(box("ftyp", bytes), bytes);
      var unused = FilmCleaner.clean(film);
    }
    var broken = file(box("moov", new byte[] {0, 0, 0, 99, 'u', 'd', 't', 'a', 1, 2}));
    var before = Files.readAllBytes(broken);
    assertNull(FilmCleaner.clean(broken));
    assertEquals(ByteBuffer.wrap(before), ByteBuffer.wrap(Files.readAllBytes(broken)));
  }
}
