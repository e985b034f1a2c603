package org.placette;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.actor.Actor;
import org.placette.db.Db;
import org.placette.federation.fetch.Budget;
import org.placette.federation.fetch.FetchProblem;
import org.placette.post.Posts.NewPost;
import org.placette.post.Visibility;
import org.placette.testing.Eventually;
import org.placette.testing.FakeInstance;
import org.placette.testing.PgExtension;
import org.placette.testing.Walker;
import org.placette.user.Users;

/** People take their data along, bring lists, move here and away, and end their accounts. */
@ExtendWith(PgExtension.class)
class PortabilityTest {

  private static final String DATA = "/settings/data";
  private static final String ACTIVITY = "application/activity+json";

  private static Village village;
  private static Neighbourhood here;
  private static FakeInstance peer;
  private static String host;

  /** Somebody with a browser. */
  private record Person(Actor actor, Walker browser) {

    static Person of(String name) {
      return new Person(village.person(name).actor(), village.walker(name));
    }

    Actor now() {
      var now = here.actors.byId(actor.id());
      assertNotNull(now);
      return now;
    }

    Walker.Page send(String action, Map<String, String> fields) {
      return browser.attempt(DATA, DATA + action, fields);
    }
  }

  @BeforeAll
  static void start(Db db, @TempDir Path data) {
    village = Village.start(db, data);
    here = village.whole();
    host = here.settings.domain();
    peer = new FakeInstance(village.vertx());
    var unused = village.person("claude", "owner");
  }

  @AfterAll
  static void stop() {
    peer.close();
    village.close();
  }

  private static int count(String from, Object... args) {
    var count = here.db.one("select count(*)::int from " + from, row -> row.getInteger(0), args);
    return count == null ? -1 : count;
  }

  private static Actor stranger(String name) {
    var id = peer.person(name).get("id").asText();
    return here.actors.resolve(id, Budget.perActivity());
  }

  private static void follow(Actor follower, Actor target) {
    here.db.run(
        """
        insert into follow (id, uri, actor_id, target_id, state, accepted_at)
        values ($1, $2, $3, $4, 'accepted', now())
        """,
        org.placette.db.Ids.next(),
        follower.uri() + "#follow-" + target.id(),
        follower.id(),
        target.id());
  }

  private static boolean posted(String word, String... more) {
    return peer.posted().stream()
        .map(one -> new String(one.body(), StandardCharsets.UTF_8))
        .anyMatch(
            body ->
                body.contains(word) && java.util.stream.Stream.of(more).allMatch(body::contains));
  }

  @Test
  void an_archive_holds_everything_and_is_for_its_owner_alone() throws Exception {
    var ada = Person.of("ada");
    var other = Person.of("otto");
    follow(ada.actor(), other.actor());
    here.posts.publish(ada.actor(), NewPost.note("Mot public", "fr"));
    here.posts.publish(ada.actor(), NewPost.note("@otto mot secret", "fr").to(Visibility.DIRECT));
    var shared = here.posts.publish(other.actor(), NewPost.note("À faire passer", "fr"));
    here.reactions.announce(ada.actor(), shared.id());
    ada.browser()
        .submit(
            "/settings/filters", "/settings/filters", Map.of("title", "Calme", "words", "bruit"));
    var asked = ada.send("/export", Map.of());
    assertTrue(asked.text("main").contains("en préparation"), asked.text("main"));
    Eventually.holds(
        "the archive", () -> ada.browser().get(DATA).count("a[href^=/settings/data/archive]") > 0);
    var link =
        ada.browser().get(DATA).html().select("a[href^=/settings/data/archive]").attr("href");
    assertEquals(404, other.browser().get(link).status());
    try (var nobody = village.guest()) {
      assertEquals("/sign-in", nobody.get(link).path());
    }
    var files = unzipped(ada.browser().bytes(link));
    assertTrue(
        files.keySet().containsAll(Set.of("actor.json", "outbox.json", "likes.json", "lists.csv")),
        files.keySet()::toString);
    var outbox = files.getOrDefault("outbox.json", "");
    assertTrue(outbox.contains("Mot public") && outbox.contains("mot secret"), outbox);
    assertEquals(
        2,
        new com.fasterxml.jackson.databind.ObjectMapper()
            .readTree(outbox)
            .path("totalItems")
            .asInt());
    assertTrue(
        files
            .getOrDefault("following_accounts.csv", "")
            .matches(
                "(?s)Account address,Show boosts,Notify on new posts,Languages\n.*otto@"
                    + host
                    + ",true,false,\n"),
        files.get("following_accounts.csv"));
    assertTrue(files.getOrDefault("account.json", "").contains("ada@saint-just.example"));
    for (var kind :
        Map.of("shares", shared.uri(), "filters", "bruit", "devices", "browser").entrySet())
      assertTrue(
          files.getOrDefault("records/" + kind.getKey() + ".json", "").contains(kind.getValue()),
          () -> kind + " " + files.keySet());
    var choices = files.getOrDefault("records/choices.json", "");
    assertTrue(choices.contains("default_visibility") && !choices.contains("password"), choices);
  }

