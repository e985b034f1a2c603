package org.placette.rsvp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.db.Db;
import org.placette.testing.App.Answer;
import org.placette.testing.Eventually;
import org.placette.testing.Peer;
import org.placette.testing.PgExtension;

/** Apps publish events and answer them, each in the words that they know; over real HTTP. */
@ExtendWith(PgExtension.class)
class EventApiTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir private static Path data = Path.of("");

  private static Db database;
  private static Village village;
  private static String claire;
  private static String nour;
  private static String odile;

  @BeforeAll
  static void open(Db db) {
    database = db;
    village = Village.start(db, data, Map.of("PLACETTE_DOMAIN", "localhost:18997"));
    claire = village.person("claire").token();
    nour = village.person("nour").token();
    odile = village.person("odile").token();
  }

  @AfterAll
  static void close() {
    village.close();
  }

  private static Answer call(String method, String path, String token, String json) {
    return village.app(token).json(method, path, json);
  }

  private static String published(String more) throws Exception {
    var event =
        call(
            "POST",
            "/api/v1/pleroma/events",
            claire,
            "{'name': 'Bal du village', 'status': 'Venez !', 'start_time':"
                + " '2031-07-14T21:00:00+02:00'"
                + more
                + "}");
    assertEquals(200, event.status(), event.body().toString());
    return event.body().path("id").asText();
  }

  /** Nobody here follows anybody there: all that is known of the server is what it says itself. */
  @Test
  void the_first_answer_to_an_event_that_was_searched_for_is_in_the_words_of_its_server() {
    try (var friendica = new Peer(village.vertx(), "friendica", "/users/fred")) {
      var event = JSON.createObjectNode();
      event
          .put("@context", "https://www.w3.org/ns/activitystreams")
          .put("id", friendica.server.at("/events/repas"))
          .put("type", "Event")
          .put("name", "Repas")
          .put("attributedTo", friendica.person())
          .put("to", "https://www.w3.org/ns/activitystreams#Public")
          .put("startTime", "2031-05-14T19:00:00Z");
      friendica.server.put(event);
      var search = "/api/v2/search?resolve=true&q=" + event.path("id").asText();
      var found = call("GET", search, nour, "").body();
      var id = found.at("/statuses/0/id").asText();
      var host = friendica.server.host();
      Eventually.holds(
          "that is known",
          () ->
              database.one(
                      "select software from peer where host = $1", row -> row.getString(0), host)
                  != null);
      call("POST", "/api/v1/polls/" + id + "/votes", nour, "{'choices': [0]}");
      Eventually.holds("it is told", () -> !friendica.got().isEmpty());
      assertEquals("Accept", friendica.got().getFirst().path("type").asText());
    }
  }

  @Test
  void a_vote_in_an_event_is_an_answer_and_a_later_vote_changes_it() throws Exception {
    var id = published(", 'language': 'fr'");
    var poll = call("GET", "/api/v1/statuses/" + id, nour, "").body().path("poll");
    assertEquals("Je viens", poll.at("/options/0/title").asText());
    assertEquals("2031-07-14T19:00:00.000Z", poll.path("expires_at").asText());
    var first = call("POST", "/api/v1/polls/" + id + "/votes", nour, "{'choices': [0]}");
    assertEquals(200, first.status(), first.body().toString());
    assertEquals("[0]", first.body().path("own_votes").toString());
    assertEquals(1, first.body().at("/options/0/votes_count").asInt());
    var second = call("POST", "/api/v1/polls/" + id + "/votes", nour, "{'choices': ['2']}");
    assertEquals("[2]", second.body().path("own_votes").toString());
    assertEquals(0, second.body().at("/options/0/votes_count").asInt());
    assertEquals(1, second.body().at("/options/2/votes_count").asInt());
    assertEquals(
        422, call("POST", "/api/v1/polls/" + id + "/votes", nour, "{'choices': [7]}").status());
    // Who is locked out of the poll by an app replies.
    var reply = "{'status': '@claire oui +2', 'in_reply_to_id': '" + id + "'}";
    assertEquals(200, call("POST", "/api/v1/statuses", nour, reply).status());
    var mine = call("GET", "/api/placette/v1/events/" + id + "/rsvp", nour, "").body();
    assertEquals("going", mine.path("state").asText());
    assertEquals(3, mine.path("party").asInt());
  }

  @Test
  void the_organiser_cancels_an_event_from_an_app_and_removes_it() throws Exception {
    var event = "/api/placette/v1/events/" + published("");
    var off = "{'state': 'cancelled'}";
    assertEquals(403, call("PUT", event, nour, off).status());
    assertEquals(403, call("DELETE", event, nour, "").status());
    var cancelled = call("PUT", event, claire, off);
    assertTrue(cancelled.body().path("content").asText().contains("Annulé"), cancelled.toString());
    assertEquals(200, call("PUT", event, claire, off).status(), "once more");
    assertEquals(200, call("DELETE", event, claire, "").status());
    assertEquals(404, call("GET", event, claire, "").status());
  }

  @Test
  void rebased_clients_ask_and_the_organiser_decides() throws Exception {
    var id = published(", 'join_mode': 'restricted'");
    var base = "/api/v1/pleroma/events/" + id;
    var joined = call("POST", base + "/join", nour, "{'participation_message': 'Avec une tarte'}");
    assertEquals("pending", joined.body().at("/pleroma/event/join_state").asText());
    assertEquals(403, call("GET", base + "/participation_requests", nour, "").status());
    var asked = call("GET", base + "/participation_requests", claire, "").body();
    assertEquals("Avec une tarte", asked.at("/0/participation_message").asText());
    var who = asked.at("/0/account/id").asText();
    var told =
        call("GET", "/api/v1/notifications?types[]=pleroma:participation_request", claire, "");
    assertEquals("pleroma:participation_request", told.body().at("/0/type").asText());
    assertEquals(
        "mention", call("GET", "/api/v1/notifications", claire, "").body().at("/0/type").asText());
    var yes = base + "/participation_requests/" + who + "/authorize";
    assertEquals(200, call("POST", yes, claire, "{}").status());
    var now = call("GET", "/api/v1/statuses/" + id, nour, "").body();
    assertEquals("accept", now.at("/pleroma/event/join_state").asText());
    assertEquals(1, now.at("/pleroma/event/participants_count").asInt());
    var all = call("GET", "/api/v1/pleroma/events/joined_events", nour, "").body();
    assertTrue(all.toString().contains("\"id\":\"" + id + "\""), all.toString());
    // Nobody but the organiser sees who comes, unless they want to be seen.
    assertEquals(0, call("GET", base + "/participations", odile, "").body().size());
    assertEquals(1, call("GET", base + "/participations", claire, "").body().size());
    var seen = "/api/placette/v1/events/" + id + "/rsvp";
    assertEquals(200, call("PUT", seen, nour, "{'answer': 'going', 'listed': true}").status());
    assertEquals(1, call("GET", base + "/participations", odile, "").body().size());
    var left = call("POST", base + "/leave", nour, "{}").body();
    assertTrue(left.at("/pleroma/event/join_state").isNull(), left.toString());
  }

  @Test
  void an_event_is_changed_and_answered_in_our_own_words() throws Exception {
    var id = published(", 'capacity': 1");
    var base = "/api/placette/v1/events/" + id;
    assertEquals(403, call("PUT", base, nour, "{'name': 'À moi'}").status());
    var changed = call("PUT", base, claire, "{'capacity': 2, 'place': {'name': 'Le préau'}}");
    assertTrue(changed.body().path("content").asText().contains("Le préau"));
    var four = call("PUT", base + "/rsvp", nour, "{'answer': 'going', 'party': 4, 'note': 'Ouf'}");
    assertEquals("waiting", four.body().path("state").asText());
    var two = call("PUT", base + "/rsvp", odile, "{'answer': 'going', 'party': 2}");
    assertEquals("going", two.body().path("state").asText());
    var list = call("GET", base + "/attendees", claire, "").body();
    assertEquals(2, list.size());
    assertEquals("Ouf", list.at("/0/note").asText());
    assertEquals(0, call("GET", base + "/attendees", nour, "").body().size());
    assertEquals(
        "declined", call("DELETE", base + "/rsvp", odile, "").body().path("state").asText());
    assertEquals(422, call("PUT", base + "/rsvp", nour, "{'answer': 'peut-être'}").status());
  }
}
