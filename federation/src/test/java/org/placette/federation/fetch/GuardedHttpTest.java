package org.placette.federation.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.placette.federation.fetch.Problems.assertRefused;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.placette.federation.fetch.FetchProblem.Reason;

/** The client against peers that are slow, endless, lying or somewhere else. */
@Timeout(120)
class GuardedHttpTest {

  private final Peers peers = new Peers();
  private final GuardedHttp http = peers.guarded();

  @AfterEach
  void close() {
    http.close();
    peers.close();
  }

  @Test
  void anAnswerComesWholeWithItsNameInTheHostHeader() {
    peers.document("good.test/a", "{'id':'x'}");
    var answer = http.get(peers.uri("good.test/a"), Map.of("Accept", "text/plain"));
    assertEquals(200, answer.status());
    assertEquals("{\"id\":\"x\"}", new String(answer.body(), StandardCharsets.UTF_8));
    assertEquals("good.test:" + peers.port(), peers.seen.getFirst().headers().get("host"));
    assertEquals("Placette test", peers.seen.getFirst().headers().get("user-agent"));
  }

  @Test
  void aVirtualThreadVerticleCanWaitForAnAnswer() throws Exception {
    peers.document("good.test/a", "{}");
    var status = new CompletableFuture<Integer>();
    var verticle =
        new AbstractVerticle() {
          @Override
          public void start() {
            status.complete(http.get(peers.uri("good.test/a"), Map.of()).status());
          }
        };
    var threads = new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD);
    peers.vertx.deployVerticle(verticle, threads).await();
    assertEquals(200, status.get());
  }

  @Test
  void aBodyThatDripsIsCutAtTheDeadline() {
    peers.drip("slow.test/a", 100);
    var quick = peers.rules().within(Duration.ofSeconds(1), Duration.ofMillis(1500));
    try (var hasty = new GuardedHttp(peers.vertx, quick, peers.resolver())) {
      assertRefused(Reason.TIMEOUT, () -> hasty.get(peers.uri("slow.test/a"), Map.of()));
    }
  }

  @Test
  void aPeerThatNeverAnswersIsGivenUpAtTheDeadline() {
    peers.on("silent.test/a", request -> {});
    var quick = peers.rules().within(Duration.ofSeconds(1), Duration.ofMillis(1500));
    try (var hasty = new GuardedHttp(peers.vertx, quick, peers.resolver())) {
      assertRefused(Reason.TIMEOUT, () -> hasty.get(peers.uri("silent.test/a"), Map.of()));
    }
  }

  @Test
  void aPeerThatHoldsEveryConnectionHoldsNobodyBeyondTheDeadline() throws Exception {
    peers.on("silent.test/a", request -> {});
    peers.document("good.test/a", "{}");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try (var patient = within(Duration.ofMinutes(2))) {
        for (var n = 0; n < 10; n++)
          threads.execute(() -> patient.get(peers.uri("silent.test/a"), Map.of()));
        while (peers.connections.get() < 2) Thread.onSpinWait();
        assertEquals(200, patient.get(peers.uri("good.test/a"), Map.of()).status());
        assertEquals(2 + 1, peers.connections.get());
      }
      try (var hasty = within(Duration.ofMillis(1500))) {
        Callable<Reason> call =
            () ->
                assertRefused(Reason.TIMEOUT, () -> hasty.get(peers.uri("silent.test/a"), Map.of()))
                    .reason();
        var waiting = Stream.generate(() -> threads.submit(call)).limit(10).toList();
        for (var one : waiting) assertEquals(Reason.TIMEOUT, one.get(1, TimeUnit.MINUTES));
      }
    }
  }

  private GuardedHttp within(Duration exchange) {
    var rules = peers.rules().within(Duration.ofSeconds(20), exchange);
    return new GuardedHttp(peers.vertx, rules, peers.resolver());
  }

  @Test
  void aCallOnAnEventLoopIsAMistakeAndSaysSo() {
    var answer = Promise.<Integer>promise();
    peers.vertx.runOnContext(
        go -> {
          try {
            answer.complete(http.get(peers.uri("good.test/a"), Map.of()).status());
          } catch (RuntimeException e) {
            answer.fail(e);
          }
        });
    assertThrows(IllegalStateException.class, () -> answer.future().await());
  }

  @Test
  void anEndlessBodyIsCutAtTheLimit() {
    peers.flood("huge.test/a");
    assertRefused(Reason.TOO_LARGE, () -> http.get(peers.uri("huge.test/a"), Map.of()));
  }

  @Test
  void aGzipBombIsCutAtTheLimitAndAnHonestGzipIsRead() throws IOException {
    var bomb = gzip(new byte[200 << 20]);
    assertTrue(bomb.length < 1 << 20, "the bomb passes the limit on the wire");
    serveGzip("bomb.test/a", bomb);
    serveGzip("good.test/a", gzip("{}".getBytes(StandardCharsets.UTF_8)));
    serveGzip("broken.test/a", new byte[] {1, 2, 3});
    assertRefused(Reason.TOO_LARGE, () -> http.get(peers.uri("bomb.test/a"), Map.of()));
    assertEquals(2, http.get(peers.uri("good.test/a"), Map.of()).body().length);
    assertRefused(Reason.BROKEN, () -> http.get(peers.uri("broken.test/a"), Map.of()));
  }

  @Test
  void threeRedirectsAreFollowedAndAFourthIsNot() {
    peers
        .redirect("far.test/4", "/3")
        .redirect("far.test/3", "http://far.test:PORT/2")
        .redirect("far.test/2", "//near.test:PORT/1?q=é")
        .redirect("near.test/1", "0")
        .document("near.test/0", "{}")
        .redirect("loop.test/a", "/a");
    assertEquals(200, http.get(peers.uri("far.test/3"), Map.of()).status());
    assertRefused(Reason.TOO_MANY_REDIRECTS, () -> http.get(peers.uri("far.test/4"), Map.of()));
    assertRefused(Reason.TOO_MANY_REDIRECTS, () -> http.get(peers.uri("loop.test/a"), Map.of()));
  }

  @Test
  void noRedirectLeadsToAPrivateAddressOrAnotherScheme() {
    for (var target : List.of("http://127.0.0.2:PORT/", "http://[::1]:PORT/", "http://10.0.0.1/")) {
      peers.redirect("evil.test/a", target);
      assertRefused(Reason.PRIVATE_ADDRESS, () -> http.get(peers.uri("evil.test/a"), Map.of()));
    }
    for (var target : List.of("file:///etc/passwd", "gopher://x.test/", "http://x.test:25/")) {
      peers.redirect("evil.test/a", target);
      assertRefused(Reason.BAD_URL, () -> http.get(peers.uri("evil.test/a"), Map.of()));
    }
    assertEquals(6, peers.seen.size());
  }

  @Test
  void ourOwnOriginIsNeverAskedNotEvenByRedirect() {
    var own = peers.rules().as("http://own.test:" + peers.port());
    peers.redirect("evil.test/a", "http://OWN.test:PORT/users/admin");
    try (var ours = new GuardedHttp(peers.vertx, own, peers.resolver())) {
      assertRefused(Reason.OWN_ORIGIN, () -> ours.get(peers.uri("own.test/a"), Map.of()));
      assertRefused(Reason.OWN_ORIGIN, () -> ours.get(peers.uri("evil.test/a"), Map.of()));
    }
    assertEquals(1, peers.seen.size());
  }

  @Test
  void plainHttpIsRefusedUnlessAllowed() {
    var strict = peers.rules().withPlainHttp(false);
    try (var secure = new GuardedHttp(peers.vertx, strict, peers.resolver())) {
      assertRefused(Reason.BAD_URL, () -> secure.get(peers.uri("good.test/a"), Map.of()));
    }
  }

  @Test
  void aNameThatChangesItsAddressIsCheckedAgainAtEachDial() {
    peers.document("rebind.test/a", "{}");
    var lookups = new AtomicInteger();
    AddressGuard.Resolver rebinding =
        name ->
            List.of(
                InetAddress.ofLiteral(lookups.getAndIncrement() == 0 ? "127.0.0.1" : "10.0.0.1"));
    try (var http = new GuardedHttp(peers.vertx, peers.rules(), rebinding)) {
      // The name exists nowhere: reaching the server shows that the checked answer was dialled.
      assertEquals(200, http.get(peers.uri("rebind.test/a"), Map.of()).status());
      assertEquals(1, lookups.get());
      assertRefused(Reason.PRIVATE_ADDRESS, () -> http.get(peers.uri("rebind.test/a"), Map.of()));
    }
    assertEquals(1, peers.seen.size());
  }

  @Test
  void oneForbiddenAnswerAmongOthersRefusesTheName() {
    AddressGuard.Resolver mixed =
        name -> List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("10.0.0.1"));
    try (var http = new GuardedHttp(peers.vertx, peers.rules(), mixed)) {
      assertRefused(Reason.PRIVATE_ADDRESS, () -> http.get(peers.uri("mixed.test/a"), Map.of()));
    }
    assertEquals(0, peers.connections.get());
  }

  @Test
  void theSecondAddressIsTriedWhenTheFirstIsDead() {
    peers.document("two.test/a", "{}");
    var rules = peers.rules().allowing(Cidr.parseList("127.0.0.0/8"));
    AddressGuard.Resolver two =
        name -> List.of(InetAddress.ofLiteral("127.0.0.9"), InetAddress.ofLiteral("127.0.0.1"));
    try (var http = new GuardedHttp(peers.vertx, rules, two)) {
      assertEquals(200, http.get(peers.uri("two.test/a"), Map.of()).status());
    }
  }

  @Test
  void unknownNamesAndClosedPortsHaveTheirOwnReasons() {
    assertRefused(Reason.DNS, () -> http.get(WebUrl.parse("http://nowhere.example/"), Map.of()));
    assertRefused(Reason.CONNECT, () -> http.get(WebUrl.parse("http://good.test:1024/"), Map.of()));
  }

  @Test
  void anAcceptedDeliveryStaysAcceptedWhateverItsBodyDoes() {
    peers.on(
        "slow.test/inbox",
        r -> r.response().setStatusCode(202).setChunked(true).write(Buffer.buffer("so")));
    peers.flood("huge.test/inbox");
    assertEquals(202, http.post(peers.uri("slow.test/inbox"), new byte[9], Map.of()).status());
    assertEquals(200, http.post(peers.uri("huge.test/inbox"), new byte[9], Map.of()).status());
  }

  private void serveGzip(String place, byte[] packed) {
    peers.on(
        place,
        request ->
            request.response().putHeader("Content-Encoding", "gzip").end(Buffer.buffer(packed)));
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write(plain);
    }
    return packed.toByteArray();
  }
}
