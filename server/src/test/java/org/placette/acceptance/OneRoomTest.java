package org.placette.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.placette.testing.Walker;

/**
 * One event in Aubrac with two places, and people who answer through different doors: a neighbour
 * from Belcastel, whose server sends a Join; a guest by e-mail; a resident on the page.
 */
class OneRoomTest {

  private static final Pattern LINK = Pattern.compile("http://[^\\s\"]+/answer/[\\w-]+");

  @TempDir static Path folder;

  private static Vertx vertx;
  private static Mailbox mailbox;
  private static VillageProcess aubrac;
  private static VillageProcess belcastel;
  private static Walker camille;
  private static Walker basile;

  @BeforeAll
  static void found() throws Exception {
    vertx = Vertx.vertx();
    mailbox = new Mailbox();
    aubrac = new VillageProcess("aubrac", folder, vertx).withMail(mailbox.url());
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
    mailbox.close();
    vertx.close().await();
  }

  private static Map<String, String> soup() {
    var fields = new HashMap<String, String>();
    fields.put("name", "Soupe partagée");
    fields.put("startDate", LocalDate.now().plusDays(20).toString());
    fields.put("startTime", "19:00");
    fields.put("placeName", "Salle des fêtes");
    fields.put("capacity", "1");
    fields.put("guests", "yes");
    return fields;
  }

  /** The last letter's link. */
  private static String link() {
    var found = LINK.matcher(mailbox.letters().getLast());
    assertTrue(found.find(), () -> "no link in " + mailbox.letters().getLast());
    return found.group();
  }

  @Test
  void whoever_answers_through_whichever_door_comes_into_one_room() throws Exception {
    belcastel.command("neighbour", "add", aubrac.host());
    aubrac.command("neighbour", "add", belcastel.host());
    var soup = camille.submit("/compose/event", "/events", soup());
    Eventually.holds(
        "the event in Belcastel",
        () -> basile.get("/events").text("h3").contains("Soupe partagée"));
    var there = basile.get("/events").html().select("h3 a:contains(Soupe partagée)").attr("href");

    // Belcastel joins, and has the only place.
    basile.press(there, there + "/answer", "answer", "going");
    Eventually.holds(
        "the place for Basile", () -> basile.get(there).text("#come").contains("Vous venez."));
    assertTrue(camille.get(soup.path()).text("#come").contains("1 personne vient"));

    // A guest comes by e-mail and waits; what only opens the link answers nothing.
    try (var stranger = new Walker(aubrac.origin())) {
      var guest =
          stranger.submit(
              soup.path() + "/guest",
              soup.path() + "/guest",
              Map.of("guestName", "=Odile()", "email", "odile@example.org"));
      assertTrue(guest.text(".notice").contains("odile@example.org"));
      Eventually.holds("a letter", () -> mailbox.letters().size() == 1);
      var link = link();
      assertTrue(stranger.get(link).text("main").contains("Confirmez votre venue."));
      var answered =
          stranger.press(
              link, Path.of(link).toString().replaceFirst(".*(/answer/)", "$1"), "answer", "going");
      assertTrue(answered.text("main").contains("Vous êtes sur la liste d’attente."));
    }
    var list = camille.get(soup.path() + "/attendees");
    assertEquals(2, list.count("tbody tr"));
    assertTrue(list.text("tbody").contains("Basile Rey"), list.text("tbody"));
    assertTrue(camille.raw(soup.path() + "/attendees.csv").body().contains("\"'=Odile()\""));
    assertEquals(403, basile.get(there + "/attendees").status());
    assertEquals(1, camille.activity(soup.path() + "/attendees").body().path("totalItems").asInt());

    // Basile leaves; the place goes to Odile, who is told.
    basile.press(there, there + "/answer", "answer", "not_going");
    Eventually.holds("a place for Odile", () -> mailbox.letters().size() == 2);
    assertTrue(mailbox.letters().getLast().contains("Une place"), mailbox.letters().getLast());
    Walker.Page now = camille.get(soup.path() + "/attendees");
    assertTrue(now.text("tbody tr:contains(Odile)").contains("vient"), now.text("tbody"));

    // Basile votes in the poll that his app shows, and waits now; one more place, and he comes.
    var id = belcastel.count("select id from post where type = 'Event' and name like 'Soupe%'");
    belcastel.app("basile").post("/api/v1/polls/" + id + "/votes", Map.of("choices", List.of(0)));
    Eventually.holds(
        "Basile waits",
        () ->
            camille
                .get(soup.path() + "/attendees")
                .text("tbody tr:contains(Basile)")
                .contains("en attente"));
    assertTrue(basile.get(there).text("#come").contains("attend une réponse"));
    var later = new HashMap<>(Map.of("capacity", "2", "startTime", "20:00"));
    camille.submit(soup.path() + "/edit", soup.path() + "/edit", later);

    // Every door sees the new hour, and Odile reads of it.
    Eventually.holds(
        "the new hour in Belcastel", () -> basile.get(there).text(".facts").contains("20"));
    Eventually.holds("a letter about the hour", () -> mailbox.letters().size() == 3);
    assertTrue(mailbox.letters().getLast().contains("Changement"), mailbox.letters().getLast());
    Eventually.holds(
        "the place for Basile", () -> basile.get(there).text("#come").contains("Vous venez."));
  }
}
