package org.placette.series;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.jspecify.annotations.Nullable;
import org.placette.web.Form;

/** How an event repeats: the choice in a form, the rule (RFC 5545, RRULE), the dates it gives. */
public final class Repeat {

  /** The choices, in the order in which they are offered. */
  public static final List<String> CHOICES =
      List.of("weekly", "fortnightly", "monthly", "nth", "last", "yearly");

  private static final int MOST = 500;
  private static final int A_YEAR_TWICE = 110;
  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT);

  private Repeat() {}

  /**
   * The rule that a form asks for.
   *
   * @param form its fields {@code repeat}, {@code repeatUntil} and {@code repeatCount}; what is
   *     wrong is said in it
   * @return null when it asks for none, or something is wrong
   */
  static @Nullable String rule(Form form, LocalDateTime start) {
    var choice = form.value("repeat");
    if (!CHOICES.contains(choice)) return null;
    var rule = new StringBuilder(frequency(choice, start.toLocalDate()));
    var until = form.optional("repeatUntil");
    var count = form.optional("repeatCount");
    if (until != null) {
      try {
        var last = LocalDate.parse(until);
        if (last.isBefore(start.toLocalDate())) form.wrong("repeatUntil", "error.order");
        rule.append(";UNTIL=").append(BASIC.format(last.atTime(23, 59, 59)));
      } catch (DateTimeException e) {
        form.wrong("repeatUntil", "error.date");
      }
    } else if (count != null) {
      if (count.matches("\\d{1,3}") && Integer.parseInt(count) > 0)
        rule.append(";COUNT=").append(Integer.parseInt(count));
      else form.wrong("repeatCount", "error.number");
    }
    return form.ok() ? rule.toString() : null;
  }

  /**
   * When what a form asks for takes place on the wall clock: once, or as often as its rule says
   * within two years, of which nobody plans further ahead.
   *
   * @param form what is wrong in it is said in it
   */
  public static List<LocalDateTime> times(Form form, LocalDateTime start) {
    var rule = rule(form, start);
    if (rule == null) return List.of(start);
    var all = dates(rule, start, start, start.plusYears(2), A_YEAR_TWICE);
    return all.isEmpty() ? List.of(start) : all;
  }

  private static String frequency(String choice, LocalDate day) {
    var weekday = two(day.getDayOfWeek());
    return switch (choice) {
      case "fortnightly" -> "FREQ=WEEKLY;INTERVAL=2";
      case "monthly" -> "FREQ=MONTHLY" + monthDay(day);
      case "nth" -> "FREQ=MONTHLY;BYDAY=" + nth(day) + weekday;
      case "last" -> "FREQ=MONTHLY;BYDAY=-1" + weekday;
      // In full: of 29 February alone, calendars make 28 February or 1 March in other years.
      case "yearly" -> "FREQ=YEARLY;BYMONTH=" + day.getMonthValue() + monthDay(day);
      default -> "FREQ=WEEKLY";
    };
  }

  private static String monthDay(LocalDate day) {
    return ";BYMONTHDAY=" + day.getDayOfMonth();
  }

  /** Which Saturday of the month it is, from 1 to 5. */
  static int nth(LocalDate day) {
    return (day.getDayOfMonth() - 1) / 7 + 1;
  }

  private static String two(DayOfWeek day) {
    return day.name().substring(0, 2);
  }

  /**
   * Wall times at which the rule holds, the first first.
   *
   * @param start of the first one, which counts whether the rule fits it or not
   * @param from earlier ones are left out
   * @param before as are those at this time or later; null for no end
   * @param most at most so many are given; whatever the rule says, this ends soon
   */
  public static List<LocalDateTime> dates(
      String rule,
      LocalDateTime start,
      LocalDateTime from,
      @Nullable LocalDateTime before,
      int most) {
    List<LocalDateTime> found = new ArrayList<>();
    try {
      var dates = new RecurrenceRule(rule).iterator(floating(start));
      if (from.isAfter(start)) dates.fastForward(floating(from));
      for (int seen = 0; seen < MOST && found.size() < most && dates.hasNext(); seen++) {
        var date = local(dates.nextDateTime());
        if (before != null && !date.isBefore(before)) break;
        if (!date.isBefore(from)) found.add(date);
      }
    } catch (InvalidRecurrenceRuleException | IllegalArgumentException e) {
      // A rule that gives nothing for very long gives nothing.
      return found;
    }
    return found;
  }

  private static DateTime floating(LocalDateTime time) {
    return new DateTime(
        time.getYear(),
        time.getMonthValue() - 1,
        time.getDayOfMonth(),
        time.getHour(),
        time.getMinute(),
        time.getSecond());
  }

  private static LocalDateTime local(DateTime time) {
    return LocalDateTime.of(
        time.getYear(),
        time.getMonth() + 1,
        time.getDayOfMonth(),
        time.getHours(),
        time.getMinutes(),
        time.getSeconds());
  }

  /** The rule with another end: nothing at this wall time or later. */
  static String ending(String rule, LocalDateTime before) {
    var plain = rule.replaceAll(";(UNTIL|COUNT)=[^;]*", "");
    return plain + ";UNTIL=" + BASIC.format(before.minusSeconds(1));
  }

  /** The same with its end in UTC, as iCalendar wants it beside a zone (RFC 5545, 3.3.10). */
  static String exported(String rule, java.time.ZoneId zone) {
    var matcher = java.util.regex.Pattern.compile("UNTIL=(\\d{8}T\\d{6})$").matcher(rule);
    if (!matcher.find()) return rule;
    var until = LocalDateTime.parse(matcher.group(1), BASIC).atZone(zone);
    var utc = BASIC.format(until.withZoneSameInstant(java.time.ZoneOffset.UTC)) + "Z";
    return rule.substring(0, matcher.start(1)) + utc;
  }
}
