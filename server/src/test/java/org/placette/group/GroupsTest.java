package org.placette.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.db.Db;
import org.placette.testing.PgExtension;
import org.placette.testing.Walker;

/** Themes and clubs at their pages: made, joined, written to, kept private. */
@ExtendWith(PgExtension.class)
class GroupsTest {

  private static final String ACTIVITY = "application/activity+json";

  @TempDir static Path data;

  private static Db database;
  private static Village village;
  private static Walker awa;
  private static Walker nour;
  private static Walker ines;
  private static Walker stranger;

  @BeforeAll
  static void start(Db db) {
    database = db;
    village = Village.start(db, data);
    awa = village.newcomer("awa", "animator");
    nour = village.newcomer("nour");
    ines = village.newcomer("ines");
    stranger = village.guest();
  }

  @AfterAll
  static void stop() {
    village.close();
  }

  private static String found(String name, String access) {
    var made =
        awa.submit(
            "/compose/group",
            "/groups",
            Map.of("name", name, "access", access, "charter", "On s’écoute.", "tags", ""));
    assertEquals(200, made.status(), made.text("main"));
    return made.path();
  }

  private static String room(Walker who, String group) {
    var option = who.get("/compose/note").html().selectFirst("option:contains(" + group + ")");
    assertNotNull(option, group + " is not offered");
    return option.attr("value");
  }

  private static Walker.Page write(Walker who, String group, String text) {
    return who.submit(
        "/compose/note", "/posts", Map.of("room", room(who, group), "title", "", "text", text));
  }

  private static void join(Walker who, String path) {
    var joined = who.submit(path, "/follow", Map.of());
    assertEquals(200, joined.status(), joined.text("main"));
  }

  @Test
  void a_theme_is_a_group_actor_that_residents_join_and_write_to() {
    var path = found("Jardins", "public");
    assertEquals("/groups/jardins", path);
    assertTrue(stranger.get("/groups").text("main").contains("Jardins"));
    var actor = stranger.raw(path, "Accept", ACTIVITY).body();
    assertTrue(actor.contains("\"type\":\"Group\""), actor);
    join(nour, path);
    var post = write(nour, "Jardins", "Qui a des plants de tomates ?");
    assertEquals(200, post.status(), post.text("main"));
    assertTrue(stranger.get(path).text("main").contains("plants de tomates"));
    var object = stranger.raw(post.path(), "Accept", ACTIVITY).body();
    assertTrue(object.contains("\"audience\":\"" + village.origin() + "/groups/jardins\""), object);
    assertTrue(object.contains("\"type\":\"Mention\""), "answers come back to the group");
    var announced =
        database.one(
            """
            select count(*)::int from announce s join actor a on a.id = s.actor_id
            where a.username = 'jardins'
            """,
            row -> row.getInteger(0));
    assertEquals(1, announced);
  }

  @Test
  void residents_make_no_groups_and_change_none() {
    var path = found("Voirie", "public");
    assertEquals(403, nour.get("/compose/group").status());
    assertEquals(403, nour.get(path + "/edit").status());
    assertEquals(200, awa.get(path + "/edit").status());
  }

  @Test
  void members_of_a_club_on_request_are_let_in_and_only_they_write() {
    var path = found("Chorale", "approval");
    join(nour, path);
    assertTrue(nour.get("/compose/note").html().select("option:contains(Chorale)").isEmpty());
    var members = awa.get(path + "/members");
    assertTrue(members.text("main").contains("nour"), members.text("main"));
    var let = awa.submit(members, path + "/members", Map.of("what", "accept"));
    assertEquals(200, let.status());
    var post = write(nour, "Chorale", "Répétition jeudi");
    assertEquals(200, post.status());
    assertTrue(stranger.get(path).text("main").contains("Répétition jeudi"));
    assertEquals(404, ines.get(path + "/members").status(), "members know one another alone");
  }

