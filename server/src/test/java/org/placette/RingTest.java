package org.placette;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.db.Db;
import org.placette.testing.Eventually;
import org.placette.testing.PgExtension;
import org.placette.testing.TestDatabases;
import org.placette.testing.Walker;

/** Two villages become neighbours, compare six words, and write to one another alone. */
@ExtendWith(PgExtension.class)
@TestMethodOrder(OrderAnnotation.class)
class RingTest {

  private static final Vertx VERTX = Vertx.vertx();
  private static final String ACTIVITY = "application/activity+json";

  private static Side aubrac;
  private static Side belcastel;
  private static String said = "";

  /** A village with its owner and a resident. */
  private record Side(Village village, Db db, Walker owner, Walker resident) {

    static Side start(Db db, Path data, String resident) {
      var village = Village.start(db, data);
      var owner = village.newcomer("owner" + resident, "owner");
      return new Side(village, db, owner, village.newcomer(resident));
    }

    String host() {
      return village.origin().substring("http://".length());
    }

    String words(String neighbour) {
      return owner.get("/admin/ring").text("li:contains(" + neighbour + ") .sixwords");
    }

    void confirm(String neighbour, String words) {
      var done = owner.submit("/admin/ring", "/admin/ring/confirm", Map.of("words", words));
      assertEquals(200, done.status(), done.text("main"));
      assertTrue(done.text("main").contains("Voisin confirmé"), done.text("main"));
    }

    boolean confirmed() {
      var count =
          db.one(
              "select count(*)::int from neighbour where confirmed_at is not null",
              row -> row.getInteger(0));
      return count != null && count == 1;
    }
  }

  @BeforeAll
  static void start(Db db, TestDatabases databases, @TempDir Path here, @TempDir Path there) {
    aubrac = Side.start(db, here, "camille");
    belcastel = Side.start(Db.open(VERTX, databases.fresh(), 6), there, "basile");
  }

  @AfterAll
  static void stop() {
    aubrac.village().close();
    belcastel.village().close();
    belcastel.db().close();
    VERTX.close().await();
  }

  private static String plain(String words) {
    return Normalizer.normalize(words, Normalizer.Form.NFKD).replaceAll("\\p{M}", "");
  }

  @Test
  @Order(1)
  void two_humans_read_the_same_words_to_each_other_and_confirm() throws Exception {
    for (var side : Set.of(aubrac, belcastel)) {
      var other = side == aubrac ? belcastel : aubrac;
      var added = side.owner().submit("/admin/ring", "/admin/ring", Map.of("host", other.host()));
      assertEquals(200, added.status(), added.text("main"));
    }
    Eventually.holds(
        "both follow each other",
        () ->
            !aubrac.words(belcastel.host()).isEmpty() && !belcastel.words(aubrac.host()).isEmpty());
    var words = aubrac.words(belcastel.host());
    assertEquals(words, belcastel.words(aubrac.host()));
    var wrong =
        aubrac.owner().attempt("/admin/ring", "/admin/ring/confirm", Map.of("words", "lune lune"));
    assertEquals(422, wrong.status());
    aubrac.confirm(belcastel.host(), plain(words).toUpperCase(java.util.Locale.ROOT));
    belcastel.confirm(aubrac.host(), words);
    assertEquals(403, aubrac.resident().get("/admin/ring").status());
  }

  @Test
  @Order(2)
  void those_who_moderate_in_the_ring_read_whom_a_neighbour_limits_once_it_tells_them() {
    var limit = Map.of("domain", "bruit.example", "severity", "suspend", "why", "Il vend tout");
    var unused = aubrac.owner().submit("/admin/domains", "/admin/domains", limit);
    var page = "/admin/domains/neighbours";
    assertFalse(belcastel.owner().get(page).text("main").contains("bruit.example"));
    var shown = "/admin/domains/shown";
    unused = aubrac.owner().submit("/admin/domains", shown, Map.of("ring", "yes"));
    var told = belcastel.owner().get(page);
    assertTrue(told.text("main").contains("bruit.example"), told.text("main"));
    assertTrue(told.text("main").contains("Il vend tout"), told.text("main"));
    var done = belcastel.owner().submit(told, "/admin/domains", Map.of());
    assertTrue(done.text("main").contains("Il vend tout"), done.text("main"));
    assertEquals(404, aubrac.resident().get("/neighbours/limits").status());
    assertEquals(403, belcastel.resident().get(page).status());
  }

