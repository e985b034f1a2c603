package org.placette.federation.vocab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** Expanded documents get short keys; no context of a stranger ever counts. */
class ExpansionTest {
  private static final String EXPANDED_ACTOR =
      """
      {"@id": "https://peer.example/users/lea",
       "@type": ["https://www.w3.org/ns/activitystreams#Person"],
       "http://www.w3.org/ns/ldp#inbox": [{"@id": "https://peer.example/users/lea/inbox"}],
       "https://www.w3.org/ns/activitystreams#preferredUsername": [{"@value": "lea"}],
       "https://www.w3.org/ns/activitystreams#name": [{"@value": "Léa"}],
       "https://www.w3.org/ns/activitystreams#summary": [{"@value": "Bonjour", "@language": "fr"}],
       "https://www.w3.org/ns/activitystreams#published": [
         {"@value": "2026-11-22T10:00:00Z", "@type": "http://www.w3.org/2001/XMLSchema#dateTime"}],
       "https://www.w3.org/ns/activitystreams#url": [{"@id": "https://peer.example/@lea"}],
       "https://www.w3.org/ns/activitystreams#endpoints": [
         {"https://www.w3.org/ns/activitystreams#sharedInbox": [{"@id": "https://peer.example/inbox"}]}],
       "https://w3id.org/security#publicKey": [
         {"@id": "https://peer.example/users/lea#main-key",
          "@type": ["https://w3id.org/security#Key"],
          "https://w3id.org/security#owner": [{"@id": "https://peer.example/users/lea"}],
          "https://w3id.org/security#publicKeyPem": [{"@value": "PEM"}]}],
       "https://w3id.org/security#assertionMethod": [
         {"@id": "https://peer.example/users/lea#ed25519-key",
          "@type": ["https://w3id.org/security#Multikey"],
          "https://w3id.org/security#controller": [{"@id": "https://peer.example/users/lea"}],
          "https://w3id.org/security#publicKeyMultibase": [
            {"@value": "z6Mk", "@type": "https://w3id.org/security#multibase"}]}],
       "https://unknown.example/terms#shoeSize": [{"@value": 38}]}
      """;

  @Test
  void anExpandedActorGetsItsShortKeys() {
    var actor = Expansion.shortKeys(read(EXPANDED_ACTOR));
    assertEquals("https://peer.example/users/lea", actor.path("id").asText());
    assertEquals("Person", actor.path("type").asText());
    assertEquals("https://peer.example/users/lea/inbox", actor.path("inbox").asText());
    assertEquals("lea", actor.path("preferredUsername").asText());
    assertEquals("Léa", actor.path("name").asText());
    assertEquals("Bonjour", actor.at("/summaryMap/fr").asText());
    assertEquals("2026-11-22T10:00:00Z", actor.path("published").asText());
    assertEquals("https://peer.example/@lea", actor.path("url").asText());
    assertEquals("https://peer.example/inbox", actor.at("/endpoints/sharedInbox").asText());
    assertEquals(actor.path("id").asText() + "#main-key", actor.at("/publicKey/id").asText());
    assertEquals(actor.path("id"), actor.at("/publicKey/owner"));
    assertEquals("PEM", actor.at("/publicKey/publicKeyPem").asText());
    assertEquals("z6Mk", actor.at("/assertionMethod/publicKeyMultibase").asText());
    assertEquals("https://www.w3.org/ns/activitystreams", actor.at("/@context/0").asText());
  }

  @Test
  void anExpandedActivityKeepsItsParts() {
    var activity =
        Expansion.shortKeys(
            read(
                """
                {"@id": "https://peer.example/a/1",
                 "@type": "https://www.w3.org/ns/activitystreams#Create",
                 "https://www.w3.org/ns/activitystreams#actor": {"@id": "https://peer.example/u"},
                 "https://www.w3.org/ns/activitystreams#to": [
                   {"@id": "https://www.w3.org/ns/activitystreams#Public"},
                   {"@id": "https://peer.example/u/followers"}],
                 "https://www.w3.org/ns/activitystreams#object": [
                   {"@type": ["https://www.w3.org/ns/activitystreams#Note"],
                    "https://www.w3.org/ns/activitystreams#content": [{"@value": "Bonjour"}]}]}
                """));
    assertEquals("Create", activity.path("type").asText());
    assertEquals("https://peer.example/u", activity.path("actor").asText());
    assertEquals(AsObject.PUBLIC, new AsObject(activity).texts("to").getFirst());
    assertEquals("Note", activity.at("/object/type").asText());
    assertEquals("Bonjour", activity.at("/object/content").asText());
  }

  @Test
  void documentsWithShortKeysAreLeftAlone() {
    for (var text :
        new String[] {
          "{\"type\":\"Note\",\"content\":\"a\"}",
          "{\"@context\":[\"https://www.w3.org/ns/activitystreams\",{\"x\":\"@id\"}],"
              + "\"type\":\"Note\",\"id\":\"https://a.example/1\",\"x\":\"https://b.example/2\"}",
          "{\"hello\":1}",
          "{}"
        }) {
      var document = read(text);
      assertSame(document, Expansion.shortKeys(document));
    }
  }

  @Test
  void aStrangersContextCannotRenameAnything() {
    var document =
        Expansion.shortKeys(
            read(
                """
                {"@context": ["https://evil.example/context",
                   {"x": "@id", "actor": "https://www.w3.org/ns/activitystreams#object",
                    "y": "https://www.w3.org/ns/activitystreams#actor"}],
                 "@type": "https://www.w3.org/ns/activitystreams#Delete",
                 "x": "https://victim.example/1",
                 "y": "https://victim.example/users/a",
                 "object": {"@context": {"z": "@id"}, "z": "https://victim.example/2"},
                 "actor": "https://evil.example/users/m"}
                """));
    assertEquals("Delete", document.path("type").asText());
    assertEquals("https://evil.example/users/m", document.path("actor").asText());
    assertFalse(document.has("id"));
    assertFalse(document.toString().contains("victim"));
  }

  @Test
  void keywordsThatMoveContentAboutAreNotFollowed() {
    var document =
        read(
            """
            {"@type": "https://www.w3.org/ns/activitystreams#Note",
             "https://www.w3.org/ns/activitystreams#tag": {"@reverse": {"actor": {}}}}
            """);
    assertSame(document, Expansion.shortKeys(document));
  }

  private static ObjectNode read(String text) {
    return BoundedJson.read(text.getBytes(UTF_8));
  }
}
