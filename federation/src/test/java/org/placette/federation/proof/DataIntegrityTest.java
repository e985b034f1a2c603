package org.placette.federation.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.placette.federation.proof.ProofCheck.Outcome;
import org.placette.federation.signature.Keys;
import org.placette.federation.signature.PublishedKey;
import org.placette.federation.testing.Corpus;

/** A proof holds for exactly the document and the options that were signed. */
class DataIntegrityTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final String METHOD = "https://bourg.example/users/lea#ed25519-key";
  private static final KeyPair KEY = Keys.ed25519();

  @Test
  void whatWeSignWeVerify() {
    var signed = signed();
    assertTrue(check(signed).isValid());
    assertEquals(METHOD, DataIntegrity.verificationMethod(signed));
    assertEquals(signed.get("@context"), signed.at("/proof/@context"));
    assertFalse(document().has("proof"));
  }

  @Test
  void everyChangeIsNoticed() {
    changed(Outcome.BAD_SIGNATURE, d -> d.put("content", "Bonsoir"));
    changed(Outcome.BAD_SIGNATURE, d -> d.put("added", true));
    changed(Outcome.BAD_SIGNATURE, d -> d.remove("content"));
    changed(Outcome.CONTEXT_DIFFERS, d -> d.put("@context", "https://evil.example/"));
    changed(Outcome.CONTEXT_DIFFERS, d -> d.withArray("@context").addObject().put("x", "@id"));
    changed(Outcome.NO_PROOF, d -> d.remove("proof"));
    changed(Outcome.BAD_SIGNATURE, d -> proof(d).put("created", "2026-11-22T09:59:59Z"));
    changed(Outcome.BAD_SIGNATURE, d -> proof(d).put("expires", "2030-01-01T00:00:00Z"));
    changed(Outcome.BAD_SIGNATURE, d -> proof(d).put("domain", "evil.example"));
    changed(Outcome.BAD_SIGNATURE, d -> proof(d).put("verificationMethod", METHOD + "2"));
    changed(Outcome.BAD_SIGNATURE, d -> proof(d).remove("@context"));
    changed(Outcome.WRONG_PURPOSE, d -> proof(d).put("proofPurpose", "authentication"));
    changed(Outcome.UNSUPPORTED_PROOF, d -> proof(d).put("cryptosuite", "eddsa-rdfc-2022"));
    changed(Outcome.UNSUPPORTED_PROOF, d -> proof(d).put("previousProof", "urn:x"));
    changed(Outcome.MALFORMED_PROOF, d -> proof(d).put("proofValue", "z0"));
    changed(Outcome.MALFORMED_PROOF, d -> proof(d).remove("proofValue"));
    changed(Outcome.MALFORMED_PROOF, d -> proof(d).put("created", "yesterday"));
    changed(Outcome.EXPIRED, d -> proof(d).put("expires", "2026-11-22T09:00:00Z"));
    changed(Outcome.CREATED_IN_THE_FUTURE, d -> proof(d).put("created", "2027-01-01T00:00:00Z"));
  }

  @Test
  void unknownContextsMayFollowTheSignedOnesSinceNobodyFetchesThem() {
    var signed = signed();
    signed.withArray("@context").add("https://relay.example/context");
    assertTrue(check(signed).isValid());
  }

  @Test
  void anOlderLinkedDataSignatureBesideTheProofDoesNotMatter() {
    var signed = signed();
    signed.putObject("signature").put("type", "RsaSignature2017");
    assertTrue(check(signed).isValid());
  }

  @Test
  void theFirstProofOfOurKindCounts() {
    var signed = signed();
    var ours = signed.remove("proof");
    signed.putArray("proof").add("https://x.example/").add(document()).add(ours);
    assertTrue(check(signed).isValid());
  }

  @Test
  void aWrongOrMissingKeyIsNamed() {
    var other = Keys.ed25519().getPublic();
    assertEquals(Outcome.BAD_SIGNATURE, DataIntegrity.verify(signed(), id -> other, NOW).outcome());
    assertEquals(
        Outcome.BAD_SIGNATURE,
        DataIntegrity.verify(signed(), id -> Keys.rsa().getPublic(), NOW).outcome());
    assertEquals(Outcome.UNKNOWN_KEY, DataIntegrity.verify(signed(), id -> null, NOW).outcome());
  }

  @Test
  void theVectorsOfFep8b32GetTheirVerdict() {
    var keys = PublishedKey.in(Corpus.json("signatures/fep-8b32--actor-key.json"));
    assertEquals(1, keys.size());
    for (var name : List.of("fep-8b32--create-eddsa-jcs-2022", "derived--create-proof-tampered")) {
      var document = (ObjectNode) Corpus.json("signatures/" + name + ".json");
      var check =
          DataIntegrity.verify(
              document, id -> id.equals(keys.getFirst().id()) ? keys.getFirst().key() : null, NOW);
      var expected = name.startsWith("fep") ? Outcome.VALID : Outcome.BAD_SIGNATURE;
      assertEquals(expected, check.outcome(), name);
    }
    System.out.println("Corpus: 2 FEP-8b32 documents ran");
  }

  private static void changed(Outcome expected, Consumer<ObjectNode> change) {
    var document = signed();
    change.accept(document);
    assertEquals(expected, check(document).outcome());
  }

  private static ObjectNode proof(ObjectNode document) {
    return (ObjectNode) document.get("proof");
  }

  private static ProofCheck check(ObjectNode document) {
    return DataIntegrity.verify(document, id -> KEY.getPublic(), NOW);
  }

  private static ObjectNode signed() {
    return DataIntegrity.sign(document(), METHOD, KEY.getPrivate(), NOW);
  }

  private static ObjectNode document() {
    var document = new ObjectMapper().createObjectNode();
    document
        .putArray("@context")
        .add("https://www.w3.org/ns/activitystreams")
        .add("https://w3id.org/security/data-integrity/v2");
    document.put("id", "https://bourg.example/posts/1").put("content", "Bonjour à tous");
    document.putObject("location").put("latitude", 45.1885).put("altitude", 1e21);
    return document;
  }
}
