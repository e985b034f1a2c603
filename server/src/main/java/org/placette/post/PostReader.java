package org.placette.post;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.federation.vocab.AsObject;
import org.placette.inbox.Refused;
import org.placette.text.BbCode;
import org.placette.text.Html;

/**
 * Reads a remote object as a post, taking every form that peers use. Fields longer or more numerous
 * than the caps here are cut, HTML is sanitised here and nowhere else.
 */
public final class PostReader {

  /** The types that become posts. Anything else is another feature's matter, or is ignored. */
  static final Set<String> TYPES =
      Set.of("Note", "Article", "Page", "Question", "Event", "Video", "Audio", "Image", "Document");

  private static final int LONGEST_URI = 2_048;
  private static final int NAME = 500;
  private static final int SUMMARY = 5_000;
  private static final int CONTENT = 200_000;
  private static final int ADDRESSED = 50;
  private static final int OPTIONS = 20;
  private static final int OPTION = 200;

  private final AsObject object;
  private final @Nullable AsObject activity;
  private final Actor author;
  private final Instant at;

  private PostReader(AsObject object, @Nullable AsObject activity, Actor author, Instant at) {
    this.object = object;
    this.activity = activity;
    this.author = author;
    this.at = at;
  }

  /**
   * @param object a displayable object with an id
   * @param activity the activity it came in, asked for addressing that the object lacks; or null
   * @param at when it reached this server: no time may lie after it
   * @throws Refused when it cannot be stored at all
   */
  static Draft read(AsObject object, @Nullable AsObject activity, Actor author, Instant at) {
    return new PostReader(object, activity, author, at).draft();
  }

  /** The displayable type of an object, or null when it has none. */
  static @Nullable String typeOf(AsObject object) {
    return object.types().stream().filter(TYPES::contains).findFirst().orElse(null);
  }

  /** A vote in a poll: a Note with a name and no content that answers a question. */
  public static boolean isVote(AsObject object) {
    return object.is("Note", "Answer")
        && object.text("name") != null
        && object.ref("inReplyTo") != null
        && object.object("contentMap") == null
        && saysNoMore(object);
  }

  /** Some repeat the option as the text, or send an empty one. */
  private static boolean saysNoMore(AsObject vote) {
    var content = vote.text("content");
    if (content == null || content.isBlank()) return true;
    var said = Html.text(content);
    return said != null && said.strip().equals(String.valueOf(vote.text("name")).strip());
  }

  private Draft draft() {
    var id = object.id();
    var type = typeOf(object);
    if (id == null || type == null) throw new Refused("no-object");
    if (id.length() > LONGEST_URI) throw new Refused("id-too-long");
    var links = new LinkReader(object);
    var published = clamped(object.time("published"));
    return new Draft(
        id,
        links.page(),
        type,
        author.id(),
        words(type),
        addressing(),
        web(object.ref("inReplyTo")),
        context(),
        links.attachments(type),
        links.tags(),
        type.equals("Question") ? poll() : null,
        links.quote(),
        null,
        null,
        published == null ? at : published,
        clamped(object.time("updated")));
  }

  private @Nullable Instant clamped(@Nullable Instant time) {
    return time == null || !time.isAfter(at) ? time : at;
  }

  private Words words(String type) {
    var name = plain(first("name"), NAME);
    var rawSummary = first("summary");
    if (rawSummary == null && type.equals("Article")) rawSummary = excerpt();
    var summary =
        rawSummary == null
            ? null
            : type.equals("Event")
                ? Html.clean(cut(rawSummary, SUMMARY))
                : plain(rawSummary, SUMMARY);
    return new Words(name, summary, content(), language(), object.flag("sensitive", false));
  }

  /** What an article's own preview says (FEP-b2b8: Ghost, NodeBB); null when it has none. */
  private @Nullable String excerpt() {
    var preview = object.object("preview");
    return preview == null ? null : preview.text("content");
  }

  private String content() {
    var content = first("content");
    if (content == null) return "";
    var media = object.text("mediaType");
    var isText =
        media != null && (media.startsWith("text/markdown") || media.startsWith("text/plain"));
    if (isText) return Html.compose(cut(content, CONTENT));
    var source = object.object("source");
    var marked =
        source != null && "text/bbcode".equals(source.text("mediaType")) && BbCode.marks(content);
    var html = cut(content, CONTENT);
    return Html.clean(marked ? BbCode.html(html) : html);
  }

