package org.placette.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.db.Db;
import org.placette.testing.App;
import org.placette.testing.Eventually;
import org.placette.testing.PgExtension;
import org.placette.testing.Ports;
import org.placette.testing.Walker;

/** An event before it is published and after it is changed. */
@ExtendWith(PgExtension.class)
class EventLifeTest {

  private static final String EVENTS = "/api/placette/v1/events";
  private static final String DRAFTS = "/api/placette/v1/drafts";

  @TempDir static Path data;

  private static Db database;
  private static Village village;
  private static Map<String, String> settings;
  private static String nourToken;
  private static String gillesToken;

  @BeforeAll
  static void start(Db db) {
    database = db;
    var here = "localhost:" + Ports.free();
    settings =
        Map.of("PLACETTE_DOMAIN", here, "PLACETTE_LISTEN", here.replace("localhost", "127.0.0.1"));
    village = Village.start(db, data, settings);
    nourToken = village.person("nour").token();
    gillesToken = village.person("gilles").token();
  }

  @AfterAll
  static void stop() {
    village.close();
  }

  private static App nour() {
    return village.app(nourToken);
  }

  private static App gilles() {
    return village.app(gillesToken);
  }

  private static String in(int days) {
    return OffsetDateTime.now(ZoneOffset.UTC)
        .plusDays(days)
        .truncatedTo(ChronoUnit.HOURS)
        .toString();
  }

  private static Map<String, Object> event(String name, Object... more) {
    var event = new HashMap<String, Object>(Map.of("name", name, "start_time", in(20)));
    for (var i = 0; i < more.length; i += 2) event.put(more[i].toString(), more[i + 1]);
    return event;
  }

  private static String path(JsonNode status) {
    var uri = status.path("uri").asText();
    return uri.substring(uri.indexOf("/events/"));
  }

  private static long published(String name) {
    return database
        .list("select id from post where type = 'Event' and name = $1", row -> row.getLong(0), name)
        .size();
  }

  @Test
  void an_edit_keeps_history_of_every_field_and_whoever_reads_the_event_reads_it() {
    var status =
        nour()
            .post(
                EVENTS,
                event("Loto", "status", "Venez nombreux.", "price", "5 EUR", "contact", "@gilles"));
    var path = path(status);
    Walker guest = village.guest();
    assertEquals(0, guest.get(path).count("a[href$=/history]"));
    assertEquals(1, guest.get(path).count(".facts a[href$=/users/gilles]"));
    assertTrue(guest.activity(path).body().at("/contacts/0").asText().endsWith("/users/gilles"));

    nour()
        .put(
            EVENTS + "/" + status.path("id").asText(),
            Map.of(
                "name", "Grand loto",
                "price", "6 EUR",
                "organizer", "Le club",
                "contact", "loto@bourg.example",
                "language", "br",
                "comments_closed", true,
                "state", "tentative",
                "place", Map.of("name", "Salle des fêtes"),
                "start_time", in(21)));
    assertEquals(1, guest.get(path).count("a[href$=/history]"));
    assertTrue(guest.activity(path).body().path("contacts").isEmpty());
    var history = guest.get(path + "/history");
    var changes = history.html().select(".history > li");
    assertEquals(2, changes.size());
    var last = changes.getFirst().text();
    for (var fact :
        new String[] {
          "Titre Loto Grand loto",
          "Prix 5 EUR 6 EUR",
          "Qui organise Le club",
          "Contact @gilles loto@bourg.example",
          "Langue français brezhoneg",
          "Commentaires Ouverts Fermés",
          "État Confirmé À confirmer",
          "Où Salle des fêtes"
        }) assertTrue(last.contains(fact), fact + " in " + last);
    assertEquals(1, changes.getFirst().select("dt:contains(Quand)").size());
    assertFalse(last.contains("Venez nombreux."), last);
    var first = changes.getLast().text();
    assertTrue(first.contains("Loto") && first.contains("Venez nombreux."), first);
    assertFalse(first.contains("Grand"), first);

    var edits = nour().get("/api/v1/statuses/" + status.path("id").asText() + "/history");
    var then = edits.at("/0/content").asText();
    assertTrue(then.contains("<strong>Loto</strong>") && then.contains("Venez nombreux."), then);
    assertFalse(then.contains("Salle des fêtes"), then);
    assertTrue(edits.at("/1/content").asText().contains("📍 Salle des fêtes"), edits::toString);
    assertEquals("Je viens", edits.at("/1/poll/options/0/title").asText());

    // What is not named stays: it is still not sure, and once cancelled it stays so.
    var id = status.path("id").asText();
    nour().put(EVENTS + "/" + id, Map.of("price", "7 EUR"));
    assertEquals("TENTATIVE", guest.activity(path).body().path("status").asText());
    nour().put(EVENTS + "/" + id, Map.of("state", "cancelled"));
    nour().put(EVENTS + "/" + id, Map.of("price", "Gratuit"));
    assertEquals("CANCELLED", guest.activity(path).body().path("status").asText());
    assertTrue(guest.get(path + "/history").text(".history").contains("À confirmer Annulé"));
  }

