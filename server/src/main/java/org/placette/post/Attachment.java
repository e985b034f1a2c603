package org.placette.post;

import org.jspecify.annotations.Nullable;
import org.placette.federation.vocab.AsObject;
import org.placette.media.FileKind;
import org.placette.media.Media;
import org.placette.media.StoredMedia;

/**
 * Something beside the text (Activity Vocabulary, attachment).
 *
 * @param type Image, Video, Audio, Document or Link
 * @param url where it is, http or https
 * @param name what it shows, in words; plain text
 * @param focusX the point to keep in sight, -1 (left) to 1 (right); null when not given
 * @param focusY the same, -1 (bottom) to 1 (top)
 * @param banner true for the banner of an event (FEP-8a8e)
 * @param mediaId the uploaded file behind it; null for what is not ours
 * @param preview where a small picture of it is; null when there is none
 * @param blurhash the picture in some letters; null when unknown
 */
public record Attachment(
    String type,
    String url,
    @Nullable String mediaType,
    @Nullable String name,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable Double focusX,
    @Nullable Double focusY,
    boolean banner,
    @Nullable Long mediaId,
    @Nullable String preview,
    @Nullable String blurhash) {

  /** Something of which no more is known. */
  public Attachment(
      String type,
      String url,
      @Nullable String mediaType,
      @Nullable String name,
      @Nullable Integer width,
      @Nullable Integer height,
      @Nullable Double focusX,
      @Nullable Double focusY,
      boolean banner) {
    this(type, url, mediaType, name, width, height, focusX, focusY, banner, null, null, null);
  }

  /** The same with its letters; null leaves it. */
  Attachment blurred(@Nullable String letters) {
    return new Attachment(
        type, url, mediaType, name, width, height, focusX, focusY, banner, mediaId, preview,
        letters);
  }

  /** A file that somebody here uploaded. */
  public static Attachment of(StoredMedia one, Media media) {
    var size = one.size();
    var picture = one.kind().family() == FileKind.Family.IMAGE;
    return new Attachment(
        switch (one.kind().family()) {
          case IMAGE -> "Image";
          case VIDEO -> "Video";
          case AUDIO -> "Audio";
          case DOCUMENT -> "Document";
        },
        media.original(one),
        one.kind().mime(),
        one.description(),
        size == null ? null : size.width(),
        size == null ? null : size.height(),
        picture ? (Double) one.focus().x() : null,
        picture ? (Double) one.focus().y() : null,
        false,
        one.id(),
        media.preview(one),
        one.blurhash());
  }

  /** The same as the banner of an event. */
  public Attachment asBanner(@Nullable String words) {
    return new Attachment(
        type, url, mediaType, words, width, height, focusX, focusY, true, mediaId, preview,
        blurhash);
  }

  /** A link with a title. */
  public static Attachment link(String url, String name) {
    return new Attachment("Link", url, "text/html", name, null, null, null, null, false);
  }

  /** A picture of unknown size. */
  public static Attachment image(String url, String mediaType, String name) {
    return new Attachment("Image", url, mediaType, name, null, null, null, null, false);
  }

  /** The picture that {@code key} of an object holds, as an object or a bare URL; null if none. */
  public static @Nullable Attachment picture(AsObject object, String key) {
    return new LinkReader(object).picture(key);
  }

  /**
   * Where the point to keep in sight is, as the style sheet calls it: {@code x0 y2} is left and
   * below; null for the middle.
   */
  public @Nullable String side() {
    if (focusX == null || focusY == null) return null;
    var x = third(focusX);
    var y = third(-focusY);
    return x == 1 && y == 1 ? null : "x" + x + " y" + y;
  }

  private static int third(double place) {
    return place < -1.0 / 3 ? 0 : place > 1.0 / 3 ? 2 : 1;
  }

  /** True for what a browser shows as a picture. */
  public boolean picture() {
    return is("image");
  }

  /**
   * What a browser takes it for.
   *
   * @param family the first half of a media type: image, audio or video
   */
  public boolean is(String family) {
    return mediaType == null ? type.equalsIgnoreCase(family) : mediaType.startsWith(family + "/");
  }
}
