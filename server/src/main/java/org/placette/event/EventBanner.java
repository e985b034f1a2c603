package org.placette.event;

import java.util.ArrayList;
import java.util.List;
import org.placette.text.Html;
import org.placette.web.Dates;

/**
 * The picture of an event that has none: its day, its title and its place on the colour of its
 * category, as SVG. Only for events of this server; nobody draws for others.
 */
final class EventBanner {

  private static final int LINE = 24;
  private static final int LINES = 2;

  private EventBanner() {}

  /** Draws it, 1200 by 400. */
  static String svg(Event event, Dates dates) {
    var details = event.details();
    var start = details.when().localStart();
    var tile = dates.tile(start);
    var place = details.place();
    var where = place == null || place.name() == null ? "" : " · " + place.name();
    var end = details.when().showsEnd() ? details.when().localEnd() : null;
    var svg = new StringBuilder();
    var hue = hue(details.category());
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1200 400\" width=\"1200\""
            + " height=\"400\" font-family=\"Atkinson Hyperlegible Next, system-ui, sans-serif\">");
    svg.append("<rect width=\"1200\" height=\"400\" fill=\"hsl(%d 48%% 24%%)\"/>".formatted(hue));
    hills(svg, hue, details.uuid().getLeastSignificantBits());
    svg.append("<rect x=\"70\" y=\"90\" width=\"210\" height=\"220\" rx=\"24\" fill=\"#fffdf8\"/>");
    var dark = "hsl(%d 55%% 22%%)".formatted(hue);
    text(svg, 175, 138, 30, dark, "middle", tile.weekday());
    text(svg, 175, 238, 108, dark, "middle", tile.day());
    text(svg, 175, 288, 34, dark, "middle", tile.month());
    var lines = lines(event.name());
    var top = lines.size() > 1 ? 172 : 196;
    for (int i = 0; i < lines.size(); i++)
      text(svg, 340, top + i * 60, 48, "#fffdf8", "start", lines.get(i));
    var below = dates.hours(start, end) + where;
    text(svg, 340, top + lines.size() * 60 - 4, 30, "#fffdf8", "start", cut(below, 44));
    return svg.append("</svg>").toString();
  }

  /** Three hills, always the same ones for the same event. */
  private static void hills(StringBuilder svg, int hue, long seed) {
    for (int i = 0; i < 3; i++) {
      var x = Math.floorMod(seed >> (i * 12), 1200);
      var size = 260 + Math.floorMod(seed >> (i * 9 + 4), 220);
      svg.append(
          "<circle cx=\"%d\" cy=\"%d\" r=\"%d\" fill=\"hsl(%d 45%% %d%%)\"/>"
              .formatted(x, 400 + size / 2, size, hue + i * 12, 28 + i * 3));
    }
  }

  private static void text(
      StringBuilder svg, int x, int y, int size, String colour, String anchor, String words) {
    svg.append(
        "<text x=\"%d\" y=\"%d\" font-size=\"%d\" font-weight=\"700\" fill=\"%s\" text-anchor=\"%s\">"
            .formatted(x, y, size, colour, anchor));
    svg.append(Html.escape(words)).append("</text>");
  }

  /** A colour for each category, far from one another. */
  private static int hue(@org.jspecify.annotations.Nullable String category) {
    var index = category == null ? -1 : EventForm.CATEGORIES.indexOf(category);
    return index < 0 ? 165 : (165 + (index + 1) * 137) % 360;
  }

  /** A title in two lines at most. */
  static List<String> lines(String title) {
    List<String> all = new ArrayList<>();
    var line = "";
    for (var word : title.strip().split("\\s+")) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > LINE) {
        all.add(line);
        line = word;
      } else {
        line = line.isEmpty() ? word : line + " " + word;
      }
    }
    all.add(line);
    if (all.size() > LINES) {
      var last = cut(String.join(" ", all.subList(LINES - 1, all.size())), LINE);
      return List.of(all.getFirst(), last);
    }
    return all.stream().map(one -> cut(one, LINE + 6)).toList();
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1).strip() + "…";
  }
}
