package org.placette.text;

import java.util.ArrayDeque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The text of well-formed, simple HTML, as {@link Html#clean} mostly gives it, in one pass and
 * without a tree: a calendar of a thousand events needs a thousand of them. Whatever a parser might
 * understand otherwise is left to the parser.
 */
final class SimpleHtml {

  private static final int DEPTH = 30;

  private static final Set<String> INLINE =
      Set.of("a", "span", "b", "strong", "i", "em", "u", "s", "del", "code", "small", "sub", "sup");

  /** Blocks that end a line; other blocks may stand in some of them. */
  private static final Set<String> ENDING =
      Set.of("p", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6");

  private final String html;
  private final StringBuilder text;
  private final ArrayDeque<String> open = new ArrayDeque<>();
  private int at;

  private SimpleHtml(String html) {
    this.html = html;
    this.text = new StringBuilder(html.length());
  }

  /** The same as {@link Html#text} gives; null when the HTML is not simple enough. */
  static @Nullable String of(String html) {
    return new SimpleHtml(html).read();
  }

  private @Nullable String read() {
    while (at < html.length()) {
      var c = html.charAt(at);
      if (c == '<') {
        if (!tag()) return null;
      } else if (c == '&') {
        if (!entity()) return null;
      } else if (c == '\n') {
        line();
        at++;
      } else if (c < ' ' && c != '\t' || c >= '\u007f' && unusual(c)) {
        return null;
      } else {
        text.append(c);
        at++;
      }
    }
    return open.isEmpty() ? text.toString().strip() : null;
  }

  /** What text is freed of, or may be. */
  private static boolean unusual(char c) {
    return c == '\u007f'
        || c >= '\u202a' && c <= '\u202e'
        || c >= '\u2066' && c <= '\u2069'
        || c == '\ufeff';
  }

  /** At most one empty line, and nothing invisible before the end of one. */
  private void line() {
    var end = text.length();
    while (end > 0 && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == '\t')) end--;
    text.setLength(end);
    if (end < 2 || text.charAt(end - 1) != '\n' || text.charAt(end - 2) != '\n') text.append('\n');
  }

  private boolean entity() {
    for (var one : Excerpt.ENTITIES) {
      if (html.startsWith(one[0], at)) {
        text.append(one[0].equals("&nbsp;") ? "\u00a0" : one[1]);
        at += one[0].length();
        return true;
      }
    }
    return false;
  }

  private boolean tag() {
    var closing = html.startsWith("</", at);
    var start = closing ? at + 2 : at + 1;
    var end = start;
    while (end < html.length() && isName(html.charAt(end))) end++;
    var name = html.substring(start, end);
    var close = closing ? end : endOfAttributes(end);
    if (close < 0 || close >= html.length() || html.charAt(close) != '>') return false;
    at = close + 1;
    return closing ? close(name) : open(name);
  }

  private static boolean isName(char c) {
    return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
  }

  /** Where the tag ends whose attributes, all in double quotes, begin here; -1 for others. */
  private int endOfAttributes(int from) {
    var i = from;
    while (i < html.length() && html.charAt(i) == ' ') {
      i++;
      while (i < html.length() && isName(html.charAt(i))) i++;
      if (!html.startsWith("=\"", i)) return -1;
      i = html.indexOf('"', i + 2) + 1;
      if (i == 0) return -1;
    }
    return i;
  }

  private boolean open(String name) {
    if (name.equals("br")) {
      line();
      return true;
    }
    var parent = open.peek();
    var fits =
        switch (name) {
          case "li" -> "ul".equals(parent) || "ol".equals(parent);
          case "p", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6" ->
              parent == null || parent.equals("blockquote") || parent.equals("li");
          case "a" -> !open.contains("a");
          default -> INLINE.contains(name);
        };
    open.push(name);
    return fits && open.size() < DEPTH;
  }

  private boolean close(String name) {
    if (!name.equals(open.poll())) return false;
    if (ENDING.contains(name)) line();
    return true;
  }
}
