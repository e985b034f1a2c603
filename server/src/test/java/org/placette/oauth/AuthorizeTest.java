package org.placette.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.placette.oauth.AppAndPerson.BACK;
import static org.placette.oauth.AppAndPerson.CHALLENGE;
import static org.placette.oauth.AppAndPerson.VERIFIER;
import static org.placette.oauth.AppAndPerson.bearer;
import static org.placette.oauth.AppAndPerson.exchange;
import static org.placette.oauth.AppAndPerson.question;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.db.Db;
import org.placette.testing.PgExtension;
import org.placette.web.Problem;

/** Apps register and ask to be let in, over HTTP, as apps and browsers do it. */
@ExtendWith(PgExtension.class)
class AuthorizeTest {

  private static SignedIn here;

  /** A browser in which nour is signed in. */
  private static AppAndPerson nour;

  @BeforeAll
  static void start(Db db, @TempDir Path data) throws Exception {
    here = SignedIn.in(db, data);
    nour = here.nour();
  }

  @AfterAll
  static void stop() {
    here.close();
  }

  @Test
  void a_yes_on_a_page_whose_cookies_are_gone_asks_anew_and_lets_nobody_in() throws Exception {
    var app = nour.register(BACK, "read");
    var page = nour.get(question(app, Map.of("scope", "read", "state", "s 1")));
    var forgetful = here.stranger();
    var asked = forgetful.submit(page, Map.of("answer", "accept"));
    assertEquals(422, asked.status());
    assertEquals("", asked.location());
    assertEquals("s 1", asked.html().select("input[name=state]").attr("value"));
    assertNotNull(asked.html().selectFirst("input[name=password]"));
    assertFalse(asked.html().select("[role=alert]").isEmpty());
    // The new page works.
    var wrong = Map.of("login", "nour", "password", "nope", "answer", "sign-in");
    assertEquals(422, forgetful.submit(asked, wrong).status());
    assertEquals(302, forgetful.submit(asked, Map.of("answer", "deny")).status());
  }

  @Test
  void a_form_that_does_not_say_where_its_parts_end_is_refused() throws Exception {
    var body =
        "--x\r\nContent-Disposition: form-data; name=\"client_name\"\r\n\r\nIvy\r\n--x--\r\n";
    var answer = nour.body("POST", "/api/v1/apps", "multipart/form-data", body);
    assertEquals(400, answer.status());
    assertEquals("The form has no boundary", answer.json().path("error").asText());
  }

  // ---- apps

  @Test
  void an_app_registers_by_form_json_or_multipart_and_gets_every_field() throws Exception {
    var app = nour.register("icecubesapp://\n" + BACK, "read write:media read nonsense");
    assertTrue(app.path("id").isTextual());
    assertEquals("Ivy", app.path("name").asText());
    assertTrue(app.path("website").isNull());
    assertEquals("[\"read\",\"write:media\"]", app.path("scopes").toString());
    assertEquals("icecubesapp://\n" + BACK, app.path("redirect_uri").asText());
    assertEquals("icecubesapp://", app.path("redirect_uris").path(0).asText());
    assertEquals(BACK, app.path("redirect_uris").path(1).asText());
    assertEquals(43, app.path("client_id").asText().length());
    assertEquals(43, app.path("client_secret").asText().length());
    assertEquals(0, app.path("client_secret_expires_at").asInt(-1));
    assertTrue(app.path("vapid_key").isTextual());

    var json =
        nour.json(
                "/api/v1/apps/",
                """
                {"client_name": "Ivy", "redirect_uris": ["tuba://auth_code", "%s"],
                 "website": "https://ivy.example/"}
                """
                    .formatted(BACK))
            .json();
    assertEquals(2, json.path("redirect_uris").size());
    assertEquals("[\"read\"]", json.path("scopes").toString());
    assertEquals("https://ivy.example/", json.path("website").asText());

    var part = "--x\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n";
    var multipart =
        nour.body(
                "POST",
                "/api/v1/apps",
                "multipart/form-data; boundary=x",
                part.formatted("client_name", "Ivy")
                    + part.formatted("redirect_uris", BACK)
                    + "--x--\r\n")
            .json();
    assertEquals(BACK, multipart.path("redirect_uri").asText());
  }

  @Test
  void an_app_cannot_register_an_address_that_a_browser_would_run() throws Exception {
    for (var bad :
        new String[] {
          "javascript:alert(1)",
          "JavaScript:alert(1)",
          "data:text/html,x",
          "vbscript:x",
          "file:///etc/passwd",
          "nothing",
          BACK + "#part",
          ""
        }) {
      var answer = nour.form("/api/v1/apps", Map.of("client_name", "Ivy", "redirect_uris", bad));
      assertEquals(422, answer.status(), bad);
      assertTrue(answer.json().path("error").asText().startsWith("Validation failed"), bad);
    }
    assertEquals(422, nour.form("/api/v1/apps", Map.of("redirect_uris", BACK)).status());
    var script =
        nour.form(
            "/api/v1/apps",
            Map.of("client_name", "x", "redirect_uris", BACK, "website", "javascript:x"));
    assertTrue(script.json().path("website").isNull());
  }

