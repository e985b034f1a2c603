package org.placette.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.placette.federation.signature.Dialect;
import org.placette.federation.signature.OutgoingRequest;
import org.placette.federation.signature.RequestSigner;

/**
 * A server of a given software on an origin of its own, and one person of it: it says in NodeInfo
 * what it runs, signs what the person sends, and keeps what it is sent.
 */
public final class Peer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public final FakeInstance server;
  private final String person;
  private final String name;

  /**
   * @param software as NodeInfo names it
   * @param path of the person, which ends with their name
   */
  public Peer(Vertx vertx, String software, String path) {
    server = new FakeInstance(vertx);
    name = path.substring(path.lastIndexOf('/') + 1);
    person = server.actor("Person", path, name).path("id").asText();
    var links = JSON.createObjectNode();
    links
        .putArray("links")
        .addObject()
        .put("rel", "http://nodeinfo.diaspora.software/ns/schema/2.0")
        .put("href", server.at("/nodeinfo/2.0"));
    server.put("/.well-known/nodeinfo", 200, "application/json", links.toString());
    var info = JSON.createObjectNode().put("version", "2.0");
    info.putObject("software").put("name", software).put("version", "4.2.0");
    info.putArray("protocols").add("activitypub");
    server.put("/nodeinfo/2.0", 200, "application/json", info.toString());
  }

  /** The person's id. */
  public String person() {
    return person;
  }

  /** As others mention them. */
  public String handle() {
    return "@" + name + "@" + server.host();
  }

  /** Delivers an activity to an inbox in the person's name; gives the status of the answer. */
  public int send(String inbox, JsonNode activity) {
    var body = activity.toString().getBytes(StandardCharsets.UTF_8);
    var to = URI.create(inbox);
    var request = HttpRequest.newBuilder(to).POST(BodyPublishers.ofByteArray(body));
    var signed = OutgoingRequest.post(to, body);
    RequestSigner.sign(signed, server.signingKey(person), Dialect.CAVAGE, Instant.now())
        .forEach(
            (header, value) -> {
              if (!header.equalsIgnoreCase("host")) request.header(header, value);
            });
    try {
      return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException();
    }
  }

  /** An activity of the person's; the object as JSON or as an id. */
  public ObjectNode activity(String type, JsonNode object) {
    var activity = JSON.createObjectNode().put("@context", "https://www.w3.org/ns/activitystreams");
    var id = server.at("/activities/" + System.nanoTime());
    return activity.put("id", id).put("type", type).put("actor", person).set("object", object);
  }

  /** What it was sent so far, oldest first. */
  public List<ObjectNode> got() {
    return server.posted().stream().map(FakeInstance.Posted::json).toList();
  }

  /** What it was sent of a kind, by an actor. */
  public List<ObjectNode> got(String type, String actor) {
    return got().stream()
        .filter(one -> one.path("type").asText().equals(type))
        .filter(one -> one.path("actor").asText().equals(actor))
        .toList();
  }

  @Override
  public void close() {
    server.close();
  }
}
