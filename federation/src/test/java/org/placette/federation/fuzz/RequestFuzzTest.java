package org.placette.federation.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.placette.federation.proof.DataIntegrity;
import org.placette.federation.signature.IncomingRequest;
import org.placette.federation.signature.Keys;
import org.placette.federation.signature.PublicOrigin;
import org.placette.federation.signature.SignatureProblem;
import org.placette.federation.signature.SignatureVerifier;
import org.placette.federation.vocab.AsObject;
import org.placette.federation.vocab.BoundedJson;
import org.placette.federation.vocab.Expansion;
import org.placette.federation.vocab.JsonProblem;

/** Whatever a stranger sends is read or refused by name; nothing else is ever thrown. */
class RequestFuzzTest {

  private static final Clock NOW =
      Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC);
  private static final SignatureVerifier VERIFIER =
      new SignatureVerifier(new PublicOrigin("https", "bourg.example"), NOW);
  private static final String DATE = "Sun, 22 Nov 2026 10:00:00 GMT";

  static Stream<Arguments> signatures() {
    return Stream.of(
        Arguments.of(
            "keyId=\"https://a.example/k\",algorithm=\"rsa-sha256\","
                + "headers=\"(request-target) host date digest\",signature=\"AAAA\"",
            "",
            "SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
        Arguments.of(
            "sig1=:AAAA:",
            "sig1=(\"@method\" \"@target-uri\" \"content-digest\");created=1795341600;"
                + "keyid=\"https://a.example/k\";alg=\"rsa-v1_5-sha256\"",
            "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"),
        Arguments.of("a=b,,;=\"\\\"", "s=(", "=;"));
  }

  @MethodSource("signatures")
  @DictionaryEntries({"(created)", "(expires)", "\"@query-param\";name=\"a\"", ";req", "hs2019"})
  @FuzzTest(maxDuration = "2m")
  void a_signature_is_understood_or_refused(
      @NotNull String signature, @NotNull String input, @NotNull String digest) {
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("host", List.of("bourg.example"));
    headers.put("date", List.of(DATE));
    headers.put("signature", List.of(signature));
    headers.put("digest", List.of(digest));
    headers.put("content-digest", List.of(digest));
    if (!input.isEmpty()) headers.put("signature-input", List.of(input));
    try {
      var claimed = VERIFIER.read(new IncomingRequest("POST", "/inbox?a=b", headers, new byte[0]));
      assertFalse(claimed.keyId().isBlank());
    } catch (SignatureProblem refused) {
      assertTrue(refused.reason() != null);
    }
  }

  static Stream<Arguments> documents() {
    return Stream.of(
        Arguments.of(
            """
            {"@context":"https://www.w3.org/ns/activitystreams","id":"https://a.example/1",
            "type":["Create"],"to":"as:Public","object":{"type":"Note","content":"a"},
            "proof":{"type":"DataIntegrityProof","cryptosuite":"eddsa-jcs-2022",
            "verificationMethod":"https://a.example/#k","proofPurpose":"assertionMethod",
            "proofValue":"z3a","created":"2026-11-22T10:00:00Z"}}\
            """),
        Arguments.of(
            """
            [{"@type":["https://www.w3.org/ns/activitystreams#Create"],
            "https://www.w3.org/ns/activitystreams#to":[{"@id":"x"}]}]\
            """),
        Arguments.of(
            """
            {"@context":{"as":"https://www.w3.org/ns/activitystreams#","t":"@type"},
            "t":"as:Note","as:published":1e400}\
            """),
        Arguments.of("[".repeat(70)));
  }

  @MethodSource("documents")
  @DictionaryEntries({"@graph", "@reverse", "@list", "@included", "@language", "\\ud800", "1e999"})
  @FuzzTest(maxDuration = "2m")
  void a_document_is_understood_or_refused(@NotNull String body) {
    try {
      var document = Expansion.shortKeys(BoundedJson.read(body.getBytes(UTF_8)));
      var object = new AsObject(document);
      for (var key : List.of("to", "object", "published", "name", "id", "tag", "inReplyTo")) {
        var unused = object.texts(key).size() + object.refs(key).size();
        unused += object.objects(key).size() + object.addressed(key).size();
        var time = object.time(key);
        var number = object.integer(key);
        var decimal = object.decimal(key);
        assertTrue(unused >= 0 || time == null || number == null || decimal == null);
      }
      assertTrue(object.types().stream().noneMatch(String::isEmpty));
      var check = DataIntegrity.verify(document, id -> KEY, Instant.now(NOW));
      assertFalse(check.isValid());
    } catch (JsonProblem refused) {
      assertTrue(refused.reason() != null);
    }
  }

  private static final java.security.PublicKey KEY = Keys.ed25519().getPublic();
}
