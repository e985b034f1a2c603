package org.placette.stream;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Server-sent events (HTML standard, section 9.2), ended when they are read too slowly. */
final class EventLine implements Listener.Line {

  private static final int BEAT_MILLIS = 15_000;
  private static final int MOST_UNREAD = 256;

  private final Vertx vertx;
  private final RoutingContext ctx;
  private final HttpServerResponse response;
  private final AtomicInteger unread = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();

  EventLine(Vertx vertx, RoutingContext ctx) {
    this.vertx = vertx;
    this.ctx = ctx;
    this.response = ctx.response();
  }

  /**
   * Begins to answer.
   *
   * @param ended runs once, when the line is gone
   */
  void open(Runnable ended) {
    response
        .setChunked(true)
        .putHeader("Content-Type", "text/event-stream")
        .putHeader("Cache-Control", "private, no-store")
        .putHeader("X-Accel-Buffering", "no")
        // A compressed stream would wait for more before it is sent.
        .putHeader("Content-Encoding", "identity");
    // Comments end with their line: some apps take an empty line for an event without a name.
    write(":)\n");
    var timer = vertx.setPeriodic(BEAT_MILLIS, id -> write(":thump\n"));
    ctx.addEndHandler(
        done -> {
          closed.set(true);
          vertx.cancelTimer(timer);
          ended.run();
        });
  }

  @Override
  public void send(List<String> topic, String event, @Nullable String payload) {
    write("event: " + event + "\n" + (payload == null ? "" : "data: " + payload + "\n") + "\n");
  }

  private void write(String text) {
    if (closed.get()) return;
    if (unread.incrementAndGet() > MOST_UNREAD) {
      close("too slow");
      return;
    }
    response.write(text).onComplete(done -> unread.decrementAndGet());
  }

  @Override
  public void close(String why) {
    if (closed.compareAndSet(false, true)) ctx.request().connection().close();
  }
}
