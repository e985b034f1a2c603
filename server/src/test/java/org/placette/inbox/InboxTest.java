package org.placette.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the inbox takes and what it refuses, over HTTP (T12). */
class InboxTest extends InboxScene {

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
    var begun = new CountDownLatch(1);
    var others = new CountDownLatch(1);
    noting.before =
        received -> {
          if (begun.getCount() == 0) return;
          begun.countDown();
          await(others);
        };
    assertEquals(202, post(create(fay, note, "first")).send().status());
    await(begun);
    for (int i = 0; i < 5; i++) {
      var update = create(fay, note, "change " + i).put("type", "Update");
      assertEquals(202, post(update.put("id", note + "#" + i)).send().status());
    }
    assertEquals(202, post(create(fay, fay + "/notes/2", "other")).send().status());
    // What is about something else does not wait.
    eventually(() -> !noted().isEmpty());
    others.countDown();
    processed();
    var order = db.list("select words from noted order by n", row -> row.getString(0));
    assertEquals("other", order.getFirst());
    assertEquals(
        List.of("first", "change 0", "change 1", "change 2", "change 3", "change 4"),
        order.subList(1, 7));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(20, TimeUnit.SECONDS));
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

  // T12 and plain bad input.

  @Test
  void rubbish_is_refused_at_once_and_causes_no_request_to_anybody() {
    var deep = ("{\"a\":" + "[".repeat(100_000)).getBytes(StandardCharsets.UTF_8);
    assertTimeout(Duration.ofMinutes(1), () -> refused(400, "json-too-deep", raw(deep).send()));
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
    // This one's memory has held for ten seconds what was proven; another process knows the rows.
    try (var other = new InboxServer(db, data, Duration.ofSeconds(30))) {
      other.start(1, noting);
      var again = RawPost.signed(other.port, "/inbox", bytes(body), honest.signingKey(fay));
      assertEquals(202, again.send().status());
    }
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

  @Test
  void an_inbox_is_only_written_and_an_outbox_only_read() throws Exception {
    var client = java.net.http.HttpClient.newHttpClient();
    var nothing = java.net.http.HttpRequest.BodyPublishers.noBody();
    for (var wrong : List.of("GET /inbox", "GET /users/rose/inbox", "POST /users/rose/outbox")) {
      var parts = wrong.split(" ");
      var asked =
          java.net.http.HttpRequest.newBuilder(java.net.URI.create(server.at(parts[1])))
              .method(parts[0], nothing)
              .build();
      var answer = client.send(asked, java.net.http.HttpResponse.BodyHandlers.ofString());
      assertEquals(405, answer.statusCode(), wrong);
      var allowed = answer.headers().firstValue("Allow").orElse("");
      assertEquals(parts[0].equals("GET") ? "POST" : "GET, HEAD", allowed);
    }
  }
}
