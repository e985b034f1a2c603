package org.placette.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.placette.Village;
import org.placette.db.Db;
import org.placette.testing.App;
import org.placette.testing.FakeInstance;
import org.placette.testing.PgExtension;
import org.placette.testing.Walker;

/** Finding what was written, keeping what is not ready, seeing what it will look like. */
@ExtendWith(PgExtension.class)
class SearchPagesTest {

  @TempDir static Path data;

  private static Db db;
  private static Village village;
  private static Village.Person nour;
  private static Walker ines;
  private static Walker stranger;

  @BeforeAll
  static void start(Db ours) {
    db = ours;
    village = Village.start(ours, data);
    nour = village.person("nour", "Nour Benali", "animator");
    ines = village.newcomer("ines");
    stranger = village.guest();
  }

  @AfterAll
  static void stop() {
    village.close();
  }

  private static void write(Walker who, String text, String visibility) {
    var fields = Map.of("text", text, "visibility", visibility);
    assertEquals(200, who.submit("/compose/note", "/posts", fields).status());
  }

  private static String find(Walker who, String words) {
    var page =
        who.get(
            "/search?q="
                + java.net.URLEncoder.encode(words, java.nio.charset.StandardCharsets.UTF_8));
    assertEquals(200, page.status());
    return page.text("main section");
  }

  @Test
  void a_name_is_found_without_its_accents_and_with_a_slip_in_it() {
    assertTrue(find(stranger, "benali").contains("Nour Benali"));
    assertTrue(find(stranger, "Bénnali").contains("Nour Benali"));
    var api = village.app(nour.token()).get("/api/v2/search?q=bennali&type=accounts");
    assertEquals(nour.id(), api.at("/accounts/0/id").asText(), api.toString());
    assertEquals("", find(stranger, "xylophone"));
    for (var slip : new String[] {"Nuor", "beanli", "nour Benlai", "bneali"}) {
      assertTrue(find(stranger, slip).contains("Nour Benali"), slip);
      var calls = "/api/v2/search?type=accounts&q=" + slip.replace(" ", "%20");
      assertEquals(1, village.app(nour.token()).get(calls).path("accounts").size(), slip);
    }
  }

  @Test
  void a_group_is_found_once_and_a_private_one_by_its_members_alone() {
    var fields = Map.of("name", "Club des tisserands", "handle", "tisser", "kind", "club");
    var made = new java.util.HashMap<>(fields);
    made.putAll(Map.of("access", "private", "posting", "members", "audience", "public"));
    var nours = village.walker("nour");
    assertEquals(200, nours.submit("/compose/group", "/groups", made).status());
    assertEquals(1, find(nours, "tisserands").split("@tisser", -1).length - 1);
    assertTrue(find(nours, "tisserrands").contains("@tisser"));
    assertFalse(find(ines, "tisserands").contains("@tisser"));
    var calls = "/api/v2/search?type=accounts&q=tisserands";
    assertEquals(1, village.app(nour.token()).get(calls).path("accounts").size());
    assertEquals(0, village.app("").get(calls).path("accounts").size());
  }

  @Test
  void messages_are_found_by_those_who_may_know_of_them() {
    write(ines, "La chèvre a mangé le cerisier", "public");
    write(ines, "La chèvre est au quartier", "local");
    write(ines, "La chèvre est discrète", "unlisted");
    write(ines, "La chèvre est aux abonnés", "followers");
    var nours = village.walker("nour");
    var app = "/api/v2/search?type=statuses&q=chevre";
    var mine = find(ines, "chevre");
    for (var word : List.of("cerisier", "quartier", "discrète", "abonnés"))
      assertTrue(mine.contains(word), word);
    assertFalse(find(nours, "CHÈVRE").contains("chèvre"), "ines did not opt in");
    assertFalse(village.app(nour.token()).get(app).toString().contains("cerisier"));
    opts("indexable", true);
    for (var seen : List.of(find(nours, "CHÈVRE"), village.app(nour.token()).get(app).toString())) {
      assertTrue(seen.contains("cerisier") && seen.contains("quartier"), seen);
      assertFalse(seen.contains("discrète") || seen.contains("abonnés"), seen);
    }
    var seen = find(stranger, "chevre");
    assertTrue(seen.contains("cerisier") && !seen.contains("quartier"), seen);
    var muted = "/api/v1/accounts/" + id("ines");
    var unused = village.app(nour.token()).post(muted + "/mute", Map.of());
    assertFalse(find(nours, "chevre").contains("cerisier"), "nour hides ines");
    unused = village.app(nour.token()).post(muted + "/unmute", Map.of());
    opts("indexable", false);
  }

  private static void opts(String what, boolean in) {
    db.run("update actor set " + what + " = $1 where username = 'ines'", in);
  }

  private static long id(String name) {
    var found = village.app(nour.token()).get("/api/v1/accounts/lookup?acct=" + name);
    return found.get("id").asLong();
  }

