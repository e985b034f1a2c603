package org.placette.care;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.placette.actor.Actor;
import org.placette.care.Measure.Action;
import org.placette.db.Db;
import org.placette.moderation.DomainLimit;
import org.placette.moderation.DomainLimit.Severity;
import org.placette.post.Change;
import org.placette.post.Post;
import org.placette.post.Posts;
import org.placette.role.Role;
import org.placette.role.Roles;
import org.placette.testing.PgExtension;
import org.placette.testing.Square;
import org.placette.web.Problem;

/** Reports, measures, their second person and their appeal; newcomers; limits of servers. */
@ExtendWith(PgExtension.class)
class CareTest {

  private static Square square;
  private static Db db;
  private static Actor nour;
  private static Actor lucie;
  private static Actor jean;

  @BeforeAll
  static void start(Db given) {
    db = given;
    square = new Square(db);
    square.posts.gate(new Newcomers(db));
    nour = square.account("nour");
    lucie = square.account("lucie");
    jean = square.account("jean");
    db.transact(tx -> Roles.grant(tx, nour.id(), null, Role.OWNER, null));
    db.transact(tx -> Roles.grant(tx, lucie.id(), null, Role.MODERATOR, null));
    db.transact(tx -> Roles.grant(tx, jean.id(), null, Role.MODERATOR, null));
  }

  @AfterAll
  static void stop() {
    square.close();
  }

  private static Post post(Actor author, String text) {
    return square.posts.publish(author, Posts.NewPost.note(text, "fr"));
  }

  private static void report(Actor by, Post post) {
    var author = Objects.requireNonNull(square.actors.byId(post.actorId()));
    var unused =
        square.reports.file(
            by, new Reports.Wanted(author, List.of(post.id()), "", null, List.of("1"), false));
  }

  private static Measures.Order order(Actor target, @Nullable Post post, Action action) {
    return new Measures.Order(
        target, post == null ? null : post.id(), "", null, 0, action, "la charte", List.of());
  }

  private static Measure last(Actor of) {
    return square.measures.of(of.id()).getFirst();
  }

  private static int logged(String action, Actor about) {
    return square.count("audit where action = '" + action + "' and target_id = " + about.id());
  }

  @Test
  void a_post_hides_once_three_trusted_people_reported_it_until_somebody_looked() {
    var marc = square.account("marc");
    var post = post(marc, "Vente de tout");
    for (var name : List.of("a1", "a2", "a3")) report(square.account(name), post);
    var one = square.account("a4");
    assertFalse(square.posts.readable(post, one));
    assertTrue(square.posts.readable(post, marc), "the author still sees it");
    assertNull(last(marc).byId(), "the server did it by itself");
    assertEquals(
        1, square.count("notification where type = 'Warning' and actor_id = " + marc.id()));
    assertEquals(1, logged("measure.hide", marc));
    var report = square.reports.queue(lucie.id(), "open", Long.MAX_VALUE, 1).getFirst().id();
    square.reports.dismiss(lucie, report, "rien à redire");
    assertTrue(square.posts.readable(post, one));
    for (var name : List.of("a5", "a6", "a7")) report(square.account(name), post);
    assertTrue(square.posts.readable(post, one), "what somebody has decided stays so");
  }

  @Test
  void reports_of_newcomers_and_strangers_hide_nothing() {
    var author = square.account("auteur");
    var post = post(author, "Bonjour à toutes et tous");
    for (var name : List.of("n1", "n2", "n3", "n4")) {
      var by = square.account(name);
      db.run("update account set trusted_at = null where actor_id = $1", by.id());
      report(by, post);
    }
    assertTrue(square.posts.readable(post, nour));
  }

