package org.placette.federation.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.placette.federation.fetch.Problems.assertRefused;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.placette.federation.fetch.FetchProblem.Reason;

/** Many hosts that answer with much at the same time. */
@Timeout(120)
class LargeAnswersTest {

  private static final int ALL = 900_000;
  private static final int BEGINNING = 100_000;

  private final Peers peers = new Peers();
  private final GuardedHttp http = guarded(Duration.ofMinutes(2));
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<HttpServerResponse> begun = new LinkedBlockingQueue<>();

  private GuardedHttp guarded(Duration patience) {
    var rules = peers.rules().within(Duration.ofSeconds(30), patience);
    return new GuardedHttp(peers.vertx, rules, peers.resolver());
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    http.close();
    peers.close();
  }

  @Test
  void sixtyFourHostsAreAllHeardToTheEnd() throws Exception {
    for (var n = 0; n < 64; n++) large("host" + n + ".test/a");
    var places = IntStream.range(0, 64).mapToObj(n -> "host" + n + ".test/a").toList();
    for (var length : lengths(http, places)) assertEquals(ALL, length.get(1, TimeUnit.MINUTES));
    assertEquals(4, http.large().free());
  }

  @Test
  void whoIsSlowWithALargeAnswerHoldsUpLargeOnesAloneAndNotBeyondTheEnd() throws Exception {
    var slow = IntStream.range(0, 4).mapToObj(n -> "slow" + n + ".test/a").toList();
    slow.forEach(this::beginning);
    large("other.test/a");
    peers.document("good.test/a", "{}");

    var held = lengths(http, slow);
    while (http.large().free() > 0) Thread.onSpinWait();
    var next = lengths(http, List.of("other.test/a")).getFirst();
    assertEquals(200, http.get(peers.uri("good.test/a"), Map.of()).status());
    assertFalse(next.isDone());

    for (var n = 0; n < 4; n++) begun.take().end(Buffer.buffer(new byte[ALL - BEGINNING]));
    assertEquals(ALL, next.get(1, TimeUnit.MINUTES));
    for (var length : held) assertEquals(ALL, length.get(1, TimeUnit.MINUTES));
    assertEquals(4, http.large().free());
  }

  @Test
  void whoWaitsInVainIsGivenUpAtTheDeadlineAndLeavesNothingTaken() throws Exception {
    for (var n = 0; n < 8; n++) beginning("slow" + n + ".test/a");
    try (var hasty = guarded(Duration.ofMillis(1500))) {
      var asked =
          IntStream.range(0, 8)
              .mapToObj(n -> peers.uri("slow" + n + ".test/a"))
              .map(url -> threads.submit(() -> refused(hasty, url)))
              .toList();
      for (var one : asked) assertEquals(Reason.TIMEOUT, one.get(1, TimeUnit.MINUTES));
      assertEquals(4, hasty.large().free());
    }
  }

  private static Reason refused(GuardedHttp client, URI url) {
    return assertRefused(Reason.TIMEOUT, () -> client.get(url, Map.of())).reason();
  }

  private List<Future<Integer>> lengths(GuardedHttp client, List<String> places) {
    return places.stream()
        .map(peers::uri)
        .map(url -> threads.submit(() -> client.get(url, Map.of()).body().length))
        .toList();
  }

  private void large(String place) {
    peers.on(place, request -> request.response().end(Buffer.buffer(new byte[ALL])));
  }

  /** Sends more than is usual and keeps the rest. */
  private void beginning(String place) {
    peers.on(
        place,
        request -> {
          var response = request.response().setChunked(true);
          begun.add(response);
          response.write(Buffer.buffer(new byte[BEGINNING]));
        });
  }
}
