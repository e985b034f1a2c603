package org.placette.agenda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.db.Db;
import org.placette.testing.PgExtension;
import org.placette.testing.Walker;

/** The agenda in its shapes, ours and the neighbours' told apart, one card for one thing. */
@ExtendWith(PgExtension.class)
class AgendaTest {

  private static final LocalDate DAY = LocalDate.now(ZoneId.of("Europe/Paris")).plusDays(3);

  @TempDir static Path data;

  private static Db database;
  private static Village village;
  private static Walker odile;

  @BeforeAll
  static void start(Db db) {
    database = db;
    village = Village.start(db, data);
    odile = village.newcomer("odile", "animator");
    publish("Fête de la musique", "19:00", "MUSIC");
    publish("Tournoi de belote", "14:00", "GAMES");
    db.update("insert into import_source (id, name) values (1, 'Le bourg')");
    imported(db, 11, "Fete de la Musique !", "19:10", "Place du marché");
    imported(db, 12, "Vide-grenier", "08:00", null);
  }

  private static void publish(String name, String time, String category) {
    var done =
        odile.submit(
            "/compose/event",
            "/events",
            Map.of(
                "name",
                name,
                "startDate",
                DAY.toString(),
                "startTime",
                time,
                "category",
                category));
    assertEquals(name, done.text("h1"));
  }

  private static void imported(Db db, long id, String name, String time, @Nullable String place) {
    var start = DAY.atTime(java.time.LocalTime.parse(time)).atZone(ZoneId.of("Europe/Paris"));
    db.update(
        """
        insert into imported_event (id, source_id, uid, name, start_time, end_time, timezone,
          place_name) values ($1, 1, $2, $3, $4, $5, 'Europe/Paris', $6)
        """,
        id,
        "uid-" + id,
        name,
        start.toInstant(),
        start.plusHours(2).toInstant(),
        place);
  }

  @AfterAll
  static void stop() {
    village.close();
  }

  @Test
  void one_thing_told_twice_is_one_card_and_can_be_told_apart_and_folded_again() {
    var page = odile.get("/events");
    assertEquals("Vide-grenier\nTournoi de belote\nFête de la musique", page.text(".event h3"));
    assertTrue(page.text(".events > li.small").contains("Fete de la Musique ! (Le bourg)"));
    database.run("update event set latitude = 45.8, longitude = 1.2 where category = 'MUSIC'");
    database.run("update imported_event set latitude = 45.8, longitude = 1.2");
    var mapped = odile.get("/events?view=map").html().select("#points").html();
    assertEquals(2, mapped.split("\"path\"", -1).length - 1, mapped);
    var apart = odile.submit(page, "/agenda/apart", Map.of());
    assertEquals(4, apart.count(".event h3"));
    var one = Objects.requireNonNull(page.html().selectFirst("input[name=one]")).attr("value");
    assertTrue(one.matches("/(events|imports)/.+"), one);
    assertTrue(apart.text(".events > li.small").contains("Gardé à part de : Fête de la musique"));
    var again = odile.submit(apart, "/agenda/apart", Map.of());
    assertEquals(3, again.count(".event h3"));
  }

  @Test
  void a_week_and_a_month_show_the_day_and_the_filters_hold() {
    for (var shape : new String[] {"week", "month"}) {
      var page = odile.get("/events?view=" + shape + "&from=" + DAY);
      assertEquals(200, page.status());
      assertTrue(page.text(".days li.own").contains("Tournoi de belote"), page.text("main"));
      assertTrue(page.text(".days li.near").contains("Vide-grenier"), page.text("main"));
    }
    assertFalse(odile.get("/events?who=here").text("main").contains("Vide-grenier"));
    assertFalse(odile.get("/events?who=around").text(".event h3").contains("belote"));
    var theirs = odile.get("/events?who=Le+bourg");
    assertEquals("Vide-grenier\nFete de la Musique !", theirs.text(".event h3"));
    assertEquals("Le bourg", theirs.text("#who option[selected]"));
    assertEquals("Tournoi de belote", odile.get("/events?category=GAMES").text(".event h3"));
    assertEquals(200, odile.get("/events?view=month&from=nonsense&place=x&who=y").status());
    assertEquals(404, odile.get("/events?start=-4").status());
  }

  @Test
  void what_lasts_several_days_is_on_each_of_them_and_a_night_on_its_first() {
    var first = DAY.plusYears(1);
    for (var name : new String[] {"Festival", "Nuit du conte"}) {
      var fields =
          Map.of(
              "name",
              name,
              "startDate",
              first.toString(),
              "startTime",
              "18:00",
              "endDate",
              first.plusDays(name.equals("Festival") ? 2 : 1).toString(),
              "endTime",
              "02:00");
      assertEquals(name, odile.submit("/compose/event", "/events", fields).text("h1"));
    }
    database.update(
        """
        insert into imported_event (id, source_id, uid, name, start_time, end_time, timezone,
          all_day) values (31, 1, 'uid-31', 'Foire', $1, $2, 'Europe/Paris', true)
        """,
        first.atStartOfDay(ZoneId.of("Europe/Paris")).toInstant(),
        first.plusDays(3).atStartOfDay(ZoneId.of("Europe/Paris")).toInstant());
    var week = odile.get("/events?view=week&from=" + first).text(".days");
    var after = odile.get("/events?view=week&from=" + first.plusWeeks(1)).text(".days");
    var both = week + after;
    assertEquals(3, both.split("Festival", -1).length - 1, both);
    assertEquals(3, both.split("Foire", -1).length - 1, both);
    assertTrue(odile.get("/imports/31").text("main").contains(", jusqu’au "));
    assertEquals(1, both.split("Nuit du conte", -1).length - 1, both);
    assertEquals(
        1, both.split("18 h Festival", -1).length - 1, "the hour is that of its first day");
    database.run("delete from imported_event where id = 31");
    database.run("delete from post where name in ('Festival', 'Nuit du conte')");
  }

  @Test
  void titles_are_compared_by_their_letters() {
    assertTrue(Folding.similarity("Fête de la musique", "fete de la MUSIQUE !") > 0.9);
    assertTrue(Folding.similarity("Fête de la musique", "Conseil municipal") < 0.2);
    assertEquals(0, Folding.similarity("", "x"));
  }
}
