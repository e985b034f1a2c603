package org.placette;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.federation.signature.SigningKey;
import org.placette.testing.Line;
import org.placette.testing.Walker;

/**
 * Somebody who looks at a village through every kind of client: a browser with a session, an app
 * with a token, a feed reader, a server that signs. Asks in one line: method, client, path, fields.
 */
final class Onlooker implements AutoCloseable {

  /** What they are to the author. */
  enum Who {
    ANONYMOUS,
    RESIDENT,
    FOLLOWER,
    ADDRESSEE,
    MEMBER,
    BLOCKED,
    /** Moderates the whole place; may nothing more than a resident until something is reported. */
    MODERATOR,
    NEIGHBOUR,
    STRANGER
  }

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Of another moment, of another request, told by the body, or left out of what is kept ready. */
  private static final Set<String> PASSING =
      Set.of(
          "access-control-expose-headers",
          "date",
          "content-length",
          "set-cookie",
          "x-request-id",
          "x-ratelimit-limit",
          "x-ratelimit-remaining",
          "x-ratelimit-reset",
          "retry-after");

  private final String origin;
  private final @Nullable Actor actor;
  private final @Nullable String token;
  private final @Nullable SigningKey key;
  private final Walker browser;
  private final Map<String, Ear> ears = new LinkedHashMap<>();
  private @Nullable String csrf;
  private String cookies = "";

  Onlooker(String origin, @Nullable Actor actor, @Nullable String token, @Nullable SigningKey key) {
    this.origin = origin;
    this.actor = actor;
    this.token = token;
    this.key = key;
    browser = new Walker(origin);
  }

  /** Signs in at the pages too. */
  Onlooker signedIn(String password) {
    var unused = browser.as(actor().username(), password);
    var field = browser.get("/settings/profile").html().selectFirst("input[name=csrf]");
    csrf = field == null ? null : field.attr("value");
    cookies = browser.cookies();
    return this;
  }

  boolean remote() {
    return key != null;
  }

  Actor actor() {
    if (actor == null) throw new IllegalStateException("nobody");
    return actor;
  }

  String name() {
    return actor == null ? "anonymous" : actor.username();
  }

  /** 0 for nobody. */
  long actorId() {
    return actor == null ? 0 : actor.id();
  }

  /** Status, all headers that last, and body. */
  String ask(String line) {
    var answer = send(line);
    var text = new StringBuilder().append(answer.statusCode());
    new TreeMap<>(answer.headers().map())
        .forEach(
            (name, values) -> {
              var low = name.toLowerCase(Locale.ROOT);
              if (!PASSING.contains(low)) text.append('\n').append(low).append(values);
            });
    return text.append("\n\n").append(answer.body()).toString();
  }

  int status(String line) {
    return send(line).statusCode();
  }

  private HttpResponse<String> send(String line) {
    var words = line.split(" ", 4);
    var path = words[2].replace("[", "%5B").replace("]", "%5D");
    var fields = words.length < 4 ? "" : words[3];
    var headers = headers(words[1], path);
    if (words[1].equals("page")) fields += (fields.isEmpty() ? "" : "&") + "csrf=" + csrf;
    var request = HttpRequest.newBuilder(URI.create(origin + path)).headers(headers);
    if (!words[0].equals("GET"))
      request
          .header("Content-Type", "application/x-www-form-urlencoded")
          .method(words[0], BodyPublishers.ofString(fields));
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String[] headers(String client, String path) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put(
        "Accept",
        switch (client) {
          case "page" -> "text/html";
          case "object" -> "application/activity+json";
          default -> "*/*";
        });
    all.put("Accept-Language", "fr");
    // As browsers do, whatever they ask for.
    if (!client.equals("app") && !cookies.isEmpty()) all.put("Cookie", cookies);
    if (client.equals("app") && token != null) all.put("Authorization", "Bearer " + token);
    if (client.equals("object") && key != null) all.putAll(Stage.signed(origin + path, key));
    return all.entrySet().stream()
        .flatMap(one -> java.util.stream.Stream.of(one.getKey(), one.getValue()))
        .toArray(String[]::new);
  }

  /** Listens to streams of the app. */
  Onlooker listening(String... streams) {
    for (var stream : streams) {
      var ear = new Ear(new Line());
      var uri = URI.create(origin.replace("http", "ws") + "/api/v1/streaming?stream=" + stream);
      var unused =
          HTTP.newWebSocketBuilder()
              .subprotocols(String.valueOf(token))
              .buildAsync(uri, ear.line())
              .join();
      ears.put(stream, ear);
    }
    return this;
  }

  Map<String, Ear> ears() {
    return ears;
  }

  /** What one connection brought. */
  record Ear(Line line) {

    /** Everything up to what holds that word. */
    String until(String word) {
      var all = new StringBuilder();
      try {
        while (all.indexOf(word) < 0) {
          var next = line.next(10_000);
          if (next == null) throw new IllegalStateException("never heard " + word + ": " + all);
          all.append(next).append('\n');
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return all.toString();
    }
  }

  @Override
  public void close() {
    browser.close();
  }
}
