package org.placette.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.placette.mastodon.Json;
import org.placette.oauth.Tokens;
import org.placette.oauth.Tokens.Grant;

/** A WebSocket: pinged, closed when it reads too slowly or not at all, told what to listen to. */
final class Socket implements Listener.Line {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PING_MILLIS = 30_000;
  private static final long SILENT_NANOS = 95_000_000_000L;
  private static final int MOST_UNREAD = 256;
  private static final short GOING_AWAY = 1001;
  private static final short REFUSED = 1008;

  private final Vertx vertx;
  private final Tokens tokens;
  private final Hub hub;
  private final BiFunction<Grant, Topic, @Nullable String> problem;
  private final Listener listener;
  private final AtomicInteger unread = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile @Nullable ServerWebSocket socket;
  private volatile long alive = System.nanoTime();

  Socket(
      Vertx vertx,
      Grant grant,
      Tokens tokens,
      Hub hub,
      BiFunction<Grant, Topic, @Nullable String> problem) {
    this.vertx = vertx;
    this.tokens = tokens;
    this.hub = hub;
    this.problem = problem;
    this.listener = new Listener(grant, this);
  }

  void open(ServerWebSocket opened, @Nullable Topic first) {
    socket = opened;
    opened.textMessageHandler(this::read);
    opened.pongHandler(any -> alive = System.nanoTime());
    if (first != null) {
      var unused = listener.add(first);
    }
    if (!hub.add(listener)) {
      close(REFUSED, "Too many connections of this app");
      return;
    }
    var watch = tokens.watch(listener.grant(), () -> close("The token ended"));
    var timer = vertx.setPeriodic(PING_MILLIS, id -> ping(opened));
    opened.closeHandler(
        ended -> {
          closed.set(true);
          vertx.cancelTimer(timer);
          hub.remove(listener);
          watch.close();
        });
    opened.exceptionHandler(e -> close("broken"));
  }

  private void ping(ServerWebSocket to) {
    if (System.nanoTime() - alive > SILENT_NANOS) {
      close("silent");
      return;
    }
    var unused = to.writePing(io.vertx.core.buffer.Buffer.buffer());
  }

  private void read(String message) {
    alive = System.nanoTime();
    if (message.length() > 2_000) return;
    try {
      var asked = JSON.readTree(message);
      var topic = Topic.of(text(asked, "stream"), text(asked, "tag"), text(asked, "list"));
      switch (asked.path("type").asText()) {
        case "subscribe" -> subscribe(topic);
        case "unsubscribe" -> {
          if (topic != null) listener.remove(topic);
        }
        default -> {}
      }
    } catch (JsonProcessingException e) {
      error("The message is not JSON");
    }
  }

  private static @Nullable String text(JsonNode node, String name) {
    return node.hasNonNull(name) ? node.path(name).asText() : null;
  }

  private void subscribe(@Nullable Topic topic) {
    var wrong = topic == null ? "Unknown stream type" : problem.apply(listener.grant(), topic);
    if (wrong != null || topic == null) error(wrong == null ? "Unknown stream type" : wrong);
    else {
      var unused = listener.add(topic);
    }
  }

  private void error(String message) {
    write(Json.text(Map.of("error", message, "status", 400)));
  }

  @Override
  public void send(List<String> topic, String event, @Nullable String payload) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("stream", topic);
    message.put("event", event);
    if (payload != null) message.put("payload", payload);
    write(Json.text(message));
  }

  private void write(String message) {
    var to = socket;
    if (to == null || closed.get()) return;
    if (unread.incrementAndGet() > MOST_UNREAD) {
      close("too slow");
      return;
    }
    to.writeTextMessage(message).onComplete(done -> unread.decrementAndGet());
  }

  @Override
  public void close(String why) {
    close(GOING_AWAY, why);
  }

  private void close(short code, String why) {
    var open = socket;
    if (open == null || !closed.compareAndSet(false, true)) return;
    hub.remove(listener);
    var unused = open.close(code, why);
  }
}
