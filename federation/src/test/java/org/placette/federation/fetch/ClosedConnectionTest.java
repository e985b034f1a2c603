package org.placette.federation.fetch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
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