  @Test
  void somebody_limited_is_followed_as_before_and_left_out_of_lists() {
    var emma = square.account("emma");
    var post = post(emma, "Coucou");
    var unused = square.measures.take(lucie, order(emma, null, Action.LIMIT));
    assertTrue(square.posts.readable(post, nour));
    assertEquals(1, square.count("actor where limited and id = " + emma.id()));
    var lifted = last(emma);
    square.measures.lift(lucie, lifted.id(), "");
    assertEquals(0, square.count("actor where limited and id = " + emma.id()));
    assertThrows(Problem.Conflict.class, () -> square.measures.lift(jean, lifted.id(), ""));
  }

  @Test
  void a_suspension_can_be_answered_once_and_another_moderator_decides() {
    var paul = square.account("paul");
    var post = post(paul, "Miel à vendre");
    var fan = square.followerOn("miel.example", org.placette.outbox.Receiver.MICROBLOG, paul);
    assertNotNull(fan);
    var unused = square.sent();
    var id = square.measures.take(lucie, order(paul, null, Action.SUSPEND));
    assertFalse(square.posts.readable(post, nour));
    var told = square.sent().getFirst();
    assertEquals("Update", told.type());
    assertTrue(told.body().path("object").path("suspended").asBoolean());
    var door = Objects.requireNonNull(square.measures.door(paul.id()));
    var pass = door.substring(door.lastIndexOf('/') + 1);
    assertEquals(id, Objects.requireNonNull(square.measures.passed(pass)).id());
    square.measures.appeal(paul.id(), id, "C’était du miel.");
    assertThrows(Problem.Conflict.class, () -> square.measures.appeal(paul.id(), id, "encore"));
    assertThrows(
        Problem.Forbidden.class, () -> square.measures.decide(lucie, id, false, "je maintiens"));
    square.measures.decide(jean, id, true, "vous avez raison");
    assertTrue(square.posts.readable(post, nour));
    assertNull(square.measures.door(paul.id()));
    assertEquals("granted", Objects.requireNonNull(last(paul).appeal()).state());
    assertEquals(1, logged("measure.grant", paul));
  }

  @Test
  void where_two_must_agree_the_second_is_somebody_else() {
    var odette = square.account("odette");
    var post = post(odette, "Né en 1941");
    db.transact(tx -> new CareRules(3, true, 7, 10, 2, 3, false).put(tx));
    try {
      var id = square.measures.take(lucie, order(odette, null, Action.SUSPEND));
      assertTrue(square.posts.readable(post, nour), "nothing holds yet");
      assertThrows(Problem.Forbidden.class, () -> square.measures.second(lucie, id, true));
      assertThrows(Problem.Forbidden.class, () -> square.measures.second(odette, id, true));
      square.measures.second(jean, id, true);
      assertFalse(square.posts.readable(post, nour));
      assertEquals(1, logged("measure.propose", odette));
      assertEquals(1, logged("measure.agree", odette));
    } finally {
      db.transact(tx -> CareRules.FIRST.put(tx));
    }
  }

  @Test
  void nobody_acts_on_themselves_nor_a_moderator_on_those_who_give_roles() {
    assertThrows(
        Problem.Forbidden.class,
        () -> square.measures.take(lucie, order(nour, null, Action.LIMIT)));
    assertThrows(
        Problem.Forbidden.class, () -> square.measures.take(nour, order(nour, null, Action.WARN)));
    var some = square.account("quelconque");
    assertThrows(
        Problem.Forbidden.class, () -> square.measures.take(some, order(jean, null, Action.WARN)));
    assertThrows(
        Problem.Forbidden.class,
        () -> square.measures.take(nour, order(square.actors.village(), null, Action.SUSPEND)));
  }

  @Test
  void each_of_several_measures_is_told() {
    var remi = square.account("remi");
    for (int i = 0; i < 2; i++) {
      var unused = square.measures.take(lucie, order(remi, null, Action.WARN));
    }
    assertEquals(
        2, square.count("notification where type = 'Warning' and actor_id = " + remi.id()));
  }

