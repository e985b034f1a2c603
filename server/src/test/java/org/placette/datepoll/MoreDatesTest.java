package org.placette.datepoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.db.Db;
import org.placette.testing.App;
import org.placette.testing.PgExtension;
import org.placette.testing.Walker;

/** A date poll that changes while people answer: more dates, an early end, a smaller circle. */
@ExtendWith(PgExtension.class)
class MoreDatesTest {

  @TempDir static Path data;

  private static Db database;
  private static Village village;
  private static Walker nour;
  private static Walker yann;
  private static App yannsApp;
  private static Walker stranger;

  @BeforeAll
  static void start(Db db) {
    database = db;
    village = Village.start(db, data);
    nour = village.newcomer("nour");
    yannsApp = village.person("yann").app();
    yann = village.walker("yann");
    stranger = village.guest();
  }

  @AfterAll
  static void stop() {
    village.close();
  }

  private static Walker.Page propose(String name, String audience) {
    return nour.submit(
        "/compose/dates",
        "/dates",
        Map.of(
            "name",
            name,
            "audience",
            audience,
            "guests",
            "yes",
            "date1",
            LocalDate.now().plusDays(10).toString(),
            "from1",
            "19:00",
            "date2",
            LocalDate.now().plusDays(11).toString(),
            "from2",
            "19:00"));
  }

  private static Walker.Page adds(String poll, int days) {
    var fields = Map.of("date1", LocalDate.now().plusDays(days).toString(), "from1", "10:00");
    return nour.attempt(poll + "/add", poll + "/add", fields);
  }

  private static String answers(String name) {
    return String.join(
        " ",
        database.list(
            "select b.choices::text from date_poll_answer b join date_poll d on d.id = b.poll_id"
                + " join post p on p.id = d.post_id where p.name = $1 order by b.id",
            row -> row.getString(0),
            name));
  }

  @Test
  void dates_are_added_without_losing_an_answer_and_who_answered_is_told() {
    var poll = propose("Loto", "public").path();
    yann.submit(poll, poll + "/answer", Map.of("choice0", "yes", "choice1", "no"));
    var guest =
        stranger.submit(
            poll,
            poll + "/answer",
            Map.of("guestName", "Jo", "choice0", "maybe", "choice1", "yes"));
    assertEquals(3, adds(poll, 12).count("ol.dates > li"));
    assertEquals("{2,0} {1,2}", answers("Loto"));
    assertTrue(yann.get("/notifications").text("main").contains("Loto"));
    var seen = yann.get(poll);
    assertTrue(seen.text("main").contains("Des dates ont été ajoutées"), seen.text("main"));
    assertEquals(1, seen.html().select("ol.dates .tag.near").size());
    assertTrue(seen.text("table").contains("?"), seen.text("table"));
    assertTrue(stranger.get(guest.path()).text("main").contains("Des dates ont été ajoutées"));
    yann.submit(poll, poll + "/answer", Map.of("choice2", "yes"));
    assertEquals("{2,0,2} {1,2}", answers("Loto"));

    // An app still asks for the first two dates, and takes nothing away of the third.
    var id = database.one("select id::text from post where name = 'Loto'", row -> row.getString(0));
    var asked = yannsApp.get("/api/v1/statuses/" + id);
    assertEquals(2, asked.at("/poll/options").size());
    assertTrue(asked.path("content").asText().contains("Dates ajoutées"), asked.toString());
    yannsApp.post("/api/v1/polls/" + id + "/votes", Map.of("choices", java.util.List.of(1)));
    assertEquals("{0,2,2} {1,2}", answers("Loto"));

    assertEquals(422, adds(poll, 12).status());
    assertEquals("{0,2,2} {1,2}", answers("Loto"));
  }

  @Test
  void answers_end_early_and_a_date_can_still_be_chosen() {
    var poll = propose("Couscous", "public").path();
    yann.submit(poll, poll + "/answer", Map.of("choice0", "yes"));
    assertEquals(0, yann.get(poll).count("form[action$=/close]"));
    var closed = nour.submit(poll, poll + "/close", Map.of());
    assertTrue(closed.text("main").contains("On ne répond plus"), closed.text("main"));
    assertEquals(0, yann.get(poll).count("form[action$=/answer]"));
    assertEquals(403, nour.get(poll + "/add").status());
    var event = nour.submit(poll + "/choose?date=0", poll + "/choose", Map.of("text", "À table"));
    assertEquals("Couscous", event.text("h1"));
  }

  @Test
  void a_question_for_the_neighbourhood_is_seen_by_nobody_else() {
    var page = propose("Surprise", "local");
    assertTrue(page.text(".tag").contains("quartier"), page.text("main"));
    assertEquals(0, page.count("form[action$=guest]"));
    assertEquals(200, yann.get(page.path()).status());
    assertEquals(404, stranger.get(page.path()).status());
    assertFalse(stranger.get("/dates").text("main").contains("Surprise"));
    assertTrue(yann.get("/dates").text("main").contains("Surprise"));
    assertEquals(
        0, database.list("select 1 from delivery", row -> 1).size(), "it never leaves this server");
    var choose = nour.get(page.path() + "/choose?date=0");
    assertTrue(choose.text(".warn").contains("public"), choose.text("main"));
  }
}
