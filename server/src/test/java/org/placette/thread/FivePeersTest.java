package org.placette.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.corpus.Sample;
import org.placette.db.Db;
import org.placette.testing.Chromium;
import org.placette.testing.Eventually;
import org.placette.testing.Peer;
import org.placette.testing.PgExtension;
import org.placette.testing.Square;
import org.placette.testing.Walker;

/**
 * One discussion in which a resident and people of five kinds of servers talk: each server on an
 * origin of its own, with its real payloads (only hosts and whom they answer differ), over signed
 * HTTP both ways.
 */
@ExtendWith(PgExtension.class)
@TestMethodOrder(OrderAnnotation.class)
class FivePeersTest {

  /**
   * A payload of somebody, and whom it answers there.
   *
   * @param origin of the server that wrote it
   * @param ours what in it plays the resident; "" for nobody
   * @param group what in it plays the Group; "" for nothing
   */
  private record Said(String file, String person, String origin, String ours, String group) {}

  private static final Map<String, Said> SAID = new LinkedHashMap<>();

  static {
    SAID.put(
        "mastodon",
        new Said(
            "create/mastodon--create-note.json",
            "/users/felix",
            "https://mastodon.madrid",
            "https://mamot.fr/users/retiolus",
            ""));
    SAID.put(
        "lemmy",
        new Said(
            "interact/lemmy--announce-create-page.json",
            "/u/lemmy_beta",
            "http://enterprise.lemmy.ml",
            "",
            "http://enterprise.lemmy.ml/c/main"));
    SAID.put(
        "nodebb",
        new Said(
            "interact/nodebb--announce-create-note.json",
            "/uid/14929",
            "https://community.nodebb.org",
            "https://nrw.social/users/FrankM",
            "https://community.nodebb.org/category/30"));
    SAID.put(
        "friendica",
        new Said(
            "create/friendica--create-page.json",
            "/profile/heluecht",
            "https://pirati.ca",
            "",
            "https://ds9.lemmy.ml/c/testcom"));
    SAID.put(
        "pleroma",
        new Said(
            "create/pleroma--create-note.json",
            "/users/nutomic",
            "https://greenish.red",
            "https://enterprise.lemmy.ml/u/picard",
            ""));
  }

  private static final Map<String, Peer> PEERS = new LinkedHashMap<>();
  private static final Map<String, ObjectNode> NOTES = new LinkedHashMap<>();

  private static Path corpus;
  private static Village village;
  private static Village.Person nour;
  private static Walker browser;
  private static String group;
  private static String root = "";

  @BeforeAll
  static void start(Db db, @TempDir Path data) {
    var folder = Sample.folder();
    Assumptions.assumeTrue(folder != null, "the payloads are not at hand");
    corpus = Objects.requireNonNull(folder);
    village = Village.start(db, data);
    nour = village.person("nour", "Nour Benali", "animator");
    browser = village.walker("nour");
    SAID.forEach(
        (software, said) -> PEERS.put(software, new Peer(village.vertx(), software, said.person)));
    var made =
        browser.submit(
            "/compose/group", "/groups", Map.of("name", "Soupe", "access", "public", "tags", ""));
    group = village.origin() + made.path();
  }

  @AfterAll
  static void stop() {
    PEERS.values().forEach(Peer::close);
    if (village != null) village.close();
  }

  private static String inbox() {
    return village.origin() + "/inbox";
  }

  private static Peer peer(String software) {
    return Objects.requireNonNull(PEERS.get(software));
  }

  private static String uri(String software) {
    return Objects.requireNonNull(NOTES.get(software)).path("id").asText();
  }

  private static JsonNode corpus(String file) throws IOException {
    return Square.JSON.readTree(Files.readAllBytes(corpus.resolve(file)));
  }

  /** A payload with the hosts of this run. */
  private static ObjectNode here(String software, String file) throws IOException {
    var said = Objects.requireNonNull(SAID.get(software));
    var text = corpus(file).toString();
    if (!said.group.isEmpty()) text = text.replace(said.group, group);
    if (!said.ours.isEmpty()) text = text.replace(said.ours, nour.actor().uri());
    var read =
        (ObjectNode) Square.JSON.readTree(text.replace(said.origin, peer(software).server.at("")));
    return read.path("type").asText().equals("Announce") ? (ObjectNode) read.get("object") : read;
  }

