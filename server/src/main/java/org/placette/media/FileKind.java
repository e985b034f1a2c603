package org.placette.media;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every kind of file that is told apart, with the media type and the ending that this server gives
 * it. What a sender calls a file never counts.
 */
public enum FileKind {
  JPEG(Family.IMAGE, "image/jpeg", "jpg"),
  PNG(Family.IMAGE, "image/png", "png"),
  GIF(Family.IMAGE, "image/gif", "gif"),
  WEBP(Family.IMAGE, "image/webp", "webp"),
  AVIF(Family.IMAGE, "image/avif", "avif"),
  HEIC(Family.IMAGE, "image/heic", "heic"),
  MP4(Family.VIDEO, "video/mp4", "mp4"),
  MOV(Family.VIDEO, "video/quicktime", "mov"),
  WEBM(Family.VIDEO, "video/webm", "webm"),
  OGV(Family.VIDEO, "video/ogg", "ogv"),
  OGG(Family.AUDIO, "audio/ogg", "ogg"),
  MP3(Family.AUDIO, "audio/mpeg", "mp3"),
  M4A(Family.AUDIO, "audio/mp4", "m4a"),
  FLAC(Family.AUDIO, "audio/flac", "flac"),
  WAV(Family.AUDIO, "audio/wav", "wav"),
  PDF(Family.DOCUMENT, "application/pdf", "pdf"),
  ODT(Family.DOCUMENT, "application/vnd.oasis.opendocument.text", "odt"),
  ODS(Family.DOCUMENT, "application/vnd.oasis.opendocument.spreadsheet", "ods"),
  ODP(Family.DOCUMENT, "application/vnd.oasis.opendocument.presentation", "odp"),
  DOCX(
      Family.DOCUMENT,
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
      "docx"),
  XLSX(
      Family.DOCUMENT, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
  PPTX(
      Family.DOCUMENT,
      "application/vnd.openxmlformats-officedocument.presentationml.presentation",
      "pptx");

  /** What a file is to people. */
  public enum Family {
    IMAGE,
    VIDEO,
    AUDIO,
    DOCUMENT
  }

  private final Family family;
  private final String mime;
  private final String ending;

  FileKind(Family family, String mime, String ending) {
    this.family = family;
    this.mime = mime;
    this.ending = ending;
  }

  public Family family() {
    return family;
  }

  /** The media type under which it is served. */
  public String mime() {
    return mime;
  }

  /** The ending of its name here, without a dot. */
  public String ending() {
    return ending;
  }

  /** The media types of all that this server takes. */
  public static List<String> taken() {
    return Arrays.stream(values()).filter(kind -> kind != HEIC).map(FileKind::mime).toList();
  }

  /** The kind with this ending; null when there is none. */
  static @Nullable FileKind ofEnding(String ending) {
    return Arrays.stream(values())
        .filter(kind -> kind.ending.equals(ending))
        .findAny()
        .orElse(null);
  }

  /** What this server can decode, and so clean. */
  boolean decoded() {
    return this == JPEG || this == PNG || this == GIF || this == WEBP;
  }
}
