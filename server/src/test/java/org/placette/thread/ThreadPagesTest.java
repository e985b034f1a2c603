package org.placette.thread;

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

/** Discussions at their pages: listed, read as a tree, closed, moved, read again. */
@ExtendWith(PgExtension.class)
class ThreadPagesTest {

  @TempDir static Path data;

  private static Db database;
  private static Village village;
  private static Walker awa;
  private static Walker nour;
  private static Walker stranger;
  private static String theme;

  @BeforeAll
  static void start(Db db) {
    database = db;
    village = Village.start(db, data);
    awa = village.newcomer("awa", "animator");
    nour = village.newcomer("nour");
    stranger = village.guest();
    theme = group("Jardins", "public");
  }

  @AfterAll
  static void stop() {
    village.close();
  }

  private static String group(String name, String access) {
    var made =
        awa.submit("/compose/group", "/groups", Map.of("name", name, "access", access, "tags", ""));
    assertEquals(200, made.status(), made.text("main"));
    return made.path();
  }

  /** Begins a discussion; gives the path of its page. */
  private static String begin(Walker who, String group, String title, String text) {
    var room = who.get("/compose/note").html().selectFirst("option:contains(" + group + ")");
    assertNotNull(room);
    var fields = Map.of("room", room.attr("value"), "title", title, "text", text);
    var made = who.submit("/compose/note", "/posts", fields);
    assertEquals(200, made.status(), made.text("main"));
    return made.path();
  }

  /** Answers a post at its page; gives the path of the answer. */
  private static String answer(Walker who, String post, String text) {
    var made = who.submit(post, "/posts", Map.of("text", text));
    assertEquals(200, made.status(), made.text("main"));
    return made.path();
  }

  private static Walker.Page care(String path, String verb, Map<String, String> fields) {
    return awa.submit(path, path.replace("/posts/", "/threads/") + "/" + verb, fields);
  }

  @Test
  void what_is_written_says_its_language_and_keeps_it_among_the_drafts() {
    var fields = Map.of("text", "Bonjorn a totes", "language", "oc");
    var made = awa.submit("/compose/note", "/posts", fields);
    assertEquals("oc", made.html().select(".note.main .prose").attr("lang"));
    var object = awa.activity(made.path()).body();
    assertEquals(
        "Bonjorn a totes", object.path("contentMap").path("oc").asText().replaceAll("<[^>]+>", ""));
    var wrong = awa.get("/compose/note");
    wrong.html().select("#language option[value=oc]").attr("value", "<script>");
    assertEquals(
        422, awa.attempt(wrong, "/posts", Map.of("text", "Oc", "language", "<script>")).status());
    var form = awa.get("/compose/note");
    form.html().select("form[action=/posts]").attr("action", "/drafts");
    var kept = awa.submit(form, "/drafts", fields);
    var draft = kept.html().select("a[href^=/compose/note?draft=]").attr("href");
    assertEquals("oc", awa.get(draft).html().select("#language option[selected]").attr("value"));
  }

  @Test
  void a_theme_lists_its_discussions_and_marks_what_is_new_to_each_resident() {
    var quiet = begin(awa, "Jardins", "Le compost", "Qui retourne le tas ?");
    var lively = begin(awa, "Jardins", "La pluie", "Encore.");
    var unused = answer(nour, quiet, "Moi, samedi.");
    var titles = stranger.get(theme).html().select(".topics h3 a").eachText();
    assertTrue(titles.indexOf("Le compost") < titles.indexOf("La pluie"), titles.toString());
    assertEquals(0, stranger.get(theme).count(".topics .unread"));
    assertTrue(nour.get(theme).text(".topics .unread").contains("La pluie"));
    assertTrue(awa.get(theme).text(".topics .unread").contains("Le compost"));
    nour.get(lively);
    awa.get(quiet);
    assertEquals("", nour.get(theme).text(".topics .unread"));
    assertFalse(awa.get(theme).text(".topics .unread").contains("Le compost"));
  }