  /** Sends what somebody says, as an answer to something. */
  private static void says(String software, String answered) throws IOException {
    var create = here(software, Objects.requireNonNull(SAID.get(software)).file);
    var note = (ObjectNode) create.get("object");
    note.put("inReplyTo", answered);
    if (software.equals("lemmy")) {
      // What it has at hand is a post; its comments are Notes without a title, in the same frame.
      note.put("type", "Note").remove("name");
      note.put("content", "<p>Lemmy apporte le pain.</p>").put("distinguished", false);
    }
    NOTES.put(software, note);
    peer(software)
        .server
        .put(note.deepCopy().put("@context", "https://www.w3.org/ns/activitystreams"));
    assertEquals(202, peer(software).send(inbox(), create), software);
  }

  private static String rootPath() {
    return root.substring(village.origin().length());
  }

  /** The root's place in the client API. */
  private static JsonNode context() {
    return nour.app().get("/api/v1/statuses/" + rootId() + "/context").path("descendants");
  }

  /** The entity of what somebody said; missing until it is there. */
  private static JsonNode status(String software) {
    for (var one : context()) if (one.path("uri").asText().equals(uri(software))) return one;
    return MissingNode.getInstance();
  }

  /** Waits until a peer was sent an activity in which all these words stand. */
  private static ObjectNode awaits(String software, String type, String actor, String... words) {
    List<ObjectNode> found = new ArrayList<>();
    Eventually.holds(
        Duration.ofSeconds(60),
        () -> {
          found.clear();
          peer(software).got(type, actor).stream()
              .filter(one -> Arrays.stream(words).allMatch(one.toString()::contains))
              .forEach(found::add);
          return !found.isEmpty();
        },
        () ->
            software + " gets no " + type + " of " + List.of(words) + ": " + peer(software).got());
    return found.getFirst();
  }

  @Test
  @Order(1)
  void each_server_follows_the_group_and_is_told_what_a_resident_begins() {
    PEERS.forEach(
        (software, peer) -> {
          var follow = peer.activity("Follow", TextNode.valueOf(group));
          assertEquals(202, peer.send(inbox(), follow), software);
          awaits(software, "Accept", group, follow.path("id").asText());
        });
    var room = browser.get("/compose/note").html().selectFirst("option:contains(Soupe)");
    var fields =
        Map.of(
            "room", Objects.requireNonNull(room).attr("value"),
            "title", "Une marmite ?",
            "text", "Vingt litres au moins : qui apporte quoi ?");
    root = village.origin() + browser.submit("/compose/note", "/posts", fields).path();
    PEERS.keySet().forEach(software -> awaits(software, "Announce", group, root));
  }

  @Test
  @Order(2)
  void what_they_answer_stands_in_one_tree() throws IOException {
    var under = new LinkedHashMap<String, String>();
    under.put("mastodon", "");
    under.put("lemmy", "mastodon");
    under.put("nodebb", "lemmy");
    under.put("friendica", "");
    under.put("pleroma", "friendica");
    for (var one : under.entrySet()) {
      says(one.getKey(), one.getValue().isEmpty() ? root : uri(one.getValue()));
      Eventually.holds(one.getKey() + " arrives", () -> !status(one.getKey()).isMissingNode());
    }
    assertEquals(5, context().size());
    var page = browser.get(rootPath()).html();
    assertEquals(5, page.select("ol.thread .note").size());
    for (var one : under.entrySet()) {
      var above = one.getValue().isEmpty() ? rootId() : status(one.getValue()).path("id").asText();
      var status = status(one.getKey());
      assertEquals(above, status.path("in_reply_to_id").asText(), one.getKey());
      assertEquals("@" + status.path("account").path("acct").asText(), peer(one.getKey()).handle());
      var place = Objects.requireNonNull(page.getElementById("p" + status.path("id").asText()));
      var parent = Objects.requireNonNull(place.closest("li")).parent();
      parent = parent == null ? null : parent.closest("li");
      if (one.getValue().isEmpty()) assertNull(parent);
      else assertEquals("p" + above, noteOf(parent));
    }
  }

  @Test
  @Order(3)
  void each_gets_what_the_others_say_from_the_group_word_for_word() {
    for (var of : PEERS.keySet())
      for (var to : PEERS.keySet()) {
        if (to.equals(of)) continue;
        var wrapped = awaits(to, "Announce", group, "\"Create\"", uri(of)).path("object");
        assertEquals(peer(of).person(), wrapped.path("actor").asText());
        assertEquals(NOTES.get(of), wrapped.path("object"), of + " at " + to);
      }
  }

