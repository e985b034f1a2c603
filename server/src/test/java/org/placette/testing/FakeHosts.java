package org.placette.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PfxOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.placette.federation.fetch.AddressGuard.Resolver;
import org.placette.federation.fetch.WebUrl;
import org.placette.federation.signature.Dialect;
import org.placette.federation.signature.Keys;
import org.placette.federation.signature.OutgoingRequest;
import org.placette.federation.signature.RequestSigner;
import org.placette.federation.signature.SigningKey;

/**
 * Many other servers at once: a real HTTP and HTTPS server on loopback that plays any number of
 * foreign hosts, told apart by name. It serves what a test puts there and 404 elsewhere, takes
 * deliveries, and signs its own. {@link #resolver()} leads a server under test to it, {@link
 * #authority()} makes it trusted.
 *
 * <p>All its actors share one key pair, since making one takes a while; their key ids differ.
 */
public final class FakeHosts implements AutoCloseable {

  /** The usual media type of everything that is served. */
  public static final String ACTIVITY_JSON = "application/activity+json";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A request as it came, with the canonical URL it was for. */
  public record Seen(String method, String url, boolean signed, String body) {
    /** The body as JSON. */
    public JsonNode json() {
      return FakeHosts.parse(body);
    }
  }

  /** An answer to a delivery. */
  public record Answer(int status, String body) {}

  private record Document(int status, String type, String body) {}

  private final Set<String> hosts;
  private final KeyPair keys = Keys.rsa();
  private final Certificate certificate;
  private final HttpServer plain;
  private final HttpServer secure;
  private final HttpClient client;
  private final Map<String, Document> documents = new ConcurrentHashMap<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final List<String> lookups = new CopyOnWriteArrayList<>();

  /**
   * @param hosts the names it answers to, over both schemes at their usual ports; no others resolve
   * @param folder where its certificate may be written
   */
  public FakeHosts(Vertx vertx, Collection<String> hosts, Path folder) {
    this.hosts = Set.copyOf(hosts);
    certificate = Certificate.make(this.hosts, folder);
    plain = listen(vertx, new HttpServerOptions(), "http");
    var pfx =
        new PfxOptions().setPath(certificate.store().toString()).setPassword(Certificate.PASSWORD);
    secure = listen(vertx, new HttpServerOptions().setSsl(true).setKeyCertOptions(pfx), "https");
    client = vertx.createHttpClient();
  }

  private HttpServer listen(Vertx vertx, HttpServerOptions options, String scheme) {
    return vertx
        .createHttpServer(options)
        .requestHandler(request -> answer(request, scheme))
        .listen(0, "127.0.0.1")
        .await();
  }

  /** Leads every one of the hosts here. */
  public Resolver resolver() {
    return new Resolver() {
      @Override
      public List<InetAddress> resolve(String host) throws UnknownHostException {
        lookups.add(host);
        if (!hosts.contains(host)) throw new UnknownHostException(host);
        return List.of(InetAddress.ofLiteral("127.0.0.1"));
      }

      @Override
      public int port(URI url) {
        return url.getScheme().equals("https") ? secure.actualPort() : plain.actualPort();
      }
    };
  }

  /** A PEM file with the authority that vouches for all the hosts. */
  public Path authority() {
    return certificate.authority();
  }

  /** Serves an ActivityStreams document at its id. */
  public FakeHosts serve(JsonNode document) {
    return serve(document.path("id").asText(), ACTIVITY_JSON, document.toString());
  }

  /** Serves a text at a URL (with its query, if it has one). */
  public FakeHosts serve(String url, String type, String body) {
    return put(url, 200, type, body);
  }

  /** Answers 410 at a URL. */
  public FakeHosts gone(String url) {
    return put(url, 410, "text/plain", "gone");
  }

  private FakeHosts put(String url, int status, String type, String body) {
    documents.put(WebUrl.parse(url).toString(), new Document(status, type, body));
    return this;
  }

  /** True when something is served at that URL. */
  public boolean serves(String url) {
    return documents.containsKey(WebUrl.parse(url).toString());
  }

  /** Serves an actor with a key of this instance, unless something is served at its id already. */
  public FakeHosts actor(String id, String type) {
    return serves(id) ? this : serve(actorDocument(id, type));
  }

  /** A small actor document with a key of this instance. */
  public ObjectNode actorDocument(String id, String type) {
    var names = id.replaceFirst("https?://", "").split("[^A-Za-z0-9_.-]+");
    var document =
        JsonNodeFactory.instance
            .objectNode()
            .put("@context", "https://www.w3.org/ns/activitystreams")
            .put("id", id)
            .put("type", type)
            .put("preferredUsername", names[names.length - 1])
            .put("inbox", id + "/inbox")
            .put("outbox", id + "/outbox")
            .put("followers", id + "/followers");
    publish(document);
    return document;
  }

  /** Replaces the key in an actor's document by this instance's, under the same key id. */
  public void publish(ObjectNode actor) {
    var id = actor.path("id").asText();
    var keyId = actor.path("publicKey").path("id").asText(id + "#main-key");
    actor
        .putObject("publicKey")
        .put("id", keyId)
        .put("owner", id)
        .put("publicKeyPem", Keys.toPem(keys.getPublic()));
  }

  /** The key of one of its actors. */
  public SigningKey key(String actor) {
    return new SigningKey(actor + "#main-key", keys.getPrivate());
  }

  /**
   * Delivers an activity, signed.
   *
   * @param inbox as the server under test names it, which the signature covers
   * @param port where that server really listens on loopback, in plain http
   */
  public Answer deliver(String inbox, int port, byte[] body, SigningKey key, Dialect dialect) {
    var url = URI.create(inbox);
    var headers = RequestSigner.sign(OutgoingRequest.post(url, body), key, dialect, Instant.now());
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setServer(SocketAddress.inetSocketAddress(port, "127.0.0.1"))
            .setHost(url.getHost())
            .setPort(port)
            .setURI(url.getRawPath());
    headers.forEach(options::putHeader);
    return client
        .request(options)
        // Within: attached from this thread it might come after the body.
        .compose(
            request ->
                request
                    .send(Buffer.buffer(body))
                    .compose(
                        response ->
                            response
                                .body()
                                .map(b -> new Answer(response.statusCode(), b.toString()))))
        .await();
  }

  /** Everything that was asked for or delivered here, in order. */
  public List<Seen> seen() {
    return seen;
  }

  /** The names that somebody wanted to reach, in order, those unknown here included. */
  public List<String> lookups() {
    return lookups;
  }

  /** Forgets what it serves and what it has seen. */
  public void forget() {
    documents.clear();
    seen.clear();
    lookups.clear();
  }

  private void answer(HttpServerRequest request, String scheme) {
    var host = request.authority() == null ? "" : request.authority().toString();
    var url = String.valueOf(WebUrl.parseOrNull(scheme + "://" + host + request.uri()));
    request
        .body()
        .onSuccess(
            body -> {
              var signed = request.getHeader("Signature") != null;
              seen.add(new Seen(request.method().name(), url, signed, body.toString()));
              var response = request.response();
              if (request.method() == HttpMethod.POST) {
                response.setStatusCode(202).end();
                return;
              }
              var document = documents.get(url);
              if (document == null) {
                response.setStatusCode(404).end();
                return;
              }
              response
                  .setStatusCode(document.status)
                  .putHeader("Content-Type", document.type)
                  .end(document.body);
            });
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    plain.close().await();
    secure.close().await();
    client.close().await();
  }
}
