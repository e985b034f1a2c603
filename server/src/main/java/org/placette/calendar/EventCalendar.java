package org.placette.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Urls;
import org.placette.event.Event;
import org.placette.event.Status;
import org.placette.series.SeriesRules.Told;
import org.placette.text.Degrees;
import org.placette.text.Html;

/** Events as an iCalendar object (RFC 5545, RFC 7986) that phones follow. */
final class EventCalendar {

  private static final int DESCRIPTION = 8_000;

  private final Urls urls;

  EventCalendar(Urls urls) {
    this.urls = urls;
  }

  /**
   * What a calendar is.
   *
   * @param source where it is fetched from
   * @param page of the same for people
   * @param alarm how long before each event a phone rings; null for not at all
   */
  record Head(String name, String source, String page, ZoneId zone, @Nullable Duration alarm) {}

  /** An event with what its calendar entry says of its author, and its place in a series. */
  record Entry(Event event, String author, String authorPage, @Nullable Repeated series) {}

  /**
   * The place of an event in a series.
   *
   * @param series names it
   * @param planned when this one was to begin, which names it in the series (RECURRENCE-ID)
   * @param edited whether it differs from the others
   */
  record Repeated(long series, LocalDateTime planned, boolean edited) {}

  /**
   * What stands for all dates of a series.
   *
   * @param like whether the event that tells the rest is as the series has it
   * @param beyond dates that the rule does not give
   */
  private record Rule(Told told, boolean like, List<LocalDateTime> beyond) {

    ZoneId zone() {
      return told.series().zone();
    }

    /** Everything of it was called off, or goes on as another series. */
    boolean off() {
      return told.rule() == null;
    }
  }

  /** The whole object. */
  String write(Head head, List<Entry> entries, Map<Long, Told> rules) {
    var ics = new Ics();
    ics.begin("VCALENDAR")
        .line("VERSION:2.0")
        .line("PRODID:-//Placette//Placette//FR")
        .line("CALSCALE:GREGORIAN")
        .line("METHOD:PUBLISH")
        .text("NAME", head.name())
        .text("X-WR-CALNAME", head.name())
        .text("X-WR-TIMEZONE", head.zone().getId())
        .value("URL", head.page())
        .value("SOURCE;VALUE=URI", head.source())
        .line("REFRESH-INTERVAL;VALUE=DURATION:PT1H")
        .line("X-PUBLISHED-TTL:PT1H");
    zones(ics, entries, rules);
    Set<Long> told = new LinkedHashSet<>();
    for (var entry : entries) {
      var series = entry.series();
      var rule = series == null ? null : rules.get(series.series());
      if (series == null || rule == null) {
        event(ics, head, entry, uid(entry.event()), null, null);
        continue;
      }
      if (told.add(series.series())) master(ics, head, entries, series.series(), rule);
      if (series.edited()) event(ics, head, entry, uid(rule), null, planned(series, rule));
    }
    return ics.end("VCALENDAR").toString();
  }

  /** The first entry that is like the others, with the rule; any when each is different. */
  private void master(Ics ics, Head head, List<Entry> entries, long series, Told rule) {
    var dates = entries.stream().filter(it -> of(it, series)).toList();
    var like = dates.stream().filter(it -> !edited(it)).findFirst();
    var model = like.orElse(dates.getFirst());
    event(ics, head, model, uid(rule), new Rule(rule, like.isPresent(), beyond(dates, rule)), null);
  }

  private static boolean of(Entry entry, long series) {
    return entry.series() != null && entry.series().series() == series;
  }

  private static boolean edited(Entry entry) {
    return entry.series() != null && entry.series().edited();
  }

  /** Dates that are told although the rule has ended before: what was called off, for one. */
  private static List<LocalDateTime> beyond(List<Entry> dates, Told rule) {
    var before = rule.before();
    if (before == null) return List.of();
    return dates.stream()
        .map(Entry::series)
        .filter(Objects::nonNull)
        .map(Repeated::planned)
        .filter(planned -> !planned.isBefore(before))
        .toList();
  }

