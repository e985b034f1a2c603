package org.placette.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import biweekly.Biweekly;
import biweekly.component.VEvent;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.db.Db;
import org.placette.testing.PgExtension;
import org.placette.testing.Walker;

/** The calendar of a series tells what was changed of its dates, read by a calendar library. */
@ExtendWith(PgExtension.class)
class SeriesRulesTest {

  private static final LocalDate FIRST =
      LocalDate.now().plusDays(3).with(TemporalAdjusters.next(DayOfWeek.TUESDAY));

  @TempDir static Path data;

  private static Village village;
  private static Walker nour;
  private static Walker guest;

  @BeforeAll
  static void start(Db db) {
    village = Village.start(db, data);
    nour = village.newcomer("nour");
    guest = village.guest();
  }

  @AfterAll
  static void stop() {
    village.close();
  }

  private static String publish(String name, Map<String, String> more) {
    var fields = new HashMap<>(more);
    fields.put("name", name);
    fields.put("startDate", FIRST.toString());
    fields.put("startTime", "18:00");
    fields.put("repeat", "weekly");
    var event = nour.submit("/compose/event", "/events", fields);
    var link = event.html().select("a[href^=/series/]").first();
    return Objects.requireNonNull(link).attr("href").replaceFirst("/edit.*", "");
  }

  private static String date(String series, int which) {
    var all = nour.get(series).html().select("main li.card > span > a[href^=/events/]");
    return all.get(which).attr("href");
  }

  private static List<VEvent> read(String series) {
    var answer = guest.raw(series + ".ics");
    assertEquals(200, answer.statusCode(), answer.body());
    var read = Biweekly.parse(answer.body()).first();
    assertEquals("", read.validate(biweekly.ICalVersion.V2_0).toString(), answer.body());
    return read.getEvents();
  }

  private static String planned(int week) {
    return FIRST.plusWeeks(week).toString().replace("-", "") + "T180000";
  }

  private static int sequence(String series) {
    return read(series).getFirst().getSequence().getValue();
  }

  @Test
  void it_tells_the_rule_what_was_left_out_what_was_changed_and_what_was_called_off() {
    var series = publish("Chorale", Map.of());
    var at = guest.get(series);
    assertEquals(1, at.count("a[href^=webcal:][href$='" + series + ".ics']"));
    var before = guest.raw(series + ".ics");
    var tag = before.headers().firstValue("ETag").orElseThrow();
    assertEquals(304, guest.raw(series + ".ics", "If-None-Match", tag).statusCode());
    var second = date(series, 1);
    nour.submit(second + "/edit", second + "/edit", Map.of("startTime", "19:30"));
    nour.submit(date(series, 2) + "/cancel", date(series, 2) + "/cancel", Map.of());
    var later = FIRST.plusWeeks(6) + "T18:00";
    nour.press(series, series + "/skip", "date", later);
    var text = guest.raw(series + ".ics").body();
    assertTrue(text.contains("EXDATE;TZID=Europe/Paris:" + planned(6)), text);
    assertTrue(text.contains("RECURRENCE-ID;TZID=Europe/Paris:" + planned(1)), text);
    var all = read(series);
    assertEquals(3, all.size(), text);
    assertEquals(1, all.stream().map(it -> it.getUid().getValue()).distinct().count());
    assertEquals("CANCELLED", all.get(2).getStatus().getValue());
    var moved = FIRST.plusWeeks(1).atTime(19, 30).atZone(ZoneId.of("Europe/Paris")).toInstant();
    assertEquals(moved, all.get(1).getDateStart().getValue().toInstant());
    assertEquals(200, guest.raw(series + ".ics", "If-None-Match", tag).statusCode());
  }

  @Test
  void whoever_follows_its_calendar_follows_what_goes_on_from_a_change() {
    var series = publish("Lecture", Map.of());
    var third = nour.get(series).html().select("a[href^=" + series + "/edit]").get(2).attr("href");
    var changed = nour.submit(third, third, Map.of("startTime", "20:00"));
    var next = changed.html().select(".facts a[href^=/series/]").attr("href");
    assertNotEquals(series, next);
    var page = guest.get(series);
    assertEquals(1, page.count(".notice a[href=" + next + "]"), page.text("main"));
    var all = read(series);
    assertEquals(2, all.stream().map(it -> it.getUid().getValue()).distinct().count());
    var later = at(FIRST.plusWeeks(2), 20);
    assertTrue(all.stream().anyMatch(it -> it.getDateStart().getValue().toInstant().equals(later)));
    assertEquals(1, read(next).size());
  }