  /** The text of a property, or of its first language when only the map form is there. */
  private @Nullable String first(String key) {
    var text = object.text(key);
    if (text != null) return text;
    var map = object.object(key + "Map");
    if (map == null) return null;
    for (var entry : map.json().properties())
      if (entry.getValue().isTextual() && !entry.getValue().asText().isBlank())
        return entry.getValue().asText();
    return null;
  }

  private @Nullable String language() {
    var map = object.object("contentMap");
    var content = object.text("content");
    String found = null;
    if (map != null) {
      for (var entry : map.json().properties()) {
        if (found == null || entry.getValue().asText().equals(content)) found = entry.getKey();
      }
    }
    if (found == null) found = object.text("inLanguage");
    var embedded = object.object("language");
    if (found == null && embedded != null) found = embedded.text("identifier");
    return language(found);
  }

  /** A BCP 47 tag as written, or null when it is none. */
  static @Nullable String language(@Nullable String tag) {
    if (tag == null || tag.length() > 35 || !tag.matches("[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*"))
      return null;
    var locale = Locale.forLanguageTag(tag.replace('_', '-'));
    return locale.getLanguage().equals("und") || locale.getLanguage().isEmpty()
        ? null
        : locale.toLanguageTag();
  }

  private Addressing addressing() {
    var addressed = object;
    if (activity != null && object.addressed("to", "cc", "audience", "bto", "bcc").isEmpty())
      addressed = activity;
    var followers = author.followers() == null ? "" : author.followers();
    var visibility = Visibility.of(addressed, followers);
    Set<String> all = new LinkedHashSet<>(object.refs("audience"));
    all.addAll(addressed.addressed("audience", "to", "cc"));
    all.remove(AsObject.PUBLIC);
    all.remove(followers);
    var named = new LinkReader(object).mentions();
    var groups = all.stream().filter(uri -> uri.length() <= LONGEST_URI).limit(ADDRESSED).toList();
    Set<String> mentioned = new LinkedHashSet<>(named);
    // What is not public was sent to whom it names, with or without a Mention.
    if (!visibility.open()) mentioned.addAll(groups);
    return new Addressing(visibility, groups, mentioned.stream().limit(ADDRESSED).toList());
  }

  private @Nullable String context() {
    var context = web(object.ref("context"));
    return context != null ? context : web(object.ref("conversation"));
  }

  private @Nullable Poll poll() {
    var multiple = !object.objects("anyOf").isEmpty();
    var choices = object.objects(multiple ? "anyOf" : "oneOf");
    if (choices.isEmpty()) return null;
    List<Poll.Option> options = new ArrayList<>();
    for (var choice : choices.stream().limit(OPTIONS).toList()) {
      var name = plain(choice.text("name"), OPTION);
      options.add(new Poll.Option(name == null ? "" : name, votes(choice)));
    }
    var endTime = object.time("endTime");
    var voters = object.integer("votersCount");
    var sum =
        (int) Math.min(Integer.MAX_VALUE, options.stream().mapToLong(Poll.Option::votes).sum());
    return new Poll(
        multiple, options, Math.max(0, voters == null ? sum : voters), endTime, closed(endTime));
  }

  private static int votes(AsObject option) {
    var raw = option.raw("replies");
    if (raw == null) return 0;
    if (raw.isArray()) return raw.size();
    var replies = option.object("replies");
    var total = replies == null ? null : replies.integer("totalItems");
    return total == null ? 0 : Math.max(0, total);
  }

  private @Nullable Instant closed(@Nullable Instant endTime) {
    JsonNode closed = object.raw("closed");
    if (closed == null) return null;
    if (closed.isBoolean())
      return !closed.booleanValue() ? null : endTime != null && endTime.isBefore(at) ? endTime : at;
    return clamped(object.time("closed"));
  }

  /** An http(s) id of a bearable length, or null. */
  public static @Nullable String web(@Nullable String uri) {
    return uri != null && uri.length() <= LONGEST_URI && AsObject.origin(uri) != null ? uri : null;
  }

  /** Text without tags, cut; null when nothing is left. */
  static @Nullable String plain(@Nullable String html, int length) {
    if (html == null) return null;
    var text = Html.text(cut(html, length * 4)).strip();
    return text.isEmpty() ? null : cut(text, length);
  }

  private static String cut(String text, int length) {
    if (text.length() <= length) return text;
    var end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, end);
  }
}
