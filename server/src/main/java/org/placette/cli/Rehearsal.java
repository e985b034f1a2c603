package org.placette.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.placette.federation.signature.Dialect;
import org.placette.federation.signature.Keys;
import org.placette.federation.signature.OutgoingRequest;
import org.placette.federation.signature.RequestSigner;
import org.placette.federation.signature.SigningKey;

/**
 * A busy quarter of an hour in half a minute, for the training run: a peer on this machine that
 * follows and writes to a resident, and visitors who look at pages. Java notes which code is hot
 * and how it behaves, so that a server is fast from its first minutes.
 */
final class Rehearsal implements AutoCloseable {

  private static final String ACTIVITY = "application/activity+json";
  private static final String PUBLIC = "https://www.w3.org/ns/activitystreams#Public";
  private static final int AT_ONCE = 16;

  private final Vertx vertx;
  private final URI server;
  private final HttpClient client;
  private final HttpServer peer;
  private final KeyPair keys = Keys.rsa();
  private final String actor;

  /**
   * @param server the address of the server that is trained
   */
  Rehearsal(Vertx vertx, URI server) {
    this.vertx = vertx;
    this.server = server;
    client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(AT_ONCE));
    peer = vertx.createHttpServer();
    var port = peer.requestHandler(this::answer).listen(0, "127.0.0.1").await().actualPort();
    actor = "http://127.0.0.1:" + port + "/users/rehearsal";
  }

  private void answer(io.vertx.core.http.HttpServerRequest request) {
    var found = request.method() == HttpMethod.GET && request.path().equals("/users/rehearsal");
    var status = found ? 200 : request.method() == HttpMethod.POST ? 202 : 404;
    request.response().setStatusCode(status).putHeader("Content-Type", ACTIVITY);
    var unused = request.response().end(found ? document().toString() : "{}");
  }

  private ObjectNode document() {
    var document = node("id", actor).put("type", "Person").put("preferredUsername", "rehearsal");
    document.put("@context", "https://www.w3.org/ns/activitystreams");
    document.put("name", "Rehearsal").put("summary", "<p>Only here to learn</p>");
    document.put("inbox", actor + "/inbox").put("outbox", actor + "/outbox");
    document.put("followers", actor + "/followers");
    document
        .putObject("publicKey")
        .put("id", actor + "#main-key")
        .put("owner", actor)
        .put("publicKeyPem", Keys.toPem(keys.getPublic()));
    return document;
  }

  private static ObjectNode node(String key, String value) {
    return JsonNodeFactory.instance.objectNode().put(key, value);
  }

  /** Follows a resident, then mentions it in so many notes, and waits for each to be taken. */
  void deliver(String recipient, int notes) {
    var follow = node("id", actor + "/follows/1").put("type", "Follow").put("object", recipient);
    post(recipient, follow.put("actor", actor));
    together(notes, number -> post(recipient, create(recipient, number)));
  }

  private JsonNode create(String recipient, int number) {
    var id = actor + "/notes/" + number;
    var note = node("id", id).put("type", "Note").put("attributedTo", actor).put("url", id);
    note.put(
        "content",
        "<p>Note <b>%d</b>: the <a href=\"%s\">oven</a> is hot.</p>".formatted(number, actor));
    note.put("published", Instant.now().toString()).put("sensitive", false);
    note.putArray("tag")
        .add(node("type", "Mention").put("href", recipient).put("name", "@" + recipient))
        .add(node("type", "Hashtag").put("href", actor + "/tags/pain").put("name", "#pain"));
    if (number % 20 == 19) note.put("inReplyTo", actor + "/notes/" + (number - 18));
    var create = node("id", id + "/activity").put("type", "Create").put("actor", actor);
    create.put("published", note.path("published").asText());
    for (var one : List.of(note, create)) {
      one.putArray("to").add(PUBLIC);
      one.putArray("cc").add(actor + "/followers").add(recipient);
    }
    create.putArray("@context").add("https://www.w3.org/ns/activitystreams");
    create.set("object", note);
    return create;
  }

  private void post(String recipient, JsonNode activity) {
    var body = activity.toString().getBytes(StandardCharsets.UTF_8);
    var inbox = URI.create(recipient + "/inbox");
    var key = new SigningKey(actor + "#main-key", keys.getPrivate());
    var dialect =
        activity.path("id").asText().hashCode() % 4 == 0 ? Dialect.RFC9421 : Dialect.CAVAGE;
    var signed = RequestSigner.sign(OutgoingRequest.post(inbox, body), key, dialect, Instant.now());
    var headers = MultiMap.caseInsensitiveMultiMap().addAll(signed).remove("Host");
    var status = send(HttpMethod.POST, inbox.getPath(), headers, Buffer.buffer(body)).status();
    if (status != 202) throw new IllegalStateException("a delivery was answered with " + status);
  }

  /** Asks for pages so many times each; gives the last body of the first. */
  String visit(List<String> paths, Map<String, String> headers, int times) {
    List<String> first = new ArrayList<>();
    together(
        paths.size() * times,
        number -> {
          var all = MultiMap.caseInsensitiveMultiMap().addAll(headers);
          var path = paths.get(number % paths.size());
          var seen = send(HttpMethod.GET, path, all, Buffer.buffer());
          if (number == 0) first.add(seen.body());
          if (number < paths.size())
            System.out.printf("%s: %d, %d characters%n", path, seen.status(), seen.body().length());
        });
    return first.getFirst();
  }

  private record Seen(int status, String body) {}

  private Seen send(HttpMethod method, String path, MultiMap headers, Buffer body) {
    var options =
        new RequestOptions()
            .setMethod(method)
            .setServer(
                io.vertx.core.net.SocketAddress.inetSocketAddress(server.getPort(), "127.0.0.1"))
            .setHost(server.getHost())
            .setPort(server.getPort())
            .setURI(path)
            .setHeaders(headers)
            .setTimeout(30_000);
    return client
        .request(options)
        .compose(
            request ->
                request
                    .send(body)
                    .compose(
                        response ->
                            response
                                .body()
                                .map(text -> new Seen(response.statusCode(), text.toString()))))
        .await();
  }

  /** What is done for a number. */
  @FunctionalInterface
  private interface Step {
    void run(int number);
  }

  private static void together(int count, Step step) {
    var next = new AtomicInteger();
    try (var visitors = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        all.add(
            visitors.submit(
                () -> {
                  for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement())
                    step.run(n);
                }));
      }
      for (var one : all) {
        var unused = one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("The rehearsal failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    var unused = peer.close().compose(closed -> client.close()).await();
  }
}