  @Test
  @Order(4)
  void a_resident_answers_each_and_each_is_sent_it_in_a_form_it_reads() {
    for (var one : PEERS.entrySet()) {
      var software = one.getKey();
      var peer = one.getValue();
      var said =
          nour.app()
              .post(
                  "/api/v1/statuses",
                  Map.of(
                      "status",
                      peer.handle() + " Merci !",
                      "in_reply_to_id",
                      status(software).path("id").asText()));
      var uri = said.path("uri").asText();
      var note = awaits(software, "Create", nour.actor().uri(), uri).path("object");
      assertEquals("Note", note.path("type").asText());
      assertEquals(uri(software), note.path("inReplyTo").asText());
      assertEquals(group, note.path("audience").asText());
      assertTrue(note.path("to").toString().contains("#Public"), software);
      var told = note.path("to").toString() + note.path("cc");
      assertTrue(told.contains(peer.person()) && told.contains(group), told);
      var mentions = note.path("tag").findValuesAsText("href");
      assertTrue(mentions.contains(peer.person()), mentions::toString);
      var context = village.guest().activity(rootPath()).body().path("context").asText();
      assertEquals(context, note.path("context").asText());
      // And the Group says it to everybody.
      for (var other : PEERS.keySet()) awaits(other, "Announce", group, "\"Create\"", uri);
    }
    assertEquals(10, context().size());
  }

  @Test
  @Order(5)
  void an_edit_and_a_deletion_change_the_tree_and_reach_the_others() throws IOException {
    var mastodon = peer("mastodon");
    var note = Objects.requireNonNull(NOTES.get("mastodon")).deepCopy();
    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    note.put("content", "<p>Un thinkpad et une marmite.</p>").put("updated", now.toString());
    note.remove("contentMap");
    var update = mastodon.activity("Update", note);
    update.set("to", note.get("to"));
    update.set("cc", note.get("cc"));
    assertEquals(202, mastodon.send(inbox(), update));
    Eventually.holds(
        "the edit", () -> status("mastodon").path("content").asText().contains("une marmite"));
    assertFalse(status("mastodon").path("edited_at").isNull());

    var id = status("lemmy").path("id").asText();
    var delete = (ObjectNode) corpus("update-delete/lemmy--delete-page.json");
    delete.put("id", peer("lemmy").server.at("/activities/delete/1"));
    delete.put("actor", peer("lemmy").person()).put("object", uri("lemmy")).put("audience", group);
    delete.putArray("cc").add(group);
    assertEquals(202, peer("lemmy").send(inbox(), delete));
    Eventually.holds("the deletion", () -> status("lemmy").isMissingNode());
    for (var other : List.of("nodebb", "friendica", "pleroma")) {
      awaits(other, "Announce", group, "\"Update\"", "Un thinkpad et une marmite.");
      awaits(other, "Announce", group, "\"Delete\"", uri("lemmy"));
    }
    // Its place stays, since others answered there.
    var page = browser.get(rootPath());
    assertEquals("p" + id, Objects.requireNonNull(page.html().selectFirst(".removed")).id());
    assertTrue(page.text(".thread").contains("Un thinkpad et une marmite."));
    assertFalse(page.text(".thread").contains("Lemmy apporte le pain."));
  }

  @Test
  @Order(6)
  void the_page_of_the_tree_is_no_wider_than_its_screen() throws IOException {
    try (var chromium = Chromium.open()) {
      for (var language : List.of("fr", "en"))
        for (var width : List.of(390, 1280)) {
          var options =
              new Browser.NewContextOptions().setLocale(language).setViewportSize(width, 800);
          try (var context = chromium.browser().newContext(options)) {
            var page = context.newPage();
            page.navigate(root);
            var wide = page.evaluate("document.documentElement.scrollWidth");
            assertEquals(width, ((Number) wide).intValue(), language);
            page.screenshot(
                new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(
                        Path.of(
                            "target/screenshots/five-peers-%s-%d.png".formatted(language, width))));
          }
        }
    }
  }

  private static String noteOf(@Nullable Element place) {
    return place == null ? "" : place.select(".note").eachAttr("id").getFirst();
  }

  private static String rootId() {
    return root.substring(root.lastIndexOf('/') + 1);
  }
}
