package org.placette.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.placette.actor.ActorField;
import org.placette.actor.Profile;
import org.placette.db.Db;
import org.placette.outbox.Receiver;
import org.placette.testing.PgExtension;
import org.placette.testing.Square;

/** Followers' servers hear of a new profile and of an actor's end; theirs are heard of here. */
@ExtendWith(PgExtension.class)
class ProfilesTest {

  private static Square square;
  private static Profiles profiles;

  @BeforeAll
  static void open(Db db) {
    square = new Square(db);
    profiles = new Profiles(db, square.actors, square.outbox, square.targets);
  }

  @AfterAll
  static void close() {
    square.close();
  }

  @Test
  void a_changed_profile_is_sent_whole_to_those_who_follow() {
    var lina = square.resident("lina");
    square.followerOn("mastodon.example", Receiver.MICROBLOG, lina);
    square.sent();
    var fields = List.of(new ActorField("Site", "<a href=\"https://lina.example\">x</a>"));
    profiles.change(
        lina,
        new Profile("Lina", "<p>Ici.</p>", null, null, fields, true, true, false, false, false));
    var update = square.sent().getFirst();
    assertEquals("mastodon.example", update.host());
    assertEquals("Update", update.type());
    var person = update.body().path("object");
    assertEquals(lina.uri(), person.path("id").asText());
    assertEquals("Lina", person.path("name").asText());
    assertTrue(person.path("manuallyApprovesFollowers").asBoolean());
    assertEquals("Site", person.at("/attachment/0/name").asText());
    assertTrue(update.body().path("proof").isObject());
    assertTrue(Objects.requireNonNull(square.actors.byUri(lina.uri())).manuallyApprovesFollowers());
  }

  @Test
  void a_removed_actor_is_deleted_at_those_who_follow_and_its_name_stays_taken() {
    var marc = square.resident("marc");
    square.followerOn("pleroma.example", Receiver.MICROBLOG, marc);
    square.sent();
    profiles.remove(marc);
    var delete = square.sent().getFirst();
    assertEquals("Delete", delete.type());
    assertEquals(marc.uri(), delete.body().path("object").asText());
    var gone = Objects.requireNonNull(square.actors.byUri(marc.uri()));
    assertTrue(gone.deleted());
    assertNull(gone.name());
  }

  @Test
  void a_remote_actor_that_deletes_itself_leaves_nothing_here() {
    var nour = square.resident("nour");
    var fay = square.stranger("fay");
    square.follow(fay, nour);
    assertNull(
        square.receive(
            """
            {'id': 'PEER/n/1/c', 'type': 'Create', 'actor': '%s', 'object': {'id': 'PEER/n/1',
             'type': 'Note', 'attributedTo': '%s', 'content': 'x', 'to': 'as:Public'}}
            """
                .formatted(fay.uri(), fay.uri())));
    assertEquals(1, square.count("post where actor_id = " + fay.id()));
    assertNull(
        square.receive(
            "{'id': 'PEER/n/d', 'type': 'Delete', 'actor': '%s', 'object': '%s'}"
                .formatted(fay.uri(), fay.uri())));
    assertNull(square.actors.byUri(fay.uri()));
    assertEquals(0, square.count("post where actor_id = " + fay.id()));
    assertEquals(0, square.follows.countFollowers(nour));
  }
}
