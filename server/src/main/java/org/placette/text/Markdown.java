package org.placette.text;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** Clean HTML as the Markdown that gives it, for somebody who changes what they wrote. */
public final class Markdown {

  private Markdown() {}

  /** The text to show in a form. */
  public static String of(String html) {
    var out = new StringBuilder();
    inside(Jsoup.parseBodyFragment(html).body(), out, "");
    return out.toString().replaceAll("\\n{3,}", "\n\n").strip();
  }

  private static void inside(Node parent, StringBuilder out, String prefix) {
    for (var node : parent.childNodes()) {
      switch (node) {
        case TextNode text -> out.append(text.getWholeText());
        case Element element -> element(element, out, prefix);
        default -> {}
      }
    }
  }

  private static void element(Element element, StringBuilder out, String prefix) {
    switch (element.normalName()) {
      case "br" -> out.append('\n').append(prefix);
      case "p" -> block(element, out, prefix, "");
      case "h1", "h2", "h3", "h4", "h5", "h6" ->
          block(element, out, prefix, "#".repeat(element.normalName().charAt(1) - '0') + " ");
      case "strong", "b" -> around(element, out, prefix, "**");
      case "em", "i" -> around(element, out, prefix, "*");
      case "code" -> around(element, out, prefix, "`");
      case "hr" -> out.append("\n\n---\n\n");
      case "pre" -> out.append("\n\n```\n").append(element.wholeText().strip()).append("\n```\n\n");
      case "blockquote" -> quote(element, out);
      case "ul", "ol" -> list(element, out);
      case "a" -> link(element, out);
      default -> inside(element, out, prefix);
    }
  }

  private static void block(Element element, StringBuilder out, String prefix, String mark) {
    out.append("\n\n").append(mark);
    inside(element, out, prefix);
    out.append("\n\n");
  }

  private static void around(Element element, StringBuilder out, String prefix, String mark) {
    out.append(mark);
    inside(element, out, prefix);
    out.append(mark);
  }

  private static void quote(Element element, StringBuilder out) {
    var inner = new StringBuilder();
    inside(element, inner, "");
    var text = inner.toString().replaceAll("\\n{3,}", "\n\n").strip();
    out.append("\n\n").append(text.replaceAll("(?m)^", "> ")).append("\n\n");
  }

  private static void list(Element list, StringBuilder out) {
    out.append("\n\n");
    var number = 1;
    for (var item : list.children()) {
      var inner = new StringBuilder();
      inside(item, inner, "");
      var mark = list.normalName().equals("ol") ? number++ + ". " : "- ";
      out.append(mark).append(inner.toString().strip().replace("\n", "\n  ")).append('\n');
    }
    out.append('\n');
  }

  /** A mention shows the name alone; where it leads tells the host. */
  private static String mention(String text, String href) {
    var start = href.indexOf("://");
    if (start < 0 || text.indexOf('@', 1) > 0) return text;
    var end = href.indexOf('/', start + 3);
    return text + "@" + href.substring(start + 3, end < 0 ? href.length() : end);
  }

  /** Hashtags, mentions and bare addresses become links again by themselves. */
  private static void link(Element a, StringBuilder out) {
    var text = a.text();
    var href = a.attr("href");
    if (a.hasClass("hashtag") || text.equals(href)) out.append(text);
    else if (a.hasClass("mention")) out.append(mention(text, href));
    else out.append('[').append(text).append("](").append(href).append(')');
  }
}
