package org.placette.media;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.placette.web.Problem;

/** What happens to a file before it is stored. */
class PicturesTest {

  private static final Vertx VERTX = Vertx.vertx();

  @TempDir Path folder;

  @AfterAll
  static void stop() {
    VERTX.close().await();
  }

  private Intake.Taken take(byte[] bytes) throws IOException {
    var file = Files.write(folder.resolve("upload"), bytes);
    try (var pictures = new Pictures(VERTX)) {
      return new Intake(VERTX, folder.resolve("media"), pictures).take(file);
    }
  }

  private Path file(Intake.Taken taken, String name) {
    return folder
        .resolve("media")
        .resolve(taken.name().substring(0, 2))
        .resolve(taken.name())
        .resolve(name);
  }

  private void refused(byte[] bytes) {
    assertThrows(Problem.Invalid.class, () -> take(bytes));
    try (var left = Files.walk(folder.resolve("media"))) {
      assertFalse(left.anyMatch(Files::isRegularFile), "a refused file left something");
    } catch (java.nio.file.NoSuchFileException nothing) {
      // better still
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_photograph_is_turned_and_forgets_where_it_was_taken() throws IOException {
    var taken = take(TestPictures.jpegWithExif(200, 100, 6));
    var size = taken.size();
    assertEquals(new StoredMedia.Size(100, 200), size);
    var bytes = Files.readAllBytes(file(taken, "original.jpg"));
    var text = new String(bytes, StandardCharsets.ISO_8859_1);
    assertFalse(text.contains("Exif"));
    assertFalse(text.contains(TestPictures.PLACE));
    // Turned right by a quarter: the stripe that was on top is at the right.
    var seen = ImageIO.read(file(taken, "original.jpg").toFile());
    assertEquals(0x00ff00, near(seen.getRGB(90, 100)));
    assertEquals(0xff0000, near(seen.getRGB(30, 40)));
    assertEquals(0x0000ff, near(seen.getRGB(30, 160)));
  }

  private static int near(int rgb) {
    int result = 0;
    for (int shift = 0; shift < 24; shift += 8) {
      if (((rgb >> shift) & 0xff) > 127) result |= 0xff << shift;
    }
    return result;
  }

  @Test
  void a_large_photograph_becomes_smaller_and_gets_a_small_one_beside_it() throws IOException {
    var taken = take(TestPictures.jpeg(5000, 4000));
    var size = java.util.Objects.requireNonNull(taken.size());
    assertTrue((long) size.width() * size.height() <= 3840 * 2161, size.toString());
    assertEquals(1.25, size.aspect(), 0.01);
    var small = java.util.Objects.requireNonNull(taken.small());
    assertTrue(small.size().width() * small.size().height() <= 640 * 361);
    assertEquals(28, java.util.Objects.requireNonNull(taken.blurhash()).length());
    assertTrue(Files.size(file(taken, "small.jpg")) < 60_000);
  }

  @Test
  void what_is_seen_through_stays_so_and_webp_is_read() throws IOException {
    var png = take(TestPictures.png(300, 200, true));
    assertEquals(FileKind.PNG, png.kind());
    var seen = ImageIO.read(file(png, "small.png").toFile());
    assertEquals(0, seen.getRGB(10, 190) >>> 24);
    var webp = take(TestPictures.webp());
    assertEquals(new StoredMedia.Size(1, 1), webp.size());
  }

  @Test
  void an_animation_moves_on_without_its_comments() throws IOException {
    var taken = take(TestPictures.gif(5));
    assertEquals(FileKind.GIF, taken.kind());
    var bytes = Files.readAllBytes(file(taken, "original.gif"));
    assertFalse(new String(bytes, StandardCharsets.ISO_8859_1).contains(TestPictures.PLACE));
    var reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (var in = ImageIO.createImageInputStream(file(taken, "original.gif").toFile())) {
      reader.setInput(in);
      assertEquals(5, reader.getNumImages(true));
    }
    assertTrue(Files.exists(file(taken, "small.jpg")));
  }

  @Test
  void a_webp_that_moves_keeps_its_frames_and_loses_its_words() throws Exception {
    var taken = take(TestPictures.movingWebp());
    assertEquals(FileKind.WEBP, taken.kind());
    assertEquals(new StoredMedia.Size(16, 12), taken.size());
    var bytes = Files.readAllBytes(file(taken, "original.webp"));
    var text = new String(bytes, StandardCharsets.ISO_8859_1);
    assertEquals(3, text.split("ANMF", -1).length);
    for (var gone : List.of("secret", "EXIF", "XMP", "script", "HIDE"))
      assertFalse(text.contains(gone), gone);
    assertEquals(bytes.length - 8, ByteBuffer.wrap(bytes).order(LITTLE_ENDIAN).getInt(4));
    assertNotNull(ImageIO.read(file(taken, "small.jpg").toFile()));
  }

  @Test
  void something_hidden_behind_a_picture_is_gone() throws IOException {
    var page = "<script>alert(1)</script>".getBytes(StandardCharsets.US_ASCII);
    for (var picture :
        new byte[][] {
          TestPictures.jpeg(50, 50), TestPictures.gif(1), TestPictures.png(20, 20, false)
        }) {
      var taken = take(TestPictures.spliced(picture, picture.length, page));
      var stored =
          Files.readString(
              file(taken, "original." + taken.kind().ending()), StandardCharsets.ISO_8859_1);
      assertFalse(stored.contains("script"));
    }
  }

  @Test
  void bombs_ruins_and_strange_files_are_refused_and_leave_nothing() throws IOException {
    refused(TestPictures.pngPromising(60_000, 60_000));
    refused(TestPictures.pngPromising(6_000, 6_000));
    var jpeg = TestPictures.jpeg(400, 300);
    refused(java.util.Arrays.copyOf(jpeg, 300));
    refused(Arrays.copyOf(TestPictures.gif(3), 200));
    refused(Arrays.copyOf(TestPictures.movingWebp(), 60));
    for (var text :
        new String[] {
          "<svg xmlns='http://www.w3.org/2000/svg'/>", "<!DOCTYPE html><p>", "{}", "MZ", "GIF", ""
        }) {
      refused(text.getBytes(StandardCharsets.US_ASCII));
    }
    refused(TestPictures.ooxml("word/document.xml", "word/vbaProject.bin"));
    refused(TestPictures.ooxml("anything.html"));
  }

  @Test
  void films_sounds_and_documents_pass_as_they_are() throws IOException {
    var kinds =
        Map.of(
            FileKind.MP4, TestPictures.mp4(),
            FileKind.ODT, TestPictures.odt(),
            FileKind.DOCX, TestPictures.ooxml("word/document.xml"),
            FileKind.XLSX, TestPictures.ooxml("xl/workbook.xml"),
            FileKind.PDF, "%PDF-1.7\n".getBytes(StandardCharsets.US_ASCII),
            FileKind.FLAC, "fLaC....".getBytes(StandardCharsets.US_ASCII),
            FileKind.OGG, "OggS....".getBytes(StandardCharsets.US_ASCII),
            FileKind.MP3, "ID3\4....".getBytes(StandardCharsets.US_ASCII),
            FileKind.WAV, "RIFF....WAVEfmt ".getBytes(StandardCharsets.US_ASCII));
    for (var one : kinds.entrySet()) {
      var taken = take(one.getValue());
      assertEquals(one.getKey(), taken.kind());
      var stored = Files.readAllBytes(file(taken, "original." + one.getKey().ending()));
      assertTrue(java.util.Arrays.equals(one.getValue(), stored));
    }
  }

  /** Ten thousand broken beginnings: an answer for each, whatever it says. */
  @Test
  void no_bytes_at_all_confuse_the_readers_of_headers() throws IOException {
    var random = new Random(5);
    var seeds =
        new byte[][] {
          TestPictures.jpegWithExif(40, 30, 3),
          TestPictures.png(9, 9, true),
          TestPictures.gif(2),
          TestPictures.webp(),
          TestPictures.avif(),
          TestPictures.mp4(),
          TestPictures.odt()
        };
    var file = folder.resolve("fuzzed");
    for (int round = 0; round < 10_000; round++) {
      var bytes = seeds[round % seeds.length].clone();
      for (int i = 0; i < 1 + random.nextInt(6); i++) {
        bytes[random.nextInt(Math.min(bytes.length, 400))] = (byte) random.nextInt();
      }
      if (random.nextInt(4) == 0)
        bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
      Files.write(file, bytes);
      var kind = Sniffer.sniff(file);
      if (kind == FileKind.AVIF) cleanedOrRefused(file, folder.resolve("clean.avif"));
      if (kind == null || !kind.decoded()) continue;
      var header = PictureHeader.read(file, kind);
      assertTrue(header == null || header.orientation() >= 1 && header.orientation() <= 8);
      if (kind == FileKind.GIF) {
        try {
          assertTrue(GifCleaner.clean(file, folder.resolve("clean")) > 0);
        } catch (IOException refused) {
          // as it should
        }
      }
    }
  }

  private static void cleanedOrRefused(Path file, Path clean) {
    try {
      assertTrue(AvifCleaner.clean(file, clean).width() > 0);
    } catch (IOException refused) {
      // as it should
    }
  }

  @Test
  void an_avif_picture_loses_its_words_and_keeps_its_pixels() throws Exception {
    var sent = TestPictures.avif();
    refused(java.util.Arrays.copyOf(sent, 300));
    assertTrue(new String(sent, StandardCharsets.ISO_8859_1).contains("secret-place"));
    var taken = take(sent);
    var kept = Files.readAllBytes(file(taken, "original.avif"));
    assertEquals(sent.length, kept.length);
    assertFalse(new String(kept, StandardCharsets.ISO_8859_1).contains("secret"));
    assertEquals(new StoredMedia.Size(48, 64), taken.size());
  }
}
