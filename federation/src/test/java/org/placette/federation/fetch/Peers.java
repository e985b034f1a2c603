package org.placette.federation.fetch;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.placette.federation.fetch.AddressGuard.Resolver;

/**
 * A real HTTP server on loopback that plays every other server, told apart by name: {@code
 * good.test}, {@code evil.test} and whatever a test says all resolve to it.
 */
final class Peers implements AutoCloseable {

  static final String ACTIVITY_JSON = "application/activity+json";

  /** A request as it arrived. */
  record Seen(String method, String host, String target, Map<String, String> headers) {}

  final Vertx vertx = Vertx.vertx();
  final List<Seen> seen = new CopyOnWriteArrayList<>();
  final AtomicInteger connections = new AtomicInteger();
  private final Map<String, Handler<HttpServerRequest>> routes = new ConcurrentHashMap<>();
  private final HttpServer server;

  Peers() {
    this(new HttpServerOptions());
  }

  Peers(HttpServerOptions options) {
    server =
        vertx
            .createHttpServer(options)
            .connectionHandler(connection -> connections.incrementAndGet())
            .requestHandler(this::route)
            .listen(0, "127.0.0.1")
            .await();
  }

  int port() {
    return server.actualPort();
  }

  /** Rules under which the loopback is reachable, with more patience than any machine needs. */
  FetchRules rules() {
    return FetchRules.strict("Placette test")
        .allowing(Cidr.parseList("127.0.0.1/32"))
        .withPlainHttp(true)
        .within(Duration.ofSeconds(20), Duration.ofSeconds(60));
  }

  /** Every name under .test is here; no other name is known. */
  Resolver resolver() {
    return host -> {
      if (!host.endsWith(".test")) throw new UnknownHostException(host);
      return List.of(InetAddress.ofLiteral("127.0.0.1"));
    };
  }

  GuardedHttp guarded() {
    return new GuardedHttp(vertx, rules(), resolver());
  }

  /** The URL of a path at one of the names; names and path as in "good.test/users/a". */
  String url(String place) {
    var slash = place.indexOf('/');
    return "http://" + place.substring(0, slash) + ":" + port() + place.substring(slash);
  }

  URI uri(String place) {
    return WebUrl.parse(url(place));
  }

  /** Answers at a place, whatever the query. */
  Peers on(String place, Handler<HttpServerRequest> handler) {
    routes.put(place, handler);
    return this;
  }

  /** Serves text of a media type at a place; PORT in it stands for the port. */
  Peers serve(String place, String type, String body) {
    return on(
        place,
        request ->
            request
                .response()
                .putHeader("Content-Type", type)
                .end(body.replace("PORT", "" + port())));
  }

  /** Serves an ActivityStreams document, written with single quotes. */
  Peers document(String place, String json) {
    return serve(place, ACTIVITY_JSON, json.replace('\'', '"'));
  }

  Peers jrd(String place, String json) {
    return serve(place, "application/jrd+json", json.replace('\'', '"'));
  }

  Peers redirect(String place, String location) {
    return on(
        place,
        request ->
            request
                .response()
                .setStatusCode(302)
                .putHeader("Location", location.replace("PORT", "" + port()))
                .end());
  }

  /** Begins an answer and then sends one byte in each interval, for ever. */
  Peers drip(String place, long everyMillis) {
    return on(
        place,
        request -> {
          var response = started(request);
          var timer = vertx.setPeriodic(1, everyMillis, t -> response.write(Buffer.buffer(" ")));
          response.closeHandler(gone -> vertx.cancelTimer(timer));
        });
  }

  /** Sends bytes as fast as they are taken, for ever. */
  Peers flood(String place) {
    return on(
        place,
        request -> {
          var response = started(request);
          pour(response, Buffer.buffer(new byte[64 * 1024]));
        });
  }

  long asked(String method) {
    return seen.stream().filter(one -> one.method.equals(method)).count();
  }

  private static void pour(HttpServerResponse response, Buffer block) {
    response.write(block).onSuccess(written -> pour(response, block));
  }

  private static HttpServerResponse started(HttpServerRequest request) {
    return request.response().setChunked(true).putHeader("Content-Type", ACTIVITY_JSON);
  }

  private void route(HttpServerRequest request) {
    Map<String, String> headers = new ConcurrentHashMap<>();
    request
        .headers()
        .forEach(
            header ->
                headers.put(header.getKey().toLowerCase(java.util.Locale.ROOT), header.getValue()));
    var name = headers.getOrDefault("host", "").replaceFirst(":[0-9]+$", "");
    seen.add(new Seen(request.method().name(), name, request.uri(), headers));
    routes
        .getOrDefault(name + request.path(), r -> r.response().setStatusCode(404).end())
        .handle(request);
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