  @Test
  void another_place_written_over_the_old_one_brings_its_own_address() {
    database.update(
        """
        insert into place (id, name, street, postal_code, locality, latitude,
          longitude) values (1, 'Préau', '1 rue de l’École', '69870', 'Bourg', 46.1, 4.5),
          (2, 'Halle', '2 place du Marché', '69870', 'Bourg', 46.2, 4.6)
        """);
    var nour = village.walker("nour");
    var where = Map.of("name", "Veillée", "startDate", "2031-01-10", "startTime", "19:00");
    var fields = new HashMap<>(where);
    fields.put("placeName", "Halle");
    var path = nour.submit("/compose/event", "/events", fields).path();
    for (var edit : new String[] {path + "/edit", path + "/edit", "/compose/event?like=" + path}) {
      var copy = edit.contains("like");
      var page =
          nour.submit(
              copy ? edit.replace("/events/", "") : edit,
              copy ? "/events" : edit,
              copy
                  ? Map.of("placeName", "préau", "startDate", "2031-02-10")
                  : Map.of("placeName", "Préau"));
      assertTrue(page.text(".p-location").contains("1 rue de l’École"), page.text(".facts"));
      var at = nour.activity(page.path()).body().path("location");
      assertEquals(46.1, at.path("latitude").asDouble());
      nour.submit(path + "/edit", path + "/edit", Map.of("placeName", "Halle"));
    }
    // An address of its own stays, whatever the place is called.
    var own = Map.of("placeName", "Préau", "street", "9 chemin Vert", "locality", "Ailleurs");
    var page = nour.submit(path + "/edit", path + "/edit", own);
    assertTrue(page.text(".p-location").contains("9 chemin Vert"), page.text(".facts"));
    page = nour.submit(path + "/edit", path + "/edit", Map.of("startTime", "20:00"));
    assertTrue(page.text(".p-location").contains("9 chemin Vert"), page.text(".facts"));
  }

  @Test
  void a_change_of_the_hour_alone_keeps_the_first_hour() {
    var nour = village.walker("nour");
    var when = Map.of("name", "Tarot", "startDate", "2031-01-10", "startTime", "18:00");
    var path = nour.submit("/compose/event", "/events", when).path();
    nour.submit(path + "/edit", path + "/edit", Map.of("startTime", "19:00"));
    var changes = nour.get(path + "/history").html().select(".history > li").eachText();
    assertEquals(2, changes.size(), changes::toString);
    assertTrue(changes.getLast().contains("18 h"), changes.getLast());
    assertTrue(changes.getFirst().contains("19 h"), changes.getFirst());
  }

  @Test
  void an_app_keeps_a_draft_and_sets_its_hour_and_nobody_else_knows() throws IOException {
    var draft = nour().post(EVENTS, event("Bal", "draft", true, "banner_id", nour().picture()));
    var one = DRAFTS + "/" + draft.path("id").asText();
    assertTrue(draft.path("scheduled_at").isNull());
    assertEquals("Bal", nour().get(one).at("/fields/name").asText());
    assertEquals(0, gilles().get(DRAFTS).size());
    for (var method : new String[] {"GET", "DELETE"})
      assertEquals(404, gilles().call(method, one).status());
    assertEquals(404, gilles().call("POST", one + "/publish").status());
    assertEquals(0, published("Bal"));

    var late = "{'scheduled_at': '" + in(30) + "'}";
    assertEquals(422, nour().json("PUT", one, late).status(), "after it begins");
    assertEquals(422, nour().json("PUT", one, late.replace("20", "19")).status(), "in the past");
    var waiting = nour().put(one, Map.of("scheduled_at", in(2)));
    assertFalse(waiting.path("scheduled_at").isNull());
    assertTrue(nour().put(one, Map.of("scheduled_at", "")).path("scheduled_at").isNull());

    var status = nour().post(one + "/publish", Map.of());
    assertEquals(1, published("Bal"));
    assertEquals("image", status.at("/media_attachments/0/type").asText(), status::toString);
    assertEquals(404, nour().call("GET", one).status());

    var other = nour().post(EVENTS, event("Rien", "draft", true)).path("id").asText();
    nour().delete(DRAFTS + "/" + other);
    assertEquals(0, nour().get(DRAFTS).size());
  }

