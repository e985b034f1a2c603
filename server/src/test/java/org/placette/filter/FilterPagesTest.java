package org.placette.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.db.Db;
import org.placette.testing.PgExtension;
import org.placette.testing.Walker;

/** What somebody does not want to read, and of whom, on the pages of the place. */
@ExtendWith(PgExtension.class)
class FilterPagesTest {

  private static final List<String> EVERYWHERE =
      List.of("home", "public", "thread", "account", "notifications");

  private static Village village;
  private static Walker writer;

  @BeforeAll
  static void start(Db db, @TempDir Path data) {
    village = Village.start(db, data);
    var unused = village.person("emma", "Emma", "resident");
    // Searches find the words of those who agreed to it.
    db.run("update actor set indexable = true where username = 'emma'");
    writer = village.walker("emma");
  }

  @AfterAll
  static void stop() {
    village.close();
  }

  /** A post of Emma's; the path of its page. */
  private static String written(String text) {
    var fields = Map.of("text", text, "visibility", "public");
    return writer.submit("/compose/note", "/posts", fields).path();
  }

  private static String answered(String path, String text) {
    return writer.submit(path, "/posts", Map.of("text", text)).path();
  }

  private static void filter(Walker who, String word, String action, List<String> where) {
    Map<String, String> fields = new HashMap<>();
    fields.put("title", "Sans " + word);
    fields.put("words", word);
    fields.put("action", action);
    // A box that is left empty is not sent: the page that is filled in has all of them unchecked.
    var page = who.get("/settings/filters");
    for (var one : EVERYWHERE) page.html().select("[name=" + one + "]").removeAttr("checked");
    for (var one : where) fields.put(one, "on");
    who.submit(page, "/settings/filters", fields);
  }

  private static final String BODY = ":not(summary) > .prose, article .prose";

  private static void assertFolded(Walker who, String path, String word) {
    var page = who.get(path);
    var fold = page.html().select("details.sifted:not([open]):contains(" + word + ")");
    assertTrue(fold.size() > 0, () -> path + "\n" + page.text("main"));
    var outside = page.html().clone();
    outside.select("details.sifted").remove();
    assertFalse(outside.select(BODY).text().contains(word), path);
    assertTrue(fold.select("summary").text().contains("Sans " + word), path);
  }

  private static void assertShown(Walker who, String path, String word) {
    var page = who.get(path);
    assertEquals(0, page.count("details.sifted:contains(" + word + ")"), path);
    assertTrue(page.text(BODY).contains(word), () -> path + "\n" + page.text("main"));
  }

  private static void assertLeftOut(Walker who, String path, String word) {
    assertFalse(who.get(path).text(BODY).contains(word), path);
  }

  @Test
  void a_message_is_folded_under_the_filter_or_left_out_where_the_filter_looks() {
    var post = written("Le karaoké reprend jeudi #animation");
    var reply = answered(post, "Encore ce karaoké !");
    var reader = village.newcomer("lina");
    var lists = List.of("/posts", "/tags/animation", "/search?q=karaok%C3%A9");
    for (var path : lists) assertShown(reader, path, "karaoké");

    filter(reader, "karaoké", "warn", List.of("public"));
    for (var path : lists) assertFolded(reader, path, "karaoké");
    assertFolded(reader, "/", "karaoké");
    assertShown(reader, "/users/emma", "karaoké");
    assertShown(reader, post, "karaoké");
    assertShown(writer, "/posts", "karaoké");
    assertShown(village.guest(), "/posts", "karaoké");

    var lines = reader.get("/settings/filters");
    var id = lines.html().select("form[action$=delete] [name=id]").val();
    reader.submit(lines, "/settings/filters/delete", Map.of());
    for (var path : lists) assertShown(reader, path, "karaoké");
    assertEquals(404, reader.get("/settings/filters?edit=" + id).status());

    filter(reader, "karaoké", "hide", List.of("public", "thread"));
    for (var path : lists) assertLeftOut(reader, path, "karaoké");
    // The page that somebody opened has its own message, folded; the answers are left out.
    var page = reader.get(post);
    assertEquals(1, page.count("article"), page.text("main"));
    assertEquals(1, page.count("details.sifted"));
    assertTrue(reply.length() > 1);
  }

  @Test
  void a_filter_is_changed_by_its_form_and_is_the_same_in_apps() {
    var reader = village.person("malo", "Malo", "resident");
    var walker = village.walker("malo");
    filter(walker, "tombola", "warn", List.of("home"));
    var made = reader.app().get("/api/v2/filters");
    var id = made.at("/0/id").asText();
    var keyword = made.at("/0/keywords/0/id").asText();
    var form = walker.get("/settings/filters?edit=" + id);
    walker.submit(form, "/settings/filters", Map.of("words", "tombola\nloto", "action", "hide"));
    var after = reader.app().get("/api/v2/filters");
    assertEquals("hide", after.at("/0/filter_action").asText());
    assertEquals(keyword, after.at("/0/keywords/0/id").asText());
    assertEquals("loto", after.at("/0/keywords/1/keyword").asText());
    assertEquals(404, writer.get("/settings/filters?edit=" + id).status());
    var empty = walker.attempt("/settings/filters", "/settings/filters", Map.of("title", "x"));
    assertEquals(422, empty.status());
    assertTrue(empty.text(".error").length() > 1);
  }

  @Test
  void nothing_is_read_of_who_is_muted_or_blocked_until_that_ends() {
    var post = written("Un vide-grenier place Gambetta #grenier");
    var reader = village.newcomer("sacha");
    reader.submit(post, "/posts", Map.of("text", "Merci Emma"));
    answered(post, "Avec un grenier plein");
    var lists = List.of("/posts", "/tags/grenier", "/search?q=grenier");
    for (var path : lists) assertShown(reader, path, "grenier");
    for (var verb : List.of("mute", "block")) {
      reader.submit("/users/emma", "/" + verb, Map.of());
      for (var path : lists) assertLeftOut(reader, path, "grenier");
      assertFalse(reader.get(post).text("article .prose").contains("plein"), verb);
      assertFalse(reader.get(post + "?view=flat").text("article .prose").contains("plein"), verb);
      var page = reader.get("/settings/blocks");
      assertTrue(page.text("main").contains("Emma"));
      reader.submit(page, "/un" + verb, Map.of());
      for (var path : lists) assertShown(reader, path, "grenier");
    }
  }

  @Test
  void a_server_is_hidden_and_shown_again() {
    var reader = village.newcomer("noa");
    var wrong = Map.of("host", "nowhere");
    assertEquals(422, reader.attempt("/settings/blocks", "/settings/blocks/host", wrong).status());
    var right = Map.of("host", "Loud.Example");
    var page = reader.submit("/settings/blocks", "/settings/blocks/host", right);
    assertTrue(page.text("main").contains("loud.example"));
    page = reader.submit(page, "/settings/blocks/host/end", Map.of());
    assertFalse(page.text("main").contains("loud.example"));
  }
}
