package org.placette.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
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

/** Hours that are hard to tell, from the form to the page, the agenda, other servers and phones. */
@ExtendWith(PgExtension.class)
class EventClockTest {

  private static final String COMPOSE = "/compose/event";

  @TempDir static Path data;

  private static Village village;
  private static Walker nour;

  @BeforeAll
  static void start(Db db) {
    village = Village.start(db, data);
    nour = village.newcomer("nour");
  }

  @AfterAll
  static void stop() {
    village.close();
  }

  private static Walker.Page publish(String name, String day, String from, String... more) {
    var fields = new HashMap<String, String>();
    fields.put("name", name);
    fields.put("startDate", day);
    fields.put("startTime", from);
    for (var i = 0; i < more.length; i += 2) fields.put(more[i], more[i + 1]);
    return nour.attempt(COMPOSE, "/events", fields);
  }

  private static String told(Walker.Page page) {
    var event = nour.activity(page.path()).body();
    return event.path("startTime").asText() + " " + event.path("endTime").asText();
  }

  private static String calendar(Walker.Page page) {
    return nour.raw(page.path() + ".ics").body().replace("\r\n ", "");
  }

  @Test
  void an_hour_that_the_clocks_leave_out_is_the_one_after() {
    var page = publish("Nuit courte", "2031-03-30", "02:30", "endTime", "04:00");
    assertTrue(page.text(".facts").contains("3 h 30"), page.text(".facts"));
    assertEquals("2031-03-30T03:30:00+02:00 2031-03-30T04:00:00+02:00", told(page));
    assertTrue(calendar(page).contains("DTSTART;TZID=Europe/Paris:20310330T033000"));
  }

  @Test
  void a_ball_over_midnight_in_the_night_that_is_longer_ends_when_the_clock_says_so() {
    var page = publish("Bal", "2031-10-25", "23:00", "endTime", "04:00");
    assertEquals("2031-10-25T23:00:00+02:00 2031-10-26T04:00:00+01:00", told(page));
    var calendar = calendar(page);
    assertTrue(calendar.contains("DTSTART;TZID=Europe/Paris:20311025T230000"), calendar);
    assertTrue(calendar.contains("DTEND;TZID=Europe/Paris:20311026T040000"), calendar);
    var month = nour.get("/events?view=month&from=2031-10-25").text("main");
    assertTrue(month.contains("23 h Bal"), month);
  }

  @Test
  void the_29th_of_february_is_a_day_every_fourth_year_only() {
    assertEquals("Bissextile", publish("Bissextile", "2032-02-29", "10:00").text("h1"));
    assertEquals(422, publish("Bissextile", "2031-02-29", "10:00").status());
  }

  @Test
  void an_hour_of_another_zone_is_named_wherever_it_is_shown() {
    var page = publish("Visio", "2031-06-10", "20:00", "zone", "America/Montreal");
    assertEquals("2031-06-10T20:00:00-04:00", told(page).split(" ")[0]);
    for (var shown :
        new String[] {page.text(".facts"), nour.get("/events").text("li.event:contains(Visio)")})
      assertTrue(shown.contains("20 h (") && shown.contains("Montr"), shown);
  }

  @Test
  void no_title_adds_a_line_to_a_calendar_or_a_header() {
    var name = "Bal\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Autre";
    var status =
        village
            .app(village.person("odile").token())
            .post(
                "/api/placette/v1/events",
                Map.of("name", name, "start_time", "2031-01-01T10:00:00Z"));
    var uri = status.path("uri").asText();
    var answer = nour.raw(uri.substring(uri.indexOf("/events/")) + ".ics");
    assertEquals(2, answer.body().split("\r\nBEGIN:VEVENT\r\n", -1).length, answer.body());
    assertEquals(2, answer.body().split("\r\nSUMMARY:", -1).length, answer.body());
  }
}
