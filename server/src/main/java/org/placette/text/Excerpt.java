package org.placette.text;

/** The beginning of clean HTML as one line of plain text, without parsing all of it. */
public final class Excerpt {

  static final String[][] ENTITIES = {
    {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&nbsp;", " "}
  };

  private Excerpt() {}

  /**
   * @param html as {@link Html#clean} gives it; of other HTML the text may keep some markup
   * @param length in characters; a longer text is cut between two words and ends with an ellipsis
   */
  public static String of(String html, int length) {
    var text = new StringBuilder(length + 8);
    for (int at = 0; at < html.length() && text.length() <= length; at++) {
      var c = html.charAt(at);
      if (c == '<') {
        var end = html.indexOf('>', at);
        if (end < 0) break;
        if (breaks(html, at)) space(text);
        at = end;
      } else if (c == '&') {
        at = entity(html, at, text);
      } else if (Character.isWhitespace(c)) {
        space(text);
      } else {
        text.append(c);
      }
    }
    return cut(text.toString().strip(), length);
  }

  /** True for tags that separate words: all but those within a line. */
  private static boolean breaks(String html, int at) {
    var start = html.startsWith("</", at) ? at + 2 : at + 1;
    for (var tag : new String[] {"p", "br", "li", "ul", "ol", "h", "bl", "pre"})
      if (html.startsWith(tag, start)) return true;
    return false;
  }

  private static void space(StringBuilder text) {
    if (!text.isEmpty() && text.charAt(text.length() - 1) != ' ') text.append(' ');
  }

  /** Appends what an entity stands for; gives the place of its last character. */
  private static int entity(String html, int at, StringBuilder text) {
    for (var entity : ENTITIES) {
      if (html.startsWith(entity[0], at)) {
        text.append(entity[1]);
        return at + entity[0].length() - 1;
      }
    }
    text.append('&');
    return at;
  }

  private static String cut(String line, int length) {
    if (line.length() <= length) return line;
    var space = line.lastIndexOf(' ', length);
    var end = space > length / 2 ? space : length;
    if (Character.isHighSurrogate(line.charAt(end - 1))) end--;
    return line.substring(0, end) + "…";
  }
}
