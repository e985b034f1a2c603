package org.placette.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Objects;
import org.placette.federation.fetch.Budget;
import org.placette.federation.fetch.FetchProblem;
import org.placette.testing.FakeHosts;

/** Puts a sample before the server in the way its index says, and checks what the index says. */
final class Verdict {

  private static final Map<String, Integer> ITEMS =
      Map.of(
          "collections/akkoma--ordered-array.json", 2,
          "collections/bookwyrm--replies-page.json", 1,
          "collections/friendica--followers-no-first.json", 0,
          "collections/go-ap--page-start-index.json", 1,
          "collections/lemmy--group-outbox.json", 2,
          "collections/mastodon--featured-inlined.json", 1,
          "collections/mastodon--followers-page.json", 12,
          "peers/lemmy--collection-group-moderators.json", 1,
          "peers/lemmy--collection-group-outbox.json", 2,
          "peers/mobilizon--collection-members.json", 2);

  private final Stage s;
  private final Sample sample;
  private final Script script;

  Verdict(Stage stage, Script script) {
    s = stage;
    sample = stage.sample;
    this.script = script;
  }

  void judge() {
    script.given().accept(s);
    if (sample.category().equals("collections") || sample.by("collection")) collection();
    else if (sample.by("webfinger")) webFinger();
    else if (sample.by("nodeinfo")) nodeInfo();
    else if (sample.by("inbox")) inbox();
    else fetched();
    script.then().accept(s);
  }

  private void inbox() {
    s.serveActors();
    if (!sample.category().equals("hostile")) s.serveObjects();
    s.deliver();
    var expected = sample.expectation();
    if (expected.startsWith("reject the embedded copy")
        || CorpusTest.WRONG.containsKey(sample.file())) s.accepted();
    else if (expected.startsWith("reject or accept")) assertTrue(s.status() / 100 != 5);
    else if (expected.startsWith("reject")) s.refused();
    else s.accepted();
    if (expected.startsWith("accept: ignore (") || expected.endsWith("notify or ignore"))
      s.unchanged();
    if (expected.startsWith("accept: store as event") || expected.startsWith("store event"))
      s.event();
    else if (expected.startsWith("accept: store as poll")) s.post().is("type", "Question");
    else if (expected.startsWith("accept: store as status")) s.post();
    else if (!expected.startsWith("accept: ignore (")
        && !expected.startsWith("reject")
        && !expected.endsWith("notify or ignore")
        && script == Script.NONE) fail("nothing is checked about: " + expected);
  }

  /** Documents that are asked for by their id: actors, keys, objects, parts of events. */
  private void fetched() {
    var document = s.json();
    s.remember();
    if (document.path("type").asText().equals("Place") || document.isArray()) {
      s.earlier(Documents.create(EventScripts.around(document)));
      s.plays(s.sample.text(), EventScripts.around(document).toString());
      return;
    }
    // What another document relies on: the script has it read.
    if (document.path("type").asText().equals("QuoteAuthorization")) return;
    s.serveActors();
    var hostile = sample.expectation().startsWith("reject");
    var url = hostile && sample.by("fetch") ? address() : s.id();
    if (!s.others.serves(url)) s.others.serve(url, type(), s.text());
    if (hostile) refused(url);
    else if (isActor(document)) actor(document);
    else object(url);
  }

  private void actor(JsonNode document) {
    if (sample.expectation().startsWith("accept: upsert") || sample.category().equals("peers")) {
      s.learn(s.id());
      s.me().is("type", document.path("type").asText());
    } else if (script == Script.NONE) fail("nothing is checked about: " + sample.expectation());
    else if (sample.by("key") && sample.category().equals("actors")) {
      s.others.serve(s.id() + "/main-key", FakeHosts.ACTIVITY_JSON, s.text());
    }
  }

  private void object(String url) {
    var post = s.server.posts.resolve(url, Budget.perActivity());
    assertTrue(post != null, "it was not stored");
    if (sample.expectation().contains("event")) s.event();
    if (sample.expectation().contains("poll")) s.post().is("type", "Question");
  }

