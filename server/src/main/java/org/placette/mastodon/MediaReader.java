package org.placette.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Attachments as the jsonb column {@code post.attachment} holds them. */
final class MediaReader {

  private MediaReader() {}

  /**
   * Everything but links.
   *
   * @param id of the post: what came from elsewhere has no number of its own
   */
  static List<Media> all(long id, JsonNode attachments, Look look) {
    List<Media> all = new ArrayList<>();
    for (var one : attachments)
      if (!one.path("type").asText().equals("Link")) all.add(media(id + all.size(), one, look));
    return all;
  }

  static Media media(long id, JsonNode one, Look look) {
    var url = one.path("url").asText();
    var type = type(one);
    var ours = look.urls().isOurs(url) || one.has("mediaId");
    if (!ours && look.withheld().withholds(url)) return withheld(id, one, url);
    // Only pictures pass through our cache; films and sounds are loaded when somebody plays them.
    var shown = ours || !type.equals("image") ? url : look.file(url);
    var preview = one.path("preview").textValue();
    var whole = Media.Size.of(number(one, "width"), number(one, "height"));
    var focus = one.path("focalPoint");
    return new Media(
        one.path("mediaId").asText(String.valueOf(id)),
        type,
        shown,
        preview == null ? (type.equals("image") ? shown : null) : preview,
        ours ? null : url,
        null,
        null,
        new Media.Meta(
            whole,
            whole == null || !type.equals("image") ? null : preview == null ? whole : whole.small(),
            focus.size() == 2
                ? new Media.Focus(focus.get(0).asDouble(), focus.get(1).asDouble())
                : null),
        one.path("name").textValue(),
        one.path("blurhash").textValue());
  }

  /** Apps offer it as a link to where it is, and load nothing. */
  private static Media withheld(long id, JsonNode one, String url) {
    return new Media(
        String.valueOf(id),
        "unknown",
        null,
        null,
        url,
        null,
        null,
        new Media.Meta(null, null, null),
        one.path("name").textValue(),
        null);
  }

  private static String type(JsonNode one) {
    var mime = one.path("mediaType").asText();
    if (mime.startsWith("image/")) return "image";
    if (mime.startsWith("video/")) return "video";
    if (mime.startsWith("audio/")) return "audio";
    return switch (one.path("type").asText()) {
      case "Image" -> "image";
      case "Video" -> "video";
      case "Audio" -> "audio";
      default -> "unknown";
    };
  }

  private static @Nullable Integer number(JsonNode one, String name) {
    return one.path(name).isInt() ? one.path(name).asInt() : null;
  }
}
