package org.placette.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.placette.testing.App;
import org.placette.testing.Eventually;
import org.placette.testing.Walker;

/**
 * Two villages, each a real process, on one machine: Camille lives in Aubrac, Basile in Belcastel.
 * They do with a browser what people do; whatever dies comes back, and everything arrives once.
 */
@TestMethodOrder(OrderAnnotation.class)
class TwoVillagesTest {

  private static final LocalDate DAY = LocalDate.now().plusDays(20);

  private static final String ACCEPTED =
      """
      select count(*) from follow f join actor a on a.id = f.actor_id
        join actor t on t.id = f.target_id
      where f.state = 'accepted' and a.type = 'Person' and a.host is distinct from t.host
      """;

  @TempDir static Path folder;

  private static Vertx vertx;
  private static VillageProcess aubrac;
  private static VillageProcess belcastel;
  private static Walker camille;
  private static Walker basile;

  @BeforeAll
  static void found() throws Exception {
    vertx = Vertx.vertx();
    aubrac = new VillageProcess("aubrac", folder, vertx);
    belcastel = new VillageProcess("belcastel", folder, vertx);
    aubrac.run();
    belcastel.run();
    camille = aubrac.settle("Aubrac", "camille", "Camille Fabre");
    basile = belcastel.settle("Belcastel", "basile", "Basile Rey");
  }

  @AfterAll
  static void leave() throws Exception {
    for (var visit : List.of(camille, basile)) visit.close();
    for (var village : List.of(aubrac, belcastel)) village.close();
    vertx.close().await();
  }

  @Test
  @Order(1)
  void a_new_neighbour_sees_what_was_planned_before_and_what_is_planned_later() throws Exception {
    publishEvent("Bourse aux plantes", "09:00");
    var asked = belcastel.command("neighbour", "add", aubrac.host());
    assertTrue(asked.contains(" was asked"), asked);
    var answered = aubrac.command("neighbour", "add", belcastel.host());
    assertTrue(answered.startsWith(belcastel.host() + " "), answered);

    awaitGuest("Bourse aux plantes");
    publishEvent("Veillée contes", "14:00");
    awaitGuest("Veillée contes");
  }

  /** Waits until the other agenda shows an event of Aubrac, once and as a guest. */
  private static void awaitGuest(String name) throws Exception {
    Eventually.holds(
        name + " on the agenda of Belcastel",
        () -> card(basile.get("/events"), name).contains("Chez les voisins : " + aubrac.host()));
  }

  /** What an agenda says of an event; empty when it does not name it. */
  private static String card(Walker.Page agenda, String name) {
    var cards =
        agenda.html().select("li.event").stream()
            .filter(card -> card.select("h3").text().equals(name))
            .toList();
    assertTrue(cards.size() <= 1, () -> "more than once: " + cards);
    return cards.isEmpty() ? "" : cards.getFirst().text();
  }

  private static Walker.Page publishEvent(String name, String time) throws Exception {
    return camille.submit(
        "/compose/event",
        "/events",
        Map.of(
            "name", name,
            "startDate", DAY.toString(),
            "startTime", time,
            "placeName", "Salle des fêtes",
            "street", "2 rue du Lavoir",
            "postalCode", "12470",
            "locality", "Aubrac",
            "category", "FOOD_DRINK",
            "text", "Apportez une **assiette**."));
  }

  private static void follow(Walker visit, String handle) throws Exception {
    visit.submit("/follow", "/follow", Map.of("handle", handle));
  }

  /** Lists may be kept ready for a second, pages of one event say it at once. */
  private static void onCard(String text) throws Exception {
    Eventually.holds(
        text + " on the agenda's card",
        () -> card(basile.get("/events"), "Soupe partagée").contains(text));
  }

  @Test
  @Order(2)
  void an_event_is_followed_from_its_publication_to_its_end() throws Exception {
    follow(basile, "@camille@" + aubrac.host());
    follow(basile, "@village@" + aubrac.host());
    follow(camille, "@basile@" + belcastel.host());
    Eventually.holds(
        "three follows are accepted",
        () -> aubrac.count(ACCEPTED) == 3 && belcastel.count(ACCEPTED) == 3);

    var event = publishEvent("Soupe partagée", "19:00");
    var path = event.path();
    awaitGuest("Soupe partagée");
    var there = basile.get("/events").html().select("h3 a:contains(Soupe partagée)").attr("href");
    for (var page : List.of(event, basile.get(there))) {
      assertEquals("Soupe partagée", page.text("h1"));
      assertTrue(page.text(".facts").contains("19 h"), page.text(".facts"));
      assertTrue(page.text(".facts").contains("2 rue du Lavoir"), page.text(".facts"));
      assertEquals("assiette", page.text(".prose strong"));
    }
    var json = camille.activity(path);
    assertEquals("Event", json.body().path("type").asText());
    assertTrue(json.body().path("startTime").asText().startsWith(DAY + "T19:00:00+0"));
    assertEquals("Salle des fêtes", json.body().path("location").path("name").asText());
    var original = basile.activity(there).body().path("id").asText();
    assertEquals(aubrac.origin() + path, original, "Belcastel passes on to the original");

    camille.submit(path + "/edit", path + "/edit", Map.of("startTime", "18:00"));
    Eventually.holds(
        "the new time in Belcastel",
        () -> basile.get(there).text(".notice").contains("C’était prévu"));
    assertTrue(basile.get(there).text(".facts").contains("18 h"));
    onCard("Nouvel horaire");

    camille.submit(path + "/cancel", path + "/cancel", Map.of());
    Eventually.holds(
        "the cancellation in Belcastel",
        () -> basile.get(there).text(".notice").contains("Annulé"));
    onCard("Annulé");
    assertEquals("CANCELLED", camille.activity(path).body().path("status").asText());

    camille.submit(path + "/delete", path + "/delete", Map.of());
    Eventually.holds("the event is gone in Belcastel", () -> isGone(basile.get(there)));
    Eventually.holds(
        "no card in the agenda", () -> card(basile.get("/events"), "Soupe partagée").isEmpty());
    assertEquals(410, camille.get(path).status());
    var tombstone = camille.activity(path);
    assertEquals(410, tombstone.status());
    assertEquals("Tombstone", tombstone.body().path("type").asText());
  }

