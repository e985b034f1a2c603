package org.placette.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.FormElement;

/**
 * A person at a village's pages: a browser without script, which keeps cookies, follows redirects
 * and sends forms with everything that stands in them.
 */
final class Visit implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String origin;
  private final HttpClient http =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .followRedirects(HttpClient.Redirect.NORMAL)
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  Visit(VillageProcess village) {
    origin = village.origin();
  }

  /** The first owner of a new village, signed in. */
  static Visit settle(VillageProcess village, String place, String username, String name)
      throws Exception {
    var visit = new Visit(village);
    var owner =
        Map.of(
            "place", place,
            "username", username,
            "displayName", name,
            "email", username + "@example.org",
            "password", "une phrase assez longue");
    assertEquals("/", visit.submit(village.setUpLink(), "/setup", owner).path());
    return visit;
  }

  /** A page as it came. */
  record Page(int status, String path, Document html) {

    /** The text of every element that a CSS selector finds, joined by line breaks. */
    String text(String selector) {
      return String.join("\n", html.select(selector).eachText());
    }

    int count(String selector) {
      return html.select(selector).size();
    }

    /** The last part of its path: a post's number or an event's uuid. */
    String id() {
      return path.substring(path.lastIndexOf('/') + 1);
    }
  }

  /** An answer to whoever asks for ActivityStreams. */
  record Answer(int status, JsonNode body) {}

  Page get(String path) throws IOException, InterruptedException {
    return send(request(path).header("Accept", "text/html"));
  }

  Answer activity(String path) throws IOException, InterruptedException {
    var request = request(path).header("Accept", "application/activity+json").build();
    var answer = http.send(request, BodyHandlers.ofByteArray());
    return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
  }

  /**
   * Opens a page, fills in the form with that action and sends it.
   *
   * @param fields what the person writes or chooses; all must exist
   */
  Page submit(String path, String action, Map<String, String> fields)
      throws IOException, InterruptedException {
    return submit(get(path), action, fields);
  }

  /** The same on a page that is open already. */
  Page submit(Page page, String action, Map<String, String> fields)
      throws IOException, InterruptedException {
    var form = (FormElement) page.html.selectFirst("form[action=\"" + action + "\"]");
    assertNotNull(form, () -> "no form " + action + " at " + page.path + ":\n" + page.text("main"));
    Map<String, String> sent = new LinkedHashMap<>();
    form.formData().forEach(field -> sent.put(field.key(), field.value()));
    for (var field : fields.entrySet()) {
      assertNotNull(sent.replace(field.getKey(), field.getValue()), "no field " + field.getKey());
    }
    return post(action, page.path, sent);
  }

  /** Likewise, with boxes ticked that were empty. */
  Page submitTicked(
      Page page, String action, Map<String, String> fields, Map<String, String> ticked)
      throws IOException, InterruptedException {
    var form = (FormElement) page.html.selectFirst("form[action=\"" + action + "\"]");
    assertNotNull(form, () -> "no form " + action + " at " + page.path);
    for (var box : ticked.keySet())
      for (var input : form.select("input[name=" + box + "]")) input.attr("checked", "checked");
    return submit(page, action, fields);
  }

  /** Presses one of a form's named buttons. */
  Page press(String path, String action, String name, String value)
      throws IOException, InterruptedException {
    var page = get(path);
    var form = (FormElement) page.html.selectFirst("form[action=\"" + action + "\"]");
    assertNotNull(form, () -> "no form " + action + " at " + page.path + page.text("main"));
    Map<String, String> sent = new LinkedHashMap<>();
    form.formData().forEach(field -> sent.put(field.key(), field.value()));
    sent.put(name, value);
    return post(action, page.path, sent);
  }

  /** Votes as an app does. */
  void vote(String token, long status, int choice) throws IOException, InterruptedException {
    var request =
        request("/api/v1/polls/" + status + "/votes")
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"choices\":[" + choice + "]}"));
    var answer = http.send(request.build(), BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer::body);
  }

  /** What is no page. */
  String body(String path) throws IOException, InterruptedException {
    return http.send(request(path).build(), BodyHandlers.ofString()).body();
  }

  private Page post(String action, String from, Map<String, String> fields)
      throws IOException, InterruptedException {
    var body =
        fields.entrySet().stream()
            .map(field -> field.getKey() + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    var sent =
        send(
            request(action)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", origin)
                .header("Referer", origin + from)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    assertEquals(200, sent.status, () -> action + ": " + sent.text("main"));
    return sent;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private HttpRequest.Builder request(String path) {
    var url = path.startsWith("http") ? path : origin + path;
    return HttpRequest.newBuilder(URI.create(url))
        .timeout(Duration.ofSeconds(30))
        .header("Accept-Language", "fr");
  }

  private Page send(HttpRequest.Builder request) throws IOException, InterruptedException {
    var answer = http.send(request.build(), BodyHandlers.ofString());
    var url = answer.uri();
    return new Page(answer.statusCode(), url.getPath(), Jsoup.parse(answer.body(), url.toString()));
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
