package org.placette.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import biweekly.Biweekly;
import biweekly.component.VEvent;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.actor.Actor;
import org.placette.db.Db;
import org.placette.event.Details;
import org.placette.event.Event;
import org.placette.event.NewEvent;
import org.placette.event.Place;
import org.placette.event.When;
import org.placette.testing.PgExtension;
import org.placette.testing.Walker;
import org.xml.sax.InputSource;

/** Calendars and feeds over real HTTP, read by a calendar library. */
@ExtendWith(PgExtension.class)
class FeedsTest {

  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
  private static final String HARD =
      "Fête; d’été, « à l’eau » 🎉 \\ avec une très longue phrase qui passe la ligne\r\n"
          + "BEGIN:VEVENT";

  @TempDir static Path data;

  private static Village village;
  private static Walker guest;
  private static Actor nour;

  @BeforeAll
  static void start(Db db) {
    village = Village.start(db, data);
    guest = village.guest();
    nour = village.person("nour").actor();
  }

  @AfterAll
  static void stop() {
    village.close();
  }

  private static Event publish(String name, String text, LocalDateTime start, ZoneId zone) {
    var time = start.atZone(zone);
    var place =
        new Place(
            null, "Salle; des fêtes", "1, rue Haute", "87000", "Limoges", null, "FR", 45.83, 1.26);
    var details = Details.of(UUID.randomUUID(), When.of(time, time.plusHours(3)), place);
    return village
        .events()
        .publish(nour, NewEvent.of(name, text, "fr", details).in(village.actors().village()));
  }

  private static List<VEvent> read(String path) {
    var answer = guest.raw(path);
    assertEquals(200, answer.statusCode(), path);
    for (var line : answer.body().split("\r\n"))
      assertTrue(line.getBytes(StandardCharsets.UTF_8).length <= 75, line);
    var read = Biweekly.parse(answer.body()).first();
    assertEquals("", read.validate(biweekly.ICalVersion.V2_0).toString(), answer.body());
    return read.getEvents();
  }

  /** As phones do it that know the zone by its name. */
  private static Instant start(VEvent event, ZoneId zone) {
    var raw = event.getDateStart().getValue().getRawComponents();
    if (raw.isUtc()) return event.getDateStart().getValue().toInstant();
    return LocalDateTime.of(
            raw.getYear(), raw.getMonth(), raw.getDate(), raw.getHour(), raw.getMinute())
        .atZone(zone)
        .toInstant();
  }

  private static VEvent find(List<VEvent> events, Event event) {
    var uid = event.details().uuid() + "@localhost:" + village.port();
    return events.stream().filter(e -> e.getUid().getValue().equals(uid)).findFirst().orElseThrow();
  }

  @Test
  void a_phone_gets_the_time_on_the_clocks_of_the_place_and_every_detail_as_text() {
    var start = LocalDateTime.of(2027, 7, 14, 19, 30);
    var event = publish(HARD, "Apportez : *du pain*, du vin; etc.\n\n#fete", start, PARIS);
    var calendar = guest.raw("/calendar.ics").body();
    assertTrue(calendar.contains("DTSTART;TZID=Europe/Paris:20270714T193000\r\n"), calendar);
    assertTrue(calendar.contains("BEGIN:VTIMEZONE\r\nTZID:Europe/Paris\r\n"), calendar);
    assertTrue(calendar.contains("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"), calendar);
    var read = find(read("/calendar.ics"), event);
    assertEquals(
        start.atZone(PARIS).toInstant(), read.getDateStart().getValue().toInstant(), "start");
    assertTrue(read.getSummary().getValue().startsWith("Fête; d’été, « à l’eau » 🎉 \\ avec"));
    assertTrue(read.getSummary().getValue().endsWith("la ligne BEGIN:VEVENT"), "one line");
    assertEquals("Salle; des fêtes, 1, rue Haute, 87000 Limoges", read.getLocation().getValue());
    assertEquals(45.83, read.getGeo().getLatitude());
    assertTrue(read.getDescription().getValue().contains("du vin; etc."));
    assertEquals(List.of("fete"), read.getCategories().getFirst().getValues());
    assertEquals("CONFIRMED", read.getStatus().getValue());
    for (var path :
        List.of(
            "/events/" + event.details().uuid() + ".ics",
            "/users/nour/calendar.ics",
            "/groups/village/calendar.ics",
            "/tags/fete/calendar.ics"))
      assertEquals(read.getUid(), find(read(path), event).getUid(), path);
  }

