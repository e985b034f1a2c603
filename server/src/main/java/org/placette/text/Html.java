package org.placette.text;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Document.OutputSettings;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;

/**
 * HTML reduced to a safe, rich subset by an allow-list. Cleaning is idempotent: what it gives is
 * parsed again until nothing changes, so that no parser difference can bring a tag back.
 */
public final class Html {

  /** Characters of HTML that are read at most; the rest is cut. */
  public static final int MAX_LENGTH = 200_000;

  private static final int MAX_DEPTH = 40;
  private static final int PASSES = 4;

  /** Controls that turn the order of text around or hide it (Trojan Source). */
  private static final Pattern INVISIBLE =
      Pattern.compile(
          "[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F\\u202A-\\u202E\\u2066-\\u2069\\uFEFF]");

  private static final Set<String> CLASSES =
      Set.of("mention", "u-url", "hashtag", "h-card", "invisible", "ellipsis", "quote-inline");

  private static final Set<String> BLOCKS =
      Set.of(
          "div",
          "section",
          "article",
          "header",
          "footer",
          "figure",
          "figcaption",
          "address",
          "details",
          "summary",
          "dl",
          "dt",
          "dd",
          "tr",
          "main",
          "aside",
          "form",
          "center");

  private static final Safelist ALLOWED =
      new Safelist()
          .addTags(
              "p",
              "br",
              "a",
              "span",
              "del",
              "s",
              "pre",
              "blockquote",
              "code",
              "b",
              "strong",
              "u",
              "i",
              "em",
              "ul",
              "ol",
              "li",
              "h1",
              "h2",
              "h3",
              "h4",
              "h5",
              "h6",
              "ruby",
              "rt",
              "rp",
              "sub",
              "sup",
              "hr",
              "small")
          .addAttributes("a", "href", "class", "translate")
          .addAttributes("span", "class", "translate")
          .addAttributes("ol", "start", "reversed")
          .addAttributes("li", "value")
          .addAttributes(":all", "lang", "dir")
          .addProtocols("a", "href", "http", "https", "mailto");

  private static final OutputSettings OUTPUT =
      new OutputSettings().prettyPrint(false).charset("UTF-8");

  private Html() {}

  /** Foreign or own HTML as safe HTML. Never null, never throws for any input. */
  public static String clean(String html) {
    var text = cut(INVISIBLE.matcher(html).replaceAll(""));
    for (var pass = 0; pass < PASSES; pass++) {
      var next = once(text);
      if (next.equals(text)) return next;
      text = next;
    }
    // Something that never settles is not worth its markup.
    return "<p>" + escape(text(text)) + "</p>";
  }

  /** The text of HTML: paragraphs and line breaks as line feeds, no markup. */
  public static String text(String html) {
    var simple = html.length() <= MAX_LENGTH ? SimpleHtml.of(html) : null;
    return simple != null ? simple : parsed(html);
  }

  /** The same by way of a parser, for whatever HTML. */
  static String parsed(String html) {
    var body = parse(cut(html)).body();
    body.select("p, li, blockquote, pre, h1, h2, h3, h4, h5, h6, div")
        .forEach(block -> block.appendText("\n"));
    return INVISIBLE
        .matcher(body.wholeText().replaceAll("[ \\t]+\\n", "\n").replaceAll("\\n{3,}", "\n\n"))
        .replaceAll("")
        .strip();
  }

  /** Plain text for HTML: the five special characters escaped. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** Markdown or plain text as clean HTML, without mentions; see {@link Composer}. */
  public static String compose(String source) {
    return Composer.plain().compose(source).html();
  }

  /**
   * The same with links to hashtags.
   *
   * @param tagBase what stands before a tag in its address, such as {@code https://host/tags/}
   */
  public static String compose(String source, String tagBase) {
    return new Composer(handle -> null, tagBase).compose(source).html();
  }

