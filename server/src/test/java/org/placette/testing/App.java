package org.placette.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** An app: nothing but the client API, and a token unless nobody has signed in. */
public final class App {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String origin;
  private final @Nullable String token;

  /**
   * @param origin where the server is, without a slash at its end
   * @param token what the person gave it, or null
   */
  public App(String origin, @Nullable String token) {
    this.origin = origin;
    this.token = token;
  }

  /** What a call is answered, whatever its status. */
  public record Answer(HttpResponse<String> response) {

    public int status() {
      return response.statusCode();
    }

    /** As JSON; missing when it is empty. */
    public JsonNode body() {
      try {
        return JSON.readTree(response.body());
      } catch (IOException e) {
        throw new AssertionError("no JSON: " + response.body(), e);
      }
    }

    public String id() {
      return body().path("id").asText();
    }

    /** A header, or "". */
    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /** The body of a call that must have worked. */
    public JsonNode done() {
      if (status() != 200)
        throw new AssertionError(response + " " + status() + ": " + response.body());
      return body();
    }
  }

  public JsonNode get(String path) {
    return call("GET", path).done();
  }

  public JsonNode post(String path, Map<String, Object> body) {
    return json("POST", path, JSON.valueToTree(body).toString()).done();
  }

  public JsonNode put(String path, Map<String, Object> body) {
    return json("PUT", path, JSON.valueToTree(body).toString()).done();
  }

  public JsonNode delete(String path) {
    return call("DELETE", path).done();
  }

  /** Calls without a body; headers as name, value, name, value … */
  public Answer call(String method, String path, String... headers) {
    return send(method, path, "", BodyPublishers.noBody(), headers);
  }

  /** Calls with JSON, in which a test may write ' for ". */
  public Answer json(String method, String path, String json, String... headers) {
    var body = BodyPublishers.ofString(json.replace('\'', '"'));
    return send(method, path, "application/json", body, headers);
  }

  /** Calls with a form's fields: name, value, name, value … */
  public Answer form(String method, String path, String... fields) {
    var body = BodyPublishers.ofString(encoded(fields));
    return send(method, path, "application/x-www-form-urlencoded", body);
  }

  /** Fields (name, value, name, value …) as a form or a query carries them. */
  public static String encoded(String... fields) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < fields.length; i += 2) {
      var value = URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8);
      pairs.add(URLEncoder.encode(fields[i], StandardCharsets.UTF_8) + "=" + value);
    }
    return String.join("&", pairs);
  }

  /** Calls with any body; {@code type} "" for none. */
  public Answer send(
      String method, String path, String type, HttpRequest.BodyPublisher body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(origin + path))
            .timeout(Duration.ofSeconds(60))
            .method(method, body);
    if (token != null && !token.isEmpty()) request.header("Authorization", "Bearer " + token);
    if (!type.isEmpty()) request.header("Content-Type", type);
    if (headers.length > 0) request.headers(headers);
    try {
      return new Answer(HTTP.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException();
    }
  }

  /** Uploads a small picture; gives its id. */
  public String picture() throws IOException {
    var picture = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB), "png", picture);
    var bytes = new ByteArrayOutputStream();
    var begin = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n";
    bytes.writeBytes(begin.getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(picture.toByteArray());
    bytes.writeBytes("\r\n--x--\r\n".getBytes(StandardCharsets.US_ASCII));
    var body = BodyPublishers.ofByteArray(bytes.toByteArray());
    return send("POST", "/api/v2/media", "multipart/form-data; boundary=x", body).id();
  }

  /** The status of a timeline whose text says this; missing when there is none. */
  public JsonNode shows(String timeline, String text) {
    for (var status : get(timeline)) {
      var shown = status.path("reblog").isObject() ? status.path("reblog") : status;
      if (shown.path("content").asText().contains(text)) return status;
    }
    return JSON.missingNode();
  }
}
