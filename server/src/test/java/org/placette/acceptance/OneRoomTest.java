package org.placette.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.db.Db;
import org.placette.testing.App;
import org.placette.testing.Eventually;
import org.placette.testing.Letterbox;
import org.placette.testing.PgExtension;
import org.placette.testing.TestDatabases;
import org.placette.testing.Walker;

/**
 * Two villages, each with its own server and database, and one event with three places. Camille
 * plans it in Aubrac; who comes answers through five doors: Dora by the poll in her app, Basile
 * from Belcastel, whose server sends a Join, Odile without an account by a letter, Paul on the
 * page.
 */
@ExtendWith(PgExtension.class)
class OneRoomTest {

  private static final Vertx VERTX = Vertx.vertx();
  private static final String DAY = LocalDate.now().plusDays(20).toString();
  private static final String ODILE = "odile@example.org";

  private static Letterbox letters;
  private static Village aubrac;
  private static Village belcastel;
  private static Db here;
  private static Db there;
  private static Walker camille;
  private static Walker paul;
  private static Walker basile;
  private static App dora;

  @BeforeAll
  static void found(Db first, TestDatabases databases, @TempDir Path one, @TempDir Path other)
      throws Exception {
    letters = new Letterbox();
    here = first;
    aubrac = Village.start(here, one, Map.of("PLACETTE_SMTP_URL", letters.url()));
    there = Db.open(VERTX, databases.fresh(), 6);
    belcastel = Village.start(there, other);
    camille = aubrac.newcomer("camille", "owner");
    paul = aubrac.newcomer("paul");
    dora = aubrac.person("dora").app();
    basile = belcastel.newcomer("basile", "owner");
  }

  @AfterAll
  static void leave() throws Exception {
    aubrac.close();
    belcastel.close();
    there.close();
    letters.close();
    VERTX.close().await();
  }

  @Test
  void whoever_answers_through_whichever_door_comes_into_one_room() throws Exception {
    becomeNeighbours();
    publish(basile, "Concert", "20:00", "22:00");
    Eventually.holds("the concert in Aubrac", () -> agenda(camille).contains("Concert"));

    // Camille is warned of the neighbours' concert, and begins earlier: one after the other is
    // fine.
    var warned = publish(camille, "Veillée contes", "19:00", "21:00");
    assertTrue(warned.text(".notice.warn").contains("Concert"), warned.text("main"));
    assertTrue(warned.text(".notice.warn").contains(host(belcastel)), warned.text("main"));
    assertFalse(agenda(camille).contains("Veillée"), "nothing is published before she has seen it");
    assertEquals("Concert", clashes("19:00", "21:00").at("/0/name").asText());
    assertEquals(0, clashes("18:00", "20:00").size());
    var event = camille.submit(warned, "/events", Map.of("startTime", "18:00", "endTime", "20:00"));
    assertEquals("Veillée contes", event.text("h1"));
    Eventually.holds("the event in Belcastel", () -> agenda(basile).contains("Veillée contes"));
    var guest = link(basile, "Veillée contes");

    // Three places: a vote in an app, a Join of another server, a form and a letter.
    var status = dora.shows("/api/v1/timelines/public?local=true", "Veillée").path("id").asText();
    var poll = dora.get("/api/v1/statuses/" + status).at("/poll/id").asText();
    dora.post("/api/v1/polls/" + poll + "/votes", Map.of("choices", List.of(0)));
    assertRoom(event, 1, 0);
    basile.press(guest, guest + "/answer", "answer", "going");
    Eventually.holds(
        "a place for Basile", () -> basile.get(guest).text("#come").contains("Vous venez."));
    assertRoom(event, 2, 0);
    var odile = odileAnswers(event);
    assertRoom(event, 3, 0);

    // It is full, and every door says so; the next one waits.
    assertEquals(
        0, camille.activity(event.path()).body().path("remainingAttendeeCapacity").asInt());
    assertTrue(
        paul.get(event.path()).text("#come").contains("Complet"),
        paul.get(event.path()).text("#come"));
    assertEquals(3, dora.get("/api/v1/polls/" + poll).at("/options/0/votes_count").asInt());
    // Other servers are told at most once a minute: let it be over.
    here.update("update event_news set due = now()");
    Eventually.holds(
        "full in Belcastel", () -> basile.get(guest).text("#come").contains("Complet"));
    paul.press(event.path(), event.path() + "/answer", "answer", "going");
    assertTrue(paul.get(event.path()).text("#come").contains("liste d’attente"));
    assertRoom(event, 3, 1);

    // Only the organiser reads names, and no cell of the list is a formula.
    assertEquals(403, paul.get(event.path() + "/attendees").status());
    assertFalse(paul.get(event.path()).text("main").contains("Odile"));
    assertTrue(camille.raw(event.path() + "/attendees.csv").body().contains("\"'=Odile()\""));

    // One leaves: the one who waits has the place, and is told.
    basile.press(guest, guest + "/answer", "answer", "not_going");
    Eventually.holds(
        "a place for Paul", () -> paul.get(event.path()).text("#come").contains("Vous venez."));
    var list = camille.get(event.path() + "/attendees").text("main");
    assertTrue(list.contains("place gardée, réponse attendue"), list);
    Eventually.holds("Paul is told", () -> told().contains("Une place s’est libérée pour vous"));
    assertRoom(event, 3, 0);

    // The hour changes, and every door sees it.
    camille.submit(event.path() + "/edit", event.path() + "/edit", Map.of("startTime", "17:30"));
    assertTrue(paul.get(event.path()).text(".facts").contains("17 h 30"), "the page");
    assertTrue(agenda(paul).contains("17 h 30"), "the agenda");
    assertTrue(
        paul.raw(event.path() + ".ics").body().contains(":" + DAY.replace("-", "") + "T173000"));
    assertTrue(
        dora.get("/api/v1/statuses/" + status).path("content").asText().contains("17"), "the app");
    assertEquals("true", dora.get("/api/v1/polls/" + poll).path("voted").asText());
    Eventually.holds("Paul reads of it", () -> told().contains("a du nouveau"));
    Eventually.holds("Belcastel", () -> basile.get(guest).text(".facts").contains("17 h 30"));
    var letter = letters.take(ODILE, "Changement");
    assertTrue(letter.text().contains("17"), letter.text());
    // Who has no account signs up where the event is; elsewhere nobody would know.
    try (var stranger = belcastel.guest()) {
      assertEquals(404, stranger.raw(guest + "/guest").statusCode());
      assertEquals(1, stranger.get(guest).count("#come a[href$='" + event.path() + "']"));
    }
    try (var stranger = aubrac.guest()) {
      assertTrue(stranger.get(odile).text("main").contains("17 h 30"), "the link of the letter");
    }
    assertRoom(event, 3, 0);
  }

