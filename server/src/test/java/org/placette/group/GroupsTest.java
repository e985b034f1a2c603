package org.placette.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
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
  void a_member_may_have_several_roles_in_a_group_and_lose_each_at_once() {
    var path = found("Bibliothèque", "public");
    join(nour, path);
    var names = "[name=what][value=%s]:contains(nour)";
    for (var role : new String[] {"keeper", "animator"})
      awa.press(path + "/members", path + "/members", "what", role);
    var page = awa.get(path + "/members");
    assertEquals(1, page.count(names.formatted("-keeper")), page.text("main"));
    assertEquals(200, nour.get(path + "/edit").status());
    var unused = awa.press(path + "/members", path + "/members", "what", "-animator");
    assertTrue(
        nour.get(path + "/edit").status() == 403 || nour.get(path + "/edit").status() == 404);
    page = awa.get(path + "/members");
    assertEquals(1, page.count(names.formatted("-keeper")), page.text("main"));
    assertEquals(1, page.count(names.formatted("animator")), page.text("main"));
  }

  private static int count(String query) {
    return Objects.requireNonNull(database.one(query, row -> row.getInteger(0)));
  }

  private static Walker.Page announce(Walker who, String room, String name, String... more) {
    var fields = new java.util.HashMap<String, String>();
    fields.putAll(Map.of("room", room, "name", name, "startTime", "18:00"));
    fields.put("startDate", java.time.LocalDate.now().plusDays(9).toString());
    for (int i = 0; i < more.length; i += 2) fields.put(more[i], more[i + 1]);
    return who.submit("/compose/event", "/events", fields);
  }

  @Test
  void an_event_is_published_in_a_group_by_those_who_may_write_to_it() {
    var path = found("Verger", "approval");
    var room = room(awa, "Verger");
    var event = announce(awa, room, "Greffe des pommiers", "repeat", "weekly");
    assertEquals(200, event.status(), event.text("main"));
    assertTrue(event.text("main").contains("Verger"), event.text("main"));
    for (var part : new String[] {"/calendar.ics", "/events.atom", "/events.rss"})
      assertTrue(stranger.raw(path + part).body().contains("Greffe des pommiers"), part);
    assertTrue(stranger.get(path).text("main").contains("Greffe des pommiers"));
    var outbox = stranger.raw(path + "/outbox?page=true", "Accept", ACTIVITY).body();
    assertTrue(outbox.contains("\"Announce\"") && outbox.contains(event.path()), outbox);
    assertFalse(
        stranger.raw("/groups/jardins/upcoming", "Accept", ACTIVITY).body().contains(event.path()));
    var upcoming = stranger.raw(path + "/upcoming", "Accept", ACTIVITY).body();
    assertTrue(upcoming.contains("\"totalItems\":4"), "each date of it: " + upcoming);
    var object = stranger.raw(event.path(), "Accept", ACTIVITY).body();
    assertTrue(object.contains("\"audience\":\"" + village.origin() + path + "\""), object);
    // It stays there when it is changed, and the next one like it goes there too.
    var changed =
        awa.submit(event.path() + "/edit", event.path() + "/edit", Map.of("name", "Greffe"));
    assertTrue(changed.text("main").contains("Verger"), changed.text("main"));
    var again = awa.get("/compose/event?like=" + event.id());
    assertEquals(room, again.html().select("#room option[selected]").attr("value"));
    // Nobody else publishes there, by no door.
    assertTrue(nour.get("/compose/event").html().select("option:contains(Verger)").isEmpty());
    var refused =
        nour.attempt(
            "/compose/event",
            "/events",
            Map.of(
                "room", room, "name", "Intrus", "startDate", "2099-01-01", "startTime", "10:00"));
    assertEquals(403, refused.status(), refused.text("main"));
    assertEquals(0, count("select count(*)::int from post where name = 'Intrus'"));
  }

  @Test
  void an_app_publishes_an_event_in_a_private_group_and_a_draft_waits_for_it() {
    var path = found("Comité des fêtes", "private");
    var room = room(awa, "Comité des fêtes");
    var zia = village.app(village.token(village.resident("zia"), "read", "write"));
    String[] asked = {"name", "Intrus", "start_time", "2099-06-01T18:00:00Z", "group_id", room};
    assertEquals(403, zia.form("POST", "/api/placette/v1/events", asked).status());
    var mine =
        village.app(
            village.token(
                Objects.requireNonNull(village.actors().localByName("awa")), "read", "write"));
    asked[1] = "Buvette secrète";
    var made = mine.form("POST", "/api/placette/v1/events", asked).done();
    assertEquals("group", made.path("placette_audience").asText());
    var kept = announce(awa, room, "Le char secret", "keep", "draft");
    assertEquals(200, kept.status(), kept.text("main"));
    var draft = kept.html().select("form[action$=/publish]").attr("action");
    var event = awa.submit(kept, draft, Map.of());
    assertTrue(event.text("main").contains("Comité des fêtes"), event.text("main"));
    assertEquals(404, nour.get(event.path()).status());
    assertFalse(nour.get(path).text("main").contains("char secret"));
    assertTrue(awa.get(path).text("main").contains("char secret"));
    var later =
        awa.submit(
            event.path() + "/edit", event.path() + "/edit", Map.of("name", "Le grand char secret"));
    assertEquals(200, later.status(), later.text("main"));
    assertEquals(404, nour.get(event.path()).status());
    assertEquals(
        0,
        count(
            "select count(*)::int from post where visibility <> 'group' and name like '%char"
                + " secret'"));
  }

  @Test
  void those_who_care_for_a_group_are_told_who_asks_to_join_it_and_answer_there() {
    var path = found("Randonnée", "approval");
    var bea = village.person("bea", "animator");
    join(ines, path);
    join(nour, path);
    assertFalse(nour.get("/notifications").text("main").contains("Randonnée"));
    assertEquals(0, bea.app().get("/api/v1/notifications").size(), "she cares for other groups");

    var news = awa.get("/notifications");
    assertTrue(
        news.text("main").contains("nour demande à rejoindre le groupe « Randonnée »"),
        news.text("main"));
    var answered = awa.submit(news, path + "/members", Map.of("what", "reject"));
    assertEquals("/notifications", answered.path());
    assertFalse(answered.text("main").contains("nour demande"), answered.text("main"));
    assertTrue(answered.text("main").contains("ines demande"), answered.text("main"));
    assertEquals(404, nour.get(path + "/members").status());

    var actor = Objects.requireNonNull(village.actors().localByName("awa"));
    var app = village.app(village.token(actor, "read", "write"));
    var told = app.get("/api/v1/notifications?types[]=follow_request").get(0);
    assertEquals("follow_request", told.path("type").asText());
    assertEquals("randonnee", told.path("group").path("acct").asText());
    var grouped = app.get("/api/v2/notifications").path("notification_groups").get(0);
    assertEquals("randonnee", grouped.path("group").path("acct").asText());
    var request = "/api/v1/follow_requests/" + told.path("account").path("id").asText();
    assertEquals(404, bea.app().form("POST", request + "/authorize").status());
    assertEquals(200, app.form("POST", request + "/authorize").status());
    assertEquals(200, ines.get(path + "/members").status());
    assertEquals(0, app.get("/api/v1/notifications?types[]=follow_request").size());
    assertEquals(404, app.form("POST", request + "/reject").status(), "it was answered");
    assertEquals(200, ines.get(path + "/members").status());
  }

  @Test
  void votes_of_others_stand_apart_in_two_columns_that_fit_a_phone() {
    var asked =
        awa.submit(
            "/compose/note",
            "/posts",
            Map.of("text", "Un banc ?", "kind", "consensus", "residents", "on", "days", "2"));
    nour.submit(asked.path(), asked.path() + "/vote", Map.of("choice", "0"));
    database.update(
        "update post set poll = jsonb_set(poll, '{ballot,outside}', '[0, 0, 1]') where id = $1",
        Long.valueOf(asked.path().substring("/posts/".length())));
    var shown = awa.get(asked.path());
    assertEquals(2, shown.count(".results thead th"), shown.text("main"));
    assertEquals(3, shown.count(".results th[scope=rowgroup][colspan=2]"));
    assertEquals("1 voix · 100 %", shown.html().select(".results td").get(0).text());
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
