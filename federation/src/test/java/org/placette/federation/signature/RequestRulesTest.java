package org.placette.federation.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.placette.federation.signature.SignatureProblem.Reason;

/** A request is taken only with everything that matters under its signature, once and in time. */
class RequestRulesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final KeyPair RSA = Keys.rsa();
  private static final KeyPair ED25519 = Keys.ed25519();
  private static final String KEY_ID = "https://peer.example/users/lea#main-key";
  private static final SigningKey KEY = new SigningKey(KEY_ID, RSA.getPrivate());
  private static final URI INBOX = URI.create("https://bourg.example/inbox");
  private static final byte[] BODY = "{\"type\":\"Follow\"}".getBytes(UTF_8);
  private static final SignatureVerifier VERIFIER = verifier("bourg.example", NOW);

  @ParameterizedTest
  @EnumSource
  void whatWeSignWeVerify(Dialect dialect) {
    var post = signed(OutgoingRequest.post(INBOX, BODY), KEY, dialect);
    var get = signed(OutgoingRequest.get(URI.create(INBOX + "?page=2")), KEY, dialect);
    assertTrue(verifies(post));
    assertTrue(verifies(get));
    assertEquals(KEY_ID, VERIFIER.read(post).keyId());
    assertEquals(dialect, VERIFIER.read(post).dialect());
    assertFalse(VERIFIER.verify(VERIFIER.read(post), Keys.rsa().getPublic()));
  }

  @Test
  void ed25519WorksInTheNewDialect() {
    var key = new SigningKey(KEY_ID, ED25519.getPrivate());
    var request = signed(OutgoingRequest.post(INBOX, BODY), key, Dialect.RFC9421);
    assertTrue(VERIFIER.verify(VERIFIER.read(request), ED25519.getPublic()));
    assertFalse(
        VERIFIER.verify(VERIFIER.read(request), RSA.getPublic()), "alg must agree with key");
  }

  @ParameterizedTest
  @EnumSource
  void theDigestMustBeThereCoveredAndRight(Dialect dialect) {
    var name = dialect == Dialect.CAVAGE ? "digest" : "content-digest";
    var request = signed(OutgoingRequest.post(INBOX, BODY), KEY, dialect);
    refused(Reason.HEADER_MISSING, without(request, name));
    refused(Reason.DIGEST_MISMATCH, withBody(request, "{\"type\":\"Delete\"}"));
    var uncovered = signed(OutgoingRequest.get(INBOX), KEY, dialect);
    var posted = new IncomingRequest("POST", "/inbox", uncovered.headers(), BODY);
    refused(Reason.DIGEST_NOT_COVERED, posted);
    refused(
        Reason.DIGEST_NOT_COVERED,
        new IncomingRequest("POST", "/inbox", uncovered.headers(), null));
  }

  @Test
  void oneWrongDigestAmongTwoIsRefused() {
    var good = Digests.digestHeader(BODY);
    var wrong = "SHA-512=" + Base64.getEncoder().encodeToString(new byte[64]);
    refused(Reason.DIGEST_MISMATCH, cavagePost(good + "," + wrong));
    refused(Reason.DIGEST_MISMATCH, cavagePost(wrong + "," + good));
    assertTrue(verifies(cavagePost("SHA=abc=," + good)), "SHA-1 beside SHA-256 is ignored");
    refused(Reason.DIGEST_MALFORMED, cavagePost("SHA=abc="));
    refused(Reason.DIGEST_MALFORMED, cavagePost(""));
    var newDialect = signed(OutgoingRequest.post(INBOX, BODY), KEY, Dialect.RFC9421);
    refused(Reason.DIGEST_MISMATCH, with(newDialect, "digest", "SHA-256=AAAA"));
  }

  @ParameterizedTest
  @EnumSource
  void aRequestCapturedElsewhereOrEarlierIsRefused(Dialect dialect) {
    var request = signed(OutgoingRequest.post(INBOX, BODY), KEY, dialect);
    var elsewhere = verifier("ville.example", NOW);
    assertRefused(Reason.OTHER_HOST, () -> elsewhere.read(request));
    var rewritten = with(request, "host", "ville.example");
    assertFalse(elsewhere.verify(elsewhere.read(rewritten), RSA.getPublic()));
    var otherInbox =
        new IncomingRequest("POST", "/users/lea/inbox", request.headers(), request.body());
    assertFalse(verifies(otherInbox));
    assertFalse(verifies(new IncomingRequest("PUT", "/inbox", request.headers(), BODY)));
    assertRefused(Reason.TOO_OLD, () -> verifier("bourg.example", after(66)).read(request));
    assertRefused(Reason.IN_THE_FUTURE, () -> verifier("bourg.example", after(-66)).read(request));
    assertTrue(verifies(request, verifier("bourg.example", after(64))));
    assertTrue(verifies(request, verifier("bourg.example", after(-64))));
  }

  @Test
  void theDefaultPortAndCaseOfOurHostDoNotMatter() {
    assertTrue(
        verifies(cavage("(request-target) host date", Map.of("host", "Bourg.example:443"), "")));
    for (var uri : List.of("https://bourg.example/inbox", "https://bourg.example:443/inbox")) {
      var base = "\"@method\": GET\n\"@target-uri\": %s\n\"@signature-params\": ".formatted(uri);
      var host = uri.contains(":443") ? "bourg.example:443" : "bourg.example";
      assertTrue(
          verifies(with(rfc9421("(\"@method\" \"@target-uri\")", "", base, ""), "host", host)));
    }
    assertTrue(new PublicOrigin("http", "localhost:80").isNamedBy("localhost"));
    assertFalse(new PublicOrigin("https", "bourg.example").isNamedBy("bourg.example:80"));
  }

  @Test
  void aGetMaySignItsTargetWithoutQueryButAPostMayNot() {
    var uri = URI.create(INBOX + "?page=2");
    var headers = lower(RequestSigner.signWithoutQuery(OutgoingRequest.get(uri), KEY, NOW));
    assertTrue(verifies(new IncomingRequest("GET", "/inbox?page=2", headers, null)));
    var post = lower(RequestSigner.signWithoutQuery(OutgoingRequest.post(uri, BODY), KEY, NOW));
    assertFalse(verifies(new IncomingRequest("POST", "/inbox?page=2", post, BODY)));
  }

  @ParameterizedTest
  @CsvSource({
    "TARGET_NOT_COVERED, host date",
    "HOST_NOT_COVERED, (request-target) date",
    "TIME_NOT_COVERED, (request-target) host",
    "ALGORITHM_REFUSED, (request-target) host (created)",
    "HEADER_MISSING, (request-target) host date x-unknown"
  })
  void cavageSignaturesMustCoverEnough(Reason reason, String covered) {
    refused(reason, cavage(covered, Map.of(), ",algorithm=\"rsa-sha256\",created=1"));
  }

  @Test
  void createdAndExpiresCountWithHs2019() {
    long now = NOW.getEpochSecond();
    var covered = "(request-target) host (created) (expires)";
    var hs2019 = ",algorithm=\"hs2019\",created=%d,expires=%d";
    assertTrue(verifies(cavage(covered, Map.of(), hs2019.formatted(now, now + 60))));
    refused(Reason.EXPIRED, cavage(covered, Map.of(), hs2019.formatted(now, now - 1)));
    refused(Reason.TOO_OLD, cavage(covered, Map.of(), hs2019.formatted(now - 7200, now + 60)));
    refused(Reason.TIME_UNREADABLE, cavage(covered, Map.of(), ",created=x,expires=9999999999"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ALGORITHM_REFUSED |"
            + " keyId=\"https://a.example/k\",algorithm=\"hmac-sha256\",signature=\"AA==\"",
        "KEY_ID_REFUSED    | keyId=\"acct:lea@peer.example\",signature=\"AA==\"",
        "KEY_ID_REFUSED    | keyId=\"https://a.example@evil.example/k\",signature=\"AA==\"",
        "KEY_ID_REFUSED    | keyId=\"file:///etc/passwd\",signature=\"AA==\"",
        "KEY_ID_MISSING    | signature=\"AA==\"",
        "MALFORMED         | keyId=\"https://a.example/k\"",
        "MALFORMED         |"
            + " keyId=\"https://a.example/k\",keyId=\"https://b.example/k\",signature=\"AA==\"",
        "MALFORMED         | keyId=\"https://a.example/k\",signature=\"AA==\",foo",
        "MALFORMED         | keyId=\"https://a.example/k\",signature=\"AA==\",",
        "MALFORMED         | keyId=\"https://a.example/k",
        "MALFORMED         | keyId=\"https://a.example/k\",signature=\"*\""
      })
  void malformedCavageHeadersAreRefusedByName(Reason reason, String header) {
    refused(reason, new IncomingRequest("GET", "/", Map.of("signature", List.of(header)), null));
  }

  @Test
  void severalSignatureHeadersOrNoneAreRefused() {
    var request = signed(OutgoingRequest.get(INBOX), KEY, Dialect.CAVAGE);
    var twice = new HashMap<>(request.headers());
    twice.put("signature", List.of("a=\"b\"", "a=\"b\""));
    refused(Reason.SEVERAL_SIGNATURES, new IncomingRequest("GET", "/inbox", twice, null));
    refused(Reason.NOT_SIGNED, without(request, "signature"));
    refused(Reason.NOT_SIGNED, with(without(request, "signature"), "signature-input", "a=()"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "METHOD_NOT_COVERED | (\"@target-uri\") | ",
        "TARGET_NOT_COVERED | (\"@method\" \"@authority\") | ",
        "TARGET_NOT_COVERED | (\"@method\" \"@path\") | ",
        "COMPONENT_REFUSED  | (\"@method\" \"@target-uri\" \"host\";sf) | ",
        "COMPONENT_REFUSED  | (\"@method\";req \"@target-uri\") | ",
        "COMPONENT_REFUSED  | (\"@method\" \"@target-uri\" \"@status\") | ",
        "MALFORMED          | (\"@method\" \"@target-uri\" \"Host\") | ",
        "MALFORMED          | (\"@method\" \"@method\" \"@target-uri\") | ",
        "MALFORMED          | (\"@method\"\"@target-uri\") | ",
        "MALFORMED          | \"@method\" \"@target-uri\" | ",
        "EXPIRED            | (\"@method\" \"@target-uri\") | ;expires=1",
        "ALGORITHM_REFUSED  | (\"@method\" \"@target-uri\") | ;alg=\"hmac-sha256\"",
        "MALFORMED          | (\"@method\" \"@target-uri\") | ;alg=ed25519",
        "MALFORMED          | (\"@method\" \"@target-uri\") | ;keyid=\"https://b.example/k\"",
        "TIME_UNREADABLE    | (\"@method\" \"@target-uri\") | ;expires=\"soon\"",
      })
  void rfc9421InputsAreReadStrictly(Reason reason, String components, @Nullable String params) {
    refused(reason, rfc9421(components, params == null ? "" : params, "", ""));
  }

  @Test
  void authorityPathAndQueryStandForTheTarget() {
    var base = "\"@method\": GET\n\"@authority\": bourg.example\n\"@path\": /inbox\n";
    var short_ = "(\"@method\" \"@authority\" \"@path\")";
    var whole = "(\"@method\" \"@authority\" \"@path\" \"@query\")";
    assertTrue(verifies(rfc9421(short_, "", base + "\"@signature-params\": ", "")));
    refused(Reason.TARGET_NOT_COVERED, rfc9421(short_, "", base, "?page=2"));
    base += "\"@query\": ?page=2\n\"@signature-params\": ";
    assertTrue(verifies(rfc9421(whole, "", base, "?page=2")));
    assertFalse(verifies(rfc9421(whole, "", base, "?page=3")));
  }

  @Test
  void ofSeveralLabelsTheFirstGoodOneCounts() {
    var request = signed(OutgoingRequest.post(INBOX, BODY), KEY, Dialect.RFC9421);
    var input = request.header("signature-input");
    var signature = request.header("signature");
    var both =
        with(
            with(request, "signature-input", "proxy=(\"@method\");created=1, " + input),
            "signature",
            "proxy=:AAAA:, " + signature);
    assertTrue(verifies(both));
    refused(Reason.MALFORMED, with(request, "signature", "other=:AAAA:"));
    refused(Reason.MALFORMED, with(request, "signature", signature + ", " + signature));
  }

  @Test
  void keyIdsThatBreakPeersAreNeverSent() {
    var odd = new SigningKey("https://peer.example/a;b", RSA.getPrivate());
    assertThrows(
        IllegalArgumentException.class,
        () -> RequestSigner.sign(OutgoingRequest.get(INBOX), odd, Dialect.CAVAGE, NOW));
  }

  // ---- requests made by hand

  private static IncomingRequest cavagePost(String digest) {
    var request = cavage("(request-target) host date digest", Map.of("digest", digest), "", "POST");
    return new IncomingRequest("POST", "/inbox", request.headers(), BODY);
  }

  private static IncomingRequest cavage(String covered, Map<String, String> more, String params) {
    return cavage(covered, more, params, "GET");
  }

  private static IncomingRequest cavage(
      String covered, Map<String, String> more, String params, String method) {
    var headers = new HashMap<>(Map.of("host", "bourg.example", "date", HttpDate.format(NOW)));
    headers.putAll(more);
    var base = new StringBuilder();
    for (var name : List.of(covered.split(" ", -1))) {
      var value =
          switch (name) {
            case "(request-target)" -> method.toLowerCase(Locale.ROOT) + " /inbox";
            case "(created)", "(expires)" ->
                params.replaceAll(".*" + name.substring(1, name.length() - 1) + "=(\\w+).*", "$1");
            default -> headers.get(name);
          };
      base.append(base.isEmpty() ? "" : "\n").append(name).append(": ").append(value);
    }
    headers.put(
        "signature",
        "keyId=\"%s\"%s,headers=\"%s\",signature=\"%s\""
            .formatted(KEY_ID, params, covered, rsa(RSA.getPrivate(), base)));
    return new IncomingRequest(method, "/inbox", lower(headers), null);
  }

  private static IncomingRequest rfc9421(
      String components, String params, String base, String query) {
    var input =
        components + ";created=" + NOW.getEpochSecond() + ";keyid=\"" + KEY_ID + "\"" + params;
    var headers =
        Map.of(
            "host", "bourg.example",
            "signature-input", "sig1=" + input,
            "signature", "sig1=:" + rsa(RSA.getPrivate(), base + input) + ":");
    return new IncomingRequest("GET", "/inbox" + query, lower(headers), null);
  }

  private static String rsa(PrivateKey key, CharSequence base) {
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(base.toString().getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static IncomingRequest signed(OutgoingRequest request, SigningKey key, Dialect dialect) {
    var uri = request.uri();
    var target = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    var headers = lower(RequestSigner.sign(request, key, dialect, NOW));
    return new IncomingRequest(request.method(), target, headers, request.body());
  }

  private static Map<String, List<String>> lower(Map<String, String> headers) {
    Map<String, List<String>> lower = new HashMap<>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), List.of(value)));
    return lower;
  }

  private static IncomingRequest with(IncomingRequest request, String name, String value) {
    var headers = new HashMap<>(request.headers());
    headers.put(name, List.of(value));
    return new IncomingRequest(request.method(), request.target(), headers, request.body());
  }

  private static IncomingRequest without(IncomingRequest request, String name) {
    var headers = new HashMap<>(request.headers());
    headers.remove(name);
    return new IncomingRequest(request.method(), request.target(), headers, request.body());
  }

  private static IncomingRequest withBody(IncomingRequest request, String body) {
    return new IncomingRequest(
        request.method(), request.target(), request.headers(), body.getBytes(UTF_8));
  }

  // ---- verdicts

  private static SignatureVerifier verifier(String host, Instant now) {
    return new SignatureVerifier(new PublicOrigin("https", host), Clock.fixed(now, ZoneOffset.UTC));
  }

  private static Instant after(int minutes) {
    return NOW.plus(Duration.ofMinutes(minutes));
  }

  private static boolean verifies(IncomingRequest request) {
    return verifies(request, VERIFIER);
  }

  private static boolean verifies(IncomingRequest request, SignatureVerifier verifier) {
    return verifier.verify(verifier.read(request), RSA.getPublic());
  }

  private static void refused(Reason reason, IncomingRequest request) {
    assertRefused(reason, () -> VERIFIER.read(request));
  }

  private static void assertRefused(Reason reason, Runnable action) {
    assertEquals(reason, assertThrows(SignatureProblem.class, action::run).reason());
  }
}