  private static void becomeNeighbours() throws Exception {
    camille.submit("/admin/ring", "/admin/ring", Map.of("host", host(belcastel)));
    basile.submit("/admin/ring", "/admin/ring", Map.of("host", host(aubrac)));
    for (var owner : List.of(camille, basile))
      Eventually.holds(
          "both follow each other", () -> !owner.get("/admin/ring").text(".sixwords").isEmpty());
  }

  private static String host(Village village) {
    return village.origin().substring("http://".length());
  }

  /** Sends the form of an event with three places, where people without an account may come. */
  private static Walker.Page publish(Walker who, String name, String from, String to) {
    var fields = new HashMap<String, String>();
    fields.put("name", name);
    fields.put("startDate", DAY);
    fields.put("startTime", from);
    fields.put("endTime", to);
    fields.put("placeName", "Salle de " + name);
    fields.put("locality", "Laguiole");
    fields.put("category", "MUSIC");
    fields.put("capacity", "3");
    fields.put("guests", "yes");
    return who.submit("/compose/event", "/events", fields);
  }

  private static JsonNode clashes(String from, String to) {
    var zone = LocalDate.parse(DAY).atTime(12, 0).atZone(java.time.ZoneId.of("Europe/Paris"));
    var at = DAY + "T%s:00" + zone.getOffset();
    return dora.get(
        "/api/placette/v1/clashes?"
            + App.encoded(
                "start",
                at.formatted(from),
                "end",
                at.formatted(to),
                "town",
                "Laguiole",
                "category",
                "MUSIC"));
  }

  private static String agenda(Walker who) {
    return who.get("/events").text("main");
  }

  private static String link(Walker who, String name) {
    return who.get("/events").html().select("h3 a:contains(" + name + ")").attr("href");
  }

  /** What the page of notices says to Paul. */
  private static String told() {
    return paul.get("/notifications").text("main");
  }

  /**
   * Odile has no account: she fills in the form, and a letter asks her; opening it says nothing.
   */
  private static String odileAnswers(Walker.Page event) throws Exception {
    try (var stranger = aubrac.guest()) {
      var form = event.path() + "/guest";
      var name = Map.of("guestName", "=Odile()", "email", ODILE);
      assertTrue(stranger.submit(form, form, name).text(".notice").contains(ODILE));
      var letter = letters.take(ODILE, "").text();
      var link = letter.replaceFirst("(?s).*?(http://\\S+/answer/[\\w-]+).*", "$1");
      var path = URI.create(link).getPath();
      assertTrue(stranger.get(path).text("main").contains("Confirmez votre venue."));
      assertRoom(event, 2, 0);
      var answered = stranger.press(path, path, "answer", "going");
      assertTrue(answered.text("main").contains("Vous venez."), answered.text("main"));
      return path;
    }
  }

  /** What the organiser's list says, and the number that servers are told. */
  private static void assertRoom(Walker.Page event, int come, int wait) {
    var rows = camille.get(event.path() + "/attendees").html().select("tbody tr");
    var all = rows.eachText();
    assertEquals(
        come,
        all.stream().filter(it -> it.matches(".* (vient|réponse attendue) 1 .*")).count(),
        all::toString);
    assertEquals(wait, all.stream().filter(it -> it.contains("en attente")).count(), all::toString);
    var told = camille.activity(event.path()).body();
    assertEquals(come, told.path("participantCount").asInt());
  }
}
