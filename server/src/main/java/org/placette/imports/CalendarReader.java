package org.placette.imports;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.property.DateOrDateTimeProperty;
import biweekly.property.ICalProperty;
import biweekly.property.TextProperty;
import biweekly.util.Frequency;
import biweekly.util.ICalDate;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * Reads a calendar that may be anything (RFC 5545): of bounded size, at most so many events, each
 * repeated event only within a window and so often, texts cut and without control characters. What
 * cannot be understood is left out.
 */
final class CalendarReader {

  /** The largest calendar, in bytes. */
  static final int LARGEST = 1 << 20;

  private static final int EVENTS = 2_000;

  /** Whatever happens daily is known as long ahead as anything. */
  private static final int REPEATS = 470;

  private static final Duration PAST = Duration.ofDays(60);
  private static final Duration AHEAD = Duration.ofDays(400);
  private static final Duration LONGEST = Duration.ofDays(31);

  /** Whoever needs longer is cut off: a thousand slow rules are slow together. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final ZoneId village;
  private final Instant from;
  private final Instant until;
  private final Map<String, ImportedEvent> found = new LinkedHashMap<>();
  private final long begun = System.nanoTime();
  private @Nullable String name;

  /**
   * What a calendar announces.
   *
   * @param name what it calls itself (RFC 7986 section 5.1, or X-WR-CALNAME); null when it does not
   */
  record Announced(@Nullable String name, List<ImportedEvent> events) {}

  private CalendarReader(ZoneId village, Instant now) {
    this.village = village;
    from = now.minus(PAST);
    until = now.plus(AHEAD);
  }

  /**
   * The events of a calendar. Takes the processor; not for an event loop.
   *
   * @param village the zone of times that have none
   * @throws NotACalendar when there is nothing like a calendar in it
   */
  static Announced read(byte[] bytes, ZoneId village, Instant now) {
    if (bytes.length > LARGEST) throw new NotACalendar("too large");
    var text = CalendarText.of(bytes);
    if (!text.contains("BEGIN:VCALENDAR")) throw new NotACalendar("no calendar");
    var reader = new CalendarReader(village, now);
    try {
      for (var calendar : Biweekly.parse(text).all()) reader.calendar(calendar);
    } catch (RuntimeException e) {
      // A parser that stumbles keeps what it had.
      if (reader.found.isEmpty()) throw new NotACalendar("cannot be read");
    }
    return new Announced(reader.name, List.copyOf(reader.found.values()));
  }

