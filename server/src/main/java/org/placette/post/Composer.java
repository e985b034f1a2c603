package org.placette.post;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.federation.fetch.Budget;
import org.placette.federation.fetch.FetchProblem;
import org.placette.text.Html;

/** Turns what a resident typed into HTML with mentions and hashtags that lead somewhere. */
public final class Composer {

  /** How many people one post may mention. */
  private static final int MENTIONS = 20;

  private static final int HASHTAGS = 30;

  private static final Pattern MENTION_OR_HASHTAG =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}/_@])@(?<name>[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?)"
              + "(?:@(?<host>[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\\d+)?))?"
              + "|(?<![\\p{L}\\p{N}/_&#])#(?<tag>[\\p{L}\\p{N}_]{1,100})");

  /**
   * What was composed.
   *
   * @param html safe HTML
   * @param tags its mentions and hashtags
   */
  public record Composed(String html, List<Tag> tags) {}

  private final Actors actors;

  public Composer(Actors actors) {
    this.actors = actors;
  }

  /**
   * Composes a text. Handles that lead nowhere stay text; unknown ones are looked up, so this is not
   * for use inside a transaction.
   */
  public Composed compose(String text) {
    Map<String, Tag> tags = new LinkedHashMap<>();
    Map<String, Actor> mentioned = new LinkedHashMap<>();
    var budget = new Budget(MENTIONS * 2);
    var document = Jsoup.parseBodyFragment(Html.compose(text));
    document.outputSettings(new Document.OutputSettings().prettyPrint(false));
    for (var node : texts(document.body())) replace(node, tags, mentioned, budget);
    return new Composed(document.body().html(), List.copyOf(tags.values()));
  }

  private static List<TextNode> texts(Element body) {
    List<TextNode> found = new ArrayList<>();
    body.traverse(
        (node, depth) -> {
          if (node instanceof TextNode text && !insideLinkOrCode(text)) found.add(text);
        });
    return found;
  }

  private static boolean insideLinkOrCode(Node node) {
    for (var up = node.parent(); up instanceof Element element; up = up.parent())
      if (List.of("a", "code", "pre").contains(element.normalName())) return true;
    return false;
  }

  private void replace(
      TextNode node, Map<String, Tag> tags, Map<String, Actor> mentioned, Budget budget) {
    var text = node.getWholeText();
    var end = 0;
    for (MatchResult match : MENTION_OR_HASHTAG.matcher(text).results().toList()) {
      var link = match.group("tag") == null
          ? mention(match, tags, mentioned, budget)
          : hashtag(String.valueOf(match.group("tag")), tags);
      if (link == null) continue;
      if (match.start() > end) node.before(new TextNode(text.substring(end, match.start())));
      node.before(link);
      end = match.end();
    }
    if (end > 0) node.text(text.substring(end));
  }

  private @Nullable Element hashtag(String word, Map<String, Tag> tags) {
    if (word.chars().allMatch(Character::isDigit) || tags.size() >= HASHTAGS + MENTIONS) return null;
    var href = actors.urls().at("/tags/" + word.toLowerCase(java.util.Locale.ROOT));
    tags.putIfAbsent(href, new Tag("Hashtag", "#" + word, href));
    var link = new Element("a").attr("href", href).addClass("mention hashtag").attr("rel", "tag");
    return link.appendText("#").appendChild(new Element("span").text(word));
  }

  private @Nullable Element mention(
      MatchResult match, Map<String, Tag> tags, Map<String, Actor> mentioned, Budget budget) {
    var name = match.group("name");
    var host = match.group("host");
    var handle = "@" + name + (host == null ? "" : "@" + host);
    var actor = mentioned.get(handle);
    if (actor == null) {
      if (mentioned.size() >= MENTIONS) return null;
      actor = find(name, host, handle, budget);
      if (actor == null) return null;
      mentioned.put(handle, actor);
    }
    var full = "@" + actor.handle(actors.urls().host());
    tags.putIfAbsent(actor.uri(), Tag.mention(full, actor.uri()));
    var page = actor.url() == null ? actor.uri() : actor.url();
    var link = new Element("a").attr("href", page).addClass("u-url mention");
    link.appendText("@").appendChild(new Element("span").text(actor.username()));
    return new Element("span").addClass("h-card").attr("translate", "no").appendChild(link);
  }

  private @Nullable Actor find(
      @Nullable String name, @Nullable String host, String handle, Budget budget) {
    if (name == null) return null;
    var stored = host == null ? actors.localByName(name) : actors.storedByHandle(name, host);
    if (stored != null) return stored.deleted() || stored.suspended() ? null : stored;
    if (host == null) return null;
    try {
      return actors.byHandle(handle, budget);
    } catch (FetchProblem e) {
      return null;
    }
  }
}
