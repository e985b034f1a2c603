package org.placette.actor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.config.Settings;
import org.placette.db.Db;
import org.placette.federation.fetch.Dereferencer;
import org.placette.federation.fetch.GuardedHttp;
import org.placette.federation.fetch.SignedHttp;
import org.placette.federation.fetch.WebFinger;
import org.placette.federation.signature.Keys;
import org.placette.federation.signature.PublishedKey;
import org.placette.federation.vocab.AsObject;
import org.placette.instance.Instance;
import org.placette.instance.NodeInfoRoutes;
import org.placette.testing.FakeInstance;
import org.placette.testing.PgExtension;
import org.placette.web.ProblemPage;
import org.placette.web.ReadyAnswers;
import org.placette.web.WebServer;
import org.placette.web.WebServer.Site;

/** What the world reads of our actors, over real HTTP. */
@ExtendWith(PgExtension.class)
class ActorRoutesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Vertx VERTX = Vertx.vertx();
  @TempDir private static Path data;
  private static int port;
  private static Actors actors;
  private static Db db;

  @BeforeAll
  static void start(Db given) {
    db = given;
    var http = new GuardedHttp(VERTX, FakeInstance.rules());
    actors =
        new Actors(
            VERTX,
            db,
            new Urls("https", "fleurs.example"),
            KeyRing.open(data),
            new Dereferencer(new SignedHttp(http)),
            new WebFinger(http));
    actors.found("Fleurs");
    var nour = db.inTransaction(tx -> actors.createLocal(tx, "Person", "nour", "Nour", null));
    assertTrue(nour.local());
    var ready = new ReadyAnswers();
    var routes =
        List.of(
            new ActorRoutes(actors, ready, List.of(new Six())),
            new WebFingerRoutes(actors, ready),
            new NodeInfoRoutes(new Instance(db), actors, ready, "0.1", () -> false));
    var settings = Settings.local(0, data);
    port =
        WebServer.start(VERTX, settings, new Site(routes, ready, ProblemPage.PLAIN, () -> null))
            .port();
  }

  /** An outbox of six things in pages of whatever size. */
  private static final class Six implements ActorCollection {
    @Override
    public String name() {
      return "outbox";
    }

    @Override
    public long totalItems(Actor actor) {
      return 6;
    }

    @Override
    public Page page(Actor actor, @Nullable String cursor, int limit) {
      return new Page(
          List.of(TextNode.valueOf(cursor == null ? "first" : cursor)),
          cursor == null ? "a&b" : null);
    }
  }

  @AfterAll
  static void stop() {
    VERTX.close().await();
  }

  @Test
  void an_actor_says_who_it_is_with_keys_that_can_be_read_back() throws Exception {
    var nour = json("/users/nour");
    assertEquals("https://fleurs.example/users/nour", nour.get("id").asText());
    assertEquals("Person", nour.get("type").asText());
    assertEquals("nour@fleurs.example", nour.get("webfinger").asText());
    for (var key :
        List.of("inbox", "outbox", "followers", "following", "featured", "upcomingEvents")) {
      assertTrue(nour.get(key).asText().startsWith("https://fleurs.example/users/nour/"), key);
    }
    assertEquals("https://fleurs.example/inbox", nour.at("/endpoints/sharedInbox").asText());
    assertTrue(nour.get("publicKey").isObject());
    var keys = PublishedKey.in(nour);
    assertEquals(2, keys.size());
    assertEquals("https://fleurs.example/users/nour#main-key", keys.get(0).id());
    assertEquals(
        Keys.toMultikey(keys.get(1).key()),
        nour.at("/assertionMethod/0/publicKeyMultibase").asText());
  }

  @Test
  void each_kind_of_actor_lives_where_its_type_says() throws Exception {
    assertEquals("Application", json("/actor").get("type").asText());
    assertEquals("Group", json("/groups/village").get("type").asText());
    assertEquals("Service", json("/orgs/agenda").get("type").asText());
    assertEquals(404, get("/users/village", "application/activity+json").statusCode());
    assertEquals(404, get("/users/nobody", "application/activity+json").statusCode());
    var group = json("/groups/village");
    assertEquals(0, json(group.get("members").asText()).get("totalItems").asInt());
  }

  @Test
  void collections_come_in_pages_whose_cursors_survive_the_address() throws Exception {
    var outbox = json("/orgs/agenda/outbox");
    assertEquals(6, outbox.get("totalItems").asInt());
    var first = json(outbox.get("first").asText());
    assertEquals("first", first.at("/orderedItems/0").asText());
    assertEquals(outbox.get("id"), first.get("partOf"));
    var second = json(first.get("next").asText());
    assertEquals("a&b", second.at("/orderedItems/0").asText());
    assertEquals(first.get("next"), second.get("id"));
    assertEquals(false, second.has("next"));
  }

  @Test
  void webfinger_finds_handles_and_addresses_in_any_case() throws Exception {
    for (var asked :
        List.of(
            "acct:nour@fleurs.example",
            "acct:NOUR@Fleurs.Example",
            "nour@fleurs.example",
            "https://fleurs.example/users/nour",
            "https://fleurs.example/@nour")) {
      var jrd = webFinger(asked);
      assertEquals("acct:nour@fleurs.example", jrd.get("subject").asText(), asked);
      assertEquals(
          "https://fleurs.example/users/nour",
          WebFingerLink.self(new AsObject((com.fasterxml.jackson.databind.node.ObjectNode) jrd)));
    }
    assertEquals(
        "acct:relay@fleurs.example",
        webFinger("acct:fleurs.example@fleurs.example").get("subject").asText());
    for (var server : List.of("https://fleurs.example/", "https://fleurs.example")) {
      assertEquals(
          "https://www.w3.org/ns/activitystreams#Service",
          webFinger(server).at("/links/0/rel").asText());
    }
    assertEquals(404, finger("acct:nour@other.example").statusCode());
    assertEquals(404, finger("acct:nobody@fleurs.example").statusCode());
    assertEquals(400, get("/.well-known/webfinger", "*/*").statusCode());
  }

  private static final class WebFingerLink {
    static String self(AsObject jrd) {
      return jrd.objects("links").stream()
          .filter(link -> "self".equals(link.text("rel")))
          .findFirst()
          .orElseThrow()
          .json()
          .get("href")
          .asText();
    }
  }

  @Test
  void a_retired_actor_is_gone_everywhere() throws Exception {
    var lou = db.inTransaction(tx -> actors.createLocal(tx, "Person", "lou", "Lou", null));
    db.transact(tx -> actors.retire(tx, lou));
    assertEquals(410, get("/users/lou", "application/activity+json").statusCode());
    assertEquals(410, get("/users/lou/outbox", "application/activity+json").statusCode());
    assertEquals(410, finger("acct:lou@fleurs.example").statusCode());
  }

  @Test
  void nodeinfo_names_the_schemas_first_and_the_application_last() throws Exception {
    var links = json("/.well-known/nodeinfo").get("links");
    assertTrue(links.get(0).get("rel").asText().endsWith("/schema/2.0"));
    assertEquals("https://fleurs.example/actor", links.get(2).get("href").asText());
    var info = json(links.get(1).get("href").asText());
    assertEquals("placette", info.at("/software/name").asText());
    assertEquals(1, info.at("/usage/users/total").asInt());
    var hostMeta = get("/.well-known/host-meta", "*/*").body();
    assertTrue(hostMeta.contains("webfinger?resource={uri}"));
  }

  private static JsonNode json(String address) throws Exception {
    var path = address.replace("https://fleurs.example", "");
    // Twice: the second answer comes from the ready ones.
    var once = get(path, "application/activity+json");
    assertEquals(200, once.statusCode(), address);
    assertEquals(once.body(), get(path, "application/activity+json").body());
    return JSON.readTree(once.body());
  }

  private static JsonNode webFinger(String resource) throws Exception {
    var answer = finger(resource);
    assertEquals(200, answer.statusCode(), resource);
    return JSON.readTree(answer.body());
  }

  private static HttpResponse<String> finger(String resource) throws Exception {
    var query = URLEncoder.encode(resource, StandardCharsets.UTF_8);
    return get("/.well-known/webfinger?resource=" + query, "application/jrd+json");
  }

  private static HttpResponse<String> get(String path, String accept) throws Exception {
    var uri = URI.create("http://127.0.0.1:" + port + path);
    return CLIENT.send(
        HttpRequest.newBuilder(uri).header("Accept", accept).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
