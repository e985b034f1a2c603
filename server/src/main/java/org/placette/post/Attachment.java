package org.placette.post;

import org.jspecify.annotations.Nullable;
import org.placette.federation.vocab.AsObject;

/**
 * Something beside the text (Activity Vocabulary, attachment).
 *
 * @param type Image, Video, Audio, Document or Link
 * @param url where it is, http or https
 * @param name what it shows, in words; plain text
 * @param focusX the point to keep in sight, -1 (left) to 1 (right); null when not given
 * @param focusY the same, -1 (bottom) to 1 (top)
 * @param banner true for the banner of an event (FEP-8a8e)
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
    boolean banner) {

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

  /** True for what a browser shows as a picture. */
  public boolean picture() {
    return mediaType == null ? type.equals("Image") : mediaType.startsWith("image/");
  }
}