  /** There is no calendar to read. */
  static final class NotACalendar extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotACalendar(String why) {
      super(why, null, false, false);
    }
  }

  private void calendar(ICalendar calendar) {
    if (name == null) name = name(calendar);
    List<VEvent> repeated = new ArrayList<>();
    List<VEvent> changed = new ArrayList<>();
    for (var event : calendar.getEvents()) {
      if (event.getRecurrenceId() != null) changed.add(event);
      else if (event.getRecurrenceRule() != null) repeated.add(event);
      else tried(calendar, event);
    }
    // Last, so that what is daily takes nobody's place.
    for (var event : repeated) tried(calendar, event);
    // What is said of one occurrence counts more than the rule.
    for (var event : changed) tried(calendar, event);
  }

  private static @Nullable String name(ICalendar calendar) {
    for (var given : calendar.getNames()) if (plain(given, 100) != null) return plain(given, 100);
    var usual = calendar.getExperimentalProperty("X-WR-CALNAME");
    return usual == null ? null : cut(usual.getValue(), 100);
  }

  private void tried(ICalendar calendar, VEvent event) {
    if (found.size() >= EVENTS || System.nanoTime() - begun > PATIENCE.toNanos()) return;
    try {
      event(calendar, event);
    } catch (DateTimeException
        | IllegalArgumentException
        | ArithmeticException
        | AssertionError e) {
      // This one makes no sense, so that even the library wonders; the others may.
    }
  }

  private void event(ICalendar calendar, VEvent event) {
    var uid = plain(event.getUid(), 500);
    var name = plain(event.getSummary(), 200);
    var dates = event.getDateStart();
    if (uid == null || name == null || dates == null || dates.getValue() == null) return;
    var zone = zone(calendar, dates);
    var start = instant(calendar, dates, zone);
    var end = end(calendar, event, start, zone);
    var single = one(event, uid, name, start, end, zone);
    var changed = event.getRecurrenceId();
    if (changed != null && changed.getValue() != null) {
      var planned = instant(calendar, changed, zone);
      put(single, planned.toString());
    } else if (event.getRecurrenceRule() == null && event.getRecurrenceDates().isEmpty()) {
      put(single, "");
    } else {
      settle(calendar, event, single);
      repeated(event, single);
    }
  }

  private void put(ImportedEvent event, String recurrence) {
    if (event.end().isBefore(from) || event.start().isAfter(until)) return;
    var key = event.uid() + "\n" + recurrence;
    found.put(key, at(event, event.start(), recurrence));
  }

  /**
   * What names no zone that is known was read by the machine's clock; it goes by the village's. A
   * whole day begins at midnight there, so that a change of the clock makes it no shorter.
   */
  private void settle(ICalendar calendar, VEvent event, ImportedEvent first) {
    event.setDateStart(Date.from(first.start()), true);
    for (var out : event.getExceptionDates())
      out.getValues().replaceAll(it -> settled(calendar, out, it));
    for (var more : event.getRecurrenceDates())
      more.getDates().replaceAll(it -> settled(calendar, more, it));
  }

  private ICalDate settled(ICalendar calendar, ICalProperty property, ICalDate date) {
    var at = instant(calendar, property, date, zone(calendar, property));
    return new ICalDate(Date.from(at), true);
  }

  /** Occurrences within the window; of a rule finer than days only the first. */
  private void repeated(VEvent event, ImportedEvent first) {
    var rule = event.getRecurrenceRule();
    var frequency = rule == null || rule.getValue() == null ? null : rule.getValue().getFrequency();
    if (frequency == Frequency.SECONDLY
        || frequency == Frequency.MINUTELY
        || frequency == Frequency.HOURLY) {
      put(first, first.start().toString());
      return;
    }
    var dates = event.getDateIterator(TimeZone.getTimeZone(first.zone()));
    if (first.start().isBefore(from)) dates.advanceTo(Date.from(from));
    for (int seen = 0; seen < REPEATS && dates.hasNext() && found.size() < EVENTS; seen++) {
      var start = dates.next().toInstant();
      if (start.isAfter(until)) return;
      put(at(first, start, ""), start.toString());
    }
  }

  private static ImportedEvent at(ImportedEvent event, Instant start, String recurrence) {
    return new ImportedEvent(
        event.uid(),
        recurrence,
        event.name(),
        start,
        start.plus(Duration.between(event.start(), event.end())),
        event.zone(),
        event.allDay(),
        event.place(),
        event.latitude(),
        event.longitude(),
        event.url(),
        event.description(),
        event.category(),
        event.status(),
        event.sequence());
  }

  private static ImportedEvent one(
      VEvent event, String uid, String name, Instant start, Instant end, ZoneId zone) {
    var geo = event.getGeo();
    var onEarth =
        geo != null
            && geo.getLatitude() != null
            && geo.getLongitude() != null
            && Math.abs(geo.getLatitude()) <= 90
            && Math.abs(geo.getLongitude()) <= 180;
    var description = plain(event.getDescription(), 5_000);
    var categories = event.getCategories();
    var category =
        categories.isEmpty() || categories.getFirst().getValues().isEmpty()
            ? null
            : cut(categories.getFirst().getValues().getFirst(), 60);
    var sequence = event.getSequence();
    return new ImportedEvent(
        uid,
        "",
        name,
        start,
        end,
        zone,
        !event.getDateStart().getValue().hasTime(),
        plain(event.getLocation(), 200),
        onEarth ? geo.getLatitude() : null,
        onEarth ? geo.getLongitude() : null,
        web(event.getUrl() == null ? null : event.getUrl().getValue()),
        description == null ? "" : description,
        category,
        status(event),
        sequence == null || sequence.getValue() == null ? 0 : sequence.getValue());
  }

  private static String status(VEvent event) {
    var status = event.getStatus();
    if (status == null) return "CONFIRMED";
    return status.isCancelled() ? "CANCELLED" : status.isTentative() ? "TENTATIVE" : "CONFIRMED";
  }

  private Instant end(ICalendar calendar, VEvent event, Instant start, ZoneId zone) {
    var allDay = !event.getDateStart().getValue().hasTime();
    var end = start.plus(allDay ? Duration.ofDays(1) : Duration.ofHours(2));
    if (event.getDateEnd() != null && event.getDateEnd().getValue() != null)
      end = instant(calendar, event.getDateEnd(), zone(calendar, event.getDateEnd()));
    else if (event.getDuration() != null && event.getDuration().getValue() != null)
      end = start.plusMillis(event.getDuration().getValue().toMillis());
    if (end.isBefore(start)) return start;
    return end.isAfter(start.plus(LONGEST)) ? start.plus(LONGEST) : end;
  }

  /** The zone that a time names, if it is one that everybody knows; else the village's. */
  private ZoneId zone(ICalendar calendar, ICalProperty property) {
    var assigned = calendar.getTimezoneInfo().getTimezone(property);
    if (assigned == null) return WindowsZones.of(property.getParameters().getTimezoneId(), village);
    var component = assigned.getComponent();
    var id =
        component == null || component.getTimezoneId() == null
            ? assigned.getGlobalId()
            : component.getTimezoneId().getValue();
    return ZoneId.getAvailableZoneIds().contains(String.valueOf(id)) ? ZoneId.of(id) : village;
  }

  private Instant instant(ICalendar calendar, DateOrDateTimeProperty property, ZoneId zone) {
    return instant(calendar, property, property.getValue(), zone);
  }

  private Instant instant(ICalendar calendar, ICalProperty property, ICalDate value, ZoneId zone) {
    var raw = value.getRawComponents();
    var assigned = calendar.getTimezoneInfo().getTimezone(property);
    var known =
        assigned == null || raw == null || zone != village || isVillage(assigned.getTimeZone());
    // A zone that only the calendar knows was computed from its own rules.
    if (raw == null || raw.isUtc() || !known) return value.toInstant();
    var local =
        LocalDateTime.of(
            raw.getYear(),
            raw.getMonth(),
            raw.getDate(),
            raw.getHour(),
            raw.getMinute(),
            Math.min(59, raw.getSecond()));
    return local.atZone(zone).toInstant();
  }

  private boolean isVillage(TimeZone zone) {
    return zone.getID().equals(village.getId());
  }

  private static @Nullable String plain(@Nullable TextProperty property, int length) {
    return property == null ? null : cut(property.getValue(), length);
  }

  /** Plain text of one line or more, without control characters; null when nothing is left. */
  static @Nullable String cut(@Nullable String text, int length) {
    if (text == null) return null;
    var clean = new StringBuilder();
    text.codePoints()
        .limit(length * 2L)
        // One line is kept one, and its words apart.
        .map(c -> length <= 500 && (c == '\n' || c == '\t') ? ' ' : c)
        .filter(c -> c == '\n' && length > 500 || !Character.isISOControl(c))
        .limit(length)
        .forEach(clean::appendCodePoint);
    var result = clean.toString().strip();
    return result.isEmpty() ? null : result;
  }

  private static @Nullable String web(@Nullable String url) {
    if (url == null || url.length() > 2_000 || !url.matches("https?://[^\\s\"<>]+")) return null;
    return url;
  }
}
