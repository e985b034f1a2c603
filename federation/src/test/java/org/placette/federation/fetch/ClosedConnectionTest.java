package org.placette.federation.fetch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Servers that close each connection without saying so, as snac 2.75 does. */
class ClosedConnectionTest {

  private static final String ANSWER = "HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n";

  private final Vertx vertx = Vertx.vertx();
  private final FetchRules rules =
      FetchRules.strict("Placette test")
          .allowing(List.of(Cidr.parse("127.0.0.0/8")))
          .withPlainHttp(true);

  @Test
  void aDeliveryIsSentAgainWhenThePooledConnectionWasClosed() throws Exception {
    var answered = new AtomicInteger();
    try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var http = new GuardedHttp(vertx, rules)) {
      Thread.ofVirtual().start(() -> serve(server, answered));
      var inbox = WebUrl.parse("http://127.0.0.1:" + server.getLocalPort() + "/inbox");
      for (int i = 0; i < 200; i++) {
        assertEquals(202, http.post(inbox, "{}".getBytes(US_ASCII), Map.of()).status());
      }
      assertEquals(200, answered.get());
    } finally {
      vertx.close().await();
    }
  }

  /** Where the system's own transport is there, a connection's end overtakes what waits in it. */
  @Test
  void aLongAnswerArrivesWholeAlthoughTheConnectionEndsWithIt() throws Exception {
    var quick = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    var body = new byte[900_000];
    var head = "HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n".formatted(body.length);
    try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var http = new GuardedHttp(quick, rules)) {
      Thread.ofVirtual().start(() -> hand(server, head.getBytes(US_ASCII), body));
      for (int i = 0; i < 30; i++) {
        var page = WebUrl.parse("http://127.0.0.1:" + server.getLocalPort() + "/" + i);
        var length = onVerticle(quick, () -> http.get(page, Map.of()).body().length);
        assertEquals(body.length, length);
      }
    } finally {
      quick.close().await();
      vertx.close().await();
    }
  }

  private static void hand(ServerSocket server, byte[] head, byte[] body) {
    try {
      while (true) {
        try (var connection = server.accept()) {
          var unused = connection.getInputStream().read(new byte[9000]);
          connection.getOutputStream().write(head);
          connection.getOutputStream().write(body);
        }
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  /** Answers are awaited where they are in the server: on a virtual thread of Vert.x. */
  private static <T> T onVerticle(Vertx vertx, Callable<T> work) throws Exception {
    var done = new CompletableFuture<T>();
    var verticle =
        new VerticleBase() {
          @Override
          public Future<?> start() throws Exception {
            done.complete(work.call());
            return super.start();
          }
        };
    var options = new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD);
    vertx.deployVerticle(verticle, options).onFailure(done::completeExceptionally);
    return done.get();
  }

  private static void serve(ServerSocket server, AtomicInteger answered) {
    try {
      while (true) {
        try (var connection = server.accept()) {
          var read = 0;
          while (read < 4) { // to the end of the head
            var next = connection.getInputStream().read();
            if (next < 0) break;
            read = next == '\r' || next == '\n' ? read + 1 : 0;
          }
          if (read < 4) continue;
          connection.getInputStream().readNBytes(2);
          answered.incrementAndGet(); // before the client can have read the answer
          connection.getOutputStream().write(ANSWER.getBytes(US_ASCII));
        }
      }
    } catch (IOException closed) {
      // the test is over
    }
  }
}