  @Test
  void a_change_and_a_cancellation_keep_the_uid_and_count_on() {
    var event = publish("Loto", "", LocalDateTime.of(2027, 3, 6, 14, 0), PARIS);
    var before = guest.raw("/calendar.ics");
    var tag = before.headers().firstValue("ETag").orElseThrow();
    assertEquals(304, guest.raw("/calendar.ics", "If-None-Match", tag).statusCode());
    var unused = village.events().cancel(nour, event.id());
    var after = guest.raw("/calendar.ics", "If-None-Match", tag);
    assertEquals(200, after.statusCode());
    assertNotEquals(tag, after.headers().firstValue("ETag").orElseThrow());
    var read = find(read("/calendar.ics"), event);
    assertEquals("CANCELLED", read.getStatus().getValue());
    assertTrue(read.getSequence().getValue() > 0);
  }

  @Test
  void zones_with_and_without_summer_time_are_told_so_that_others_count_the_same() {
    for (var zone : List.of("America/New_York", "Asia/Tokyo", "Pacific/Noumea", "UTC")) {
      var start = LocalDateTime.of(2027, 10, 31, 8, 0);
      var event = publish("Loin " + zone, "", start, ZoneId.of(zone));
      var read = find(read("/events/" + event.details().uuid() + ".ics"), event);
      assertEquals(start.atZone(ZoneId.of(zone)).toInstant(), start(read, ZoneId.of(zone)), zone);
      assertEquals(
          start.atZone(ZoneId.of(zone)).toInstant(),
          read.getDateStart().getValue().toInstant(),
          zone);
    }
  }

  @Test
  void ones_own_calendar_has_a_secret_address_that_can_be_taken_back() {
    var event = publish("Chorale", "", LocalDateTime.of(2027, 3, 7, 14, 0), PARIS);
    try (var me = village.walker("nour")) {
      var made = me.submit("/calendars", "/calendars/link", Map.of());
      var link = Objects.requireNonNull(made.html().selectFirst(".notice code")).text();
      var path = link.substring(link.indexOf("/calendar/"));
      assertEquals("Chorale", find(read(path), event).getSummary().getValue());
      // Whoever wants it rings for it: chosen on the page, part of the address from then on.
      var ringing = me.submit("/calendars?alarm=120", "/calendars/link", Map.of());
      var other = Objects.requireNonNull(ringing.html().selectFirst(".notice code")).text();
      var second = other.substring(other.indexOf("/calendar/"));
      var alarm = find(read(second), event).getAlarms().getFirst();
      assertEquals(120, alarm.getTrigger().getDuration().getMinutes());
      assertEquals(404, guest.raw(path).statusCode(), "a new address ends the one before");
      assertTrue(ringing.html().select("a[href^=webcal:][href$=?alarm=120]").size() > 1);
      var gone = me.submit("/calendars", "/calendars/unlink", Map.of());
      assertEquals(200, gone.status());
      assertEquals(404, guest.raw(second).statusCode());
    }
  }

  @Test
  void readers_get_atom_and_rss_that_are_well_formed_whatever_a_title_holds() throws Exception {
    var event =
        publish("Un <b>titre</b> & \u0007 étrange", "", LocalDateTime.of(2027, 4, 6, 14, 0), PARIS);
    for (var path :
        List.of(
            "/events.atom",
            "/events.rss",
            "/posts.atom",
            "/posts.rss",
            "/users/nour/events.atom",
            "/groups/village/events.rss",
            "/tags/fete/posts.atom")) {
      var answer = guest.raw(path);
      assertEquals(200, answer.statusCode(), path);
      var xml =
          DocumentBuilderFactory.newDefaultNSInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(answer.body())));
      if (path.equals("/events.atom"))
        assertTrue(
            xml.getDocumentElement().getTextContent().contains("Un <b>titre</b> &"), event.uri());
    }
    assertEquals(404, guest.raw("/users/nobody/calendar.ics").statusCode());
  }
}
