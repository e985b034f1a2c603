package org.placette.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.placette.federation.fetch.Cidr;
import org.placette.federation.fetch.FetchRules;
import org.placette.federation.signature.Keys;
import org.placette.federation.signature.SigningKey;

/**
 * Another server, on a loopback port of its own: it answers with the documents that a test puts
 * there, says what it was asked and keeps what was posted to it. Plain http.
 */
public final class FakeInstance implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ACTIVITY = "application/activity+json";

  /** Something that was posted here. */
  public record Posted(String path, Map<String, String> headers, byte[] body) {

    /** The body as JSON. */
    public ObjectNode json() {
      try {
        return (ObjectNode) JSON.readTree(body);
      } catch (java.io.IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private record Answer(int status, String type, String body) {}

  private final HttpServer server;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final Map<String, KeyPair> keys = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<Posted> posted = new CopyOnWriteArrayList<>();

  public FakeInstance(Vertx vertx) {
    server = vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1").await();
  }

  /** The rules by which a test's own server may reach its fake neighbours. */
  public static FetchRules rules() {
    return FetchRules.strict("Placette-test")
        .allowing(List.of(Cidr.parse("127.0.0.0/8"), Cidr.parse("::1/128")))
        .withPlainHttp(true);
  }

  private void answer(HttpServerRequest request) {
    if (request.method().name().equals("POST")) {
      request
          .body()
          .onSuccess(
              body -> {
                Map<String, String> headers = new ConcurrentHashMap<>();
                request.headers().forEach(h -> headers.put(h.getKey().toLowerCase(), h.getValue()));
                posted.add(new Posted(request.path(), headers, body.getBytes()));
                request.response().setStatusCode(202).end();
              });
      return;
    }
    asked.add(request.uri());
    var answer = answers.getOrDefault(request.uri(), answers.get(request.path()));
    if (answer == null) {
      request.response().setStatusCode(404).end();
    } else {
      request
          .response()
          .setStatusCode(answer.status)
          .putHeader("content-type", answer.type)
          .end(answer.body);
    }
  }

  /** {@code 127.0.0.1:port}. */
  public String host() {
    return "127.0.0.1:" + server.actualPort();
  }

  /** {@code http://127.0.0.1:port}, followed by {@code path}. */
  public String at(String path) {
    return "http://" + host() + path;
  }

  /** Serves {@code document} at the path of its id. */
  public ObjectNode put(ObjectNode document) {
    var id = document.path("id").asText();
    return put(id.substring(id.indexOf('/', 8)), document);
  }

  /** Serves {@code document} at {@code path} (with the query, if it matters). */
  public ObjectNode put(String path, ObjectNode document) {
    answers.put(path, new Answer(200, ACTIVITY, document.toString()));
    return document;
  }

  /** Serves any text. */
  public void put(String path, int status, String type, String body) {
    answers.put(path, new Answer(status, type, body));
  }

  /** Answers 410 at that path from now on. */
  public void gone(String path) {
    answers.put(path, new Answer(410, "text/plain", "gone"));
  }

  /** A Person {@code /users/name} with an RSA key, served with its WebFinger answer. */
  public ObjectNode person(String name) {
    return actor("Person", "/users/" + name, name);
  }

  /** An actor with an RSA key, served with its WebFinger answer. */
  public ObjectNode actor(String type, String path, String name) {
    var id = at(path);
    var document = JSON.createObjectNode();
    document.put("@context", "https://www.w3.org/ns/activitystreams");
    document.put("id", id).put("type", type).put("preferredUsername", name);
    document.put("inbox", id + "/inbox").put("outbox", id + "/outbox");
    document.put("followers", id + "/followers");
    document.putObject("endpoints").put("sharedInbox", at("/inbox"));
    document
        .putObject("publicKey")
        .put("id", id + "#main-key")
        .put("owner", id)
        .put("publicKeyPem", Keys.toPem(pair(id).getPublic()));
    webFinger(name, id);
    return put(path, document);
  }

  /** Answers WebFinger for {@code name} on this host with {@code actorId}. */
  public void webFinger(String name, String actorId) {
    var jrd = JSON.createObjectNode().put("subject", "acct:" + name + "@" + host());
    jrd.putArray("links").addObject().put("rel", "self").put("type", ACTIVITY).put("href", actorId);
    var resource = ("acct:" + name + "@" + host()).replace(":", "%3A").replace("@", "%40");
    put("/.well-known/webfinger?resource=" + resource, 200, "application/jrd+json", jrd.toString());
  }

  /** The pair behind an actor's key; made when first asked for. */
  public KeyPair pair(String actorId) {
    return keys.computeIfAbsent(actorId, id -> Keys.rsa());
  }

  /** Gives the actor a new pair; put its document again to publish it. */
  public void rotate(String actorId) {
    keys.put(actorId, Keys.rsa());
  }

  /** What an actor of this server signs with. */
  public SigningKey signingKey(String actorId) {
    return new SigningKey(actorId + "#main-key", pair(actorId).getPrivate());
  }

  /** Paths with queries that were asked for, in order. */
  public List<String> asked() {
    return asked;
  }

  /** What was posted here, in order. */
  public List<Posted> posted() {
    return posted;
  }

  @Override
  public void close() {
    server.close().await();
  }
}
