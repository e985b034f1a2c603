package org.placette.text;

import java.util.EnumSet;
import org.jsoup.nodes.Element;
import org.nibor.autolink.LinkExtractor;
import org.nibor.autolink.LinkSpan;
import org.nibor.autolink.LinkType;

/** Text without any markup as HTML: paragraphs, line breaks, and addresses as links. */
final class PlainText {

  /** How much of an address is shown. */
  private static final int SHOWN = 30;

  private static final LinkExtractor LINKS =
      LinkExtractor.builder().linkTypes(EnumSet.of(LinkType.URL)).build();

  private PlainText() {}

  /** The text as HTML; nothing in it is taken for a tag. */
  static String html(String text) {
    var html = new StringBuilder();
    for (var paragraph : text.strip().split("(?:\\h*\\R){2,}", -1)) {
      html.append("<p>");
      for (var span : LINKS.extractSpans(paragraph)) {
        var part = paragraph.substring(span.getBeginIndex(), span.getEndIndex());
        var link = span instanceof LinkSpan && part.matches("(?i)https?://.*");
        if (link) html.append("<a href=\"").append(Html.escape(part)).append("\">");
        html.append(Html.escape(part).replaceAll("\\R", "<br>"));
        if (link) html.append("</a>");
      }
      html.append("</p>");
    }
    return html.toString();
  }

  /** Hides the scheme and the end of long addresses; whoever copies the text gets all of it. */
  static void shorten(Element body) {
    for (var link : body.select("a[href]")) {
      var url = link.text();
      if (!url.equals(link.attr("href")) || !url.matches("(?i)https?://.+")) continue;
      var begin = url.indexOf("://") + 3;
      if (url.regionMatches(true, begin, "www.", 0, 4)) begin += 4;
      var end = Math.min(url.length(), begin + SHOWN);
      if (end < url.length() && Character.isHighSurrogate(url.charAt(end - 1))) end--;
      link.empty();
      link.appendElement("span").addClass("invisible").text(url.substring(0, begin));
      var shown = link.appendElement("span").text(url.substring(begin, end));
      if (end == url.length()) continue;
      shown.addClass("ellipsis");
      link.appendElement("span").addClass("invisible").text(url.substring(end));
    }
  }
}