  @Test
  @Order(3)
  void a_note_is_answered_liked_shared_changed_and_deleted() throws Exception {
    var note = camille.submit("/compose/note", "/posts", Map.of("text", "Qui prête une échelle ?"));
    Eventually.holds(
        "the note in Belcastel",
        () -> basile.get("/posts").text(".note .prose").contains("Qui prête une échelle ?"));
    var there = openNote(basile, "Qui prête une échelle ?");
    assertEquals(1, basile.get("/posts").count(".note:contains(Qui prête une échelle)"));

    basile.submit(there, "/posts", Map.of("text", "Moi, samedi."));
    basile.submit(there, "/posts/" + there.id() + "/like", Map.of());
    basile.submit(there, "/posts/" + there.id() + "/share", Map.of());
    Eventually.holds(
        "what Camille is told", () -> camille.get("/notifications").count(".news li") >= 4);
    var news = camille.get("/notifications").text(".news li");
    for (var verb : List.of("Basile Rey vous a répondu", "aime votre pub", "a partagé votre pub")) {
      assertEquals(2, (news + " ").split(verb, -1).length, () -> verb + " once in:\n" + news);
    }
    var thread = camille.get(note.path());
    assertEquals("Moi, samedi.", thread.text(".note:not(.main) .prose"));
    assertTrue(
        thread.text(".note:not(.main) .by").contains("Chez les voisins : " + belcastel.host()));
    var replies = camille.activity(note.path() + "/replies").body();
    assertEquals(1, replies.path("totalItems").asInt());
    assertTrue(replies.toString().contains(belcastel.origin() + "/posts/"), replies.toString());
    assertEquals("Note", camille.activity(note.path()).body().path("type").asText());

    camille.submit(
        note.path() + "/edit", note.path() + "/edit", Map.of("text", "Qui prête une perceuse ?"));
    Eventually.holds(
        "the new words in Belcastel",
        () -> basile.get(there.path()).text(".main .prose").equals("Qui prête une perceuse ?"));
    assertTrue(basile.get(there.path()).text(".main .by").contains("modifié"));

    camille.submit(note.path() + "/delete", note.path() + "/delete", Map.of());
    Eventually.holds("the note is gone", () -> isGone(basile.get(there.path())));
    assertEquals(410, camille.get(note.path()).status());
    assertEquals(410, camille.activity(note.path()).status());
    assertEquals(0, basile.get("/posts").count(".note:contains(Qui prête)"));
  }

  /** A guest's post that was deleted may be remembered or not. */
  private static boolean isGone(Walker.Page page) {
    return page.status() == 410 || page.status() == 404;
  }

  private static Walker.Page openNote(Walker visit, String text) throws Exception {
    var link = visit.get("/posts").html().selectFirst(".note:contains(" + text + ") a.time");
    return visit.get(String.valueOf(link == null ? null : link.attr("href")));
  }