  @Test
  void one_network_cannot_register_apps_without_end() {
    var apps = new Apps(here.db());
    var back = List.of(BACK);
    for (int i = 0; i < Apps.PER_NETWORK; i++)
      assertNotNull(apps.register("Ivy", back, null, null, "2001:db8:1:1::" + i));
    assertThrows(
        Problem.TooMany.class, () -> apps.register("Ivy", back, null, null, "2001:db8:1:1::9"));
    assertNotNull(apps.register("Ivy", back, null, null, "2001:db8:1:2::9"));
  }

  @Test
  void an_app_s_own_token_tells_the_app_and_nothing_of_a_person() throws Exception {
    var app = nour.register(BACK, "read profile");
    var fields = new HashMap<>(exchange(app, ""));
    fields.put("grant_type", "client_credentials");
    fields.put("scope", "read profile");
    var answer = nour.form("/oauth/token", fields).json();
    assertEquals("profile read", answer.path("scope").asText());
    var token = bearer(answer.path("access_token").asText());
    var known = nour.get("/api/v1/apps/verify_credentials", "Authorization", token).json();
    assertEquals("Ivy", known.path("name").asText());
    assertFalse(known.has("client_secret"));
    assertEquals(401, nour.get("/oauth/userinfo", "Authorization", token).status());
    var grant = here.village().tokens().verify(answer.path("access_token").asText());
    assertEquals(0, Objects.requireNonNull(grant).actorId());
    assertEquals(401, nour.get("/api/v1/apps/verify_credentials").status());
  }

  // ---- the page

  @Test
  void a_stranger_signs_in_on_the_page_is_asked_and_sent_back_with_code_and_state()
      throws Exception {
    here.account("lou");
    var lou = here.stranger();
    var app = lou.register(BACK + "?from=village", "read write follow push");
    var question =
        question(app, Map.of("scope", "read write follow push", "state", "a b&c=\u00e9"));
    var first = lou.get(question.replace("authorize?", "authorize/?"), "Accept-Language", "en");
    assertEquals(200, first.status());
    assertEquals("Ivy would like to act for you", first.html().select("h1").text());
    assertEquals(1, first.html().select("input[name=password]").size());
    assertEquals(0, first.html().select("script").size());
    var policy = first.header("Content-Security-Policy");
    assertFalse(policy.contains("form-action"), policy);
    assertTrue(policy.contains("frame-ancestors 'none'"), policy);
    assertEquals("unsafe-none", first.header("Cross-Origin-Opener-Policy"));
    assertEquals("no-store", first.header("Cache-Control"));

    var wrong = lou.signIn(question, "lou", "not the password");
    assertEquals(422, wrong.status());
    var page = lou.signIn(question, "lou", Village.PASSWORD);
    assertEquals(0, page.html().select("input[name=password]").size());
    assertTrue(page.html().select("main").text().contains("@lou"));
    var back = lou.submit(page, Map.of("answer", "accept"));
    assertEquals(302, back.status());
    assertTrue(back.location().startsWith(BACK + "?from=village&code="), back.location());
    assertEquals("a b&c=\u00e9", back.sent("state"));

    var token = lou.form("/oauth/token", exchange(app, back.sent("code"))).json();
    assertEquals("Bearer", token.path("token_type").asText());
    assertEquals("read write follow push", token.path("scope").asText());
    assertTrue(token.path("created_at").isIntegralNumber());
    var grant =
        Objects.requireNonNull(here.village().tokens().verify(token.path("access_token").asText()));
    assertEquals("Ivy", grant.appName());
    assertTrue(grant.allows("write:statuses"));
  }

  @Test
  void addresses_that_no_parser_takes_are_come_back_to_as_they_stand() throws Exception {
    for (var uri :
        new String[] {
          "icecubesapp://",
          "tuba://auth_code",
          "oauth2redirect://com.keylesspalace.tusky/",
          "org.joinmastodon.android-auth://callback",
          "mastodon://joinmastodon.org/oauth"
        }) {
      var app = nour.register(uri, "read");
      var back = nour.submit(nour.get(question(app, Map.of())), Map.of("answer", "accept"));
      assertEquals(302, back.status());
      assertTrue(back.location().startsWith(uri + "?code="), back.location());
      assertFalse(back.location().contains("state"));
      var code = back.sent("code");
      assertEquals(200, nour.form("/oauth/token", exchange(app, code)).status());
    }
  }

