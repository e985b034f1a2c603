package org.placette.post;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.federation.vocab.AsObject;

/** Reads what an object points to: its page, attachments, tags and quote. Only http and https. */
final class LinkReader {

  private static final String EMOJI = ":?[\\w.+-]{1,64}:?";
  private static final int ATTACHMENTS = 32;
  private static final int TAGS = 50;
  private static final int ALT = 1_500;
  private static final Set<String> ATTACHED =
      Set.of("Image", "Video", "Audio", "Document", "Link", "Page");

  private final AsObject object;

  LinkReader(AsObject object) {
    this.object = object;
  }

  /** The page for people: the first HTML link, else the first link that is no media file. */
  @Nullable String page() {
    String other = null;
    for (var link : links(object.raw("url"))) {
      if (link.mediaType() == null || link.mediaType().startsWith("text/html")) return link.href();
      var media = link.mediaType();
      if (other == null && !media.matches("(video|audio|image|application)/.*|text/calendar.*"))
        other = link.href();
    }
    return other;
  }

  /** A link with its media type, when it tells one. */
  private record Link(
      String href, @Nullable String mediaType, @Nullable Integer width, @Nullable Integer height) {}

  private static List<Link> links(@Nullable JsonNode value) {
    if (value == null) return List.of();
    List<Link> found = new ArrayList<>();
    for (var one : value.isArray() ? value : List.of(value)) {
      var href = PostReader.web(AsObject.idOf(one));
      if (href == null && one instanceof ObjectNode nested)
        href = PostReader.web(new AsObject(nested).ref("url"));
      if (href == null) continue;
      var link = one instanceof ObjectNode node ? new AsObject(node) : AsObject.empty();
      found.add(new Link(href, mediaType(link), link.integer("width"), link.integer("height")));
      if (found.size() >= ATTACHMENTS) break;
    }
    return found;
  }

  private static @Nullable String mediaType(AsObject link) {
    var type = link.text("mediaType");
    if (type == null) type = link.text("mimeType");
    return type == null || type.length() > 200 || !type.matches("[\\w.+-]+/[\\w.+-]+.*")
        ? null
        : type.replace('\0', ' ');
  }

  /** Images, files and links; a media object is its own first attachment. */
  List<Attachment> attachments(String type) {
    List<Attachment> found = new ArrayList<>();
    if (Set.of("Image", "Video", "Audio").contains(type)) {
      var own = own(type);
      if (own != null) found.add(own);
    }
    var raw = object.raw("attachment");
    if (raw != null) {
      for (var one : raw.isArray() ? raw : List.of(raw)) {
        var attachment = attachment(one);
        if (attachment != null) found.add(attachment);
        if (found.size() >= ATTACHMENTS) break;
      }
    }
    if (!type.equals("Event") && found.stream().noneMatch(Attachment::picture)) {
      var picture = picture("image");
      if (picture != null) found.add(picture);
    }
    return found;
  }

  private @Nullable Attachment own(String type) {
    for (var link : links(object.raw("url"))) {
      var media = link.mediaType();
      if (media != null && media.startsWith(type.toLowerCase(java.util.Locale.ROOT) + "/"))
        return new Attachment(
            type, link.href(), media, null, link.width(), link.height(), null, null, false);
    }
    return null;
  }

  /** The picture that {@code key} holds as an object or as a bare URL; null if none. */
  @Nullable Attachment picture(String key) {
    var raw = object.raw(key);
    if (raw == null) return null;
    var first = raw.isArray() && !raw.isEmpty() ? raw.get(0) : raw;
    if (first.isTextual()) {
      var url = PostReader.web(first.asText());
      return url == null
          ? null
          : new Attachment("Image", url, null, null, null, null, null, null, false);
    }
    var attachment = attachment(first);
    return attachment == null || attachment.type().equals("Link") ? null : attachment;
  }

