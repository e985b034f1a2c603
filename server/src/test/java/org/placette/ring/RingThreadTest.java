package org.placette.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.placette.actor.Actor;
import org.placette.db.Db;
import org.placette.event.Details;
import org.placette.event.NewEvent;
import org.placette.event.When;
import org.placette.federation.fetch.Budget;
import org.placette.outbox.Receiver;
import org.placette.post.Posts.NewPost;
import org.placette.post.Visibility;
import org.placette.testing.FakeInstance;
import org.placette.testing.PgExtension;
import org.placette.testing.Square;

/** Three villages of a ring talk in one discussion, whoever of them began it. */
@ExtendWith(PgExtension.class)
class RingThreadTest {

  private static Square square;
  private static FakeInstance third;
  private static Actor nour;
  private static Actor near;
  private static Actor far;

  @BeforeAll
  static void start(Db db) {
    square = new Square(db);
    third = new FakeInstance(square.vertx);
    nour = square.animator("nour");
    near = square.stranger("Application", "/actor", "relay");
    far = square.actors.resolve(id(third, "Application", "/actor"), Budget.perActivity());
    square.confirm(near);
    square.confirm(far);
  }

  @AfterAll
  static void stop() {
    third.close();
    square.close();
  }

  private static String id(FakeInstance of, String type, String path) {
    return of.actor(type, path, path.substring(path.lastIndexOf('/') + 1)).get("id").asText();
  }

  private static String create(String id, String author, String ring, String answered) {
    return """
    {'id':'PEER/c/%1$s','type':'Create','actor':'%2$s','to':['%3$s/neighbours'],
     'object':{'id':'PEER/n/%1$s','type':'Note','attributedTo':'%2$s','to':['%3$s/neighbours'],
       'content':'<p>%1$s</p>','inReplyTo':'%4$s'}}
    """
        .formatted(id, author, ring, answered);
  }

  @Test
  void what_a_neighbour_answers_here_goes_on_to_the_others_of_the_ring_as_it_came() {
    var root = square.posts.publish(nour, NewPost.note("Une remorque ?", "fr").to(Visibility.RING));
    var sent = square.sent();
    assertEquals(2, sent.size());
    assertTrue(sent.getFirst().body().has("proof"), "whoever gets it from another can tell");
    var bea = square.stranger("bea");
    var ours = "https://fleurs.example";
    assertNull(square.receive(create("r1", bea.uri(), ours, root.uri())));
    var passed = square.sent();
    assertEquals(List.of(Objects.requireNonNull(far.host())), hosts(passed));
    assertEquals(bea.uri(), passed.getFirst().body().path("actor").asText());
    assertEquals("relay", passed.getFirst().actor());
    square.receive(create("r1", bea.uri(), ours, root.uri()));
    assertEquals(List.of(), hosts(square.sent()), "once");
  }

  @Test
  void what_one_neighbour_answers_to_another_is_read_here_too_and_nowhere_else() {
    var bea = square.stranger("bea");
    var root = create("root", bea.uri(), square.peer.at(""), "");
    assertNull(square.receive(root.replace(",'inReplyTo':''", "")));
    // Not of our ring any more, but of hers.
    square.db.run("update neighbour set confirmed_at = null where actor_id = $1", far.id());
    var cas = square.actors.resolve(id(third, "Person", "/users/cas"), Budget.perActivity());
    var answer = create("r2", cas.uri(), "RING", square.peer.at("/n/root"));
    answer = answer.replace("PEER", third.at("")).replace("RING", square.peer.at(""));
    assertNull(square.receive(answer));
    var post = Objects.requireNonNull(square.posts.byUri(third.at("/n/r2")));
    assertEquals(Visibility.RING, post.visibility());
    assertEquals(near.id(), post.audienceId());
    assertTrue(square.posts.readable(post, nour));
    var other = create("r3", cas.uri(), "RING", "https://fleurs.example/posts/1");
    other = other.replace("PEER", third.at("")).replace("RING", square.peer.at(""));
    square.receive(other);
    assertEquals(0, square.count("post where visibility = 'ring' and content like '%r3%'"));
    var unused = square.sent();
    var thanks = NewPost.note("Merci", "fr").to(Visibility.RING).inReplyTo(post.id());
    square.posts.publish(nour, thanks);
    assertEquals(List.of(Objects.requireNonNull(near.host())), hosts(square.sent()));
    square.db.run("update neighbour set confirmed_at = now() where actor_id = $1", far.id());
  }

  @Test
  void an_event_for_neighbours_goes_to_them_alone_and_in_no_other_shape() {
    var masto = square.followerOn("masto.example", Receiver.MICROBLOG, nour);
    var unused = square.sent();
    var start = Instant.parse("2099-05-14T17:00:00Z");
    var when = When.of(start.atZone(ZoneId.of("Europe/Paris")), null);
    var details = Details.of(UUID.randomUUID(), when, null);
    var wanted = NewEvent.of("Coup de main au four", "", "fr", details).in(square.actors.village());
    var event = square.events.publish(nour, wanted.within(true));
    assertEquals(Visibility.RING, event.post().visibility());
    assertTrue(masto.host() != null && square.events.open(details.uuid()) == null);
    var sent = square.sent();
    assertEquals(List.of("Create Event", "Create Event"), kinds(sent));
    var body = sent.getFirst().body().toString();
    assertTrue(body.contains("/neighbours") && !body.contains("#Public"), body);
    assertTrue(square.posts.readable(event.post(), near));
    assertTrue(!square.posts.readable(event.post(), masto));
    square.events.cancel(nour, event.id());
    assertEquals(List.of("Update Event", "Update Event"), kinds(square.sent()));
    square.events.delete(nour, event.id());
    assertEquals(List.of("Delete Tombstone", "Delete Tombstone"), kinds(square.sent()));
    var companions = square.count("post where companion_of is not null");
    assertEquals(0, companions);
  }

  private static List<String> kinds(List<Square.Sent> sent) {
    return sent.stream().map(one -> one.type() + " " + one.objectType()).toList();
  }

  private static List<String> hosts(List<Square.Sent> sent) {
    return sent.stream().map(Square.Sent::host).sorted().toList();
  }
}
