package org.placette.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.FormElement;

/**
 * Somebody at the pages of a village, with a browser without script: it keeps cookies, follows
 * redirects and sends forms with everything that stands in them.
 */
public final class Walker implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String origin;
  private final CookieManager cookies = new CookieManager();
  private final HttpClient http =
      HttpClient.newBuilder()
          .cookieHandler(cookies)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(60))
          .build();

  /**
   * @param origin where the village is, without a slash at its end
   */
  public Walker(String origin) {
    this.origin = origin;
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

    /** The last part of its path: a post's number or an event's uuid. */
    public String id() {
      return path.substring(path.lastIndexOf('/') + 1);
    }

    private FormElement form(String action) {
      var form = (FormElement) html.selectFirst("form[action=\"" + action + "\"]");
      assertNotNull(form, () -> "no form " + action + " at " + path + ":\n" + html);
      return form;
    }
  }

  /** An answer to whoever asks for ActivityStreams. */
  public record Activity(int status, JsonNode body) {}

  /** Signs in. */
  public Walker as(String username, String password) {
    var done = attempt("/sign-in", "/sign-in", Map.of("login", username, "password", password));
    if (done.html().selectFirst("form[action=/sign-out]") == null)
      throw new IllegalStateException("not signed in: " + done.text("main"));
    return this;
  }

  /** Asks for anything with headers (name, value, name, value …). */
  public HttpResponse<String> raw(String path, String... headers) {
    var request = request(path);
    if (headers.length > 0) request.headers(headers);
    return send(request);
  }

  /** A page. */
  public Page get(String path) {
    return page(request(path).header("Accept", "text/html"));
  }

  /** What other servers get at an address. */
  public Activity activity(String path) {
    var answer = raw(path, "Accept", "application/activity+json");
    try {
      return new Activity(answer.statusCode(), JSON.readTree(answer.body()));
    } catch (IOException e) {
      throw new IllegalStateException(answer.body(), e);
    }
  }

  /**
   * Opens a page, fills in the form with that action and sends it, which must work.
   *
   * @param fields what the person writes or chooses; all must exist
   */
  public Page submit(String path, String action, Map<String, String> fields) {
    return submit(get(path), action, fields);
  }

  /** The same on a page that is open already. */
  public Page submit(Page page, String action, Map<String, String> fields) {
    return worked(action, attempt(page, action, fields));
  }

  /** Opens a page, fills in the form with that action and sends it, whatever becomes of it. */
  public Page attempt(String path, String action, Map<String, String> fields) {
    return attempt(get(path), action, fields);
  }

  /** The same on a page that is open already. */
  public Page attempt(Page page, String action, Map<String, String> fields) {
    var form = page.form(action);
    for (var name : fields.keySet())
      assertNotNull(form.selectFirst("[name=\"" + name + "\"]"), "no field " + name);
    return post(page, form, fields);
  }

  /** Presses one of a form's named buttons, which must work. */
  public Page press(String path, String action, String name, String value) {
    var page = get(path);
    return worked(action, post(page, page.form(action), Map.of(name, value)));
  }

  private static Page worked(String action, Page page) {
    assertEquals(200, page.status, () -> action + ": " + page.text("main"));
    return page;
  }

  /** Fills in a form that answers with a file, which must come. */
  public byte[] download(Page page, String action, Map<String, String> fields) {
    var answer = send(sending(page, page.form(action), fields), BodyHandlers.ofByteArray());
    assertEquals(200, answer.statusCode());
    return answer.body();
  }

  private Page post(Page page, FormElement form, Map<String, String> fields) {
    return page(sending(page, form, fields));
  }

  private HttpRequest.Builder sending(Page page, FormElement form, Map<String, String> fields) {
    Map<String, String> sent = new LinkedHashMap<>();
    form.formData().forEach(field -> sent.put(field.key(), field.value()));
    sent.putAll(fields);
    var body =
        sent.entrySet().stream()
            .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    return request(form.attr("action"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("Accept", "text/html")
        .header("Origin", origin)
        .header("Referer", origin + page.path)
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  /** The cookies that it would send now, as a header has them. */
  public String cookies() {
    return cookies.getCookieStore().getCookies().stream()
        .map(one -> one.getName() + "=" + one.getValue())
        .collect(Collectors.joining("; "));
  }

  /** A file as it comes. */
  public byte[] bytes(String path) {
    try {
      return http.send(request(path).build(), BodyHandlers.ofByteArray()).body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends a form of an open page with a file, as multipart, whatever becomes of it. */
  public Page upload(Page page, String action, Map<String, String> fields, String text) {
    var form = page.form(action);
    Map<String, String> sent = new LinkedHashMap<>();
    form.formData().forEach(field -> sent.put(field.key(), field.value()));
    sent.putAll(fields);
    var file = form.select("input[type=file]").attr("name");
    sent.remove(file);
    var begin = "--edge\r\nContent-Disposition: form-data; name=\"";
    var body = new StringBuilder();
    sent.forEach(
        (name, value) ->
            body.append(begin).append(name).append("\"\r\n\r\n").append(value).append("\r\n"));
    body.append(begin).append(file).append("\"; filename=\"list.csv\"\r\n");
    body.append("Content-Type: text/csv\r\n\r\n").append(text).append("\r\n--edge--\r\n");
    return page(
        request(action)
            .header("Content-Type", "multipart/form-data; boundary=edge")
            .header("Accept", "text/html")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : origin + path))
        .timeout(Duration.ofSeconds(60))
        .header("Accept-Language", "fr");
  }

  private Page page(HttpRequest.Builder request) {
    var answer = send(request);
    var url = answer.uri();
    return new Page(answer.statusCode(), url.getPath(), Jsoup.parse(answer.body(), url.toString()));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    return send(request, BodyHandlers.ofString());
  }

  private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> how) {
    try {
      return http.send(request.build(), how);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException();
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
