package org.placette.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ready answers to what the whole fediverse asks for over and over (WebFinger, actors, NodeInfo),
 * given before any routing. They live two seconds, so that other processes' changes show; a local
 * change empties them. Only answers that are the same for everybody belong here, and unlike {@link
 * ReadyPages} they serve signed requests and outlive writes, since servers ask for actors while
 * they deliver. Thread-safe.
 */
public final class ReadyAnswers implements QuickAnswers {

  private static final int LONGEST_KEY = 400;

  private record Ready(Map<String, String> headers, Buffer body) {}

  private final Cache<String, Ready> ready =
      Caffeine.newBuilder().maximumSize(2_000).expireAfterWrite(Duration.ofSeconds(2)).build();

  @Override
  public boolean answer(HttpServerRequest request) {
    if (request.method() != HttpMethod.GET) return false;
    var key = key(request);
    var found = key == null ? null : ready.getIfPresent(key);
    if (found == null) return false;
    send(request, found);
    return true;
  }

  /**
   * Answers now, and the next two seconds in the same way. The request is a GET that {@link
   * #answer} was asked about first, and the answer depends on its address and on whether it wants
   * ActivityStreams, on nothing else.
   */
  public void answer(HttpServerRequest request, Map<String, String> headers, String body) {
    var made = new Ready(Map.copyOf(headers), Buffer.buffer(body));
    var key = request.method() == HttpMethod.GET ? key(request) : null;
    if (key != null) ready.put(key, made);
    send(request, made);
  }

  /** Forgets everything: something that they tell has changed. */
  public void clear() {
    ready.invalidateAll();
  }

  private static void send(HttpServerRequest request, Ready ready) {
    var response = request.response();
    ready.headers.forEach(response::putHeader);
    if (request.method() == HttpMethod.HEAD) {
      // Over HTTP/2 Vert.x would send the body.
      response.putHeader("content-length", String.valueOf(ready.body.length()));
      var unused = response.end();
    } else {
      var unused = response.end(ready.body);
    }
  }

  /** Null for a request whose Accept header has to be weighed, such as a browser's. */
  private static @Nullable String key(HttpServerRequest request) {
    var uri = request.uri();
    if (uri.length() > LONGEST_KEY) return null;
    if (uri.startsWith("/.well-known/webfinger") || uri.startsWith("/nodeinfo/")) return uri;
    var accept = request.getHeader("accept");
    if (accept == null || accept.contains("text/html")) return null;
    var activity =
        accept.contains("application/activity+json") || accept.contains("application/ld+json");
    return activity ? uri : null;
  }
}
