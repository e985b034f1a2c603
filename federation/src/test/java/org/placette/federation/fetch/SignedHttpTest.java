package org.placette.federation.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.placette.federation.fetch.Problems.assertRefused;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.placette.federation.fetch.FetchProblem.Reason;
import org.placette.federation.signature.ClaimedSignature;
import org.placette.federation.signature.Dialect;
import org.placette.federation.signature.IncomingRequest;
import org.placette.federation.signature.PublicOrigin;
import org.placette.federation.signature.SignatureProblem;
import org.placette.federation.signature.SignatureVerifier;
import org.placette.federation.signature.SigningKey;

/** Signed requests against peers that each understand one way of signing. */
class SignedHttpTest {

  private static final KeyPair PAIR = pair();
  private static final SigningKey KEY =
      new SigningKey("https://ours.example/actor#main-key", PAIR.getPrivate());
  private static final byte[] ACTIVITY = "{\"type\":\"Like\"}".getBytes(StandardCharsets.UTF_8);

  private final Peers peers = new Peers();
  private final GuardedHttp http = peers.guarded();
  private final SignedHttp signed = new SignedHttp(http);

  @AfterEach
  void close() {
    http.close();
    peers.close();
  }

  @Test
  void aPeerOfTheOldDialectIsServedAtOnce() {
    peers.on("old.test/a", verifying(Dialect.CAVAGE, HttpServerRequest::uri));
    assertEquals(200, get("old.test/a?page=1").status());
    assertEquals(1, peers.seen.size());
  }

  @Test
  void aPeerOfTheNewDialectIsAskedASecondTimeAndThenRememberedForItsOrigin() {
    peers.on("new.test/a", verifying(Dialect.RFC9421, HttpServerRequest::uri));
    peers.on("new.test/inbox", verifying(Dialect.RFC9421, HttpServerRequest::uri));
    assertEquals(200, get("new.test/a").status());
    assertEquals(2, peers.seen.size());
    assertEquals(200, get("new.test/a").status());
    assertEquals(3, peers.seen.size());
    assertTrue(signed.post(peers.uri("new.test/inbox"), ACTIVITY, KEY).isAccepted());
    assertEquals(4, peers.seen.size());
  }

  @Test
  void aDeliveryKnocksTwiceToo() {
    peers.on("new.test/inbox", verifying(Dialect.RFC9421, HttpServerRequest::uri));
    assertTrue(signed.post(peers.uri("new.test/inbox"), ACTIVITY, KEY).isAccepted());
    assertEquals(2, peers.asked("POST"));
    assertEquals("application/activity+json", peers.seen.getLast().headers().get("content-type"));
  }

  @Test
  void aPeerThatIgnoresTheQueryIsAskedWithoutIt() {
    peers.on("bare.test/a", verifying(Dialect.CAVAGE, HttpServerRequest::path));
    assertEquals(200, get("bare.test/a?page=1").status());
    assertEquals(2, peers.seen.size());
    assertEquals("/a?page=1", peers.seen.getLast().target());
  }

  @Test
  void eachHopOfARedirectIsSignedAnewForItsOwnHost() {
    peers.redirect("old.test/a", "http://new.test:PORT/b");
    peers.on("new.test/b", verifying(Dialect.RFC9421, HttpServerRequest::uri));
    assertEquals(200, get("old.test/a").status());
    assertEquals("new.test", peers.seen.getLast().host());
  }

  @Test
  void aRedirectedDeliveryIsReportedAndNotFollowed() {
    peers.redirect("moved.test/inbox", "/elsewhere");
    assertEquals(302, signed.post(peers.uri("moved.test/inbox"), ACTIVITY, KEY).status());
    assertEquals(1, peers.seen.size());
  }

  @Test
  void aFinalRefusalIsReportedWithItsTextAndItsWaitingTime() {
    answer("full.test/inbox", 429, Map.of("Retry-After", "120"), "slow down");
    var result = signed.post(peers.uri("full.test/inbox"), ACTIVITY, KEY);
    assertEquals(new PostResult(429, Duration.ofMinutes(2), "slow down"), result);
    answer("deaf.test/inbox", 401, Map.of(), "who are you?");
    assertEquals(401, signed.post(peers.uri("deaf.test/inbox"), ACTIVITY, KEY).status());
    assertEquals(3, peers.seen.size());
  }

  @Test
  void aBadActivityIsNotSentTwiceToAPeerWhoseDialectIsKnown() {
    peers.on("old.test/a", verifying(Dialect.CAVAGE, HttpServerRequest::uri));
    answer("old.test/inbox", 400, Map.of(), "no object");
    get("old.test/a");
    assertEquals(400, signed.post(peers.uri("old.test/inbox"), ACTIVITY, KEY).status());
    assertEquals(1, peers.asked("POST"));
  }

  @Test
  void waitingTimesAreSecondsOrDates() {
    var now = Instant.parse("2026-06-21T10:00:00Z");
    assertEquals(Duration.ofSeconds(7), PostResult.retryAfter(" 7 ", now));
    assertEquals(
        Duration.ofMinutes(5), PostResult.retryAfter("Sun, 21 Jun 2026 10:05:00 GMT", now));
    assertEquals(Duration.ZERO, PostResult.retryAfter("Sun, 21 Jun 2020 10:05:00 GMT", now));
    for (var odd : List.of("", "-5", "soon", "9999999999999"))
      assertEquals(null, PostResult.retryAfter(odd, now), odd);
  }

  @Test
  void aPeerThatRefusesEveryKnockIsAskedThreeTimesAtMost() {
    answer("deaf.test/a", 401, Map.of(), "");
    assertRefused(Reason.STATUS, () -> get("deaf.test/a?q=1").successful());
    assertEquals(3, peers.seen.size());
  }

  private FetchResponse get(String place) {
    return signed.get(peers.uri(place), MediaType.ACTIVITY_ACCEPT, KEY);
  }

  private void answer(String place, int status, Map<String, String> headers, String text) {
    peers.on(
        place,
        request -> {
          headers.forEach(request.response()::putHeader);
          request.response().setStatusCode(status).end(text);
        });
  }

  /** A peer that verifies really, in one dialect, over the target that {@code target} gives. */
  private Handler<HttpServerRequest> verifying(
      Dialect dialect, Function<HttpServerRequest, String> target) {
    return request ->
        request
            .body()
            .onSuccess(
                body -> {
                  Map<String, List<String>> headers = new HashMap<>();
                  for (var name : request.headers().names())
                    headers.put(
                        name.toLowerCase(java.util.Locale.ROOT), request.headers().getAll(name));
                  var incoming =
                      new IncomingRequest(
                          request.method().name(), target.apply(request), headers, body.getBytes());
                  var status =
                      isSigned(incoming, dialect, URI.create(request.absoluteURI())) ? 200 : 401;
                  request.response().setStatusCode(status).end();
                });
  }

  private static boolean isSigned(IncomingRequest request, Dialect dialect, URI url) {
    var origin = new PublicOrigin(url.getScheme(), url.getAuthority());
    var verifier = new SignatureVerifier(origin, Clock.systemUTC());
    try {
      ClaimedSignature claimed = verifier.read(request);
      return claimed.dialect() == dialect && verifier.verify(claimed, PAIR.getPublic());
    } catch (SignatureProblem e) {
      return false;
    }
  }

  private static KeyPair pair() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
