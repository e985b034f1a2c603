package org.placette.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.placette.actor.Actor;
import org.placette.actor.Profile;
import org.placette.db.Db;
import org.placette.testing.PgExtension;
import org.placette.testing.Square;

/** Follows and all that ends them, between a resident and another server's people (T7). */
@ExtendWith(PgExtension.class)
class FollowInboxTest {

  private static int villages;
  private Square square;
  private Actor nour;
  private Actor fay;

  @BeforeEach
  void start(Db db) {
    square = new Square(db);
    nour = square.resident("nour" + villages++);
    fay = square.stranger("fay");
    square.sent();
  }

  @AfterEach
  void stop() {
    square.close();
  }

  private @Nullable String receive(String activity) {
    return square.receive(activity.replace("NOUR", nour.uri()).replace("FAY", fay.uri()));
  }

  private static final String FOLLOW =
      "{'id': 'FAY#follows/1', 'type': 'Follow', 'actor': 'FAY', 'object': 'NOUR'}";

  @Test
  void a_follow_is_accepted_with_the_follow_as_it_came_and_again_when_it_comes_again() {
    for (var turn = 0; turn < 2; turn++) {
      assertNull(receive(FOLLOW));
      var sent = square.sent();
      assertEquals(1, sent.size());
      assertEquals("Accept", sent.getFirst().type());
      assertEquals(fay.inbox(), sent.getFirst().inbox());
      assertEquals(fay.uri() + "#follows/1", sent.getFirst().body().at("/object/id").asText());
      assertEquals(nour.uri(), sent.getFirst().body().at("/object/object").asText());
    }
    assertEquals(1, square.follows.countFollowers(nour));
  }

  @Test
  void a_follow_waits_when_its_target_wants_to_be_asked() {
    var careful = new Profile("Nour", null, null, null, List.of(), true, true, false, false, false);
    square.db.transact(tx -> square.actors.updateProfile(tx, nour, careful));
    assertNull(receive(FOLLOW));
    assertEquals(List.of(), square.sent());
    assertEquals(0, square.follows.countFollowers(nour));
    square.db.transact(tx -> square.follows.accept(tx, nour, fay));
    assertEquals("Accept", square.sent().getFirst().type());
    assertEquals(1, square.follows.countFollowers(nour));
  }

  @Test
  void only_the_target_itself_accepts_our_follow() {
    var mallory = square.stranger("mallory");
    var follow = square.db.inTransaction(tx -> square.follows.follow(tx, nour, fay));
    assertEquals("Follow", square.sent().getFirst().type());
    var forged =
        "{'id': 'X#a', 'type': 'Accept', 'actor': 'X', 'object': {'id': 'ID', 'type': 'Follow',"
            + " 'actor': 'NOUR', 'object': 'FAY'}}";
    assertEquals(
        "answer-not-by-the-target",
        receive(forged.replace("X", mallory.uri()).replace("ID", follow.uri())));
    assertEquals(
        "answer-to-a-follow-not-ours",
        receive(forged.replace("X", mallory.uri()).replace("ID", mallory.uri() + "/f")));
    assertFollows(false);
    assertNull(receive("{'type': 'Accept', 'actor': 'FAY', 'object': '" + follow.uri() + "'}"));
    assertFollows(true);
    assertEquals(
        "answer-not-by-the-target",
        receive(
            forged
                .replace("Accept", "Reject")
                .replace("X", mallory.uri())
                .replace("ID", follow.uri())));
    assertFollows(true);
    assertNull(
        receive(
            "{'type': 'Reject', 'actor': 'FAY', 'object': {'id': 'urn:x', 'type': 'Follow',"
                + " 'actor': 'NOUR', 'object': 'FAY'}}"));
    assertNull(square.follows.between(nour, fay));
  }

  private void assertFollows(boolean accepted) {
    var follow = square.follows.between(nour, fay);
    assertNotNull(follow);
    assertEquals(accepted, follow.accepted());
  }

  @Test
  void an_accept_of_a_follow_never_sent_changes_nothing() {
    assertEquals(
        "answer-to-no-follow",
        receive(
            "{'type': 'Accept', 'actor': 'FAY', 'object': {'type': 'Follow', 'actor': 'NOUR',"
                + " 'object': 'FAY'}}"));
    assertNull(square.follows.between(nour, fay));
  }

