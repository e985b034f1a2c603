package org.placette.calendar;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneOffsetTransitionRule;
import java.time.zone.ZoneRules;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A time zone as iCalendar tells it (RFC 5545, section 3.6.5), from the very rules that this server
 * counts with: the rules of every year where a zone has such, else the changes of some years.
 */
final class IcsZone {

  /** How far ahead changes are listed one by one. */
  private static final Duration AHEAD = Duration.ofDays(10 * 365);

  private final Ics ics;
  private final ZoneRules rules;

  private IcsZone(Ics ics, ZoneRules rules) {
    this.ics = ics;
    this.rules = rules;
  }

  /**
   * Writes the zone for events that begin at {@code from} or later.
   *
   * @param zone one that {@link Ics#named} holds for
   */
  static void write(Ics ics, ZoneId zone, Instant from) {
    ics.begin("VTIMEZONE").line("TZID:" + zone.getId());
    var writer = new IcsZone(ics, zone.getRules());
    var since = from.minus(Duration.ofDays(366));
    writer.initial(since);
    if (!writer.yearly(since)) writer.listed(since);
    ics.end("VTIMEZONE");
  }

  /** What holds before the first change that follows. */
  private void initial(Instant since) {
    var offset = rules.getOffset(since);
    var start = LocalDateTime.ofInstant(since, offset).withNano(0);
    // Some readers take a zone that begins in summer for one that is an hour off.
    observance(false, start, offset, offset, null);
  }

  private boolean yearly(Instant since) {
    var yearly = rules.getTransitionRules();
    if (yearly.isEmpty()) return false;
    var year = since.atZone(ZoneOffset.UTC).getYear() + 1;
    // An explicit change in the years to come means that the rules do not hold yet.
    var lastListed =
        rules.getTransitions().isEmpty() ? null : rules.getTransitions().getLast().getInstant();
    if (lastListed != null && lastListed.isAfter(since)) return false;
    for (var rule : yearly) if (recurrence(rule, rule.createTransition(year)) == null) return false;
    for (var rule : yearly) {
      // The year before, too: the first of these changes may come before the first event.
      change(rule.createTransition(year - 1), null, since);
      change(rule.createTransition(year), recurrence(rule, rule.createTransition(year)), since);
    }
    return true;
  }

  private void listed(Instant since) {
    var until = since.plus(AHEAD);
    for (var change = rules.nextTransition(since);
        change != null && change.getInstant().isBefore(until);
        change = rules.nextTransition(change.getInstant())) change(change, null, since);
  }

  private void change(ZoneOffsetTransition change, @Nullable String recurrence, Instant since) {
    if (change.getInstant().isBefore(since)) return;
    var after = change.getInstant().plusSeconds(1);
    observance(
        rules.isDaylightSavings(after),
        change.getDateTimeBefore(),
        change.getOffsetBefore(),
        change.getOffsetAfter(),
        recurrence);
  }

  private void observance(
      boolean summer,
      LocalDateTime start,
      ZoneOffset before,
      ZoneOffset after,
      @Nullable String recurrence) {
    var kind = summer ? "DAYLIGHT" : "STANDARD";
    ics.begin(kind)
        .line("DTSTART:" + Ics.local(start.atZone(ZoneOffset.UTC)))
        .line("TZOFFSETFROM:" + offset(before))
        .line("TZOFFSETTO:" + offset(after));
    if (recurrence != null) ics.line("RRULE:" + recurrence);
    ics.end(kind);
  }

  private static String offset(ZoneOffset offset) {
    var seconds = Math.abs(offset.getTotalSeconds());
    var text =
        "%s%02d%02d"
            .formatted(offset.getTotalSeconds() < 0 ? "-" : "+", seconds / 3600, seconds / 60 % 60);
    return seconds % 60 == 0 ? text : text + "%02d".formatted(seconds % 60);
  }

  /** The rule in iCalendar's words; null when its clock time falls on another day than it names. */
  private static @Nullable String recurrence(
      ZoneOffsetTransitionRule rule, ZoneOffsetTransition change) {
    var day = change.getDateTimeBefore();
    var weekday = rule.getDayOfWeek();
    if (day.getMonth() != rule.getMonth() || weekday != null && day.getDayOfWeek() != weekday)
      return null;
    var month = "FREQ=YEARLY;BYMONTH=" + rule.getMonth().getValue();
    var of = rule.getDayOfMonthIndicator();
    if (weekday == null) return month + ";BYMONTHDAY=" + of;
    var last = rule.getMonth() != Month.FEBRUARY && of + 6 == rule.getMonth().maxLength();
    if (of == -1 || last) return month + ";BYDAY=-1" + two(weekday);
    if (of < 0) return null;
    var days =
        IntStream.rangeClosed(of, Math.min(of + 6, rule.getMonth().maxLength()))
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(","));
    return month + ";BYMONTHDAY=" + days + ";BYDAY=" + two(weekday);
  }

  private static String two(DayOfWeek day) {
    return day.name().substring(0, 2);
  }
}
