package org.placette.post;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.ActorEmoji;
import org.placette.actor.Urls;
import org.placette.federation.vocab.AsObject;
import org.placette.outbox.Outbox;
import org.placette.text.Html;

/** Writes local posts as ActivityStreams objects, and the activities about them. */
public final class PostObject {

  private static final String COMMENTS = "https://joinpeertube.org/ns#commentsEnabled";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String AS = "https://www.w3.org/ns/activitystreams";

  /** The path of the collection of confirmed neighbours, on every Placette. */
  public static final String RING = Outbox.RING;

  private PostObject() {}

  /** A time as ActivityStreams has it: UTC, whole seconds. */
  public static String time(Instant time) {
    return DateTimeFormatter.ISO_INSTANT.format(time.truncatedTo(ChronoUnit.SECONDS));
  }

  /** The context of everything but events. */
  public static ArrayNode context() {
    var context = JSON.arrayNode().add(AS);
    context
        .addObject()
        .put("Hashtag", "as:Hashtag")
        .put("sensitive", "as:sensitive")
        .put("toot", "http://joinmastodon.org/ns#")
        .put("Emoji", "toot:Emoji")
        .put("votersCount", "toot:votersCount")
        .put("blurhash", "toot:blurhash")
        .set(
            "focalPoint",
            JSON.objectNode().put("@id", "toot:focalPoint").put("@container", "@list"));
    quotes((ObjectNode) context.get(1));
    return context;
  }

  /** The terms of consent to quotes (FEP-044f). */
  private static void quotes(ObjectNode terms) {
    terms.put("gts", "https://gotosocial.org/ns#");
    for (var term : List.of("interactionPolicy", "canQuote", "automaticApproval"))
      terms.putObject(term).put("@id", "gts:" + term).put("@type", "@id");
    for (var term : List.of("quote", "quoteAuthorization"))
      terms.putObject(term).put("@id", "https://w3id.org/fep/044f#" + term).put("@type", "@id");
    terms.put("quoteUrl", "as:quoteUrl");
  }

  /**
   * The object of a local post that is no event, with its context.
   *
   * @param audience the Group it was posted to, or null
   */
  public static ObjectNode of(Post post, Actor author, @Nullable Actor audience, Urls urls) {
    var object = JSON.objectNode();
    object.set("@context", context());
    object.put("id", post.uri()).put("type", post.type()).put("attributedTo", author.uri());
    if (audience != null) object.put("audience", audience.uri());
    address(object, post, author, audience);
    if (post.name() != null) object.put("name", post.name());
    if (post.summary() != null) object.put("summary", post.summary());
    var content = content(post);
    object.put("content", content);
    if (post.language() != null) object.putObject("contentMap").put(post.language(), content);
    object.put("mediaType", "text/html").put("published", time(post.published()));
    if (post.updated() != null) object.put("updated", time(post.updated()));
    object.put("sensitive", post.sensitive());
    if (post.inReplyTo() != null) object.put("inReplyTo", post.inReplyTo());
    object.set("attachment", attachments(post.attachment()));
    object.set("tag", tags(post.tag()));
    var poll = post.poll();
    if (poll != null) poll(object, poll);
    quote(object, post, author);
    if (post.context() != null) object.put("context", post.context());
    object.put("replies", post.uri() + "/replies").put("url", post.page());
    return object;
  }

  /**
   * Says what it quotes, and who may quote it without asking (FEP-044f): what everybody may read,
   * whom its author chose, else everybody; the rest nobody else.
   */
  public static void quote(ObjectNode object, Post post, Actor author) {
    if (post.quote() != null) object.put("quote", post.quote()).put("quoteUrl", post.quote());
    if (post.quoteStamp() != null) object.put("quoteAuthorization", post.quoteStamp());
    object
        .putObject("interactionPolicy")
        .putObject("canQuote")
        .putArray("automaticApproval")
        .add(quoters(post, author));
  }

  private static String quoters(Post post, Actor author) {
    if (!post.visibility().open() || post.quotable() == Quotable.NOBODY) return author.uri();
    var followers = post.quotable() == Quotable.FOLLOWERS ? author.followers() : null;
    return followers == null ? AsObject.PUBLIC : followers;
  }

  /** Says that nobody answers any more, in the word that PeerTube, Lemmy, Mbin and PieFed read. */
  static void close(ObjectNode object) {
    object.withArray("@context").addObject().put("commentsEnabled", COMMENTS);
    object.put("commentsEnabled", false);
  }

  /** Writes {@code to} and {@code cc}: Public first in to, the Group before the followers. */
  public static void address(ObjectNode object, Post post, Actor author, @Nullable Actor audience) {
    var to = object.putArray("to");
    var cc = object.putArray("cc");
    for (var uri : to(post, author, audience)) to.add(uri);
    for (var uri : cc(post, author)) cc.add(uri);
  }

  private static Set<String> to(Post post, Actor author, @Nullable Actor audience) {
    Set<String> to = new LinkedHashSet<>();
    if (post.visibility() == Visibility.PUBLIC) to.add(AsObject.PUBLIC);
    if (audience != null) to.add(audience.uri());
    if (post.visibility() == Visibility.UNLISTED || post.visibility() == Visibility.FOLLOWERS)
      to.add(followers(author));
    if (post.visibility() == Visibility.DIRECT) to.addAll(post.mentions());
    if (post.visibility() == Visibility.GROUP && audience != null) to.add(followers(audience));
    if (post.visibility() == Visibility.RING)
      to.add(ring((audience == null ? author : audience).uri()));
    return to;
  }