  @Test
  void only_the_follower_takes_its_follow_back_by_id_or_by_its_shape() {
    var mallory = square.stranger("mallory");
    assertNull(receive(FOLLOW));
    var undo = "{'type': 'Undo', 'actor': 'X', 'object': OBJECT}";
    assertEquals(
        "undo-not-by-the-follower",
        receive(undo.replace("X", mallory.uri()).replace("OBJECT", "'FAY#follows/1'")));
    assertEquals(1, square.follows.countFollowers(nour));
    assertNull(
        receive(
            undo.replace("X", "FAY")
                .replace(
                    "OBJECT",
                    "{'id': 'FAY#other', 'type': 'Follow', 'actor': 'FAY', 'object': 'NOUR'}")));
    assertEquals(0, square.follows.countFollowers(nour));
    assertNull(receive(FOLLOW));
    assertNull(receive(undo.replace("X", "FAY").replace("OBJECT", "'FAY#follows/1'")));
    assertEquals(0, square.follows.countFollowers(nour));
  }

  @Test
  void a_block_ends_follows_both_ways_and_refuses_new_ones() {
    assertNull(receive(FOLLOW));
    square.follow(nour, fay);
    square.sent();
    square.db.transact(tx -> square.blocks.block(tx, nour, fay));
    var types = square.sent().stream().map(Square.Sent::type).sorted().toList();
    assertEquals(List.of("Block", "Reject", "Undo"), types);
    assertNull(receive(FOLLOW));
    assertEquals("Reject", square.sent().getFirst().type());
    assertEquals(0, square.follows.countFollowers(nour));
  }

  @Test
  void a_block_from_elsewhere_ends_follows_without_a_word_and_can_be_undone() {
    assertNull(receive(FOLLOW));
    square.follow(nour, fay);
    square.sent();
    var block = "{'id': 'FAY#b', 'type': 'Block', 'actor': 'FAY', 'object': 'NOUR'}";
    assertNull(receive(block));
    assertEquals(List.of(), square.sent());
    assertNull(square.follows.between(nour, fay));
    assertTrue(square.blocks.between(square.db, nour, fay));
    assertNull(receive("{'type': 'Undo', 'actor': 'FAY', 'object': " + block + "}"));
    assertEquals(false, square.blocks.between(square.db, nour, fay));
  }

  @Test
  void followers_go_along_when_the_new_actor_names_the_old_one() {
    square.follow(nour, fay);
    var home = square.peer.person("fay2");
    var move = "{'type': 'Move', 'actor': 'FAY', 'object': 'FAY', 'target': 'PEER/users/fay2'}";
    assertEquals("move-not-confirmed", receive(move));
    home.putArray("alsoKnownAs").add(fay.uri());
    square.peer.put(home);
    assertNull(receive(move));
    assertNull(square.follows.between(nour, fay));
    var sent = square.sent().stream().map(Square.Sent::type).toList();
    assertEquals(List.of("Follow", "Undo"), sent);
  }

  @Test
  void an_actor_changes_and_goes_by_its_own_word_alone() {
    var mallory = square.stranger("mallory");
    var document = square.peer.person("fay").put("name", "Fay la Fée");
    square.peer.put(document);
    var update = "{'type': 'Update', 'actor': 'X', 'object': " + document + "}";
    // What another says is at most a reason to ask the actor itself.
    assertNull(receive(update.replace("Fay la Fée", "Forged").replace("X", mallory.uri())));
    assertEquals("Fay la Fée", name());
    assertNull(receive(update.replace("X", "FAY")));
    assertEquals("Fay la Fée", name());
    assertEquals(
        "not-the-actor",
        receive("{'type': 'Delete', 'actor': '" + mallory.uri() + "', 'object': 'FAY'}"));
    assertEquals("Fay la Fée", name());
    assertNull(receive("{'type': 'Delete', 'actor': 'FAY', 'object': 'FAY'}"));
    assertNull(square.actors.byUri(fay.uri()));
  }

  private String name() {
    var found = square.actors.byUri(fay.uri());
    return found == null ? "gone" : found.displayName();
  }

  @Test
  void a_flag_about_somebody_here_is_kept_and_any_other_refused() {
    var before = square.count("report");
    assertNull(
        receive(
            "{'id': 'FAY#flag', 'type': 'Flag', 'actor': 'FAY', 'content': '<b>spam</b>',"
                + " 'object': ['NOUR', 'https://fleurs.example/posts/1']}"));
    assertEquals(
        "flag-about-nobody-here", receive("{'type': 'Flag', 'actor': 'FAY', 'object': 'FAY'}"));
    assertEquals(before + 1, square.count("report"));
  }
}