  @Test
  void a_scheduled_series_survives_a_restart_and_shows_its_picture_each_time() throws Exception {
    var kept =
        nour()
            .post(
                EVENTS,
                event(
                    "Marché",
                    "scheduled_at",
                    in(1),
                    "repeat",
                    "weekly",
                    "repeat_count",
                    3,
                    "banner_id",
                    nour().picture()));
    village.close();
    assertEquals(0, published("Marché"));
    database.update(
        "update unsent set due = now() - interval '1 hour' where id = $1",
        kept.path("id").asLong());
    village = Village.start(database, data, settings);
    Eventually.holds("all three are published", () -> published("Marché") == 3);
    assertEquals(0, nour().get(DRAFTS).size());
    assertEquals(3, pictures("Marché"));

    // All that follow are changed, and a copy is made of the last one: no picture is lost.
    var nour = village.walker("nour");
    var first = nour.get(paths("Marché").getFirst());
    var edit = first.html().select("a[href^=/series/][href*=/edit]").attr("href");
    var form = nour.get(edit);
    var action = form.html().select("form[action*=/edit]").attr("action");
    nour.submit(form, action, Map.of("price", "2 EUR"));
    assertEquals(3, pictures("Marché"));
    assertEquals(2, kept(), "those of the two series");
    database.update("update series set next_check = now()");
    Eventually.holds("the first series needs it no more", () -> kept() <= 1);
    assertEquals(1, kept(), "nothing follows in the first one");
    assertTrue(nour.get(paths("Marché").getLast()).text(".facts").contains("2 EUR"));
    var again = "/compose/event?like=" + first.id();
    var day = LocalDate.now().plusDays(40).toString();
    nour.submit(again, "/events", Map.of("name", "Autre marché", "startDate", day));
    assertEquals(1, pictures("Autre marché"));
  }

  private static List<String> paths(String name) {
    return database.list(
        """
        select '/events/' || e.uuid from event e join post p on p.id = e.post_id
        where p.name = $1 order by e.start_time
        """,
        row -> row.getString(0),
        name);
  }

  /** How many files are kept for what is no post. */
  private static long kept() {
    return database.list("select name from media where kept", row -> row.getString(0)).size();
  }

  /** How many events of that name show a picture that is there, each another file. */
  private static long pictures(String name) {
    var guest = village.guest();
    return paths(name).stream()
        .map(path -> guest.get(path).html().select("img.banner:not(.drawn)").attr("src"))
        .filter(file -> !file.isEmpty() && guest.bytes(file).length > 0)
        .distinct()
        .count();
  }

  @Test
  void where_comments_are_closed_a_yes_or_a_no_is_for_the_organiser_alone() {
    var event = nour().post(EVENTS, event("Conseil", "comments_closed", true));
    var id = event.path("id").asText();
    var comment = Map.<String, Object>of("status", "Et les enfants ?", "in_reply_to_id", id);
    assertEquals(
        422, gilles().json("POST", "/api/v1/statuses", json(comment)).status(), "a comment");
    var answer =
        gilles().post("/api/v1/statuses", Map.of("status", "Oui, +2 !", "in_reply_to_id", id));
    assertEquals("direct", answer.path("visibility").asText());
    var stands = gilles().get(EVENTS + "/" + id + "/rsvp");
    assertEquals("going 3", stands.path("state").asText() + " " + stands.path("party").asText());
    gilles().post("/api/v1/statuses", Map.of("status", "non", "in_reply_to_id", id));
    assertEquals("declined", gilles().get(EVENTS + "/" + id + "/rsvp").path("state").asText());
    assertFalse(village.guest().get(path(event)).text("main").contains("+2"));
    // Whoever closed them may still say something themselves, such as thanks.
    nour().post("/api/v1/statuses", Map.of("status", "Apportez un pull.", "in_reply_to_id", id));
    assertTrue(village.guest().get(path(event)).text("main").contains("Apportez un pull."));
  }

  private static String json(Map<String, Object> fields) {
    return new com.fasterxml.jackson.databind.ObjectMapper().valueToTree(fields).toString();
  }

  @Test
  void the_next_page_of_events_has_a_whole_address_that_keeps_what_was_asked_for() {
    for (var name : List.of("Premier", "Deuxième", "Troisième")) nour().post(EVENTS, event(name));
    var all = new ArrayList<String>();
    var here = "http://" + settings.get("PLACETTE_DOMAIN");
    var first = here + EVENTS + "?limit=1&";
    for (var path = EVENTS + "?limit=1"; path != null; ) {
      var page = gilles().call("GET", path);
      page.done().forEach(status -> all.add(status.path("id").asText()));
      var link = page.header("Link");
      assertTrue(link.isEmpty() || link.startsWith("<" + first + "after="), link);
      assertTrue(link.isEmpty() || link.endsWith(">; rel=\"next\""), link);
      path = link.isEmpty() ? null : link.substring(1 + here.length(), link.indexOf('>'));
    }
    assertTrue(all.size() >= 3, all.toString());
    assertEquals(all.size(), Set.copyOf(all).size());
  }
}