  private static String once(String html) {
    var dirty = parse(html);
    blocks(dirty);
    var clean = new Cleaner(ALLOWED).clean(dirty);
    for (var element : clean.body().getAllElements()) tidy(element);
    for (var text : clean.body().nodeStream(TextNode.class).toList()) lines(text);
    clean.outputSettings(OUTPUT);
    return clean.body().html().strip();
  }

  /** No raw line feeds: some apps show each of them as a line break. */
  private static void lines(TextNode text) {
    var whole = text.getWholeText();
    if (whole.indexOf('\n') < 0 && whole.indexOf('\r') < 0) return;
    for (Node at = text.parent(); at instanceof Element element; at = at.parent())
      if (element.normalName().equals("pre")) {
        text.before(escape(whole).replaceAll("\\R", "<br>"));
        text.remove();
        return;
      }
    text.text(whole.replaceAll("[ \\t]*\\R\\s*", " "));
  }

  /** Unknown blocks would glue their text together: they become paragraphs. */
  private static void blocks(Document document) {
    for (var element : document.body().getAllElements()) {
      var name = element.normalName();
      if (BLOCKS.contains(name)) {
        var inside = element.children().stream().anyMatch(Element::isBlock);
        if (inside) element.unwrap();
        else element.tagName("p");
      } else if (name.equals("td") || name.equals("th")) {
        element.appendText(" ");
      } else if (name.equals("img") && !element.attr("alt").isBlank()) {
        element.replaceWith(new TextNode(element.attr("alt")));
      }
    }
  }

  private static void tidy(Element element) {
    if (element.hasAttr("class")) {
      var kept = element.classNames().stream().filter(CLASSES::contains).toList();
      if (kept.isEmpty()) element.removeAttr("class");
      else element.attr("class", String.join(" ", kept));
    }
    if (!element.attr("dir").isEmpty()
        && !List.of("ltr", "rtl", "auto").contains(element.attr("dir"))) element.removeAttr("dir");
    if (element.hasAttr("translate") && !element.attr("translate").equals("no"))
      element.removeAttr("translate");
    if (element.normalName().equals("a")) link(element);
  }

  /** A link leaves without telling where from, and its text may not name another host. */
  private static void link(Element a) {
    var href = a.attr("href");
    if (href.isBlank()) {
      a.unwrap();
      return;
    }
    a.attr("rel", "nofollow noopener noreferrer");
    var host = host(href);
    if (host == null || a.hasClass("mention") || a.hasClass("hashtag")) return;
    var full = a.text().strip();
    if (!a.select(".invisible, .ellipsis").isEmpty() && !named(full, host)) {
      a.select("[class]").removeAttr("class");
    }
    if (looksLikeAddress(full) && !named(full, host) && !full.endsWith("(" + host + ")"))
      a.appendText(" (" + host + ")");
  }

  private static boolean looksLikeAddress(String text) {
    return text.startsWith("http://") || text.startsWith("https://") || text.startsWith("www.");
  }

  private static boolean named(String text, String host) {
    var bare = text.toLowerCase(Locale.ROOT).replaceFirst("^https?://", "");
    var plain = host.startsWith("www.") ? host.substring(4) : host;
    for (var start : List.of(host, plain, "www." + plain)) {
      if (!bare.startsWith(start)) continue;
      var rest = bare.substring(start.length());
      if (rest.isEmpty() || "/:?#".indexOf(rest.charAt(0)) >= 0) return true;
    }
    return false;
  }

  private static @org.jspecify.annotations.Nullable String host(String href) {
    try {
      var host = URI.create(href).getHost();
      return host == null ? null : host.toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Nesting deeper than anybody writes is undone by the parser, for whoever renders it. */
  private static Document parse(String html) {
    return Parser.htmlParser().setMaxDepth(MAX_DEPTH).parseInput(html, "");
  }

  private static String cut(String html) {
    if (html.length() <= MAX_LENGTH) return html;
    var end = Character.isHighSurrogate(html.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
    return html.substring(0, end);
  }
}
