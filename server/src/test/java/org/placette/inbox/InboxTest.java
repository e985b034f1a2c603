package org.placette.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.placette.db.Db;
import org.placette.federation.signature.SigningKey;
import org.placette.inbox.ActivityHandler.Kind;
import org.placette.testing.FakeInstance;
import org.placette.testing.PgExtension;

/** What the inbox takes and what it refuses, over HTTP (T1, T2, T3, T12). */
@ExtendWith(PgExtension.class)
class InboxTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path data;
  private static InboxServer server;
  private static Noting noting;
  private Map<String, Long> refusedBefore = Map.of();
  private FakeInstance honest;
  private FakeInstance evil;
  private String fay;
  private Db db;

  @BeforeAll
  static void start(Db db) {
    server = new InboxServer(db, data, Duration.ofSeconds(15));
    noting = new Noting(db, new Kind("Create", "*"), new Kind("Update", "*"), new Kind("Like", ""));
    server.start(1, noting);
    server.person("rose");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void neighbours(Db given) {
    db = given;
    db.run("truncate inbox, inbox_seen, undone, noted");
    noting.before = received -> {};
    server.blocked.clear();
    refusedBefore = server.inbox.refusals().counts();
    honest = new FakeInstance(server.vertx);
    evil = new FakeInstance(server.vertx);
    fay = honest.person("fay").get("id").asText();
  }

  @AfterEach
  void leave() {
    honest.close();
    evil.close();
  }

  private ObjectNode create(String actor, String note, String words) {
    var activity = JSON.createObjectNode();
    activity.put("@context", "https://www.w3.org/ns/activitystreams");
    activity.put("id", note + "/activity").put("type", "Create").put("actor", actor);
    activity
        .putObject("object")
        .put("id", note)
        .put("type", "Note")
        .put("attributedTo", actor)
        .put("content", words);
    return activity;
  }

  private static byte[] bytes(Object document) {
    return document.toString().getBytes(StandardCharsets.UTF_8);
  }

  private RawPost post(ObjectNode activity) {
    return RawPost.signed(server.port, "/inbox", bytes(activity), honest.signingKey(fay));
  }

  private List<String> noted() {
    return db.list("select type || ' ' || object from noted order by n", row -> row.getString(0));
  }

  private long rows() {
    var count = db.one("select count(*) from inbox", row -> row.getLong(0));
    return count == null ? 0 : count;
  }

  private void processed() {
    eventually(() -> rows() == 0);
  }

  static void eventually(BooleanSupplier what) {
    var end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
    while (!what.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "it did not happen within 15 seconds");
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void refused(int status, String reason, RawPost.Answer answer) {
    assertEquals(status, answer.status(), answer.body());
    var before = refusedBefore.getOrDefault(reason, 0L);
    assertEquals(before + 1, server.inbox.refusals().counts().getOrDefault(reason, 0L), reason);
    assertEquals(0, rows());
    assertTrue(answer.body().contains("\"error\""), answer.body());
  }

  @Test
  void a_signed_activity_is_taken_and_has_its_effect() {
    var answer = post(create(fay, fay + "/notes/1", "bonjour")).send();
    assertEquals(202, answer.status(), answer.body());
    processed();
    assertEquals(List.of("Create " + fay + "/notes/1"), noted());
  }

  @Test
  void the_same_activity_fifty_times_at_once_has_one_effect() throws Exception {
    var body = create(fay, fay + "/notes/1", "bonjour");
    try (var senders = Executors.newFixedThreadPool(10)) {
      List<java.util.concurrent.Future<RawPost.Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 50; i++) answers.add(senders.submit(() -> post(body).send()));
      for (var answer : answers) assertEquals(202, answer.get().status());
    }
    processed();
    assertEquals(1, noted().size());
    // A replay after it was processed (T3).
    assertEquals(202, post(body).send().status());
    processed();
    assertEquals(1, noted().size());
  }

  @Test
  void one_id_with_another_content_is_another_activity() {
    var note = fay + "/notes/1";
    assertEquals(202, post(create(fay, note, "samedi")).send().status());
    assertEquals(202, post(create(fay, note, "dimanche")).send().status());
    processed();
    assertEquals(2, noted().size());
  }

  @Test
  void activities_about_one_thing_have_their_effects_in_the_order_of_their_arrival() {
    var note = fay + "/notes/1";
    var slow = new java.util.concurrent.atomic.AtomicBoolean(true);
    noting.before =
        received -> {
          if (slow.getAndSet(false)) sleep(600);
        };
    assertEquals(202, post(create(fay, note, "first")).send().status());
    for (int i = 0; i < 5; i++) {
      var update = create(fay, note, "change " + i).put("type", "Update");
      assertEquals(202, post(update.put("id", note + "#" + i)).send().status());
    }
    assertEquals(202, post(create(fay, fay + "/notes/2", "other")).send().status());
    processed();
    var order = db.list("select words from noted order by n", row -> row.getString(0));
    // What is about something else does not wait.
    assertEquals("other", order.getFirst());
    assertEquals(
        List.of("first", "change 0", "change 1", "change 2", "change 3", "change 4"),
        order.subList(1, 7));
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void an_undo_that_comes_first_keeps_the_late_activity_from_having_an_effect() {
    var like = JSON.createObjectNode().put("id", fay + "#like/1").put("type", "Like");
    like.put("actor", fay).put("object", server.at("/posts/1"));
    var undo = JSON.createObjectNode().put("id", fay + "#undo/1").put("type", "Undo");
    undo.put("actor", fay).put("object", fay + "#like/1");
    assertEquals(202, post(undo).send().status());
    processed();
    assertEquals(202, post(like).send().status());
    processed();
    assertEquals(List.of(), noted());
    // It is remembered once: a second Like under the same id counts.
    assertEquals(202, post(like.put("published", "2027-01-01T00:00:00Z")).send().status());
    processed();
    assertEquals(1, noted().size());
  }

  @Test
  void a_refusal_by_a_feature_spoils_nothing_else_and_an_unexpected_failure_is_kept() {
    noting.before =
        received -> {
          var words = String.valueOf(received.object().text("content"));
          if (words.equals("refused")) throw new Refused("not-the-author");
          if (words.equals("bug")) throw new IllegalStateException("a bug");
        };
    for (var words : List.of("good", "refused", "bug", "fine")) {
      assertEquals(202, post(create(fay, fay + "/notes/" + words, words)).send().status());
    }
    eventually(() -> noted().size() == 2 && rows() == 1);
    assertTrue(server.inbox.refusals().counts().containsKey("not-the-author"));
    eventually(
        () ->
            db.one(
                    "select tries from inbox where error like '%a bug%' and due > now()",
                    row -> row.getInteger(0))
                != null);
  }

  // T1: every part of an activity that another actor could put there in its own favour.

  static Stream<String> elsewhere() {
    return Stream.of("subdomain", "port", "scheme", "userinfo");
  }

  /** The id of something that is not quite where {@code actor} is. */
  private String displaced(String how, String id) {
    return switch (how) {
      case "subdomain" -> id.replace("//127.0.0.1", "//www.127.0.0.1.example");
      case "port" -> id.replace(honest.host(), evil.host());
      case "scheme" -> id.replace("http://", "https://");
      case "userinfo" -> id.replace("//", "//" + evil.host().replace(':', '.') + "@");
      default -> throw new IllegalArgumentException(how);
    };
  }

  @ParameterizedTest
  @MethodSource("elsewhere")
  void an_id_of_another_origin_is_refused(String how) {
    var activity = create(fay, fay + "/notes/1", "x");
    activity.put("id", displaced(how, fay + "/notes/1/activity"));
    refused(401, "id-of-another-origin", post(activity).send());
  }

  @ParameterizedTest
  @MethodSource("elsewhere")
  void an_object_of_another_origin_is_refused(String how) {
    var activity = create(fay, fay + "/notes/1", "x");
    ((ObjectNode) activity.get("object")).put("id", displaced(how, fay + "/notes/1"));
    refused(401, "object-of-another-origin", post(activity).send());
  }

  @ParameterizedTest
  @MethodSource("elsewhere")
  void an_actor_that_is_not_the_signer_is_refused(String how) {
    var other = displaced(how, fay);
    var note = other + "/notes/1";
    var answer = post(create(other, note, "x")).send();
    var reason = how.equals("userinfo") ? "actor-without-origin" : "signer-is-not-the-actor";
    refused(401, reason, answer);
  }

  @ParameterizedTest
  @MethodSource("elsewhere")
  void a_key_id_elsewhere_is_refused(String how) {
    evil.person("fay");
    var key = new SigningKey(displaced(how, fay + "#main-key"), honest.pair(fay).getPrivate());
    var body = bytes(create(fay, fay + "/notes/1", "x"));
    var answer = RawPost.signed(server.port, "/inbox", body, key).send();
    assertTrue(answer.status() == 401 || answer.status() == 503, answer.toString());
    assertEquals(0, rows());
  }

  @Test
  void another_actor_of_the_same_host_cannot_sign_for_the_first() {
    var mallory = honest.person("mallory").get("id").asText();
    var body = bytes(create(fay, fay + "/notes/1", "x"));
    var answer = RawPost.signed(server.port, "/inbox", body, honest.signingKey(mallory)).send();
    refused(401, "signer-is-not-the-actor", answer);
  }

  @Test
  void a_key_on_an_evil_host_that_names_the_victim_as_its_owner_is_refused() {
    var mallory = evil.person("mallory");
    ((ObjectNode) mallory.get("publicKey")).put("owner", fay);
    evil.put(mallory);
    var key = evil.signingKey(mallory.get("id").asText());
    var body = bytes(create(fay, fay + "/notes/1", "x"));
    refused(401, "key-not-the-owners", RawPost.signed(server.port, "/inbox", body, key).send());
  }

  @Test
  void an_actor_of_this_very_server_is_refused() {
    var ours = server.actors.village().uri();
    refused(401, "actor-is-ours", post(create(ours, ours + "/1", "x")).send());
  }

  // T2: what was signed is what was sent.

  @Test
  void a_body_without_a_matching_covered_digest_is_refused() {
    var good = post(create(fay, fay + "/notes/1", "x"));
    var other = bytes(create(fay, fay + "/notes/1", "y"));
    refused(401, "signature-digest-mismatch", good.body(other).send());
    assertEquals(401, good.without("Digest").send().status());
    assertEquals(401, good.without("Signature").send().status());
    var digest = String.valueOf(good.headers().get("Digest"));
    var two = digest + ",SHA-256=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    assertEquals(401, good.with("Digest", two).send().status());
    var signature = String.valueOf(good.headers().get("Signature"));
    var uncovered = signature.replace(" digest", "");
    assertEquals(401, good.with("Signature", uncovered).send().status());
    assertEquals(401, good.without("Digest").inChunks().send().status());
    assertEquals(0, rows());
    assertEquals(202, good.inChunks().send().status());
  }

  // T3: captured deliveries.

  @Test
  void an_old_delivery_and_one_for_another_host_or_inbox_are_refused() {
    var body = bytes(create(fay, fay + "/notes/1", "x"));
    var key = honest.signingKey(fay);
    var here = "127.0.0.1:" + server.port;
    var old = Instant.now().minus(Duration.ofHours(3));
    refused(
        401,
        "signature-too-old",
        RawPost.signedFor(here, server.port, "/inbox", body, key, old).send());
    var elsewhere =
        RawPost.signedFor("autre.example", server.port, "/inbox", body, key, Instant.now());
    refused(401, "signature-other-host", elsewhere.send());
    var captured = RawPost.signed(server.port, "/inbox", body, key).to("/users/rose/inbox");
    refused(401, "signature-does-not-verify", captured.send());
    var own = RawPost.signed(server.port, "/users/rose/inbox", body, key);
    assertEquals(202, own.send().status());
    assertEquals(404, own.to("/users/nobody/inbox").send().status());
  }

  // T12 and plain bad input.

  @Test
  void rubbish_is_refused_at_once_and_causes_no_request_to_anybody() {
    var deep = ("{\"a\":" + "[".repeat(100_000)).getBytes(StandardCharsets.UTF_8);
    var start = System.nanoTime();
    refused(400, "json-too-deep", raw(deep).send());
    assertTrue(System.nanoTime() - start < 2_000_000_000L);
    refused(400, "json-not-json", raw("{".getBytes(StandardCharsets.UTF_8)).send());
    refused(400, "no-actor", raw("{}".getBytes(StandardCharsets.UTF_8)).send());
    refused(400, "json-duplicate-key", raw("{\"a\":1,\"a\":2}".getBytes(UTF)).send());
    refused(413, "too-large", raw(new byte[1_100_000]).send());
    var plain = raw("{}".getBytes(UTF)).with("Content-Type", "application/json");
    refused(415, "content-type", plain.send());
    assertEquals(List.of(), honest.asked());
  }

  private static final java.nio.charset.Charset UTF = StandardCharsets.UTF_8;

  private RawPost raw(byte[] body) {
    return RawPost.signed(server.port, "/inbox", body, honest.signingKey(fay));
  }

  @Test
  void a_blocked_domain_is_refused_before_its_key_is_fetched() {
    server.blocked.add(honest.host());
    refused(403, "blocked-domain", post(create(fay, fay + "/notes/1", "x")).send());
    assertEquals(List.of(), honest.asked());
  }

  @Test
  void a_strangers_farewell_is_taken_without_any_fetch_and_without_effect() {
    var farewell = JSON.createObjectNode().put("id", fay + "#delete").put("type", "Delete");
    farewell.put("actor", fay).put("object", fay);
    assertEquals(202, post(farewell).send().status());
    assertEquals(List.of(), honest.asked());
    assertEquals(0, rows());
  }

  @Test
  void a_new_key_is_found_when_the_old_one_no_longer_verifies() {
    assertEquals(202, post(create(fay, fay + "/notes/1", "x")).send().status());
    honest.rotate(fay);
    honest.person("fay");
    var body = create(fay, fay + "/notes/2", "x");
    assertEquals(401, post(body).send().status());
    db.update("update actor_key set fetched_at = now() - interval '6 minutes'");
    sleep(10_500); // what was proven is held in memory for ten seconds
    assertEquals(202, post(body).send().status());
  }

  @Test
  void what_a_third_party_forwards_is_asked_at_its_origin() {
    var relay = evil.person("relay").get("id").asText();
    var forged = create(fay, fay + "/notes/1", "forged words");
    forged.putObject("signature").put("type", "RsaSignature2017").put("signatureValue", "x");
    var note = (ObjectNode) create(fay, fay + "/notes/1", "true words").get("object");
    honest.put(note.put("@context", "https://www.w3.org/ns/activitystreams"));
    var answer =
        RawPost.signed(server.port, "/inbox", bytes(forged), evil.signingKey(relay)).send();
    assertEquals(202, answer.status(), answer.body());
    processed();
    eventually(() -> !noted().isEmpty());
    assertEquals(
        List.of("true words"), db.list("select words from noted", row -> row.getString(0)));
  }
}