  @Test
  void answers_stand_below_what_they_answer_and_the_removed_keeps_its_place() {
    var root = begin(awa, "Jardins", "Tomates", "Quelle variété ?");
    var first = answer(nour, root, "La noire de Crimée.");
    var second = answer(awa, first, "Trop tardive ici.");
    answer(nour, root, "Ou la Marmande.");
    var tree = stranger.get(root);
    assertEquals(2, tree.count("main section > .thread > li"));
    assertTrue(tree.text(".thread .thread").contains("Trop tardive"));
    assertEquals(0, stranger.get(root + "?view=flat").count(".thread .thread"));
    nour.submit(first + "/delete", first + "/delete", Map.of());
    tree = stranger.get(root);
    assertEquals(1, tree.count(".thread .removed"), tree.text("main"));
    assertTrue(tree.text(".thread .thread").contains("Trop tardive"));
    assertEquals(1, stranger.get(root + "?view=flat").count(".removed"));
    assertEquals(410, stranger.get(first).status());
    // A later answer to what was below stays in the discussion, as does the whole without its root.
    answer(nour, second, "Pas sous serre.");
    awa.submit(root + "/delete", root + "/delete", Map.of());
    assertEquals(410, stranger.get(root).status());
    var left = stranger.get(root.replace("/posts/", "/threads/"));
    assertEquals(200, left.status());
    assertTrue(left.text("main").contains("Marmande") && left.text("main").contains("serre"));
    assertFalse(left.text("main").contains("Quelle variété"));
  }

  @Test
  void a_closed_discussion_takes_no_answer_and_a_slow_one_few_and_no_text_is_lost() {
    var root = begin(awa, "Jardins", "Le portail", "Quelle couleur ?");
    var open = nour.get(root);
    assertEquals(200, care(root, "close", Map.of()).status());
    var refused = nour.attempt(open, "/posts", Map.of("text", "Bleu lavande."));
    assertEquals(422, refused.status());
    assertTrue(refused.html().select("textarea").text().contains("Bleu lavande"));
    assertTrue(stranger.get(root).text("main").contains("Cette discussion est fermée"));
    var care = root.replace("/posts/", "/threads/") + "/open";
    assertEquals(0, nour.get(root).count("form[action$=/open]"), "residents do not decide");
    assertEquals(200, awa.submit(root, care, Map.of()).status());
    assertEquals(200, care(root, "slow", Map.of("minutes", "60")).status());
    answer(nour, root, "Bleu.");
    var again = nour.attempt(root, "/posts", Map.of("text", "Ou vert."));
    assertEquals(422, again.status());
    assertTrue(again.text("main").contains("ralentie"), again.text("main"));
  }

  @Test
  void a_discussion_moves_to_another_theme_with_all_its_answers() {
    var other = group("Travaux", "public");
    var root = begin(awa, "Jardins", "La clôture", "Elle penche.");
    answer(nour, root, "Je passe voir.");
    var door = awa.get(root).html().selectFirst("#group option:contains(Travaux)");
    assertNotNull(door);
    assertEquals(200, care(root, "move", Map.of("group", door.attr("value"))).status());
    assertTrue(stranger.get(other).text(".topics").contains("La clôture"));
    assertFalse(stranger.get(theme).text(".topics").contains("La clôture"));
    var object = stranger.raw(root, "Accept", "application/activity+json").body();
    assertTrue(object.contains("\"audience\":\"" + village.origin() + "/groups/travaux\""), object);
    var sent =
        Set.copyOf(
            database.list(
                """
                select s.username || ' ' || a.type from activity a join actor s on s.id = a.actor_id
                where a.body like '%clôture%' or a.body like '%' || $1 || '%'
                """,
                row -> row.getString(0), root));
    assertTrue(
        sent.containsAll(Set.of("jardins Undo", "travaux Announce", "awa Update")),
        sent.toString());
  }

  @Test
  void what_was_changed_can_be_read_as_it_was() {
    var root = begin(awa, "Jardins", "Horaires", "Ouvert à 9 h.");
    awa.submit(root + "/edit", root + "/edit", Map.of("text", "Ouvert à 10 h."));
    var history = stranger.get(root + "/history").text("main li");
    assertTrue(history.contains("9 h") && history.contains("10 h"), history);
  }

  @Test
  void who_speaks_for_the_town_hall_answers_officially_and_that_stands_first() {
    var owner = village.newcomer("odile", "owner");
    var made =
        owner.submit("/compose/body", "/bodies", Map.of("name", "Mairie", "handle", "mairie"));
    owner.submit(made, "/orgs/mairie/speakers", Map.of("username", "nour"));
    var root = begin(awa, "Jardins", "La fontaine", "Quand coulera-t-elle ?");
    answer(awa, root, "Toujours rien.");
    assertEquals(0, awa.get(root).count("form[action$=/official]"));
    var official = root.replace("/posts/", "/threads/") + "/official";
    var told = nour.submit(root, official, Map.of("text", "Dès le 1er mai."));
    assertTrue(told.text(".official").contains("Mairie"), told.text("main"));
    assertTrue(stranger.get(root).text(".official").contains("Dès le 1er mai"));
    assertTrue(stranger.get(theme).text(".topics").contains("Réponse officielle"));
  }
}
