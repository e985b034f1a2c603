package org.placette;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.placette.db.Db;
import org.placette.mastodon.Access.Who;
import org.placette.mastodon.Api.Endpoint;
import org.placette.testing.App;
import org.placette.testing.PgExtension;

/** Every call of the client API, called wrongly in every way: an error that apps can read. */
@ExtendWith(PgExtension.class)
class RefusalsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> ALL = Set.of("read", "write", "follow", "push", "profile");

  /** Whatever calls read, each given the same wrong value. */
  private static final List<String> NAMES =
      List.of(
          ("account_id account_ids acct action agreement all_day any bot choices client_name"
               + " comment context data days description discoverable display_name domain duration"
               + " email ends_at exclude_types exclusive expires_in fields_attributes filter_action"
               + " focus following for_not_following for_new_accounts forward group_key home id"
               + " in_reply_to_id irreversible keyword keywords_attributes language languages limit"
               + " local locale locked max_id media_attributes media_ids min_id name note"
               + " notifications notify offset only_media password phrase poll q"
               + " quote_approval_policy quoted_status_id reason redirect_uris reblogs remote"
               + " replies_policy resolved_policy rule_ids scheduled_at scopes sensitive since_id"
               + " source spoiler_text starts_at status status_id status_ids subscription tag text"
               + " timeline title type types uri url username value visibility website whole_word"
               + " with_muted")
              .split(" "));

  /** What makes something of what it is sent. */
  private static final Set<String> PUBLISHING =
      Set.of("/api/v1/statuses", "/api/v1/media", "/api/v2/media", "/api/v1/lists");

  private static Village village;
  private static Neighbourhood here;
  private static List<Endpoint> endpoints;
  private static long owner;

  private final List<String> wrong = new ArrayList<>();

  @BeforeAll
  static void start(Db db, @TempDir Path data) throws IOException {
    village = Village.start(db, data);
    here = village.whole();
    endpoints =
        new ApiRoutes(here, "0")
            .api().endpoints().stream()
                .filter(one -> !one.path().startsWith("/api/v1/streaming"))
                .toList();
    owner = person("owner");
  }

  @AfterAll
  static void stop() {
    village.close();
  }

  private static long person(String name) {
    return village.person(name).actor().id();
  }

  private static String token(Set<String> scopes) {
    return here.tokens.create(owner, scopes);
  }

  private static boolean writes(Endpoint one) {
    return !one.method().equals("GET");
  }

  private static HttpResponse<String> send(
      String method, String path, String token, String type, String body) {
    var sent = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    return village.app(token).send(method, path, body.isEmpty() ? "" : type, sent).response();
  }

  private static HttpResponse<String> json(Endpoint one, String path, String token, String body) {
    return send(one.method(), path, token, "application/json", body);
  }

  private static String at(Endpoint one, String value) {
    return one.path().replaceAll(":[a-z_]+", value);
  }

  /** Notes an answer that is not the expected one, or none that an app can read. */
  private void expect(Endpoint one, HttpResponse<String> answer, Integer... statuses) {
    var status = answer.statusCode();
    var what = one.method() + " " + answer.uri() + " " + status + " ";
    if (statuses.length > 0 && !List.of(statuses).contains(status))
      wrong.add(what + "instead of " + List.of(statuses) + ": " + brief(answer));
    if (status >= 500) wrong.add(what + brief(answer));
    if (status < 400) return;
    if (!answer.headers().firstValue("Access-Control-Allow-Origin").orElse("").equals("*"))
      wrong.add(what + "without CORS");
    try {
      if (!JSON.readTree(answer.body()).path("error").isTextual())
        wrong.add(what + "without an error: " + brief(answer));
    } catch (IOException e) {
      wrong.add(what + "without JSON: " + brief(answer));
    }
  }

  private static String brief(HttpResponse<String> answer) {
    return answer.body().substring(0, Math.min(200, answer.body().length()));
  }

  private void allRight() {
    assertTrue(wrong.isEmpty(), () -> wrong.size() + ":\n" + String.join("\n", wrong));
  }

  @Test
  void without_a_token_only_what_is_open_answers() {
    for (var one : endpoints) {
      var answer = json(one, at(one, "1"), "", "");
      if (one.access().who() == Who.ANYBODY) expect(one, answer);
      else expect(one, answer, 401);
      expect(one, json(one, at(one, "1"), "invented", ""), 401);
    }
    allRight();
  }

  @Test
  void a_token_of_another_scope_is_refused() {
    var reads = token(Set.of("read"));
    var writes = token(Set.of("write"));
    for (var one : endpoints) {
      var scope = one.access().scope();
      if (scope.isEmpty()) continue;
      var answer = json(one, at(one, "1"), scope.startsWith("read") ? writes : reads, "");
      expect(one, answer, 403);
    }
    allRight();
  }

  @Test
  void an_app_without_a_person_is_no_person() throws IOException {
    var app = "client_name=a&redirect_uris=urn:ietf:wg:oauth:2.0:oob&scopes=read+write+follow+push";
    var form = "application/x-www-form-urlencoded";
    var made = JSON.readTree(send("POST", "/api/v1/apps", "", form, app).body());
    var exchange =
        "grant_type=client_credentials&scope=read+write+follow+push&client_id=%s&client_secret=%s"
            .formatted(made.path("client_id").asText(), made.path("client_secret").asText());
    var given = JSON.readTree(send("POST", "/oauth/token", "", form, exchange).body());
    for (var one : endpoints) {
      var answer = json(one, at(one, "1"), given.path("access_token").asText(), "");
      if (one.access().who() == Who.PERSON) expect(one, answer, 401, 403);
      else expect(one, answer);
    }
    allRight();
  }

  @Test
  void a_body_of_two_megabytes_is_too_large_and_a_broken_one_is_no_json() {
    var huge = "{\"status\": \"" + "x".repeat(2_000_000) + "\"}";
    var token = token(ALL);
    for (var one : endpoints) {
      if (!writes(one)) continue;
      expect(one, json(one, at(one, "1"), token, huge), 413);
      expect(one, json(one, at(one, "1"), token, "{\"status\": "), 400);
    }
    allRight();
  }

  @Test
  void a_body_that_is_no_text_is_refused_before_anything_is_stored() {
    var before = stored();
    var token = token(ALL);
    var latin = "{\"status\": \"\u00e9\", \"title\": \"\u00e9\"}".getBytes(ISO_8859_1);
    var deep = ("{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000)).getBytes(ISO_8859_1);
    var form = "status=%zz&title=%e9&subscription[endpoint]=%00".getBytes(ISO_8859_1);
    var cut = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a".getBytes(UTF_8);
    var app = village.app(token);
    for (var one : endpoints) {
      if (!writes(one)) continue;
      for (var body : List.of(latin, deep))
        expect(one, bytes(app, one, "application/json", body), 400);
      expect(one, bytes(app, one, "application/x-www-form-urlencoded", form), 400);
      var broken = bytes(app, one, "multipart/form-data; boundary=x", cut);
      expect(one, broken);
      if (broken.statusCode() == 200 && PUBLISHING.contains(one.path()))
        wrong.add(one + " took half a body");
    }
    allRight();
    assertEquals(before, stored());
  }

  private static HttpResponse<String> bytes(App app, Endpoint one, String type, byte[] body) {
    return app.send(one.method(), at(one, "1"), type, BodyPublishers.ofByteArray(body)).response();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"x\"]",
        "[[1], {\"a\": 2}]",
        "{\"a\": {\"b\": []}}",
        "\"x\"",
        "\"\\u0000\"",
        "\"\\ud800\"",
        "\"\"",
        "null",
        "true",
        "-1",
        "99999999999999999999999",
        "1e400",
        "9223372036854775807",
        "\"2026-02-30T99:00:00Z\""
      })
  void a_value_of_the_wrong_kind_is_never_the_servers_fault(String value) throws IOException {
    var token = token(ALL);
    List<String> fields = new ArrayList<>();
    for (var name : NAMES) fields.add("\"" + name + "\": " + value);
    var body = "{" + String.join(", ", fields) + "}";
    var node = JSON.readTree(value);
    var plain = node.isValueNode() ? node.asText() : "x";
    List<String> query = new ArrayList<>();
    for (var name : NAMES) {
      query.add(name + "=" + enc(plain));
      query.add(enc(name + "[]") + "=" + enc(plain));
    }
    for (var one : endpoints) {
      if (writes(one)) {
        expect(one, json(one, at(one, "1"), token, body));
        if (node.isObject()) expect(one, json(one, at(one, "1"), token, "[" + value + "]"));
      } else expect(one, json(one, at(one, "1") + "?" + String.join("&", query), token, ""));
      if (!plain.isEmpty() && one.path().contains(":"))
        expect(one, json(one, at(one, enc(plain)), token, ""));
    }
    allRight();
  }

  private static String enc(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Test
  void what_belongs_to_somebody_else_is_not_there() throws IOException {
    var things = things();
    var before = stored();
    var stranger = here.tokens.create(person("stranger"), ALL);
    var body =
        "{\"title\": \"x\", \"choices\": [0], \"phrase\": \"x\", \"keyword\": \"x\", \"status\":"
            + " \"x\", \"status_id\": \"1\", \"context\": [\"home\"], \"account_ids\": [\""
            + owner
            + "\"], \"scheduled_at\": \"2099-01-01T00:00:00Z\", \"description\": \"x\"}";
    for (var one : endpoints) {
      if (!one.path().contains(":id")) continue;
      for (var thing : things.entrySet()) {
        var after = one.path().substring(Math.min(thing.getKey().length(), one.path().length()));
        if (!one.path().startsWith(thing.getKey()) || !after.startsWith("/:id")) continue;
        var path = at(one, thing.getValue());
        expect(one, json(one, path, stranger, writes(one) ? body : ""), 404);
      }
    }
    allRight();
    assertEquals(before, stored());
  }

  /** Something private of each kind, by where calls find it. */
  private static Map<String, String> things() throws IOException {
    var token = token(ALL);
    Map<String, String> all = new LinkedHashMap<>();
    var filter =
        made(
            token,
            "/api/v2/filters",
            "{\"title\": \"t\", \"context\": [\"home\"], \"keywords_attributes\":"
                + " [{\"keyword\": \"k\"}]}");
    all.put("/api/v2/filters", filter.path("id").asText());
    all.put("/api/v2/filters/keywords", filter.at("/keywords/0/id").asText());
    all.put("/api/v1/filters", filter.at("/keywords/0/id").asText());
    var secret =
        made(token, "/api/v1/statuses", "{\"status\": \"secret\", \"visibility\": \"direct\"}");
    all.put("/api/v1/statuses", secret.path("id").asText());
    var inFilter =
        made(
            token,
            "/api/v2/filters/" + filter.path("id").asText() + "/statuses",
            "{\"status_id\": \"" + secret.path("id").asText() + "\"}");
    all.put("/api/v2/filters/statuses", inFilter.path("id").asText());
    var asked =
        made(
            token,
            "/api/v1/statuses",
            "{\"status\": \"?\", \"visibility\": \"direct\", \"poll\": {\"options\": [\"a\","
                + " \"b\"], \"expires_in\": 3600}}");
    all.put("/api/v1/polls", asked.at("/poll/id").asText());
    var later =
        made(
            token,
            "/api/v1/statuses",
            "{\"status\": \"later\", \"scheduled_at\": \"2099-01-01T00:00:00Z\"}");
    all.put("/api/v1/scheduled_statuses", later.path("id").asText());
    all.put(
        "/api/v1/lists", made(token, "/api/v1/lists", "{\"title\": \"l\"}").path("id").asText());
    var talks = JSON.readTree(send("GET", "/api/v1/conversations", token, "", "").body());
    all.put("/api/v1/conversations", talks.at("/0/id").asText());
    return all;
  }

  private static JsonNode made(String token, String path, String body) throws IOException {
    var answer = send("POST", path, token, "application/json", body);
    assertEquals(200, answer.statusCode(), answer.body());
    return JSON.readTree(answer.body());
  }

  private static Map<String, Object> stored() {
    Map<String, Object> counts = new LinkedHashMap<>();
    for (var table :
        List.of(
            "post",
            "filter",
            "filter_keyword",
            "filter_status",
            "list",
            "list_member",
            "conversation",
            "poll_vote",
            "post_like",
            "announce",
            "bookmark",
            "scheduled_post"))
      counts.put(
          table,
          Objects.requireNonNull(
              here.db.one("select count(*)::int from " + table, row -> row.getInteger(0))));
    return counts;
  }
}
