package org.placette.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** An app of a resident: nothing but the client API and a token. */
final class App {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final VillageProcess village;
  private final String token;

  private App(VillageProcess village, String token) {
    this.village = village;
    this.token = token;
  }

  /** With the token that the command prints. */
  static App of(VillageProcess village, String username) throws Exception {
    var printed = village.command("token", "--username", username).strip();
    return new App(village, printed.substring(printed.lastIndexOf('\n') + 1).strip());
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return send("GET", path, Map.of());
  }

  JsonNode post(String path, Map<String, Object> body) throws IOException, InterruptedException {
    return send("POST", path, body);
  }

  JsonNode put(String path, Map<String, Object> body) throws IOException, InterruptedException {
    return send("PUT", path, body);
  }

  JsonNode delete(String path) throws IOException, InterruptedException {
    return send("DELETE", path, Map.of());
  }

  int status(String path) throws IOException, InterruptedException {
    return HTTP.send(request(path).build(), BodyHandlers.ofString()).statusCode();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(village.origin() + path))
        .header("Authorization", "Bearer " + token);
  }

  private JsonNode send(String method, String path, Map<String, Object> body)
      throws IOException, InterruptedException {
    var publisher =
        body.isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
    var request =
        request(path).header("Content-Type", "application/json").method(method, publisher).build();
    var answer = HTTP.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200)
      throw new AssertionError(method + " " + path + ": " + answer.statusCode() + answer.body());
    return JSON.readTree(answer.body());
  }

  /** The status of a timeline whose text says this; missing when there is none. */
  JsonNode shows(String timeline, String text) throws IOException, InterruptedException {
    for (var status : get(timeline)) {
      var shown = status.path("reblog").isObject() ? status.path("reblog") : status;
      if (shown.path("content").asText().contains(text)) return status;
    }
    return JSON.missingNode();
  }
}
