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
import org.placette.testing.PgExtension;
import org.placette.testing.Walker;

/** Finding a date, from the first proposal to the list of those who come. */
@ExtendWith(PgExtension.class)
class DatePollTest {

  @TempDir static Path data;

  private static Db database;
  private static Village village;
  private static Walker nour;
  private static Walker yann;
  private static Walker stranger;

  @BeforeAll
  static void start(Db db) {
    database = db;
    village = Village.start(db, data);
    nour = village.newcomer("nour");
    yann = village.newcomer("yann");
    stranger = village.guest();
  }

  @AfterAll
  static void stop() {
    village.close();
  }

  private static Walker.Page propose(String name, Map<String, String> more) {
    var fields = new java.util.HashMap<>(more);
    fields.put("name", name);
    fields.put("placeName", "Salle des fêtes");
    for (int i = 1; i <= 3; i++) {
      fields.put("date" + i, LocalDate.now().plusDays(10 + i).toString());
      fields.put("from" + i, "19:00");
      fields.put("to" + i, "22:00");
    }
    return nour.submit("/compose/dates", "/dates", fields);
  }

  private static Map<String, String> says(String first, String second, String third) {
    return Map.of("choice0", first, "choice1", second, "choice2", third);
  }

  @Test
  void the_chosen_date_is_an_event_with_those_who_said_yes_on_its_list() {
    var poll =
        propose("Repas de quartier", Map.of("guests", "yes", "text", "Sous les **tilleuls**."));
    assertEquals(200, poll.status(), poll.text("main"));
    var path = poll.path();
    var done = yann.submit(path, path + "/answer", says("maybe", "yes", "no"));
    assertTrue(done.text("tbody").contains("yann"), done.text("main"));
    var guest = new java.util.HashMap<>(says("no", "yes", "yes"));
    guest.put("guestName", "Mme Bérard");
    guest.put("comment", "Avec une tarte");
    var link = stranger.submit(path, path + "/answer", guest);
    assertTrue(link.text("main").contains("Gardez cette adresse"), link.text("main"));
    assertTrue(village.guest().get(path).text("#answers").contains("2 personnes"));
    // A guest with the link may think again; whoever has none sees no names.
    var again = stranger.submit(link.path(), link.path(), says("yes", "yes", "no"));
    assertEquals("Oui\nOui\nNon", again.text("tbody tr:nth-child(2) td .hidden"));
    assertEquals("1 (+1) 2 0", nour.get(path).text("tfoot td").replace('\n', ' '));
    assertTrue(nour.get(path).text(".best .tag").contains("favorable"));
    assertEquals(403, yann.get(path + "/choose?date=1").status());
    // What the poll said is offered for the event, without the line that led to the answers.
    var choosing = nour.get(path + "/choose?date=1");
    assertEquals("Sous les **tilleuls**.", choosing.html().select("#text").val());
    var event = nour.submit(choosing, path + "/choose", Map.of());
    assertEquals("tilleuls", event.text(".e-content strong"));
    assertEquals("Repas de quartier", event.text("h1"));
    assertEquals(
        "2",
        database.one(
            "select count(*)::text from rsvp r join post p on p.id = r.post_id"
                + " where p.name = 'Repas de quartier' and r.state = 'going'",
            row -> row.getString(0)));
    assertTrue(nour.get(event.path() + "/attendees").text("tbody").contains("Mme Bérard"));
    var over = yann.get(path);
    assertTrue(over.text(".notice").contains("Date choisie"), over.text("main"));
    assertEquals(0, over.count("form[action$=/answer]"));
    assertTrue(yann.get("/notifications").text("main").contains("Repas de quartier"));
  }

  @Test
  void one_takes_an_answer_back_and_no_script_is_needed_for_more_dates() {
    var more = nour.submit("/compose/dates", "/dates", Map.of("name", "Réunion", "more", "yes"));
    assertEquals(8, more.count("fieldset.slot"));
    assertEquals("Réunion", more.html().select("#name").val());
    var path = propose("Réunion", Map.of()).path();
    assertEquals(0, stranger.get(path).count("form[action$=/answer]"));
    yann.submit(path, path + "/answer", says("yes", "no", "no"));
    var gone = yann.submit(path, path + "/withdraw", Map.of());
    assertTrue(gone.text("#answers").contains("Personne"), gone.text("main"));
    assertFalse(gone.text("main").contains("Changer votre réponse"));
    var same = nour.attempt("/compose/dates", "/dates", Map.of("name", "Une seule date"));
    assertEquals(422, same.status());
  }
}