  @Test
  void what_is_said_in_a_private_group_is_for_its_members_by_every_door() {
    var path = found("Conseil des parents", "private");
    var post = write(awa, "Conseil des parents", "Le secret de la kermesse");
    var id = post.path().substring("/posts/".length());
    for (var who : new Walker[] {stranger, nour}) {
      assertEquals(404, who.get(post.path()).status());
      assertEquals(404, who.raw(post.path(), "Accept", ACTIVITY).statusCode());
      assertEquals(404, who.raw(post.path() + "/replies", "Accept", ACTIVITY).statusCode());
      assertEquals(404, who.raw("/threads/" + id, "Accept", ACTIVITY).statusCode());
      assertEquals(404, who.raw("/api/v1/statuses/" + id).statusCode());
    }
    for (var door :
        new String[] {
          "/",
          "/posts",
          "/posts.atom",
          "/users/awa",
          "/groups",
          path,
          path + "/outbox?page=true",
          path + "/featured",
          path + "/posts.atom",
          "/users/awa/outbox?page=true"
        }) {
      var seen = stranger.raw(door, "Accept", door.startsWith(path + "/") ? ACTIVITY : "text/html");
      assertFalse(seen.body().contains("kermesse"), door);
    }
    assertEquals(404, stranger.get(path).status());
    var members = stranger.raw(path + "/followers", "Accept", ACTIVITY).body();
    assertTrue(members.contains("\"totalItems\":0"), members);
    assertTrue(nour.get(path).text("main").contains("Rejoindre"));
    assertFalse(nour.get(path).text("main").contains("kermesse"));
    join(ines, path);
    var asked = awa.get(path + "/members");
    var unused = awa.submit(asked, path + "/members", Map.of("what", "accept"));
    assertTrue(ines.get(path).text("main").contains("kermesse"));
    assertTrue(ines.get(post.path()).text("main").contains("kermesse"));
    var reply = ines.submit(post.path(), "/posts", Map.of("text", "Je garde le secret"));
    assertEquals(200, reply.status(), reply.path() + reply.html());
    assertTrue(awa.get(post.path()).text("main").contains("Je garde le secret"));
    assertFalse(nour.get("/users/ines").text("main").contains("Je garde"));
    var words =
        database.list(
            "select distinct visibility from post where content like '%secret%'",
            row -> row.getString(0));
    assertEquals(Set.of("group"), Set.copyOf(words));
    assertEquals(0, sent("%kermesse%"));
  }

  @Test
  void what_is_for_the_neighbourhood_never_leaves_it() {
    var post =
        nour.submit(
            "/compose/note",
            "/posts",
            Map.of("visibility", "local", "text", "Clé perdue devant le 12"));
    assertEquals(200, post.status(), post.text("main"));
    assertEquals(404, stranger.get(post.path()).status());
    assertEquals(404, stranger.raw(post.path(), "Accept", ACTIVITY).statusCode());
    assertFalse(stranger.get("/posts").text("main").contains("Clé perdue"));
    assertTrue(ines.get("/posts").text("main").contains("Clé perdue"));
    var reply = ines.submit(post.path(), "/posts", Map.of("text", "Je l’ai trouvée"));
    assertTrue(
        reply.status() == 200 && !stranger.get("/users/ines").text("main").contains("trouv"));
    assertEquals(0, sent("%perdue%") + sent("%trouv%"));
  }

  @Test
  void animators_pin_what_matters() {
    var path = found("Fêtes", "public");
    var post = write(nour, "Fêtes", "Le comité se réunit le lundi");
    var pin = post.path().replace("/posts/", "/threads/") + "/pin";
    assertEquals(200, awa.submit(post.path(), pin, Map.of()).status());
    var page = awa.get(path);
    assertTrue(page.text("main").contains("Épinglé"), page.text("main"));
    var featured = stranger.raw(path + "/featured", "Accept", ACTIVITY).body();
    assertTrue(featured.contains(post.path()), featured);
    assertEquals(0, nour.get(path).count("form[action$=/unpin]"));
  }

  @Test
  void a_hashtag_that_belongs_to_a_theme_brings_a_message_there() {
    var made =
        awa.submit(
            "/compose/group",
            "/groups",
            Map.of("name", "Compost", "access", "public", "tags", "#compost, #vers"));
    var unused =
        nour.submit("/compose/note", "/posts", Map.of("text", "Le bac est plein #compost"));
    assertTrue(stranger.get(made.path()).text("main").contains("Le bac est plein"));
  }

  @Test
  void a_poll_is_asked_and_answered_in_the_browser_once() {
    var asked =
        nour.submit(
            "/compose/note",
            "/posts",
            Map.of("text", "Quel soir ?", "options", "Vendredi\nSamedi", "days", "3"));
    assertEquals(200, asked.status(), asked.text("main"));
    var vote = asked.path() + "/vote";
    var voted = ines.submit(asked.path(), vote, Map.of("choice", "1"));
    assertTrue(voted.text(".poll").contains("Samedi 1 voix 100 %"), voted.text("main"));
    assertEquals(0, voted.count("form[action=" + vote + "]"));
    assertTrue(stranger.get(asked.path()).text("main").contains("1 personne a voté"));
    var few =
        nour.attempt("/compose/note", "/posts", Map.of("text", "Quoi ?", "options", "Une seule"));
    assertEquals(422, few.status());
  }

  private static int sent(String text) {
    var count =
        database.one(
            "select count(*)::int from activity c where body like $1 and (is_public or exists"
                + " (select from delivery d where d.activity_id = c.id))",
            row -> row.getInteger(0),
            text);
    return count == null ? -1 : count;
  }
}
