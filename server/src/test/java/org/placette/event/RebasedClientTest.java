package org.placette.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.placette.testing.PgExtension;

/** The whole of Rebased's events API, in the order in which Soapbox and pl-fe call it. */
@ExtendWith(PgExtension.class)
class RebasedClientTest {

  private static final String EVENTS = "/api/v1/pleroma/events";

  @TempDir private static Path data = Path.of("");

  private static Village village;
  private static App claire;
  private static App nour;
  private static String nourId;

  @BeforeAll
  static void open(Db db) {
    village = Village.start(db, data);
    claire = village.person("claire").app();
    var person = village.person("nour");
    nour = person.app();
    nourId = person.id();
    db.update(
        """
        insert into place (id, name, street, postal_code, locality, latitude, longitude, note)
        values (4211, 'Salle des fêtes', '2 rue Haute', '63660', 'Saint-Just', 45.5, 3.75, '')
        """);
  }

  @AfterAll
  static void close() {
    village.close();
  }

  private static List<String> ids(JsonNode statuses) {
    List<String> ids = new ArrayList<>();
    statuses.forEach(one -> ids.add(one.path("id").asText()));
    return ids;
  }

  @Test
  void soapbox_publishes_lists_changes_and_answers_an_event() throws IOException {
    for (var version : List.of("/api/v1/instance", "/api/v2/instance"))
      assertTrue(
          claire.get(version).at("/pleroma/metadata/features").toString().contains("events"));

    var place = claire.get("/api/v1/pleroma/search/location?q=salle+des+fetes").get(0);
    assertEquals("[3.75,45.5]", place.at("/geom/coordinates").toString());
    var event =
        claire.post(
            EVENTS,
            Map.of(
                "name", "Bal",
                "status", "Venez #danser",
                "banner_id", claire.picture(),
                "start_time", "2031-07-14T19:00:00.000Z",
                "end_time", "2031-07-14T23:00:00.000Z",
                "join_mode", "restricted",
                "location_id", place.path("origin_id").asText()));
    var id = event.path("id").asText();
    assertEquals("image", event.at("/media_attachments/0/type").asText());
    assertEquals("Banner", event.at("/media_attachments/0/description").asText());
    var side = event.at("/pleroma/event");
    assertEquals("Salle des fêtes", side.at("/location/name").asText());
    assertEquals("2 rue Haute", side.at("/location/street").asText());
    assertEquals(45.5, side.at("/location/latitude").asDouble());
    assertEquals("restricted", side.path("join_mode").asText());
    assertEquals(0, side.path("participation_request_count").asInt(-1));

    var note = claire.post("/api/v1/statuses", Map.of("status", "Pas un #danser")).path("id");
    var author = event.at("/account/id").asText();
    for (var list :
        List.of(
            "/api/v1/timelines/home",
            "/api/v1/timelines/public",
            "/api/v1/timelines/tag/danser",
            "/api/v1/accounts/" + author + "/statuses")) {
      assertEquals(List.of(id), ids(claire.get(list + "?only_events=true")), list);
      assertEquals(List.of(note.asText(), id), ids(claire.get(list)), list);
    }
    var agenda = claire.get("/api/v1/accounts/lookup?acct=agenda").path("id").asText();
    assertEquals(List.of(id), ids(claire.get("/api/v1/accounts/" + agenda + "/statuses")));
    comes(id);
    changes(id);
  }

  /** Nour asks, Claire says yes. */
  private static void comes(String id) {
    var base = EVENTS + "/" + id;
    assertEquals(400, claire.json("POST", base + "/join", "{}").status());
    nour.post(base + "/join", Map.of("participation_message", "Avec une tarte"));
    var own = claire.get("/api/v1/statuses/" + id).at("/pleroma/event");
    assertEquals(1, own.path("participation_request_count").asInt());
    var seen = nour.get("/api/v1/statuses/" + id).at("/pleroma/event");
    assertEquals("pending", seen.path("join_state").asText());
    assertTrue(seen.path("participation_request_count").isMissingNode(), seen.toString());
    assertEquals(List.of(id), ids(nour.get(EVENTS + "/joined_events?state=pending")));
    var request = claire.get(base + "/participation_requests").get(0);
    assertEquals("Avec une tarte", request.path("participation_message").asText());
    assertEquals(nourId, request.at("/account/id").asText());
    var yes = base + "/participation_requests/" + nourId + "/authorize";
    assertEquals(
        0, claire.post(yes, Map.of()).at("/pleroma/event/participation_request_count").asInt());
    assertEquals(List.of(id), ids(nour.get(EVENTS + "/joined_events")));
    assertEquals(nourId, claire.get(base + "/participations").at("/0/id").asText());
    var told = nour.get("/api/v1/notifications?types[]=pleroma:participation_accepted");
    assertEquals(id, told.at("/0/status/id").asText());
  }

  /** What is not named stays; an empty place is taken away. */
  private static void changes(String id) {
    var base = EVENTS + "/" + id;
    assertEquals(403, nour.json("PUT", base, "{'name': 'À moi'}").status());
    var later = claire.put(base, Map.of("name", "Grand bal", "end_time", "2031-07-15T01:00:00Z"));
    assertEquals("Grand bal", later.at("/pleroma/event/name").asText());
    assertEquals("Salle des fêtes", later.at("/pleroma/event/location/name").asText());
    assertEquals("Banner", later.at("/media_attachments/0/description").asText());
    assertEquals(422, claire.json("PUT", base, "{'location_id': '99'}").status());
    var nowhere = claire.json("PUT", base, "{'location_id': null}").done();
    assertTrue(nowhere.at("/pleroma/event/location").isNull(), nowhere.toString());
    assertTrue(
        claire.get("/api/v1/statuses/" + id + "/source").path("text").asText().contains("Venez"));
    var left = nour.post(base + "/leave", Map.of());
    assertTrue(left.at("/pleroma/event/join_state").isNull(), left.toString());
    var calendar = nour.call("GET", base + "/ics");
    assertEquals(302, calendar.status());
    assertTrue(
        nour.call("GET", calendar.header("location")).response().body().contains("Grand bal"));
  }
}