  @Test
  void nobody_is_sent_to_an_address_that_is_not_exactly_a_registered_one() throws Exception {
    var app = nour.register(BACK, "read");
    for (var uri :
        new String[] {
          BACK + "/",
          BACK + "?x",
          "https://app.example/bac",
          "https://APP.example/back",
          "https://app.example:443/back",
          "https://user@app.example/back",
          "https://app.example/./back",
          Redirects.OUT_OF_BAND,
          ""
        }) {
      var answer = nour.get(question(app, Map.of("redirect_uri", uri)));
      assertEquals(400, answer.status(), uri);
      assertEquals("", answer.location(), uri);
    }
    assertEquals(400, nour.get(question(app, Map.of("client_id", "nobody"))).status());
  }

  @Test
  void a_no_goes_back_as_access_denied() throws Exception {
    var app = nour.register(BACK, "read");
    var back = nour.submit(nour.get(question(app, Map.of("state", "s"))), Map.of("answer", "deny"));
    assertEquals(BACK + "?error=access_denied&state=s", back.location());
  }

  @Test
  void out_of_band_the_code_is_on_the_page_and_a_no_is_a_page_too() throws Exception {
    var app = nour.register(Redirects.OUT_OF_BAND, "read write follow");
    var question = question(app, Map.of());
    var page = nour.submit(nour.get(question), Map.of("answer", "accept"));
    assertEquals(200, page.status());
    var code = page.html().select("#code").text();
    assertEquals(200, nour.form("/oauth/token", exchange(app, code)).status());
    var no = nour.submit(nour.get(question), Map.of("answer", "deny"));
    assertEquals(200, no.status());
    assertEquals(0, no.html().select("#code").size());
  }

  @Test
  void force_login_asks_for_the_password_although_somebody_is_signed_in() throws Exception {
    here.account("ines");
    var browser = here.stranger();
    var app = browser.register(BACK, "read");
    var plain = question(app, Map.of());
    var forced = question(app, Map.of("force_login", "true"));
    browser.signIn(plain, "nour", Village.PASSWORD);
    assertEquals(1, browser.get(forced).html().select("input[name=password]").size());
    var page = browser.signIn(forced, "ines", Village.PASSWORD);
    assertTrue(page.html().select("main").text().contains("@ines"));
  }

  @Test
  void the_page_speaks_the_language_that_the_app_asks_for() throws Exception {
    var app = nour.register(BACK, "read:statuses write:media push");
    var question = question(app, Map.of("scope", "read:statuses write:media push"));
    var french = here.stranger().get(question + "&lang=fr-FR").html();
    assertEquals("fr", french.select("html").attr("lang"));
    assertTrue(french.select("main").text().contains("lire : les messages"));
    var english = here.stranger().get(question + "&lang=en").html();
    assertTrue(english.select("main").text().contains("send you notifications"));
    assertTrue(english.select("footer a[hreflang=fr]").attr("href").contains("client_id="));
  }

  @Test
  void a_yes_from_another_site_or_without_the_page_s_secret_counts_for_nothing() throws Exception {
    var app = nour.register(BACK, "read");
    var fields = new HashMap<String, String>();
    fields.put("response_type", "code");
    fields.put("client_id", app.path("client_id").asText());
    fields.put("redirect_uri", BACK);
    fields.put("answer", "accept");
    for (var path : new String[] {"/oauth/authorize", "/oauth/authorize/"}) {
      var answer = nour.form(path, fields);
      assertEquals(422, answer.status());
      assertEquals("", answer.location());
    }
    var page = nour.get(question(app, Map.of()));
    fields.put("csrf", page.html().select("input[name=csrf]").attr("value"));
    var from = "https://elsewhere.example";
    assertEquals(403, nour.form("/oauth/authorize", fields, "Origin", from).status());
  }

  @Test
  void tries_on_this_page_count_like_those_on_the_sign_in_page() throws Exception {
    here.account("victim");
    var thief = here.stranger();
    var app = thief.register(BACK, "read");
    var last = 0;
    for (int i = 0; i < 11; i++)
      last = thief.signIn(question(app, Map.of()), "victim", "guess " + i).status();
    assertEquals(429, last);
  }

  @Test
  void what_is_wrong_with_a_question_is_told_to_the_app() throws Exception {
    var app = nour.register(BACK, "read");
    assertEquals("invalid_scope", error(app, Map.of("scope", "read write")));
    assertEquals("unsupported_response_type", error(app, Map.of("response_type", "token")));
    var plain = Map.of("code_challenge", VERIFIER, "code_challenge_method", "plain");
    assertEquals("invalid_request", error(app, plain));
    assertEquals("invalid_request", error(app, Map.of("code_challenge", CHALLENGE)));
    var empty = Map.of("code_challenge", "", "code_challenge_method", "S256");
    assertEquals("invalid_request", error(app, empty));
  }

  private static String error(JsonNode app, Map<String, String> more) throws Exception {
    return nour.get(question(app, more)).sent("error");
  }
}
