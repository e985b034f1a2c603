package org.placette.event;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.placette.media.Lettering;
import org.placette.web.Colour;
import org.placette.web.Dates;
import org.placette.web.Language;
import org.placette.web.Messages;
import org.placette.web.Place;

/**
 * The picture of an event that has none, for previews of links and for other servers, which take no
 * drawing but pixels: its day, its title, where, and the place's name on the place's colour.
 *
 * @param day weekday, day of the month, month
 * @param state that it is cancelled or postponed; empty for neither
 * @param village the name of the place
 * @param colour the place's, six digits
 * @param seed makes the background of this event
 */
record EventPicture(
    Dates.Tile day,
    String title,
    String below,
    String state,
    String village,
    String colour,
    long seed) {

  static final int WIDTH = 1200;
  static final int HEIGHT = 630;

  private static final Color PAPER = new Color(0xfffdf8);
  private static final int LEFT = 390;
  private static final int ROOM = WIDTH - LEFT - 70;

  /** The picture in the event's own language, or the place's. */
  static EventPicture of(Event event, Place place) {
    var known = Language.of(event.post().language());
    var language = known == null ? place.language() : known;
    var dates = Dates.of(language);
    var details = event.details();
    var when = details.when();
    var start = when.localStart();
    var at = details.place();
    var where =
        at == null
            ? ""
            : at.name() == null ? at.lines().stream().findFirst().orElse("") : at.name();
    var hours = dates.hours(start, when.showsEnd() ? when.localEnd() : null);
    var state =
        details.cancelled()
            ? "event.cancelled"
            : details.eventStatus().equals("EventPostponed") ? "event.postponedShort" : null;
    var colour = place.colour() == null ? Colour.USUAL : place.colour();
    return new EventPicture(
        dates.tile(start),
        event.name(),
        Stream.of(hours, where).filter(it -> !it.isBlank()).collect(Collectors.joining(" · ")),
        state == null ? "" : Messages.of(language).text(state),
        place.name(),
        colour.code(),
        details.uuid().getLeastSignificantBits());
  }

  /** Draws it; takes some 50 ms and 3 MB for that time. */
  BufferedImage draw() {
    var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    var g = image.createGraphics();
    try {
      g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      ground(g);
      tile(g);
      words(g);
      return image;
    } finally {
      g.dispose();
    }
  }

  /** Where it is; another address after each change of the event. */
  static String path(Details details) {
    return "/events/%s/banner.png?v=%d".formatted(details.uuid(), details.sequence());
  }

  private Color tone(double lightness) {
    var own = Colour.of(colour);
    var tone = (own == null ? Colour.USUAL : own).at(lightness);
    return new Color(tone.red(), tone.green(), tone.blue());
  }

  /** Three hills, always the same ones for the same event. */
  private void ground(Graphics2D g) {
    g.setColor(tone(0.34));
    g.fillRect(0, 0, WIDTH, HEIGHT);
    for (int i = 0; i < 3; i++) {
      var x = Math.floorMod(seed >> (i * 12), (long) WIDTH);
      var size = 330 + Math.floorMod(seed >> (i * 9 + 4), 240L);
      g.setColor(tone(0.37 + i * 0.03));
      g.fill(new Ellipse2D.Double(x - size, HEIGHT - size * 0.55, size * 2, size * 2));
    }
  }

  private void tile(Graphics2D g) {
    g.setColor(PAPER);
    g.fill(new RoundRectangle2D.Double(70, 95, 260, 280, 44, 44));
    g.setColor(tone(0.32));
    middle(g, day.weekday(), 155, 36);
    middle(g, day.day(), 285, 140);
    middle(g, day.month(), 345, 42);
  }

  private static void middle(Graphics2D g, String words, double y, double size) {
    var line = Lettering.line(Lettering.writable(words), size);
    fill(g, line, 200 - line.width() / 2, y);
  }

  private void words(Graphics2D g) {
    var y = 95.0;
    if (!state.isEmpty()) {
      var line = Lettering.line(Lettering.writable(state), 32);
      g.setColor(PAPER);
      g.fill(new RoundRectangle2D.Double(LEFT, y, line.width() + 40, 52, 26, 26));
      g.setColor(tone(0.32));
      fill(g, line, LEFT + 20, y + 37);
      y += 70;
    }
    g.setColor(PAPER);
    var title = Lettering.writable(title());
    var size = title.length() <= 36 ? 80.0 : title.length() <= 75 ? 66.0 : 54.0;
    for (var line : wrapped(title, size, size > 70 ? 2 : size > 60 ? 3 : 4)) {
      y += size * 1.08;
      fill(g, line, LEFT, y);
    }
    for (var line : wrapped(Lettering.writable(below), 36, 1)) fill(g, line, LEFT, y + 64);
    for (var line : wrapped(Lettering.writable(village), 36, 1)) fill(g, line, LEFT, 575);
    g.fill(new Ellipse2D.Double(LEFT - 40, 550, 24, 24));
  }

  private static void fill(Graphics2D g, Lettering.Line line, double x, double y) {
    g.fill(AffineTransform.getTranslateInstance(x, y).createTransformedShape(line.shape()));
  }

  /** Lines that fit; a word that is too long for one is broken, what is too much is cut. */
  static List<Lettering.Line> wrapped(String text, double size, int most) {
    List<String> lines = new ArrayList<>();
    var line = new StringBuilder();
    for (var word : text.split(" ")) {
      var longer = line.isEmpty() ? word : line + " " + word;
      if (!line.isEmpty() && width(longer, size) > ROOM) {
        lines.add(line.toString());
        line.setLength(0);
        longer = word;
      }
      while (width(longer, size) > ROOM) {
        var fits = fitting(longer, size);
        lines.add(longer.substring(0, fits));
        longer = longer.substring(fits);
      }
      line.setLength(0);
      line.append(longer);
    }
    if (!line.isEmpty()) lines.add(line.toString());
    if (lines.size() > most) {
      var last = lines.get(most - 1) + "…";
      while (width(last, size) > ROOM)
        last = last.substring(0, last.offsetByCodePoints(last.length() - 1, -1)).strip() + "…";
      lines = new ArrayList<>(lines.subList(0, most - 1));
      lines.add(last);
    }
    return lines.stream().map(it -> Lettering.line(it, size)).toList();
  }

  private static double width(String text, double size) {
    return Lettering.line(text, size).width();
  }

  /** How many characters of it fit, at least one; never half of one. */
  private static int fitting(String text, double size) {
    var end = Math.min(text.length(), 80);
    while (end > 1 && width(text.substring(0, end), size) > ROOM)
      end = text.offsetByCodePoints(end, -1);
    return Math.max(end, text.offsetByCodePoints(0, 1));
  }
}
