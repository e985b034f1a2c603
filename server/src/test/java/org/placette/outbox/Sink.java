package org.placette.outbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A peer that takes deliveries as a test wants, and remembers them. */
final class Sink implements AutoCloseable {

  /**
   * What to answer.
   *
   * @param status 0 for never
   */
  record Answer(int status, Map<String, String> headers) {
    static Answer of(int status) {
      return new Answer(status, Map.of());
    }
  }

  private final HttpServer server;
  final List<ObjectNode> taken = new CopyOnWriteArrayList<>();
  final AtomicInteger asked = new AtomicInteger();
  final AtomicInteger underWay = new AtomicInteger();
  final AtomicInteger mostUnderWay = new AtomicInteger();
  volatile Function<ObjectNode, Answer> answers = activity -> Answer.of(202);

  Sink(Vertx vertx) {
    server =
        vertx
            .createHttpServer()
            .requestHandler(
                request ->
                    request
                        .body()
                        .onSuccess(
                            body -> {
                              asked.incrementAndGet();
                              mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                              var activity = json(body.getBytes());
                              var answer = answers.apply(activity);
                              if (answer.status() == 0) return;
                              if (answer.status() / 100 == 2) taken.add(activity);
                              var response = request.response().setStatusCode(answer.status());
                              answer.headers().forEach(response::putHeader);
                              vertx.setTimer(
                                  20,
                                  timer -> {
                                    underWay.decrementAndGet();
                                    response.end();
                                  });
                            }))
            .listen(0, "127.0.0.1")
            .await();
  }

  private static ObjectNode json(byte[] body) {
    try {
      return body.length == 0
          ? new ObjectMapper().createObjectNode()
          : (ObjectNode) new ObjectMapper().readTree(body);
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  String host() {
    return "127.0.0.1:" + server.actualPort();
  }

  Target inbox(String name) {
    return Target.of("http://" + host() + "/users/" + name + "/inbox");
  }

  Target shared() {
    return Target.of("http://" + host() + "/inbox");
  }

  List<String> objects() {
    return taken.stream().map(a -> a.path("object").path("id").asText()).toList();
  }

  @Override
  public void close() {
    server.close().await();
  }
}
