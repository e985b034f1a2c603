package org.placette.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import biweekly.Biweekly;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.db.Db;
import org.placette.rsvp.Rsvps;
import org.placette.testing.PgExtension;
import org.placette.testing.Walker;

/** Events that come again, from the form to the phone. */
@ExtendWith(PgExtension.class)
class SeriesTest {

  @TempDir static Path data;

  private static Db database;
  private static Village village;
  private static Walker nour;

  @BeforeAll
  static void start(Db db) {
    database = db;
    village = Village.start(db, data);
    nour = village.newcomer("nour");
  }

  @AfterAll
  static void stop() {
    village.close();
  }

  private static Walker.Page publish(String name, LocalDate first, Map<String, String> more) {
    var fields = new java.util.HashMap<>(more);
    fields.put("name", name);
    fields.put("startDate", first.toString());
    fields.put("startTime", "22:00");
    fields.put("endTime", "01:00");
    return nour.attempt("/compose/event", "/events", fields);
  }

  private static int count(String name) {
    var count =
        database.one(
            "select count(*)::int from post where type = 'Event' and name = $1",
            row -> row.getInteger(0),
            name);
    return count == null ? -1 : count;
  }

  private static String seriesOf(Walker.Page event) {
    return Objects.requireNonNull(event.html().selectFirst(".facts a[href^=/series/]"))
        .attr("href");
  }

