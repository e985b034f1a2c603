package org.placette.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * Both sides of a sign-in: an app that talks to the API, and a person whose browser has no script
 * and follows no redirect, so that a test sees where it would be sent.
 */
final class AppAndPerson {

  static final ObjectMapper JSON = new ObjectMapper();

  /** Where an app wants people back. */
  static final String BACK = "https://app.example/back";

  /** The example of RFC 7636, appendix B. */
  static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  private final String origin;
  private final HttpClient http =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .version(HttpClient.Version.HTTP_1_1)
          .build();

  AppAndPerson(String origin) {
    this.origin = origin;
  }

  record Answer(int status, String body, HttpResponse<String> response) {

    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new IllegalStateException(body, e);
      }
    }

    Document html() {
      return Jsoup.parse(body);
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /** Where the browser would go. */
    String location() {
      return header("Location");
    }

    /** A parameter of the address it would go to; empty when it has none. */
    String sent(String name) {
      for (var pair : location().substring(location().indexOf('?') + 1).split("&")) {
        if (pair.startsWith(name + "="))
          return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
      return "";
    }
  }

  Answer get(String path, String... headers) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(origin + path)).GET(), headers);
  }

  Answer form(String path, Map<String, String> fields, String... headers) throws Exception {
    return body("POST", path, "application/x-www-form-urlencoded", encoded(fields), headers);
  }

  Answer json(String path, String body, String... headers) throws Exception {
    return body("POST", path, "application/json", body, headers);
  }

  Answer body(String method, String path, String type, String body, String... headers)
      throws Exception {
    var request = HttpRequest.newBuilder(URI.create(origin + path)).header("Content-Type", type);
    return send(request.method(method, BodyPublishers.ofString(body)), headers);
  }

  private Answer send(HttpRequest.Builder request, String... headers) throws Exception {
    if (headers.length > 0) request.headers(headers);
    var response = http.send(request.build(), BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.body(), response);
  }

  static String encoded(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  /** A token as a header carries it. */
  static String bearer(String token) {
    return "Bearer " + token;
  }

  static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /** Registers an app with an address to come back to. */
  JsonNode register(String redirect, String scopes) throws Exception {
    return form(
            "/api/v1/apps",
            Map.of("client_name", "Ivy", "redirect_uris", redirect, "scopes", scopes))
        .json();
  }

  /** The address that an app opens. */
  static String question(JsonNode app, Map<String, String> more) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("response_type", "code");
    fields.put("client_id", app.path("client_id").asText());
    fields.put("redirect_uri", app.path("redirect_uris").path(0).asText());
    fields.putAll(more);
    return "/oauth/authorize?" + encoded(fields);
  }

  /** Sends the form of a page as a browser does, with what the person adds. */
  Answer submit(Answer page, Map<String, String> typed) throws Exception {
    var form = page.html().selectFirst("main form");
    if (form == null) throw new AssertionError(page.body());
    Map<String, String> fields = new LinkedHashMap<>();
    for (Element hidden : form.select("input[type=hidden]"))
      fields.put(hidden.attr("name"), hidden.attr("value"));
    fields.putAll(typed);
    return form(form.attr("action"), fields, "Accept", "text/html", "Origin", origin);
  }

  /** Signs the person in on the page of a question, and gives the page that follows. */
  Answer signIn(String question, String login, String password) throws Exception {
    var typed = Map.of("login", login, "password", password, "answer", "sign-in");
    var answer = submit(get(question), typed);
    return answer.status() == 303 ? get(answer.location()) : answer;
  }

  /** The code that the person's yes gives; the person is signed in. */
  String code(JsonNode app, Map<String, String> more) throws Exception {
    return submit(get(question(app, more)), Map.of("answer", "accept")).sent("code");
  }

  /** What an app sends for a code. */
  static Map<String, String> exchange(JsonNode app, String code) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("grant_type", "authorization_code");
    fields.put("code", code);
    fields.put("client_id", app.path("client_id").asText());
    fields.put("client_secret", app.path("client_secret").asText());
    fields.put("redirect_uri", app.path("redirect_uris").path(0).asText());
    return fields;
  }

  /** A token by the whole way; the person is signed in. */
  String token(JsonNode app, String scopes) throws Exception {
    var code = code(app, Map.of("scope", scopes));
    return form("/oauth/token", exchange(app, code)).json().path("access_token").asText();
  }
}
