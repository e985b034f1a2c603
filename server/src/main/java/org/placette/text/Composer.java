package org.placette.text;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.autolink.AutolinkType;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jsoup.Jsoup;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/**
 * Makes clean HTML of what a person typed: Markdown without raw HTML, links, hashtags and mentions.
 */
public final class Composer {

  // No e-mail addresses: they would swallow the end of a mention.
  private static final List<Extension> LINKS =
      List.of(AutolinkExtension.builder().linkTypes(AutolinkType.URL, AutolinkType.WWW).build());

  private static final Parser MARKDOWN = Parser.builder().extensions(LINKS).build();

  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder()
          .escapeHtml(true)
          .sanitizeUrls(true)
          .softbreak("<br>")
          .extensions(LINKS)
          .build();

  /** A mention {@code @name@host} or {@code @name}, or a hashtag, not inside a word. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}_/@#&])(?:@([A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,62}[A-Za-z0-9_])?(?:@[\\p{L}\\p{N}.-]{1,190}[\\p{L}\\p{N}](?::\\d{1,5})?)?)"
              + "|#([\\p{L}\\p{N}_]{0,99}\\p{L}[\\p{L}\\p{N}_]{0,99}))");

  private final Function<String, @Nullable Mention> mentions;
  private final String tagBase;

  /**
   * @param mentions finds who {@code name} or {@code name@host} is; null for nobody
   * @param tagBase what stands before a tag in its address, such as {@code https://host/tags/}
   */
  public Composer(Function<String, @Nullable Mention> mentions, String tagBase) {
    this.mentions = mentions;
    this.tagBase = tagBase;
  }

  /** Knows nobody, and links tags within the site. */
  static Composer plain() {
    return new Composer(handle -> null, "/tags/");
  }

  /**
   * Somebody mentioned.
   *
   * @param uri the actor's id
   * @param url the actor's page
   * @param handle how the text names them, without the first @
   */
  public record Mention(String uri, String url, String handle) {}

  /**
   * @param html clean HTML
   * @param tags lower-case hashtags without #, in order, without repeats
   * @param mentions who was found, in order, without repeats
   */
  public record Composed(String html, List<String> tags, List<Mention> mentions) {}

  /** Composes one text, which is Markdown. */
  public Composed compose(String source) {
    return compose(source, false);
  }

  /**
   * Composes one text.
   *
   * @param plain true when it is no Markdown: only paragraphs, line breaks and links
   */
  public Composed compose(String source, boolean plain) {
    var rendered = plain ? PlainText.html(source) : RENDERER.render(MARKDOWN.parse(source));
    var document = Jsoup.parseBodyFragment(rendered);
    PlainText.shorten(document.body());
    Set<String> tags = new LinkedHashSet<>();
    Set<Mention> found = new LinkedHashSet<>();
    for (var text : document.body().nodeStream(TextNode.class).toList()) {
      if (insideLinkOrCode(text)) continue;
      // The renderer sets a line feed between blocks; within code they are the author's.
      text.text(text.getWholeText().replace("\n", ""));
      replace(text, tags, found);
    }
    document.outputSettings().prettyPrint(false);
    var html = Html.clean(document.body().html());
    return new Composed(html, List.copyOf(tags), List.copyOf(found));
  }

  private static boolean insideLinkOrCode(Node node) {
    for (Node at = node.parent(); at instanceof Element element; at = at.parent()) {
      var name = element.normalName();
      if (name.equals("a") || name.equals("code") || name.equals("pre")) return true;
    }
    return false;
  }

  private void replace(TextNode node, Set<String> tags, Set<Mention> found) {
    var text = node.getWholeText();
    var matcher = TOKEN.matcher(text);
    var html = new StringBuilder();
    var from = 0;
    while (matcher.find()) {
      var link =
          matcher.group(2) == null
              ? mention(matcher.group(1), found)
              : hashtag(matcher.group(2), tags);
      if (link == null) continue;
      html.append(Html.escape(text.substring(from, matcher.start()))).append(link);
      from = matcher.end();
    }
    if (from == 0) return;
    html.append(Html.escape(text.substring(from)));
    node.before(html.toString());
    node.replaceWith(new DataNode(""));
  }

  private @Nullable String mention(String handle, Set<Mention> found) {
    var who = mentions.apply(handle);
    if (who == null) return null;
    found.add(who);
    var at = who.handle().indexOf('@');
    var name = at < 0 ? who.handle() : who.handle().substring(0, at);
    return "<span class=\"h-card\" translate=\"no\"><a class=\"u-url mention\" href=\"%s\">@<span>%s</span></a></span>"
        .formatted(Html.escape(who.url()), Html.escape(name));
  }

  private String hashtag(String tag, Set<String> tags) {
    var name = tag.toLowerCase(Locale.ROOT);
    tags.add(name);
    return "<a class=\"mention hashtag\" href=\"%s%s\" rel=\"tag\">#<span>%s</span></a>"
        .formatted(
            tagBase,
            java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8),
            tag);
  }
}