  @Test
  void nobody_makes_this_server_ask_another_without_wanting_it() {
    try (var elsewhere = new FakeInstance(village.vertx())) {
      var unused = elsewhere.actor("Person", "/users/ana", "ana");
      var calls = "/api/v2/search?q=@ana@" + elsewhere.host();
      for (var app : List.of(new App(village.origin(), null), village.app(nour.token())))
        assertFalse(app.get(calls).toString().contains("\"acct\":\"ana@"));
      assertTrue(elsewhere.asked().isEmpty(), elsewhere.asked().toString());
    }
  }

  @ParameterizedTest
  @CsvSource({
    // typed; whether the sentence below is found
    "soupe, true",
    "SOUPES, true",
    "marmite, true",
    "prêter, true",
    "prete, true",
    "fete, true",
    "journal, true",
    "repair, true",
    "repairing bike, true",
    "neighbour bikes, true",
    "\"grandes marmites\", true",
    "\"marmites grandes\", false",
    "soupe -poireau, false",
    "soupe -navet, true",
    "navet or poireau, true",
    "navet, false",
    "la, true",
    "soupe navet, false",
  })
  void words_are_found_in_any_of_their_forms_in_french_and_in_english(String typed, boolean found) {
    var text =
        "Pour la fête des voisins : qui prête de grandes marmites à soupes (poireaux), et de"
            + " vieux journaux ? We repaired our neighbours' bikes.";
    if (!find(ines, "vieux").contains("voisins")) write(ines, text, "public");
    assertEquals(found, find(ines, typed).contains("fête des voisins"), typed);
  }

  @Test
  void a_handle_or_an_address_leads_to_its_page() {
    assertEquals("/users/nour", ines.get("/search?q=@nour@localhost:" + village.port()).path());
    var actor = village.origin() + "/users/nour";
    for (var copied : List.of(actor, actor + "/", actor + "?page=2", village.origin() + "/@nour"))
      assertEquals("/users/nour", ines.get("/search?q=" + copied).path(), copied);
    assertEquals("/search", stranger.get("/search?q=" + actor).path());
    var shown = village.origin() + "/@nour";
    assertEquals("/users/nour", ines.get("/search?q=" + shown).path());
    for (var page : List.of(shown, shown + "@localhost:" + village.port())) {
      var found = village.app(nour.token()).get("/api/v2/search?q=" + page);
      assertEquals(nour.id(), found.at("/accounts/0/id").asText(), page);
    }
  }

  @Test
  void a_tag_is_found_with_its_accents_and_without() {
    write(ines, "Le #goûter et le #gouter_des_aînés", "public");
    var found = find(stranger, "gouter");
    assertTrue(found.contains("#goûter"), found);
    assertTrue(found.contains("#gouter_des_aînés"), found);
    for (var typed : List.of("%23go%C3%BBter", "GOUTER", "gouter_des_ain")) {
      var call = "/api/v2/search?type=hashtags&q=" + typed;
      var tags = village.app(nour.token()).get(call).path("hashtags").findValuesAsText("name");
      var both = List.of("goûter", "gouter_des_aînés");
      assertEquals(typed.contains("_") ? both.subList(1, 2) : both, tags, typed);
    }
    assertEquals(List.of("goûter"), paged(1, 0));
    assertEquals(List.of("gouter_des_aînés"), paged(1, 1));
  }

  private static List<String> paged(int limit, int offset) {
    var call = "/api/v2/search?type=hashtags&q=gouter&limit=%d&offset=%d".formatted(limit, offset);
    return village.app(nour.token()).get(call).path("hashtags").findValuesAsText("name");
  }

  @Test
  void a_draft_is_kept_for_its_author_alone_and_a_preview_changes_nothing() {
    var form = ines.get("/compose/note");
    var it = form.html().selectFirst("form[action=/posts]");
    assertNotNull(it);
    it.attr("action", "/compose/preview");
    var fields = Map.of("text", "**Demain** on nettoie <script>x</script>", "title", "Lavoir");
    var preview = ines.submit(form, "/compose/preview", fields);
    assertEquals("Demain", preview.text("#preview strong"));
    assertEquals(0, preview.count("#preview script"));
    assertEquals("Lavoir", preview.html().select("#title").val());
    var again = preview.html().selectFirst("form[action=/posts]");
    assertNotNull(again);
    again.attr("action", "/drafts");
    var drafts = ines.submit(preview, "/drafts", Map.of());
    assertTrue(drafts.text("main").contains("Lavoir"), drafts.text("main"));
    var draft = drafts.html().select(".topics h3 a").attr("href");
    assertEquals(404, village.walker("nour").get(draft).status());
    var sent = ines.submit(draft, "/posts", Map.of());
    assertTrue(sent.text("main").contains("on nettoie"));
    assertFalse(ines.get("/drafts").text("main").contains("Lavoir"));
  }
}
