package org.placette.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.placette.federation.signature.SigningKey;

/** Who may say what: forged and captured deliveries are refused (T1, T2, T3). */
class InboxForgeryTest extends InboxScene {

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
}