  /** The confirmed neighbours of the server that an id is of. */
  static String ring(String uri) {
    return uri.substring(0, uri.indexOf('/', 8)) + RING;
  }

  private static Set<String> cc(Post post, Actor author) {
    Set<String> cc = new LinkedHashSet<>();
    if (post.visibility() == Visibility.UNLISTED) cc.add(AsObject.PUBLIC);
    if (post.visibility() == Visibility.PUBLIC) cc.add(followers(author));
    if (post.visibility() != Visibility.DIRECT) cc.addAll(post.mentions());
    return cc;
  }

  private static String followers(Actor author) {
    return author.followers() == null ? author.uri() + "/followers" : author.followers();
  }

  private static ArrayNode tags(List<Tag> all) {
    var array = JSON.arrayNode();
    for (var tag : all) {
      var node = array.addObject().put("type", tag.type()).put("name", tag.name());
      if (tag.href() == null) continue;
      if (tag.type().equals("Emoji")) ActorEmoji.icon(node, tag.href());
      else node.put("href", tag.href());
    }
    return array;
  }

  static ArrayNode attachments(List<Attachment> attachments) {
    var array = JSON.arrayNode();
    for (var one : attachments) {
      var node = array.addObject().put("type", one.type());
      if (one.mediaType() != null) node.put("mediaType", one.mediaType());
      if (one.type().equals("Link")) {
        if (one.name() != null) node.put("name", one.name());
        node.put("href", one.url());
        continue;
      }
      node.put("url", one.url()).put("name", one.name());
      if (one.width() != null) node.put("width", one.width());
      if (one.height() != null) node.put("height", one.height());
      if (one.focusX() != null && one.focusY() != null)
        node.putArray("focalPoint").add(one.focusX()).add(one.focusY());
      if (one.blurhash() != null) node.put("blurhash", one.blurhash());
    }
    return array;
  }

  private static void poll(ObjectNode object, Poll poll) {
    var options = object.putArray(poll.multiple() ? "anyOf" : "oneOf");
    for (var option : poll.options()) {
      var node = options.addObject().put("type", "Note").put("name", option.name());
      node.putObject("replies").put("type", "Collection").put("totalItems", option.votes());
    }
    object.put("votersCount", poll.voters());
    if (poll.endTime() != null) object.put("endTime", time(poll.endTime()));
    if (poll.closed() != null) object.put("closed", time(poll.closed()));
  }

  /**
   * Wraps an object in an activity that is addressed as the object is.
   *
   * @param id the activity's own id, never used before
   */
  public static ObjectNode wrap(
      String type, String id, Actor actor, ObjectNode object, Instant published) {
    var activity = JSON.objectNode();
    var inner = object.deepCopy();
    var context = inner.remove("@context");
    activity.set("@context", context == null ? JSON.textNode(AS) : context);
    activity.put("id", id).put("type", type).put("actor", actor.uri());
    for (var key : List.of("audience", "to", "cc")) {
      var value = object.get(key);
      if (value != null) activity.set(key, value.deepCopy());
    }
    activity.put("published", time(published));
    activity.set("object", inner);
    return activity;
  }

  /** What is left of a deleted object. */
  public static ObjectNode tombstone(
      String uri, @Nullable String formerType, @Nullable Instant published, Instant deleted) {
    var tombstone = JSON.objectNode().put("@context", AS).put("id", uri).put("type", "Tombstone");
    if (formerType != null) tombstone.put("formerType", formerType);
    if (published != null) tombstone.put("published", time(published));
    return tombstone.put("deleted", time(deleted));
  }

  /** An activity about something that is named by its id alone: Like, Announce. */
  public static ObjectNode about(
      String type, String id, Actor actor, String object, List<String> to, List<String> cc) {
    var activity = JSON.objectNode().put("@context", AS);
    activity.put("id", id).put("type", type).put("actor", actor.uri());
    activity.set("to", strings(to));
    activity.set("cc", strings(cc));
    return activity.put("published", time(Instant.now())).put("object", object);
  }

  /** The Undo of an activity, embedding it without its context. */
  public static ObjectNode undo(String id, ObjectNode undone) {
    var activity = JSON.objectNode().put("@context", AS).put("id", id).put("type", "Undo");
    var inner = undone.deepCopy();
    inner.remove("@context");
    activity.set("actor", undone.get("actor"));
    activity.set("to", undone.get("to"));
    activity.set("cc", undone.get("cc"));
    activity.set("object", inner);
    return activity;
  }

  private static ArrayNode strings(List<String> values) {
    var array = JSON.arrayNode();
    for (var value : new ArrayList<>(values)) array.add(value);
    return array;
  }

  /**
   * Most readers ignore the name of a Note: its title is repeated as the first line, but not where
   * only forums are told, which show it.
   */
  private static String content(Post post) {
    var quote = post.quote();
    if (quote == null || post.content().contains(quote)) return titled(post);
    // Where quotes are not known, the address stands in for it; others leave this line out.
    var link = Html.escape(quote);
    return "<p class=\"quote-inline\">RE: <a href=\""
        + link
        + "\">"
        + link
        + "</a></p>"
        + titled(post);
  }

  private static String titled(Post post) {
    if (post.name() == null || !post.type().equals("Note")) return post.content();
    if (post.companionOf() != null) return post.content();
    var title = "<p><strong>" + Html.escape(post.name()) + "</strong></p>";
    return post.content().startsWith(title) ? post.content() : title + post.content();
  }
}