  @Test
  void four_are_published_ahead_and_once_however_many_processes_look() throws Exception {
    var event = publish("Yoga", LocalDate.now().plusDays(2), Map.of("repeat", "weekly"));
    assertEquals(200, event.status(), event.text("main"));
    assertEquals(4, count("Yoga"));
    // Three weeks later, eight processes at once.
    var later = Clock.fixed(Clock.systemUTC().instant().plus(Duration.ofDays(21)), ZoneOffset.UTC);
    database.update("update series set next_check = now()");
    var workers =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    new Recurrence(
                        database, village.actors(), village.events(), (sql, e) -> e, later))
            .toList();
    try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done :
          all.invokeAll(
              workers.stream()
                  .<java.util.concurrent.Callable<Integer>>map(w -> w::publishDue)
                  .toList())) assertTrue(done.get() <= 1);
    }
    assertEquals(7, count("Yoga"));
    var overnight =
        database.one(
            "select e.end_time - e.start_time = interval '3 hours' from event e join post p on p.id"
                + " = e.post_id where p.name = 'Yoga' limit 1",
            row -> row.getBoolean(0));
    assertEquals(true, overnight);
    var ld = nour.raw(event.path(), "Accept", "application/activity+json").body();
    assertTrue(ld.contains("\"context\":\"" + village.origin() + "/series/"), ld);
    var collection = nour.raw(seriesOf(event), "Accept", "application/activity+json").body();
    assertTrue(collection.contains("\"totalItems\":7"), collection);
  }

  @Test
  void a_phone_gets_one_rule_the_exceptions_and_the_changed_one() {
    var first = LocalDate.now().plusDays(3);
    var event = publish("Marché", first, Map.of("repeat", "weekly", "repeatCount", "20"));
    var series = seriesOf(event);
    var page = nour.get(series);
    var later = page.html().select("form[action$=/skip] input[name=date]").attr("value");
    var skipped = nour.submit(page, series + "/skip", Map.of());
    assertTrue(skipped.text("main").contains("pas cette fois"), skipped.text("main"));
    var changed =
        nour.submit(
            event.path() + "/edit",
            event.path() + "/edit",
            Map.of("startTime", "09:00", "endTime", "12:00"));
    assertEquals(200, changed.status());
    var calendar = nour.raw("/calendar.ics").body();
    var all =
        Biweekly.parse(calendar).first().getEvents().stream()
            .filter(it -> it.getSummary().getValue().equals("Marché"))
            .toList();
    assertEquals(2, all.size(), calendar);
    var uids = all.stream().map(it -> it.getUid().getValue()).distinct().toList();
    assertEquals(1, uids.size());
    assertTrue(calendar.contains("RRULE:FREQ=WEEKLY;COUNT=20\r\n"), calendar);
    assertTrue(
        calendar.contains("EXDATE;TZID=Europe/Paris:" + later.replaceAll("[-:]", "") + "00"),
        calendar);
    assertTrue(
        calendar.contains(
            "RECURRENCE-ID;TZID=Europe/Paris:" + first.toString().replace("-", "") + "T220000"),
        calendar);
  }

  @Test
  void a_change_of_all_that_follow_keeps_the_events_and_ends_the_old_rule() {
    var first = LocalDate.now().plusDays(4);
    var event = publish("Chorale", first, Map.of("repeat", "weekly"));
    var series = seriesOf(event);
    var second = first.plusWeeks(1);
    var edit = series + "/edit?date=" + second + "T22:00";
    var moved =
        nour.submit(
            edit,
            edit,
            Map.of(
                "startDate",
                second.plusDays(1).toString(),
                "startTime",
                "18:00",
                "endTime",
                "20:00"));
    assertEquals(200, moved.status(), moved.text("main"));
    assertTrue(count("Chorale") <= 5, "ids are kept");
    var starts =
        database.list(
            """
            select to_char(e.start_time at time zone e.timezone, 'HH24:MI') from event e
              join post p on p.id = e.post_id where p.name = 'Chorale' order by e.start_time
            """,
            row -> row.getString(0));
    assertEquals(List.of("22:00", "18:00", "18:00", "18:00"), starts.subList(0, 4));
    assertTrue(nour.get(series).text("main").contains("Se termine"));
  }

  @Test
  void a_date_that_was_moved_is_changed_with_those_that_follow_and_not_doubled() {
    var first = LocalDate.now().plusDays(4);
    var event = publish("Belote", first, Map.of("repeat", "weekly"));
    nour.submit(event.path() + "/edit", event.path() + "/edit", Map.of("startTime", "22:30"));
    var moved = nour.get(event.path());
    var edit = moved.html().select("a[href^=/series/][href*=/edit]").attr("href");
    var form = nour.get(edit);
    var action = form.html().select("form[action*=/edit]").attr("action");
    var changed = nour.submit(form, action, Map.of("startTime", "21:00"));
    assertEquals(event.path(), changed.path());
    assertEquals(4, count("Belote"));
  }

  @Test
  void a_change_of_all_that_follow_keeps_what_was_left_out_how_often_and_the_pause() {
    var first = LocalDate.now().plusDays(4);
    var event = publish("Gymnastique", first, Map.of("repeat", "weekly", "repeatCount", "6"));
    var series = seriesOf(event);
    var left = first.plusWeeks(4) + "T22:00";
    nour.submit(series, series + "/skip", Map.of("date", left));
    nour.submit(series, series + "/pause", Map.of());
    var edit = series + "/edit?date=" + first.plusWeeks(1) + "T22:00";
    assertEquals("5", nour.get(edit).html().select("#repeatCount").val());
    var changed = nour.submit(edit, edit, Map.of("price", "2 EUR"));
    var next = changed.html().select("a[href^=/series/]").attr("href").replaceFirst("/edit.*", "");
    var dates = nour.get(next);
    assertEquals(1, dates.count("form[action=" + next + "/unskip]"), dates.text("main"));
    assertEquals(1, dates.count("form[action=" + next + "/resume]"), dates.text("main"));
    assertEquals(4, count("Gymnastique"));
  }

  @Test
  void a_pause_publishes_nothing_and_an_end_can_call_off_the_rest() {
    var event = publish("Troc", LocalDate.now().plusDays(5), Map.of("repeat", "weekly"));
    var series = seriesOf(event);
    var paused = nour.submit(series, series + "/pause", Map.of());
    assertTrue(paused.text("main").contains("En pause"));
    var ended = nour.submit(series, series + "/end", Map.of("cancel", "1"));
    assertEquals(4, ended.html().select(".tag.warn:contains(Annulé)").size(), ended.text("main"));
  }

  @Test
  void a_rule_that_its_first_day_does_not_fit_is_refused_in_words() {
    var day = LocalDate.of(2027, 1, 4);
    var refused = publish("Bal", day, Map.of("repeat", "last"));
    assertEquals(422, refused.status());
    assertTrue(refused.text(".error").contains("premier jour"), refused.text("main"));
    assertEquals(0, count("Bal"));
  }

  @Test
  void whoever_comes_to_all_dates_is_on_the_list_of_those_to_come() {
    var event = publish("Chorale", LocalDate.now().plusDays(2), Map.of("repeat", "weekly"));
    var series = seriesOf(event);
    var yann = village.person("yann");
    var walker = village.walker("yann");
    var joined = walker.submit(series, series + "/come", Map.of("party", "2", "answer", "yes"));
    assertTrue(joined.text("#come").contains("Vous venez à toutes"), joined.text("main"));
    assertEquals("4 x 2", places("Chorale"));
    var later = Clock.fixed(Clock.systemUTC().instant().plus(Duration.ofDays(8)), ZoneOffset.UTC);
    var worker = new Recurrence(database, village.actors(), village.events(), (sql, e) -> e, later);
    worker.regulars(
        new Regulars(
            database,
            village.actors(),
            village.events(),
            new Rsvps(database, village.events(), Clock.systemUTC()),
            later));
    database.update("update series set next_check = now()");
    while (worker.publishDue() > 0) {}
    assertEquals("5 x 2", places("Chorale"));
    // A date that the organiser changed by hand stays so when all that follow are changed.
    var dates = nour.get(series).html().select("a[href$=/edit][href^=/events/]").eachAttr("href");
    var hand = nour.submit(dates.get(2), dates.get(2), Map.of("name", "Chorale de Noël"));
    assertEquals("Chorale de Noël", hand.text("h1"));
    var edit = nour.get(series).html().select("a[href^=" + series + "/edit]").first();
    var from = Objects.requireNonNull(edit).attr("href");
    var changed = nour.submit(from, from, Map.of("name", "Chœur", "repeat", "weekly"));
    assertEquals(200, changed.status(), changed.text("main"));
    assertEquals(1, count("Chorale de Noël"));
    var next = nour.get(seriesOf(changed));
    assertTrue(next.text("main").contains("Modifié"), next.text("main"));
    var id =
        database.one("select id::text from series order by id desc limit 1", r -> r.getString(0));
    var mine = yann.app().get("/api/placette/v1/series/" + id);
    assertEquals("going", mine.at("/rsvp/answer").asText(), mine::toString);
    // An app may still know the series by its first number.
    var first =
        database.one(
            "select id::text from series where continued_by = $1",
            r -> r.getString(0),
            Long.parseLong(Objects.requireNonNull(id)));
    var old = yann.app().get("/api/placette/v1/series/" + first);
    assertEquals(id, old.path("continued_by").asText(), old::toString);
    var left = yann.app().delete("/api/placette/v1/series/" + first + "/rsvp");
    assertEquals("none", left.path("answer").asText());
    assertEquals("", places("Chœur"));
  }

  /** How many dates have how large a party. */
  private static String places(String name) {
    var found =
        database.list(
            "select count(*) || ' x ' || r.party from rsvp r join post p on p.id = r.post_id"
                + " where p.name = $1 and r.state = 'going' group by r.party",
            row -> row.getString(0),
            name);
    return String.join(", ", found);
  }
}