  private static void zones(Ics ics, List<Entry> entries, Map<Long, Told> rules) {
    Map<ZoneId, Instant> first = new HashMap<>();
    for (var entry : entries) {
      var when = entry.event().details().when();
      if (Ics.named(when.zone())) first.merge(when.zone(), when.start(), EventCalendar::earlier);
    }
    for (var rule : rules.values())
      if (Ics.named(rule.series().zone()))
        first.merge(rule.series().zone(), start(rule).toInstant(), EventCalendar::earlier);
    first.entrySet().stream()
        .sorted(Comparator.comparing(zone -> zone.getKey().getId()))
        .forEach(zone -> IcsZone.write(ics, zone.getKey(), zone.getValue()));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** The name of an event for ever: of ours the uuid at the host, of others their id. */
  String uid(Event event) {
    return urls.isOurs(event.uri()) ? event.details().uuid() + "@" + urls.host() : event.uri();
  }

  private String uid(Told rule) {
    return rule.series().uuid() + "@" + urls.host();
  }

  private static ZonedDateTime start(Told rule) {
    return rule.series().start().atZone(rule.series().zone());
  }

  private void event(
      Ics ics,
      Head head,
      Entry entry,
      String uid,
      @Nullable Rule rule,
      @Nullable ZonedDateTime planned) {
    var event = entry.event();
    var details = event.details();
    var when = details.when();
    var post = event.post();
    var changed = changed(post.updated() == null ? post.published() : post.updated(), rule);
    var start = rule == null ? when.localStart() : start(rule.told());
    var sequence = details.sequence() + (rule == null ? 0 : rule.told().sequence());
    var length = Duration.between(when.start(), when.endOrSupposed());
    ics.begin("VEVENT")
        .text("UID", uid)
        .utc("DTSTAMP", changed)
        .utc("CREATED", post.published())
        .utc("LAST-MODIFIED", changed)
        .line("SEQUENCE:" + sequence)
        .time("DTSTART", start)
        .time("DTEND", start.plus(length));
    if (planned != null) ics.time("RECURRENCE-ID", planned);
    if (rule != null) dates(ics, rule);
    ics.line("STATUS:" + (rule == null ? details.status() : status(details.status(), rule)).name())
        .line("TRANSP:" + (details.cancelled() ? "TRANSPARENT" : "OPAQUE"))
        .line("CLASS:" + (post.visibility().open() ? "PUBLIC" : "PRIVATE"))
        .text("SUMMARY", rule == null ? event.name() : rule.told().series().name());
    place(ics, event);
    texts(ics, event);
    ics.text("CONTACT", details.practical().asked());
    ics.value("ORGANIZER;CN=" + Ics.quoted(entry.author()), entry.authorPage());
    if (head.alarm() != null && !details.cancelled()) alarm(ics, event, head.alarm());
    ics.end("VEVENT");
  }

  private static ZonedDateTime planned(Repeated at, Told rule) {
    return at.planned().atZone(rule.series().zone());
  }

  private static Instant changed(Instant event, @Nullable Rule rule) {
    var dates = rule == null ? null : rule.told().updated();
    return dates == null || dates.isBefore(event) ? event : dates;
  }

  private static void dates(Ics ics, Rule rule) {
    if (!rule.off()) ics.line("RRULE:" + rule.told().rule());
    for (var more : rule.beyond()) ics.time("RDATE", more.atZone(rule.zone()));
    for (var left : rule.told().left()) ics.time("EXDATE", left.atZone(rule.zone()));
  }

  private static Status status(Status model, Rule rule) {
    if (rule.off()) return Status.CANCELLED;
    return rule.like() ? model : Status.CONFIRMED;
  }

  private static void place(Ics ics, Event event) {
    var details = event.details();
    var place = details.place();
    if (place == null) {
      ics.text("LOCATION", details.onlineUrl());
    } else {
      ics.text("LOCATION", String.join(", ", place.lines()));
      if (place.latitude() != null && place.longitude() != null)
        ics.value("GEO", Degrees.text(place.latitude()) + ";" + Degrees.text(place.longitude()));
    }
    if (details.onlineUrl() != null)
      ics.value("CONFERENCE;VALUE=URI;FEATURE=VIDEO", details.onlineUrl());
  }

  private void texts(Ics ics, Event event) {
    var page = urls.at("/events/" + event.details().uuid());
    var html = event.post().content();
    var plain = Html.text(html).strip();
    var price = event.details().practical().price();
    if (price != null) plain = (plain + "\n\n" + price).strip();
    if (plain.length() > DESCRIPTION) plain = plain.substring(0, DESCRIPTION) + "…";
    ics.text("DESCRIPTION", plain.isEmpty() ? page : plain + "\n\n" + page)
        .text("X-ALT-DESC;FMTTYPE=text/html", html.length() > DESCRIPTION ? null : html)
        .value("URL", page)
        .texts("CATEGORIES", categories(event));
  }

  private static List<String> categories(Event event) {
    List<String> words = new ArrayList<>();
    var category = event.details().category();
    if (category != null) words.add(category);
    for (var tag : event.post().tag())
      if (!tag.mention() && tag.name() != null) words.add(tag.name().replaceFirst("^#", ""));
    return words;
  }

  private static void alarm(Ics ics, Event event, Duration before) {
    ics.begin("VALARM")
        .line("ACTION:DISPLAY")
        .text("DESCRIPTION", event.name())
        .line("TRIGGER;RELATED=START:-PT" + before.toMinutes() + "M")
        .end("VALARM");
  }
}