  private void refused(String url) {
    assertThrows(FetchProblem.class, () -> s.learn(url));
    assertNull(s.server.posts.resolve(url, Budget.perActivity()));
    s.none("actor", "uri = $1", url);
    s.unchanged();
  }

  private static boolean isActor(JsonNode document) {
    return document.path("type").asText().matches("Person|Group|Application|Service|Organization");
  }

  /** The URL in "fetch URL (content type)"; else the id, else anything. */
  private String address() {
    var words = sample.delivery().split(" ");
    if (words.length > 1) return words[1];
    return s.json().has("id") ? s.id() : "https://example.com/hostile";
  }

  private String type() {
    var open = sample.delivery().indexOf('(');
    if (open >= 0) return sample.delivery().substring(open + 1, sample.delivery().length() - 1);
    return s.json().isEmpty() ? "text/html" : FakeHosts.ACTIVITY_JSON;
  }

  private void collection() {
    s.others.serve(s.json());
    var read = s.server.collections.items(s.id(), null, 100, Budget.perActivity());
    var expected = ITEMS.get(sample.file());
    if (expected != null) assertEquals(expected, read.items().size());
    else assertTrue(read.items().size() > 5, "items were read");
    for (var item : read.items()) {
      var id = item.id();
      assertTrue(id == null || id.startsWith("http"), () -> "bare " + id);
    }
    var total = s.json().path("totalItems");
    if (total.isInt()) assertEquals(total.asInt(), read.totalItems());
  }

  private void webFinger() {
    var hostile = sample.expectation().startsWith("reject");
    var subject = hostile ? sample.delivery().split(" ")[1] : s.json().path("subject").asText();
    var query = "?resource=" + subject.replace(":", "%3A").replace("@", "%40");
    for (var host : new String[] {hostOf(subject), hostOf(s.json().path("subject").asText())}) {
      var url = "https://" + host + "/.well-known/webfinger" + query;
      if (host.equals(hostOf(subject)) || !hostile)
        s.others.serve(url, "application/jrd+json", s.text());
    }
    if (hostile) {
      assertThrows(FetchProblem.class, () -> s.server.webFinger.resolve(subject));
      return;
    }
    var found = s.server.webFinger.resolve(subject);
    assertEquals(subject, "acct:" + found.subject());
    assertEquals(selfLink(), found.actorId());
  }

  private static String hostOf(String subject) {
    return subject.substring(subject.lastIndexOf('@') + 1);
  }

  private String selfLink() {
    for (var link : s.json().path("links"))
      if (link.path("rel").asText().equals("self")) return link.path("href").asText();
    throw new AssertionError("no self link");
  }

  /** Half of the samples are the list of links, half the document that it leads to. */
  private void nodeInfo() {
    var json = s.json();
    var host = "nodeinfo.example";
    var document = "https://" + host + "/nodeinfo/2.0";
    var links = json;
    if (json.has("links")) {
      var best = json.at("/links").findValuesAsText("href").stream();
      document = best.filter(u -> u.matches(".*nodeinfo(/2.1)?$")).findFirst().orElseThrow();
      host = java.net.URI.create(document).getHost();
      s.others.serve(
          document, "application/json", "{'software':{'name':'right'}}".replace('\'', '"'));
    } else {
      var written = s.json() instanceof ObjectNode object ? object.objectNode() : null;
      links = Objects.requireNonNull(written);
      ((ObjectNode) links)
          .putArray("links")
          .addObject()
          .put("rel", "http://nodeinfo.diaspora.software/ns/schema/2.0")
          .put("href", document);
      s.others.serve(document, "application/json", s.text());
    }
    s.others.serve(
        "https://" + host + "/.well-known/nodeinfo", "application/json", links.toString());
    var found = s.server.nodeInfo.lookup(host);
    if (json.has("links")) {
      assertEquals("right", found.name());
      if (s.text().contains("#Application"))
        assertEquals("https://event-federation.eu/actor-relay", found.applicationActorId());
    } else {
      assertEquals(sample.expectation().replace("accept: software ", ""), found.name());
      assertEquals(json.at("/software/version").asText(), found.version());
    }
  }
}