  private static Map<String, String> unzipped(byte[] bytes) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry())
        files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
    }
    return files;
  }

  @Test
  void lists_in_the_forms_of_mastodon_are_brought() throws Exception {
    var bea = Person.of("bea");
    var known = Person.of("kay").actor();
    peer.person("zoe");
    bring(
        bea,
        "following",
        "Account address,Show boosts,Notify on new posts,Languages\nkay@%s,false,true,\"fr, br\"\nzoe@%s,true,false,fr\nnobody@%s,true,false,\n"
            .formatted(host, peer.host(), peer.host()));
    bring(bea, "mutes", "Account address,Hide notifications\nkay@" + host + ",false\n");
    bring(bea, "domains", "spam.example\n");
    Eventually.holds("all lines are done", () -> count("import_line") == 0);
    assertEquals(
        2,
        count(
            "follow where actor_id = $1 and target_id > 0 and state in ('pending', 'accepted') and"
                + " target_id not in (select id from actor where username in ('village',"
                + " 'agenda'))",
            bea.actor().id()));
    assertEquals(
        1,
        count(
            "follow where actor_id = $1 and target_id = $2 and notify and not show_reblogs"
                + " and languages = '{fr,br}'",
            bea.actor().id(),
            known.id()));
    var lines = bea.browser().raw(DATA + "/lists/following_accounts.csv").body();
    assertTrue(lines.contains("kay@" + host + ",false,true,\"fr, br\"\n"), lines);
    bring(bea, "lists", "Amis,kay@" + host + "\nAmis,zoe@" + peer.host() + "\n");
    bring(bea, "blocks", "zoe@" + peer.host() + "\n");
    Eventually.holds("all lines are done", () -> count("import_line") == 0);
    assertEquals(1, count("list where owner_id = $1 and title = 'Amis'", bea.actor().id()));
    assertEquals(1, count("mute where actor_id = $1 and not notifications", bea.actor().id()));
    assertEquals(1, count("host_mute where actor_id = $1", bea.actor().id()));
    assertEquals(1, count("block where actor_id = $1", bea.actor().id()));
    var csv = bea.browser().raw(DATA + "/lists/lists.csv").body();
    assertEquals("Amis,kay@" + host + "\n", csv);
  }

  private static void bring(Person who, String kind, String text) {
    var page = who.browser().get(DATA);
    var done = who.browser().upload(page, DATA + "/import", Map.of("kind", kind), text);
    assertEquals(200, done.status(), done.text("main"));
  }

  @Test
  void an_account_moves_here_and_another_moves_away_with_its_followers() throws Exception {
    var cleo = Person.of("cleo");
    peer.person("oldcleo");
    var named = cleo.send("/alias", Map.of("alias", "oldcleo@" + peer.host()));
    assertEquals(200, named.status(), named.text("main"));
    var document = cleo.browser().raw("/users/cleo", "Accept", ACTIVITY).body();
    assertTrue(document.contains("\"alsoKnownAs\":[\"" + peer.at("/users/oldcleo")), document);

    var friend = Person.of("fritz").actor();
    var far = stranger("fern");
    follow(friend, cleo.actor());
    follow(far, cleo.actor());
    var target = peer.person("newcleo");
    var away = Map.of("target", "newcleo@" + peer.host(), "movePassword", Village.PASSWORD);
    assertEquals(422, cleo.send("/move", away).status(), "the new one must name the old one");
    target.putArray("alsoKnownAs").add(cleo.actor().uri());
    peer.put("/users/newcleo", target);
    var wrong = Map.of("target", "newcleo@" + peer.host(), "movePassword", "something else");
    assertEquals(422, cleo.send("/move", wrong).status());
    var moved = cleo.send("/move", away);
    assertEquals(200, moved.status(), moved.text("main"));
    assertEquals(target.get("id").asText(), cleo.now().movedTo());
    Eventually.holds("the Move arrives", () -> posted("\"Move\"", target.get("id").asText()));
    assertEquals(
        1,
        count(
            "follow f join actor a on a.id = f.target_id where f.actor_id = $1 and a.uri = $2",
            friend.id(),
            target.get("id").asText()));
    assertEquals(
        0, count("follow where actor_id = $1 and target_id = $2", friend.id(), cleo.actor().id()));
    try (var nobody = village.guest()) {
      var notice = nobody.get("/users/cleo").text("main .notice");
      assertTrue(notice.contains("a déménagé"), notice);
      assertTrue(notice.endsWith("@newcleo@" + peer.host()), notice);
      var entity = nobody.raw("/api/v1/accounts/" + cleo.actor().id()).body();
      assertTrue(entity.contains("\"moved\":{"), entity);
    }
  }

  @Test
  void an_account_that_is_deleted_leaves_nothing_but_its_name() throws Exception {
    var dora = Person.of("dora");
    var reader = Person.of("rex");
    var far = stranger("finn");
    follow(far, dora.actor());
    var parent = here.posts.publish(reader.actor(), NewPost.note("Qui vient ?", "fr"));
    var post = here.posts.publish(dora.actor(), NewPost.note("Moi", "fr").inReplyTo(parent.id()));
    here.reactions.like(dora.actor(), parent.id());
    var token = here.tokens.create(dora.actor().id(), Set.of("read"));
    assertEquals(422, dora.send("/delete", Map.of("password", "something else")).status());
    var said = here.posts.publish(dora.actor(), NewPost.note("À moi", "fr").to(Visibility.LOCAL));
    var done = dora.send("/delete", Map.of("password", Village.PASSWORD));
    assertEquals("/", done.path(), done.text("main"));
    assertEquals(0, done.count("form[action=/sign-out]"));
    try (var nobody = village.guest()) {
      assertEquals(410, nobody.raw("/users/dora", "Accept", ACTIVITY).statusCode());
      assertEquals(410, nobody.get("/users/dora").status());
      assertEquals(410, nobody.raw("/posts/" + post.id(), "Accept", ACTIVITY).statusCode());
      assertEquals(410, nobody.get("/posts/" + post.id()).status());
      assertEquals(404, nobody.get("/posts/" + said.id()).status(), "it never was");
      var finger = "/.well-known/webfinger?resource=acct:dora@" + host;
      var found = nobody.raw(finger).statusCode();
      assertTrue(found == 404 || found == 410, finger + found);
      assertEquals(404, nobody.raw("/api/v1/accounts/" + dora.actor().id()).statusCode());
      var me =
          nobody.raw("/api/v1/accounts/verify_credentials", "Authorization", "Bearer " + token);
      assertEquals(401, me.statusCode());
    }
    Eventually.holds(
        "the Delete arrives", () -> posted("\"Delete\"", "\"" + dora.actor().uri() + "\""));
    assertEquals(0, count("post where actor_id = $1", dora.actor().id()));
    assertEquals(0, count("account where actor_id = $1", dora.actor().id()));
    assertEquals(
        1, count("post where id = $1 and likes_count = 0 and replies_count = 0", parent.id()));
    var again =
        new Users.NewAccount("dora", null, "d2@a.example", Village.PASSWORD, "resident", "fr");
    var taken =
        assertThrows(org.placette.web.Problem.Invalid.class, () -> here.users.create(again));
    assertEquals("error.username.taken", taken.fields().get("username"));
    var owner = here.users.byLogin("claude");
    assertNotNull(owner);
    assertThrows(
        org.placette.web.Problem.Conflict.class,
        () -> here.features.farewell().leave(owner.actorId()));
  }

  @Test
  void a_remote_actor_that_was_removed_is_not_learned_again() {
    var gone = stranger("gus");
    here.db.transact(tx -> here.actors.remove(tx, gone));
    assertEquals(1, count("tombstone where uri = $1", gone.uri()));
    var late =
        assertThrows(
            FetchProblem.class, () -> here.actors.resolve(gone.uri(), Budget.perActivity()));
    assertEquals(FetchProblem.Reason.GONE, late.reason());
    assertFalse(late.reason().isPassing());
  }
}