  private static @Nullable Attachment attachment(JsonNode value) {
    if (value.isTextual()) {
      var url = PostReader.web(value.asText());
      return url == null ? null : Attachment.link(url, url);
    }
    if (!(value instanceof ObjectNode node)) return null;
    var one = new AsObject(node);
    var type = one.types().stream().filter(ATTACHED::contains).findFirst().orElse(null);
    if (type == null) return null;
    if (type.equals("Page")) type = "Link";
    var links = links(one.raw(one.raw("url") != null ? "url" : "href"));
    if (links.isEmpty()) return null;
    var link = links.getFirst();
    var media = mediaType(one);
    if (media == null) media = link.mediaType();
    var name = PostReader.plain(one.text("name"), ALT);
    if (name == null) name = PostReader.plain(one.text("summary"), ALT);
    var focus = one.raw("focalPoint");
    var x = focus == null ? null : number(focus.path(0));
    var y = focus == null ? null : number(focus.path(1));
    return new Attachment(
            type,
            link.href(),
            media,
            name,
            one.integer("width") != null ? one.integer("width") : link.width(),
            one.integer("height") != null ? one.integer("height") : link.height(),
            x,
            y,
            one.flag("isBannerImage", false) || "Banner".equals(name))
        .blurred(letters(one.text("blurhash")));
  }

  /** A blurhash goes on to apps that decode it; what has not its form does not. */
  private static @Nullable String letters(@Nullable String text) {
    return text != null && text.length() >= 6 && text.length() <= 120 && text.matches("[!-~]+")
        ? text
        : null;
  }

  private static @Nullable Double number(JsonNode value) {
    return value.isNumber() ? value.doubleValue() : null;
  }

  /** Hashtags, mentions, emoji and object links; anything else is dropped. */
  List<Tag> tags() {
    List<Tag> found = new ArrayList<>();
    for (var tag : object.objects("tag")) {
      var read = tag(tag);
      if (read != null && found.stream().filter(t -> t.type().equals(read.type())).count() < TAGS)
        found.add(read);
    }
    return found;
  }

  private @Nullable Tag tag(AsObject tag) {
    var name = PostReader.plain(tag.text("name"), 200);
    return switch (tag.type()) {
      case "Hashtag" ->
          name == null ? null : new Tag("Hashtag", hash(name), resolve(tag.ref("href")));
      case "Mention" -> {
        var href = PostReader.web(tag.ref("href"));
        yield href == null ? null : new Tag("Mention", name == null ? href : name, href);
      }
      case "Emoji" -> {
        var icon = new LinkReader(tag).iconUrl();
        // Apps put the code into their pages as it is.
        yield name == null || icon == null || !name.matches(EMOJI)
            ? null
            : new Tag("Emoji", ":" + name.replace(":", "") + ":", icon);
      }
      case "Link" -> {
        var href = PostReader.web(tag.ref("href"));
        yield href == null ? null : new Tag("Link", name == null ? href : name, href);
      }
      default -> null;
    };
  }

  private static String hash(String name) {
    var word = name.startsWith("#") ? name.substring(1) : name;
    return "#" + (word.length() > 100 ? word.substring(0, 100) : word);
  }

  private @Nullable String iconUrl() {
    var links = links(object.raw("icon"));
    return links.isEmpty() ? null : links.getFirst().href();
  }

  private @Nullable String resolve(@Nullable String href) {
    var id = object.id();
    if (href == null || id == null) return null;
    try {
      return PostReader.web(URI.create(id).resolve(href).toString());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The ids of the actors that it mentions. */
  List<String> mentions() {
    return tags().stream()
        .filter(Tag::mention)
        .map(tag -> tag.href() == null ? "" : tag.href())
        .distinct()
        .toList();
  }

  /** The object that it quotes, in whichever way it says so; never itself. */
  @Nullable String quote() {
    Set<String> found = new LinkedHashSet<>();
    for (var key : List.of("quote", "quoteUrl", "quoteUri", "_misskey_quote"))
      found.addAll(object.refs(key));
    for (var tag : object.objects("tag")) {
      var rel = tag.text("rel");
      var href = tag.ref("href");
      if (tag.is("Link") && href != null && rel != null && rel.endsWith("_misskey_quote"))
        found.add(href);
    }
    return found.stream()
        .filter(uri -> PostReader.web(uri) != null && !uri.equals(object.id()))
        .findFirst()
        .orElse(null);
  }
}
