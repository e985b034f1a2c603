package org.placette.testing;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.FormElement;

/** Somebody at the pages of a village, with a browser without script: real HTTP, cookies, forms. */
public final class Walker implements AutoCloseable {

  private final String origin;
  private final HttpClient http =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .followRedirects(HttpClient.Redirect.NEVER)
          .version(HttpClient.Version.HTTP_1_1)
          .build();

  public Walker(int port) {
    origin = "http://127.0.0.1:" + port;
  }

  /** A page as it came. */
  public record Page(int status, String path, Document html) {

    /** The text of every element that a CSS selector finds, joined by line breaks. */
    public String text(String selector) {
      return String.join("\n", html.select(selector).eachText());
    }

    public int count(String selector) {
      return html.select(selector).size();
    }
  }

  /** Signs in. */
  public Walker as(String username, String password) {
    var done = submit("/sign-in", "/sign-in", Map.of("login", username, "password", password));
    if (done.html().selectFirst("form[action=/sign-out]") == null)
      throw new IllegalStateException("not signed in: " + done.text("main"));
    return this;
  }

  /** Asks for anything with headers (name, value, name, value …). */
  public HttpResponse<String> raw(String path, String... headers) {
    var request = request(path);
    if (headers.length > 0) request.headers(headers);
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A page; redirects are followed. */
  public Page get(String path) {
    return send(request(path).header("Accept", "text/html").build());
  }

  /** Opens a page, fills in the form with that action and sends it; all fields must exist. */
  public Page submit(String path, String action, Map<String, String> fields) {
    return submit(get(path), action, fields);
  }

  /** The same on an open page. */
  public Page submit(Page page, String action, Map<String, String> fields) {
    var form = (FormElement) page.html().selectFirst("form[action=\"" + action + "\"]");
    assertNotNull(form, () -> "no form " + action + " at " + page.path + ":\n" + page.html());
    Map<String, String> sent = new LinkedHashMap<>();
    form.formData().forEach(field -> sent.put(field.key(), field.value()));
    for (var field : fields.entrySet()) {
      assertNotNull(
          form.selectFirst("[name=\"" + field.getKey() + "\"]"), "no field " + field.getKey());
      sent.put(field.getKey(), field.getValue());
    }
    var body =
        sent.entrySet().stream()
            .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        request(action)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "text/html")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : origin + path))
        .setHeader("Accept-Language", "fr");
  }

  private Page send(HttpRequest request) {
    try {
      var answer = http.send(request, BodyHandlers.ofString());
      var to = answer.headers().firstValue("Location");
      if (answer.statusCode() / 100 == 3 && to.isPresent()) {
        // The village calls itself by its public name.
        var uri = URI.create(to.get());
        return get(uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()));
      }
      var url = answer.uri();
      return new Page(
          answer.statusCode(), url.getPath(), Jsoup.parse(answer.body(), url.toString()));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