  @Test
  @Order(3)
  void what_is_written_to_neighbours_is_read_by_their_residents_and_by_nobody_else()
      throws Exception {
    var post =
        aubrac
            .resident()
            .submit(
                "/compose/note",
                "/posts",
                Map.of("visibility", "ring", "text", "Qui prête un tracteur ?"));
    assertEquals(200, post.status(), post.text("main"));
    said = post.path();
    var basile = belcastel.resident();
    Eventually.holds(
        "the post in Belcastel", () -> basile.get("/posts").text("main").contains("un tracteur"));
    {
      var stranger = belcastel.village().guest();
      assertFalse(stranger.get("/posts").text("main").contains("tracteur"));
      var link = basile.get("/posts").html().selectFirst(".note:contains(tracteur) a.time");
      assertNotNull(link);
      assertEquals(404, stranger.get(link.attr("href")).status());
      assertFalse(stranger.raw("/api/v1/timelines/public").body().contains("tracteur"));
      var page = basile.get(link.attr("href"));
      assertEquals(0, page.count("form[action$=/share]"), "it is not passed on");
      var answered =
          basile.submit(link.attr("href"), "/posts", Map.of("text", "Le mien est libre."));
      assertEquals(200, answered.status(), answered.text("main"));
      var here = aubrac.village().guest();
      assertEquals(404, here.raw(said, "Accept", ACTIVITY).statusCode());
    }
    Eventually.holds(
        "the answer in Aubrac",
        () -> aubrac.resident().get(said).text("main").contains("Le mien est libre"));
    var words =
        belcastel
            .db()
            .list(
                "select distinct visibility from post where content like '%tracteur%' or content"
                    + " like '%libre%'",
                row -> row.getString(0));
    assertEquals(Set.of("ring"), Set.copyOf(words));
    var open =
        aubrac
            .db()
            .one(
                "select count(*)::int from activity where is_public and body like '%tracteur%'",
                row -> row.getInteger(0));
    assertEquals(0, open);
  }

  @Test
  @Order(4)
  void a_deletion_goes_the_same_way() throws Exception {
    var basile = belcastel.resident();
    aubrac.resident().submit(said + "/delete", said + "/delete", Map.of());
    Eventually.holds("it is gone", () -> !basile.get("/posts").text("main").contains("tracteur"));
  }

  @Test
  @Order(5)
  void what_is_written_to_neighbours_in_a_group_stands_in_it_for_residents() throws Exception {
    var wanted = Map.of("name", "Jardins", "access", "public", "charter", "", "tags", "");
    var group = aubrac.owner().submit("/compose/group", "/groups", wanted).path();
    var usual = Map.of("audience", "ring");
    assertEquals(200, aubrac.owner().submit(group + "/edit", group + "/edit", usual).status());
    var camille = aubrac.resident();
    var compose = link(camille.get(group), "a[href^=/compose/note]");
    var text = Map.of("text", "Qui veut des plants de tomates ?");
    var post = camille.submit(compose, "/posts", text);
    assertEquals(200, post.status(), post.text("main"));
    assertTrue(camille.get(group).text("main").contains("tomates"));
    for (var page : new String[] {group, post.path(), group + ".atom"})
      assertFalse(aubrac.village().guest().raw(page).body().contains("tomates"), page);
    var basile = belcastel.resident();
    Eventually.holds(
        "the post in Belcastel", () -> basile.get("/posts").text("main").contains("tomates"));
    var link = link(basile.get("/posts"), ".note:contains(tomates) a.time");
    var answered = basile.submit(link, "/posts", Map.of("text", "Moi, six pieds."));
    assertEquals(200, answered.status(), answered.text("main"));
    Eventually.holds(
        "the answer in Aubrac",
        () -> camille.get(post.path()).text("main").contains("Moi, six pieds"));
    var more = camille.submit(post.path(), "/posts", Map.of("text", "Ils sont à toi."));
    assertEquals(200, more.status(), more.text("main"));
    Eventually.holds(
        "the second answer", () -> basile.get(link).text("main").contains("Ils sont à toi"));
  }

  private static String link(Walker.Page page, String selector) {
    var link = page.html().selectFirst(selector);
    assertNotNull(link, page.text("main"));
    return link.attr("href");
  }

  @Test
  @Order(6)
  void a_resident_whose_posts_are_usually_for_neighbours_needs_no_special_app() {
    var form = Map.of("audience", "ring", "displayName", "Camille");
    var saved = aubrac.resident().submit("/settings/profile", "/settings/profile", form);
    assertEquals(200, saved.status(), saved.text("main"));
    var camille = aubrac.village().actors().localByName("camille");
    assertNotNull(camille);
    var token = aubrac.village().tokens().create(camille.id(), Set.of("read", "write"));
    var app = new Onlooker(aubrac.village().origin(), camille, token, null);
    var me = app.ask("GET app /api/v1/accounts/verify_credentials");
    assertTrue(me.contains("\"privacy\":\"private\""), me);
    assertTrue(me.contains("\"placette_audience\":\"ring\""), me);
    var made = app.ask("POST app /api/v1/statuses status=Pour+les+voisins&visibility=private");
    assertTrue(made.contains("\"placette_audience\":\"ring\""), made);
    var open = app.ask("POST app /api/v1/statuses status=Pour+tous&visibility=public");
    assertTrue(open.contains("\"visibility\":\"public\""), open);
    app.close();
  }

  @Test
  @Order(7)
  void another_key_ends_the_confirmation_and_leaving_ends_it_too() {
    belcastel
        .db()
        .run(
            """
            update actor_key set public_key = public_key || '\\x00'::bytea
            where actor_id = (select actor_id from neighbour)
            """);
    assertFalse(belcastel.confirmed());
    var page = belcastel.owner().get("/admin/ring").text("main");
    assertTrue(page.contains("clés ont changé"), page);
    assertTrue(aubrac.confirmed());
    var left = aubrac.owner().submit("/admin/ring", "/admin/ring/leave", Map.of());
    assertEquals(200, left.status());
    assertFalse(aubrac.confirmed());
    var form = aubrac.resident().get("/compose/note");
    assertEquals(0, form.count("input[value=ring]"), "there is nobody to write to");
  }
}
