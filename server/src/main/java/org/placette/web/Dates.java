package org.placette.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times as people of a language say them: "mercredi 25 novembre 2026, 19 h – 22 h",
 * "Wednesday 25 November 2026, 7 – 10 pm". Spaces inside an hour do not break.
 */
public final class Dates {

  private static final Dates FRENCH = new Dates(Language.FR);
  private static final Dates ENGLISH = new Dates(Language.EN);

  private final boolean french;
  private final DateTimeFormatter weekday;
  private final DateTimeFormatter day;
  private final DateTimeFormatter dayOfYear;
  private final DateTimeFormatter date;
  private final DateTimeFormatter everyYear;
  private final DateTimeFormatter month;
  private final DateTimeFormatter monthOfYear;

  private Dates(Language language) {
    french = language == Language.FR;
    weekday = DateTimeFormatter.ofPattern("EEEE", language.locale());
    day = DateTimeFormatter.ofPattern("EEEE d MMMM", language.locale());
    dayOfYear = DateTimeFormatter.ofPattern("EEEE d MMMM yyyy", language.locale());
    date = DateTimeFormatter.ofPattern("d MMMM yyyy", language.locale());
    everyYear = DateTimeFormatter.ofPattern("MMMM", language.locale());
    monthOfYear = DateTimeFormatter.ofPattern("LLLL yyyy", language.locale());
    month = DateTimeFormatter.ofPattern("MMM", language.locale());
  }

  public static Dates of(Language language) {
    return language == Language.FR ? FRENCH : ENGLISH;
  }

  /** The whole time of an event; an open end is left out. */
  public String range(ZonedDateTime start, @Nullable ZonedDateTime end) {
    if (end == null || sameDay(start, end)) return whole(start) + ", " + hours(start, end);
    var from = whole(start) + ", " + hour(start);
    var to = first(end.getYear() == start.getYear() ? day : dayOfYear, end);
    return french
        ? "du %s, au %s, %s".formatted(from.replaceFirst(", ", " à "), to, hour(end))
        : "%s – %s, %s".formatted(from, to, hour(end));
  }

  /** {@code mercredi 25 novembre 2026} */
  public String whole(ZonedDateTime time) {
    return first(dayOfYear, time);
  }

  /** The first of a month has an ending of its own in French. */
  private String first(DateTimeFormatter format, ZonedDateTime time) {
    var text = format.format(time);
    return french && time.getDayOfMonth() == 1 ? text.replaceFirst(" 1 ", " 1ᵉʳ ") : text;
  }

  /** The hours of an event beside a date tile: {@code 19 h – 22 h}. */
  public String hours(ZonedDateTime start, @Nullable ZonedDateTime end) {
    if (end == null || end.isEqual(start)) return hour(start);
    if (!sameDay(start, end)) {
      var until = "%d %s".formatted(end.getDayOfMonth(), month.format(end));
      return hour(start) + (french ? ", jusqu’au " : ", until ") + until;
    }
    if (french || isMorning(start) != isMorning(end)) return hour(start) + " – " + hour(end);
    return clock(start) + " – " + hour(end);
  }

  /** A night that ends before six belongs to the evening it began in. */
  private static boolean sameDay(ZonedDateTime start, ZonedDateTime end) {
    return end.isBefore(start)
        || start.toLocalDate().equals(end.toLocalDate())
        || (start.toLocalDate().plusDays(1).equals(end.toLocalDate()) && end.getHour() < 6);
  }

  private static boolean isMorning(ZonedDateTime time) {
    return time.getHour() < 12;
  }

  private String hour(ZonedDateTime time) {
    if (french) {
      var minutes = time.getMinute() == 0 ? "" : "\u00a0%02d".formatted(time.getMinute());
      return time.getHour() + "\u00a0h" + minutes;
    }
    return clock(time) + "\u00a0" + (isMorning(time) ? "am" : "pm");
  }

  /** A whole hour of any day. */
  public String clock(int hour) {
    return hour(ZonedDateTime.of(2000, 1, 1, hour, 0, 0, 0, ZoneOffset.UTC));
  }

  private static String clock(ZonedDateTime time) {
    var hour = time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
    return time.getMinute() == 0 ? "" + hour : "%d:%02d".formatted(hour, time.getMinute());
  }

  /** {@code mercredi 25 novembre} */
  public String day(ZonedDateTime time) {
    return first(day, time);
  }

  /** {@code 25 novembre}, which no year gives the same weekday. */
  public String everyYear(ZonedDateTime time) {
    return dayOfMonth(time) + " " + everyYear.format(time);
  }

  /** {@code 25}, and in French {@code 1ᵉʳ}. */
  public String dayOfMonth(ZonedDateTime time) {
    return time.getDayOfMonth() + (french && time.getDayOfMonth() == 1 ? "ᵉʳ" : "");
  }

  /** {@code novembre 2026} */
  public String monthOf(ZonedDateTime time) {
    return monthOfYear.format(time);
  }

  /** The three lines of a date tile. */
  public Tile tile(ZonedDateTime start) {
    return new Tile(
        weekday.format(start), String.valueOf(start.getDayOfMonth()), month.format(start));
  }

  /** {@code mercredi · 25 · nov.} */
  public record Tile(String weekday, String day, String month) {}

  /** When something was written: today and yesterday by name, else the date. */
  public String moment(Instant instant, ZoneId zone, Instant now) {
    var time = instant.atZone(zone);
    var today = LocalDate.ofInstant(now, zone);
    var then = time.toLocalDate();
    if (then.equals(today)) return (french ? "aujourd’hui, " : "today, ") + hour(time);
    if (then.equals(today.minusDays(1))) return (french ? "hier, " : "yesterday, ") + hour(time);
    return date(time) + ", " + hour(time);
  }

  /** What people call a zone: {@code Europe/Paris}, {@code UTC}, {@code UTC+02:00}. */
  public static String name(ZoneId zone) {
    if (!(zone.normalized() instanceof ZoneOffset offset)) return zone.getId();
    return offset.equals(ZoneOffset.UTC) ? "UTC" : "UTC" + offset.getId();
  }

  /** {@code 25 novembre 2026} */
  public String date(ZonedDateTime time) {
    var text = date.format(time);
    return french && text.startsWith("1 ") ? "1ᵉʳ" + text.substring(1) : text;
  }
}
