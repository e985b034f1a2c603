package org.placette.text;

import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;

/**
 * HTML that may be shown. What others wrote is parsed and rebuilt from an allow-list, so that
 * nothing that runs, loads or hides can pass; links lead to http and https only.
 */
public final class Html {

  private static final Set<String> CLASSES =
      Set.of("mention", "hashtag", "u-url", "h-card", "invisible", "ellipsis", "quote-inline");

  private static final Safelist ALLOWED =
      Safelist.none()
          .addTags("p", "br", "a", "span", "blockquote", "pre", "code", "em", "strong", "b", "i")
          .addTags("u", "del", "s", "sub", "sup", "ul", "ol", "li", "hr")
          .addTags("h1", "h2", "h3", "h4", "h5", "h6", "ruby", "rt", "rp")
          .addAttributes("a", "href", "class")
          .addAttributes("span", "class")
          .addAttributes("ol", "start", "reversed")
          .addAttributes("li", "value")
          .addProtocols("a", "href", "http", "https")
          .addEnforcedAttribute("a", "rel", "nofollow noopener noreferrer");

  /** Characters that turn the order of text around, and NUL, which the database refuses. */
  private static final Pattern TRICKS = Pattern.compile("[\\u0000\\u202A-\\u202E\\u2066-\\u2069]");

  private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s<>\"]+[^\\s<>\".,;:!?)'»]");

  private Html() {}

  /** The part of foreign HTML that may be shown; idempotent. */
  public static String clean(String html) {
    var dirty = Jsoup.parseBodyFragment(TRICKS.matcher(html).replaceAll(""));
    var clean = new Cleaner(ALLOWED).clean(dirty);
    for (var element : clean.body().select("[class]")) keepKnownClasses(element);
    clean.outputSettings(new Document.OutputSettings().prettyPrint(false));
    return clean.body().html();
  }

  private static void keepKnownClasses(Element element) {
    var kept = element.classNames();
    kept.retainAll(CLASSES);
    if (kept.isEmpty()) element.removeAttr("class");
    else element.classNames(kept);
  }

  /** The words of HTML or of text with entities, without tags. */
  public static String text(String html) {
    return Jsoup.parseBodyFragment(TRICKS.matcher(html).replaceAll("")).body().text();
  }

  /**
   * Typed text as HTML: an empty line ends a paragraph, a line break stays one, addresses become
   * links.
   */
  public static String compose(String text) {
    var html = new StringBuilder();
    for (var paragraph : TRICKS.matcher(text).replaceAll("").strip().split("\\R\\s*\\R", -1)) {
      var body = new Element("p");
      var lines = paragraph.strip().split("\\R", -1);
      for (var i = 0; i < lines.length; i++) {
        if (i > 0) body.appendElement("br");
        link(body, lines[i]);
      }
      html.append(body.outerHtml());
    }
    return html.toString();
  }

  private static void link(Element body, String line) {
    var end = 0;
    var matcher = ADDRESS.matcher(line);
    while (matcher.find()) {
      if (matcher.start() > end) body.appendText(line.substring(end, matcher.start()));
      body.appendElement("a")
          .attr("href", matcher.group())
          .attr("rel", "nofollow noopener noreferrer")
          .text(matcher.group());
      end = matcher.end();
    }
    if (end < line.length()) body.appendText(line.substring(end));
  }
}
