package org.placette.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.placette.actor.Actor;
import org.placette.db.Db;
import org.placette.outbox.Receiver;
import org.placette.post.Posts.NewPost;
import org.placette.testing.PgExtension;
import org.placette.testing.Square;

/** What other servers send to Groups here, and what Groups send to them. */
@ExtendWith(PgExtension.class)
class GroupInboxTest {

  private static Square square;
  private static Actor nour;

  @BeforeAll
  static void start(Db db) {
    square = new Square(db);
    nour = square.resident("nour");
    db.run(
        "with made as (insert into account (actor_id, email, password_hash, locale)"
            + " values ($1, 'nour@fleurs.example', '', 'fr'))"
            + " insert into role_grant (actor_id, role) values ($1, 'animator')",
        nour.id());
  }

  @AfterAll
  static void stop() {
    square.close();
  }

  private static Actor found(String name, Theme.Access access) {
    var wanted = new Groups.Wanted(name, null, "club", access, "", List.of(), "public");
    return square.groups.found(nour, name, wanted);
  }

  private static String note(String id, String author, String to, String more) {
    return """
    {'id':'PEER/c/%1$s','type':'Create','actor':'PEER/users/%2$s',%3$s,
     'object':{'id':'PEER/n/%1$s','type':'Note','attributedTo':'PEER/users/%2$s',%3$s,
       'content':'<p>secret %1$s</p>'%4$s}}
    """
        .formatted(id, author, to, more);
  }

  @Test
  void a_member_elsewhere_writes_to_a_private_group_and_the_members_inboxes_alone_get_it() {
    var club = found("parents", Theme.Access.PRIVATE);
    var fay = square.stranger("fay");
    var gus = square.stranger("gus");
    square.follow(fay, club);
    var far = square.followerOn("far.example", Receiver.MICROBLOG, club);
    var unused = square.sent();
    var to = "'to':['" + club.uri() + "'],'cc':[]";
    assertEquals("not-a-member", square.receive(note("1", "gus", to, "")));
    assertEquals(null, square.receive(note("2", "fay", to, "")));
    assertEquals(1, square.count("post where visibility = 'group' and content like '%secret 2%'"));
    var sent = square.sent();
    assertTrue(sent.stream().anyMatch(one -> one.inbox().equals(far.inbox())), sent.toString());
    for (var one : sent) {
      assertEquals("Announce", one.type());
      assertEquals("Create", one.objectType());
      assertFalse(one.body().path("to").toString().contains("Public"));
      assertFalse(one.inbox().equals("https://far.example/inbox"), "no shared inbox");
    }
    var post = Objects.requireNonNull(square.posts.byUri(square.peer.at("/n/2")));
    assertTrue(square.posts.readable(post, nour) && square.posts.readable(post, fay));
    assertFalse(square.posts.readable(post, gus) || square.posts.readable(post, null));
  }

  @Test
  void an_open_group_passes_on_what_members_say_in_both_forms() {
    var theme = found("velo", Theme.Access.PUBLIC);
    var fay = square.stranger("fay");
    square.follow(fay, theme);
    var far = square.followerOn("wide.example", Receiver.MICROBLOG, theme);
    var unused = square.sent();
    var open = "'to':['https://www.w3.org/ns/activitystreams#Public'],'cc':['" + theme.uri() + "']";
    assertEquals(null, square.receive(note("3", "fay", open, "")));
    var types =
        square.sent().stream()
            .filter(one -> one.host().equals(far.host()))
            .map(one -> one.type() + " " + one.objectType())
            .sorted()
            .toList();
    assertEquals(List.of("Announce ", "Announce Create"), types);
  }

  @Test
  void a_resident_names_a_group_elsewhere_and_it_gets_the_post() {
    var lemmy = square.stranger("Group", "/c/potager", "potager");
    square.follow(nour, lemmy);
    var unused = square.sent();
    var post = square.posts.publish(nour, NewPost.note("Des graines ?", "fr").in(lemmy));
    var create = square.sent().getFirst();
    assertEquals(lemmy.uri(), create.body().path("object").path("audience").asText());
    assertTrue(create.body().path("to").toString().contains(lemmy.uri()));
    assertEquals(lemmy.id(), post.audienceId());
  }
}
