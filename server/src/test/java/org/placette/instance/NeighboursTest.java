package org.placette.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.placette.actor.Actor;
import org.placette.db.Db;
import org.placette.instance.Neighbours.Added;
import org.placette.instance.Neighbours.Line;
import org.placette.testing.PgExtension;
import org.placette.testing.Square;
import org.placette.web.Problem;

/** A neighbouring server: found, followed, let in, read back. */
@ExtendWith(PgExtension.class)
class NeighboursTest {

  private Square square;
  private NeighbourWorker worker;
  private final List<Actor> replayed = new ArrayList<>();
  private String host;

  @BeforeEach
  void start(Db db) {
    square = new Square(db);
    host = square.peer.host();
    square.instance.put(Instance.NEIGHBOUR_POLICY, "known");
    worker =
        new NeighbourWorker(
            db,
            square.actors,
            square.follows,
            square.neighbours,
            square.backfill,
            (tx, from, to) -> replayed.add(from));
    square.sent();
  }

  @AfterEach
  void stop() {
    var unused = square.neighbours.remove(host);
    square.close();
  }

  private String relayOfPeer(boolean linked) {
    var relay = square.peer.actor("Application", "/actor", "relay").get("id").asText();
    if (linked) {
      square.peer.put(
          "/.well-known/nodeinfo",
          200,
          "application/json",
          "{\"links\": [{\"rel\": \"https://www.w3.org/ns/activitystreams#Application\", \"href\":"
              + " \""
              + relay
              + "\"}]}");
    }
    return relay;
  }

  private Line line() {
    return square.neighbours.list().stream()
        .filter(line -> line.host().equals(host))
        .findFirst()
        .orElseThrow();
  }

  private String follow(String actor) {
    return "{'id': 'PEER/follows/1', 'type': 'Follow', 'actor': '%s', 'object': '%s'}"
        .formatted(actor, square.actors.urls().relay());
  }

  @Test
  void a_host_is_found_by_its_nodeinfo_link_or_by_the_name_of_its_relay() {
    var relay = relayOfPeer(false);
    assertEquals(Added.ASKED, square.neighbours.add(" HTTP://" + host + "/about "));
    var sent = square.sent();
    assertEquals("Follow", sent.getFirst().type());
    assertEquals(relay, sent.getFirst().body().get("object").asText());
    assertEquals("pending", line().weFollow());
    assertTrue(square.neighbours.remove(host));
    assertEquals("Undo", square.sent().getFirst().type());
    relayOfPeer(true);
    assertEquals(Added.ASKED, square.neighbours.add(host));
  }

  @Test
  void what_is_no_neighbour_is_refused_and_what_is_silent_is_tried_again() {
    assertThrows(Problem.NotFound.class, () -> square.neighbours.add(host));
    assertNotNull(line().problem());
    assertThrows(Problem.BadRequest.class, () -> square.neighbours.add("fleurs.example"));
    assertThrows(Problem.BadRequest.class, () -> square.neighbours.add("a b"));
    assertEquals(Added.LATER, square.neighbours.add("127.0.0.1:1030"));
    assertTrue(worker.work());
    assertTrue(square.neighbours.remove("127.0.0.1:1030"));
  }

  @Test
  void a_server_that_nobody_added_waits_until_somebody_does() {
    var relay = relayOfPeer(true);
    assertNull(square.receive(follow(relay)));
    assertEquals(List.of(), square.sent());
    assertEquals("pending", line().theyFollow());
    assertEquals(false, line().added());
    assertEquals(Added.ASKED, square.neighbours.add(host));
    var types = square.sent().stream().map(Square.Sent::type).sorted().toList();
    assertEquals(List.of("Accept", "Follow"), types);
    assertEquals("accepted", line().theyFollow());
    while (worker.work()) {}
    assertEquals(List.of(square.actors.relay().uri()), replayed.stream().map(Actor::uri).toList());
  }

  @Test
  void the_policy_lets_all_in_or_asks_for_each_and_people_are_not_its_business() {
    var relay = relayOfPeer(true);
    square.instance.put(Instance.NEIGHBOUR_POLICY, "all");
    assertNull(square.receive(follow(relay)));
    assertEquals("Accept", square.sent().getFirst().type());
    assertTrue(square.neighbours.remove(host));
    square.instance.put(Instance.NEIGHBOUR_POLICY, "ask");
    square.sent();
    assertNull(square.receive(follow(relay)));
    assertEquals(List.of(), square.sent());
    var fay = square.stranger("fay");
    assertNull(square.receive(follow(fay.uri()).replace("follows/1", "follows/2")));
    assertEquals("Accept", square.sent().getFirst().type());
  }

  @Test
  void once_a_neighbour_accepts_its_outbox_is_read() {
    var relay = relayOfPeer(true);
    square.peer.person("lou");
    var outbox = Square.JSON.createObjectNode();
    outbox.put("id", relay + "/outbox").put("type", "OrderedCollection");
    var items = outbox.putArray("orderedItems");
    items.add(note(relay, "1", square.peer.at("/users/lou")));
    items.add(event(square.peer.at("/users/lou")));
    items.add(note("https://elsewhere.example/actor", "2", "https://elsewhere.example/users/x"));
    square.peer.put(outbox);
    assertEquals(Added.ASKED, square.neighbours.add(host));
    var follow = square.sent().getFirst().body();
    assertNull(
        square.receive("{'type': 'Accept', 'actor': '%s', 'object': %s}".formatted(relay, follow)));
    assertEquals("accepted", line().weFollow());
    while (worker.work()) {}
    assertEquals(1, square.count("post where name = 'Soupe'"));
    assertEquals(0, square.count("post where uri like 'https://elsewhere%'"));
    assertEquals(
        1,
        square.count(
            "announce a join actor b on b.id = a.actor_id where b.username = 'relay' and b.host is"
                + " not null"));
  }

  private ObjectNode note(String actor, String id, String author) {
    return Square.json(
        """
        {'id': 'A#create-N', 'type': 'Create', 'actor': 'A', 'to': ['https://www.w3.org/ns/activitystreams#Public'],
         'object': {'id': 'W/n/N', 'type': 'Note', 'attributedTo': 'W', 'content': 'x',
           'to': ['https://www.w3.org/ns/activitystreams#Public']}}
        """
            .replace("A#", actor + "#")
            .replace("'A'", "'" + actor + "'")
            .replace("W/n", author + "/n")
            .replace("'W'", "'" + author + "'")
            .replace("N'", id + "'"));
  }

  private ObjectNode event(String author) {
    return Square.json(
        """
        {'id': 'W#create-e', 'type': 'Create', 'actor': 'W', 'to': ['https://www.w3.org/ns/activitystreams#Public'],
         'object': {'id': 'W/e', 'type': 'Event', 'attributedTo': 'W', 'name': 'Soupe', 'content': 'x',
           'startTime': 'T', 'to': ['https://www.w3.org/ns/activitystreams#Public']}}
        """
            .replace("W", author)
            .replace("'T'", "'" + Instant.now().plus(3, ChronoUnit.DAYS) + "'"));
  }
}