  @Test
  void a_pause_and_an_end_are_told_and_counted() {
    var series = publish("Marche", Map.of());
    var first = sequence(series);
    nour.submit(series, series + "/pause", Map.of());
    var paused = guest.raw(series + ".ics").body();
    var last = FIRST.plusWeeks(3);
    assertTrue(paused.contains("UNTIL=" + last.toString().replace("-", "")), paused);
    assertTrue(sequence(series) > first);
    nour.submit(series, series + "/resume", Map.of());
    assertFalse(guest.raw(series + ".ics").body().contains("UNTIL="));
    nour.submit(series, series + "/end", Map.of("cancel", "1"));
    var all = read(series);
    assertEquals(5, all.size());
    assertTrue(all.stream().allMatch(it -> it.getStatus().isCancelled()), all.toString());
    assertTrue(sequence(series) > first + 2);
  }

  @Test
  void there_is_none_of_what_is_no_series() {
    var none = "/series/00000000-0000-4000-8000-000000000000.ics";
    assertEquals(404, guest.raw(none).statusCode());
    assertEquals(404, guest.raw("/series/" + "-".repeat(36) + ".ics").statusCode());
  }

  @Test
  void the_calendar_of_a_series_tells_its_rule_and_every_date_that_differs() {
    var day = FIRST;
    var address = publish("Fanfare", Map.of());
    var page = guest.get(date(address, 0));
    var path = page.html().select("a[href^=/series/][href$=.ics]").attr("href");
    assertEquals(address + ".ics", path);
    var series = guest.get(address);
    assertEquals(1, series.count("a[href=" + path + "]"));
    assertEquals(1, series.count("a[href^=webcal:][href$=" + path + "]"));
    var first = guest.raw(path);
    var etag = first.headers().firstValue("ETag").orElseThrow();
    assertEquals(304, guest.raw(path, "If-None-Match", etag).statusCode());

    var dates = series.html().select("li a[href^=/events/]").eachAttr("href");
    nour.submit(dates.get(1) + "/edit", dates.get(1) + "/edit", Map.of("startTime", "19:30"));
    nour.submit(dates.get(2) + "/cancel", dates.get(2) + "/cancel", Map.of());
    var later = nour.get(address);
    var moved = later.html().select("li:has(a[href=" + dates.get(1) + "])").text();
    assertTrue(moved.contains("19 h 30"), moved.replace('\u202f', ' '));
    var skip = address + "/skip";
    var left = later.html().select("form[action=" + skip + "] [name=date]").attr("value");
    nour.submit(later, skip, Map.of());

    var text = guest.raw(path, "If-None-Match", etag).body();
    assertTrue(text.contains("BEGIN:VTIMEZONE\r\n"), text);
    var events = read(address);
    assertEquals(3, events.size(), text);
    assertEquals(1, events.stream().map(it -> it.getUid().getValue()).distinct().count(), text);
    var master = events.getFirst();
    assertEquals("WEEKLY", master.getRecurrenceRule().getValue().getFrequency().name());
    assertTrue(text.contains(":" + left.replaceAll("[-:]", "") + "00\r\n"), text);
    assertEquals(1, master.getExceptionDates().size(), text);
    assertEquals(at(day.plusWeeks(1), 18), events.get(1).getRecurrenceId().getValue().toInstant());
    assertEquals(
        at(day.plusWeeks(1), 18).plusSeconds(5_400),
        events.get(1).getDateStart().getValue().toInstant());
    assertTrue(events.get(1).getSequence().getValue() > 0, text);
    assertEquals(at(day.plusWeeks(2), 18), events.get(2).getRecurrenceId().getValue().toInstant());
    assertTrue(events.get(2).getStatus().isCancelled(), text);
  }

  private static Instant at(LocalDate day, int hour) {
    return day.atTime(hour, 0).atZone(ZoneId.of("Europe/Paris")).toInstant();
  }
}
