package org.placette.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import biweekly.Biweekly;
import biweekly.ICalVersion;
import biweekly.component.VEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.db.Db;
import org.placette.testing.PgExtension;
import org.placette.testing.Walker;

/** One calendar of all dates of a series, read by a calendar library. */
@ExtendWith(PgExtension.class)
class SeriesCalendarTest {

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

  private static List<VEvent> read(String text) {
    var read = Biweekly.parse(text).first();
    assertEquals("", read.validate(ICalVersion.V2_0).toString(), text);
    return read.getEvents();
  }

  @Test
  void the_calendar_of_a_series_tells_its_rule_and_every_date_that_differs() throws Exception {
    var day = LocalDate.now().plusDays(2);
    var fields =
        Map.of(
            "name",
            "Chorale",
            "startDate",
            day.toString(),
            "startTime",
            "18:00",
            "repeat",
            "weekly");
    var event = nour.submit("/compose/event", "/events", fields);
    var page = guest.get(event.path());
    var path = page.html().select("a[href^=/series/][href$=.ics]").attr("href");
    var series = guest.get(path.replace(".ics", ""));
    assertEquals(1, series.count("a[href=" + path + "]"));
    assertEquals(1, series.count("a[href^=webcal:][href$=" + path + "]"));
    var first = guest.raw(path);
    var etag = first.headers().firstValue("ETag").orElseThrow();
    assertEquals(304, guest.raw(path, "If-None-Match", etag).statusCode());

    var dates = series.html().select("li a[href^=/events/]").eachAttr("href");
    nour.submit(dates.get(1) + "/edit", dates.get(1) + "/edit", Map.of("startTime", "19:30"));
    nour.submit(dates.get(2) + "/cancel", dates.get(2) + "/cancel", Map.of());
    var later = nour.get(path.replace(".ics", ""));
    var skip = path.replace(".ics", "/skip");
    var left = later.html().select("form[action=" + skip + "] [name=date]").attr("value");
    nour.submit(later, skip, Map.of());

    var text = guest.raw(path, "If-None-Match", etag).body();
    assertTrue(text.contains("BEGIN:VTIMEZONE\r\n"), text);
    var events = read(text);
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