  @Test
  @Order(4)
  void a_resident_with_an_app_alone_talks_with_a_resident_of_the_other_village() throws Exception {
    var camilleApp = aubrac.app("camille");
    var basileApp = belcastel.app("basile");
    var handle = "@basile@" + belcastel.host();
    var found = camilleApp.get("/api/v2/search?resolve=true&type=accounts&q=" + handle);
    var there = found.path("accounts").path(0);
    assertEquals("basile@" + belcastel.host(), there.path("acct").asText());
    var accounts = "/api/v1/accounts/" + there.path("id").asText();
    camilleApp.post(accounts + "/follow", Map.of());
    Eventually.holds("the follow", () -> relation(camilleApp, there).path("following").asBoolean());

    var written =
        // Unlisted: what is public, the neighbourhood's Group announces too.
        basileApp.post(
            "/api/v1/statuses",
            Map.of("status", "Qui a une brouette ?", "language", "fr", "visibility", "unlisted"));
    var id = written.path("id").asText();
    var home = "/api/v1/timelines/home";
    Eventually.holds(
        "it is at Camille's home", () -> camilleApp.shows(home, "brouette").isObject());
    var seen = camilleApp.shows(home, "brouette").path("id").asText();
    camilleApp.post(
        "/api/v1/statuses", Map.of("status", handle + " moi !", "in_reply_to_id", seen));
    camilleApp.post("/api/v1/statuses/" + seen + "/reblog", Map.of());
    camilleApp.post("/api/v1/statuses/" + seen + "/favourite", Map.of());

    var status = "/api/v1/statuses/" + id;
    Eventually.holds(
        "counts at Basile's",
        () -> {
          var now = basileApp.get(status);
          return now.path("replies_count").asInt() == 1
              && now.path("reblogs_count").asInt() == 1
              && now.path("favourites_count").asInt() == 1;
        });
    var answer = basileApp.get(status + "/context").at("/descendants/0/id").asText();
    basileApp.post("/api/v1/statuses/" + answer + "/favourite", Map.of());
    basileApp.post(
        "/api/v1/statuses",
        Map.of(
            "status",
            "@camille@" + aubrac.host() + " merci !",
            "in_reply_to_id",
            answer,
            "visibility",
            "unlisted"));
    var copied = "/api/v1/statuses/" + seen;
    Eventually.holds(
        "the same thread at both",
        () ->
            thread(camilleApp, copied).size() == 2
                && thread(camilleApp, copied).equals(thread(basileApp, status)));
    assertEquals(counts(basileApp, status), counts(camilleApp, copied));
    assertTrue(kinds(basileApp).containsAll(List.of("follow", "mention", "reblog", "favourite")));
    Eventually.holds(
        "Camille is told", () -> kinds(camilleApp).containsAll(List.of("mention", "favourite")));

    // Times travel in whole seconds: an edit within the same one would not show as one.
    Thread.sleep(1_100);
    basileApp.put(status, Map.of("status", "Qui a une brouette bleue ?"));
    Eventually.holds(
        "the edit", () -> camilleApp.shows(home, "brouette bleue").path("edited_at").isTextual());
    assertTrue(basileApp.get(status).path("content").asText().contains("bleue"));
    assertEquals(2, basileApp.get(status + "/history").size());
    Eventually.holds("who boosted it is told", () -> kinds(camilleApp).contains("update"));
    basileApp.delete(status);
    Eventually.holds("the deletion", () -> camilleApp.call("GET", copied).status() == 404);
    assertEquals(404, basileApp.call("GET", status).status());
    assertTrue(camilleApp.shows(home, "brouette").isMissingNode());
    for (var app : List.of(camilleApp, basileApp))
      for (var told : app.get("/api/v1/notifications"))
        assertFalse(told.at("/status/content").asText().contains("brouette"), told::toString);
  }

  /** What is below a post, by the ids that all servers know. */
  private static List<String> thread(App app, String status) {
    return app.get(status + "/context").path("descendants").findValuesAsText("uri").stream()
        .filter(uri -> uri.contains("/posts/"))
        .toList();
  }

  private static List<Integer> counts(App app, String status) {
    var shown = app.get(status);
    return List.of(
        shown.path("replies_count").asInt(),
        shown.path("reblogs_count").asInt(),
        shown.path("favourites_count").asInt());
  }

  private static List<String> kinds(App app) {
    return app.get("/api/v1/notifications").findValuesAsText("type");
  }

  private static JsonNode relation(App app, JsonNode account) throws Exception {
    return app.get("/api/v1/accounts/relationships?id[]=" + account.path("id").asText()).path(0);
  }

  @Test
  @Order(5)
  void a_village_whose_postgres_is_killed_serves_on_by_itself() throws Exception {
    var before = aubrac.postgresPid();
    aubrac.killPostgres();
    var killed = System.nanoTime();
    List<Integer> statuses = new ArrayList<>();
    // Its children outlive it by some milliseconds, and may answer meanwhile.
    do {
      statuses.add(camille.get("/events").status());
    } while (statuses.getLast() != 200 || Set.of(before, 0L).contains(aubrac.postgresPid()));
    var millis = Duration.ofNanos(System.nanoTime() - killed).toMillis();
    System.out.printf("PostgreSQL killed: served again after %d ms, %s%n", millis, statuses);
    assertFalse(statuses.contains(500), aubrac::said);
    assertNotEquals(before, aubrac.postgresPid());
    for (int i = 0; i < 20; i++) assertEquals(200, camille.get("/events").status());
    camille.submit("/compose/note", "/posts", Map.of("text", "Le courant est revenu."));
    Eventually.holds(
        "a note after the restart",
        () -> basile.get("/posts").text(".note .prose").contains("Le courant est revenu."));
  }

  @Test
  @Order(6)
  void nothing_is_lost_and_nothing_comes_twice_when_both_are_killed_amid_deliveries()
      throws Exception {
    try (var rush = new Rush(aubrac, belcastel, camille, basile)) {
      rush.publishAll();
      rush.killSenderAmidDeliveries();
      rush.killReceiverAmidReceipts();
      rush.finish();
      rush.assertEverythingArrivedOnce();
    }
  }
}