  @Test
  void a_deleted_post_leaves_other_servers_too_even_when_it_was_hidden_before() {
    var rene = square.account("rene");
    var unused = square.followerOn("loin.example", org.placette.outbox.Receiver.MICROBLOG, rene);
    var post = post(rene, "À supprimer");
    var hidden = square.measures.take(lucie, order(rene, post, Action.HIDE));
    assertTrue(hidden > 0);
    var sent = square.sent();
    assertEquals("Create", sent.getLast().type());
    var deleted = square.measures.take(lucie, order(rene, post, Action.DELETE_POST));
    assertTrue(deleted > 0);
    assertEquals("Delete", square.sent().getLast().type());
    assertTrue(square.posts.isDeleted(post.uri()));
  }

  @Test
  void newcomers_write_within_limits_until_somebody_knows_them() {
    var lena = square.account("lena");
    db.run("update account set trusted_at = null where actor_id = $1", lena.id());
    assertThrows(
        Problem.Invalid.class,
        () -> post(lena, "https://a.example https://b.example https://c.example"));
    for (var i = 0; i < 10; i++) assertNotNull(post(lena, "Bonjour " + i));
    assertThrows(Problem.TooMany.class, () -> post(lena, "encore"));
    var first = square.posts.publishedBy(lena, Long.MAX_VALUE, 1).getFirst().id();
    var links = "https://a.example https://b.example https://c.example";
    assertThrows(
        Problem.Invalid.class, () -> square.posts.edit(lena, first, Change.of(links, null, null)));
    for (var i = 0; i < 20; i++)
      square.posts.edit(lena, first, Change.of("Bonsoir " + i, null, null));
    assertThrows(
        Problem.TooMany.class,
        () -> square.posts.edit(lena, first, Change.of("encore", null, null)));
    new Newcomers(db).trust(lucie.id(), lena.id());
    assertNotNull(post(lena, "https://a.example https://b.example https://c.example"));
  }

  @Test
  void people_of_a_limited_server_are_limited_with_it_from_the_first_moment() {
    var known = square.stranger("connue");
    var name = Objects.requireNonNull(known.host()).replaceAll(":.*", "");
    put(new DomainLimit(name, Severity.SILENCE, true, true, "", false, ""));
    assertEquals(1, square.count("actor where limited and id = " + known.id()));
    assertTrue(square.domains.mediaOff(known.host()));
    assertFalse(square.domains.blocked(known.host()));
    var fresh = square.stranger("nouvelle");
    assertEquals(1, square.count("actor where limited and id = " + fresh.id()));
    put(new DomainLimit(name, Severity.SUSPEND, false, false, "", false, ""));
    var both = "id in (" + known.id() + ", " + fresh.id() + ")";
    assertEquals(2, square.count("actor where suspended_at is not null and " + both));
    square.domains.unblock(name);
    assertEquals(0, square.count("actor where (limited or suspended_at is not null) and " + both));
  }

  private static void put(DomainLimit limit) {
    db.transact(tx -> square.domains.put(tx, List.of(limit)));
  }

  @Test
  void a_thousand_reports_of_one_person_or_server_are_twenty_or_sixty() {
    var many = square.account("insistant");
    var post = post(square.account("cible"), "Un message comme un autre");
    var taken = 0;
    for (var i = 0; i < 1_000; i++) {
      try {
        report(many, post);
        taken++;
      } catch (Problem.TooMany e) {
        // refused before anything is asked of the database
      }
    }
    assertEquals(20, taken);
    assertEquals(20, square.count("report where actor_id = " + many.id()));
    var relay = square.stranger("Application", "/relay", "relay");
    String refused = null;
    for (var i = 0; i < 1_000; i++) {
      refused =
          square.receive(
              "{'id':'PEER/flags/%d','type':'Flag','actor':'%s','object':['%s'],'content':'x'}"
                  .formatted(i, relay.uri(), post.uri()));
    }
    assertEquals("too-many-reports", refused);
    assertEquals(60, square.count("report where actor_id = " + relay.id()));
  }
}
