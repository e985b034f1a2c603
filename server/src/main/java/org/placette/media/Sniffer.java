package org.placette.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a file is by its first bytes (and an office document by what is in it), never by its
 * name. What is on no list is refused: SVG, HTML, XML, scripts, archives, programs.
 */
final class Sniffer {

  /** How much of the beginning is looked at. */
  static final int HEAD = 512;

  private static final int ENTRIES = 20_000;

  private static final Set<String> AVIF = Set.of("avif", "avis");
  private static final Set<String> HEIF =
      Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1");
  private static final Set<String> MP4 =
      Set.of(
          "isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "dash", "M4V ", "MSNV",
          "3gp4", "3gp5", "3gp6");
  private static final Set<String> M4A = Set.of("M4A ", "M4B ");

  private Sniffer() {}

  /** The kind of a file; null when it is none that this server takes. */
  static @Nullable FileKind sniff(Path file) throws IOException {
    var head = head(file);
    var kind = sniff(head);
    return kind == null && starts(head, 0, "PK\3\4") ? office(file) : kind;
  }

  /** The first bytes of a file. */
  private static byte[] head(Path file) throws IOException {
    try (var channel = FileChannel.open(file)) {
      var buffer = ByteBuffer.allocate(HEAD);
      while (buffer.hasRemaining()) {
        if (channel.read(buffer) < 0) break;
      }
      var head = new byte[buffer.position()];
      buffer.flip().get(head);
      return head;
    }
  }

  /** The kind that these first bytes show; null for anything unknown. */
  static @Nullable FileKind sniff(byte[] head) {
    if (starts(head, 0, "\u00ff\u00d8\u00ff")) return FileKind.JPEG;
    if (starts(head, 0, "\u0089PNG\r\n\u001a\n")) return FileKind.PNG;
    if (starts(head, 0, "GIF87a") || starts(head, 0, "GIF89a")) return FileKind.GIF;
    if (starts(head, 0, "RIFF") && starts(head, 8, "WEBPVP8")) return FileKind.WEBP;
    if (starts(head, 0, "RIFF") && starts(head, 8, "WAVE")) return FileKind.WAV;
    if (starts(head, 0, "fLaC")) return FileKind.FLAC;
    if (starts(head, 0, "%PDF-")) return FileKind.PDF;
    if (starts(head, 0, "OggS")) return text(head).contains("theora") ? FileKind.OGV : FileKind.OGG;
    if (starts(head, 0, "\u001aE\u00df\u00a3"))
      return text(head).contains("webm") ? FileKind.WEBM : null;
    if (starts(head, 4, "ftyp")) return boxes(head);
    if (starts(head, 0, "ID3") || isMpegFrame(head)) return FileKind.MP3;
    return starts(head, 0, "PK\3\4") ? openDocument(head) : null;
  }

  /** ISO base media (ISO/IEC 14496-12, section 4.3): the major brand says which. */
  private static @Nullable FileKind boxes(byte[] head) {
    if (head.length < 12) return null;
    var brand = new String(head, 8, 4, StandardCharsets.ISO_8859_1);
    if (AVIF.contains(brand)) return FileKind.AVIF;
    // mif1 is the frame of both; the compatible brands that follow tell them apart.
    if (HEIF.contains(brand)) return text(head).contains("avif") ? FileKind.AVIF : FileKind.HEIC;
    if (M4A.contains(brand)) return FileKind.M4A;
    if (brand.equals("qt  ")) return FileKind.MOV;
    return MP4.contains(brand) ? FileKind.MP4 : null;
  }

  /** An MPEG audio frame of layer III with a bit rate and a sample rate. */
  private static boolean isMpegFrame(byte[] head) {
    if (head.length < 4 || (head[0] & 0xff) != 0xff || (head[1] & 0xe6) != 0xe2) return false;
    var rate = (head[2] & 0xf0) >> 4;
    return (head[1] & 0x18) != 0x08 && rate != 0 && rate != 15 && (head[2] & 0x0c) != 0x0c;
  }

  /** OpenDocument (part 2, section 3.3): the first entry, stored, is the media type. */
  private static @Nullable FileKind openDocument(byte[] head) {
    if (!starts(head, 30, "mimetypeapplication/vnd.oasis.opendocument.")) return null;
    for (var kind : new FileKind[] {FileKind.ODT, FileKind.ODS, FileKind.ODP}) {
      // Nothing but the next entry may follow: "text-template" and its like are not taken.
      if (starts(head, 38, kind.mime() + "PK")) return kind;
    }
    return null;
  }

  /** Office Open XML: its parts say which; one with macros is refused. Nothing is unpacked. */
  private static @Nullable FileKind office(Path file) {
    try (var zip = new ZipFile(file.toFile())) {
      if (zip.size() > ENTRIES || zip.getEntry("[Content_Types].xml") == null) return null;
      if (zip.stream().anyMatch(entry -> entry.getName().endsWith("vbaProject.bin"))) return null;
      if (zip.getEntry("word/document.xml") != null) return FileKind.DOCX;
      if (zip.getEntry("xl/workbook.xml") != null) return FileKind.XLSX;
      return zip.getEntry("ppt/presentation.xml") == null ? null : FileKind.PPTX;
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  private static String text(byte[] head) {
    return new String(head, StandardCharsets.ISO_8859_1);
  }

  private static boolean starts(byte[] head, int offset, String wanted) {
    if (head.length < offset + wanted.length()) return false;
    for (int i = 0; i < wanted.length(); i++) {
      if ((head[offset + i] & 0xff) != wanted.charAt(i)) return false;
    }
    return true;
  }
}
