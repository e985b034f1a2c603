package org.placette;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.db.Db;
import org.placette.testing.App;
import org.placette.testing.PgExtension;
import org.placette.testing.Walker;
import org.placette.web.ClientAddress;

/**
 * The threats T20 to T26 of the list that this server is built against, each tried from outside on
 * a whole village. The parts have tests of their own: {@code AuthorizeTest} and {@code TokenTest}
 * (T20), {@code UsersTest} (T22, T23), {@code SquarePagesTest} (T23, T24, T26), {@code HtmlTest}
 * and {@code TextFuzzTest} (T25).
 */
@ExtendWith(PgExtension.class)
class WebThreatsTest {

  private static final String FORM = "application/x-www-form-urlencoded";

  private static Village village;
  private static App stranger;

  @BeforeAll
  static void open(Db db, @TempDir Path data) {
    village = Village.start(db, data, Map.of("PLACETTE_REGISTRATION", "open"));
    stranger = village.app("");
    village.newcomer("ida", "owner").close();
  }

  @AfterAll
  static void close() {
    village.close();
  }

  @Test
  void t20_a_code_goes_to_a_registered_address_alone_and_no_challenge_is_weakened() {
    for (var active : List.of("javascript:alert(1)", "data:text/html,x", "JavaScript:alert(1)"))
      assertEquals(422, register(active).status(), active);
    var app = register("https://app.example/back").done();
    for (var other :
        List.of(
            "https://app.example/back/more",
            "https://app.example/back?x",
            "https://app.example.evil.example/back",
            "https://app.example@evil.example/back",
            "HTTPS://app.example/back",
            "http://app.example/back")) {
      var answer = ask(app.path("client_id").asText(), "redirect_uri", other);
      assertEquals(400, answer.status(), other);
      assertEquals("", answer.header("Location"), other);
    }
    var weak =
        ask(
            app.path("client_id").asText(),
            "redirect_uri",
            "https://app.example/back",
            "code_challenge",
            "a".repeat(43),
            "code_challenge_method",
            "plain");
    assertTrue(weak.header("Location").contains("error=invalid_request"), weak.header("Location"));
  }

  private static App.Answer register(String address) {
    return stranger.form("POST", "/api/v1/apps", "client_name", "Ivy", "redirect_uris", address);
  }

  private static App.Answer ask(String client, String... more) {
    var query = App.encoded("response_type", "code", "client_id", client);
    return stranger.call("GET", "/oauth/authorize?" + query + "&" + App.encoded(more));
  }

  @Test
  void t21_who_signs_up_with_somebody_s_address_gets_nothing_of_theirs() {
    try (var lea = village.newcomer("lea");
        var thief = village.guest()) {
      var address =
          Map.of(
              "agreement", "yes",
              "username", "thief",
              "email", "LEA@saint-just.example",
              "password", "un autre mot de passe");
      assertEquals(422, thief.attempt("/signup", "/signup", address).status());
      var login = Map.of("login", "lea@saint-just.example", "password", "un autre mot de passe");
      var tried = thief.attempt("/sign-in", "/sign-in", login);
      assertEquals(0, tried.count("form[action=/sign-out]"));
      assertEquals(200, lea.get("/me").status());
      // An address is changed nowhere: nothing in the profile sends another one.
      assertEquals(0, lea.get("/settings/profile").count("[name=email]"));
    }
  }

  @Test
  void t22_who_guesses_passwords_is_stopped_whatever_address_they_say_they_come_from() {
    var unused = village.resident("zoe");
    var last = 0;
    for (int i = 0; i < 40 && last != 429; i++)
      last = guess("/sign-in", "X-Forwarded-For", "203.0.113." + i).status();
    assertEquals(429, last);
    for (var other : List.of("/sign-in.json", "/sign-in/", "//sign-in", "/SIGN-IN"))
      assertTrue(List.of(404, 405, 429).contains(guess(other).status()), other);
    assertEquals(
        ClientAddress.network("2001:db8:1:2::1"),
        ClientAddress.network("2001:db8:1:2:ffff:ffff:ffff:ffff"));
    assertNotEquals(
        ClientAddress.network("2001:db8:1:2::1"), ClientAddress.network("2001:db8:1:3::1"));
  }

  /** One try with a page's own secret, as a browser sends it. */
  private static App.Answer guess(String path, String... headers) {
    try (var guest = village.guest()) {
      var token =
          Objects.requireNonNull(guest.get("/sign-in").html().selectFirst("[name=csrf]"))
              .attr("value");
      var body = App.encoded("csrf", token, "login", "zoe", "password", "guess", "next", "/");
      List<String> all = new ArrayList<>(List.of(headers));
      all.addAll(List.of("Cookie", guest.cookies(), "Origin", village.origin()));
      return stranger.send(
          "POST", path, FORM, BodyPublishers.ofString(body), all.toArray(String[]::new));
    }
  }

  @Test
  void t23_a_new_password_ends_tokens_and_other_sessions_at_once() {
    try (var here = village.newcomer("paul");
        var elsewhere = village.walker("paul")) {
      var actor = Objects.requireNonNull(village.actors().localByName("paul"));
      var app = village.app(village.token(actor, "read"));
      assertEquals(200, app.call("GET", "/api/v1/accounts/verify_credentials").status());
      here.submit(
          "/settings/security",
          "/settings/security/password",
          Map.of("password", Village.PASSWORD, "newPassword", "une toute autre phrase"));
      assertEquals(401, app.call("GET", "/api/v1/accounts/verify_credentials").status());
      assertEquals("/sign-in", elsewhere.get("/me").path());
      assertEquals(200, here.get("/me").status());
    }
  }

  @Test
  void t24_a_form_of_another_site_does_nothing_even_with_the_cookie() {
    try (var odile = village.newcomer("odile")) {
      var page = odile.get("/settings/profile");
      var token = Objects.requireNonNull(page.html().selectFirst("[name=csrf]")).attr("value");
      var cookies = odile.cookies();
      var with = App.encoded("csrf", token, "displayName", "Volée");
      for (var evil : List.of("https://evil.example", "null", village.origin() + ".evil.example"))
        assertEquals(403, post("/settings/profile", with, cookies, evil), evil);
      var without = App.encoded("displayName", "Volée");
      assertEquals(403, post("/settings/profile", without, cookies, village.origin()));
      // Nobody is signed in as somebody else without noticing.
      var login = App.encoded("login", "odile", "password", Village.PASSWORD);
      assertEquals(403, post("/sign-in", login, "", village.origin()));
      assertFalse(odile.get("/users/odile").text("h1").contains("Volée"));
      var set = village.guest().raw("/sign-in").headers().allValues("Set-Cookie");
      assertTrue(set.stream().allMatch(it -> it.contains("SameSite=Lax")), set.toString());
    }
  }

  private static int post(String path, String body, String cookies, String origin) {
    return stranger
        .send(
            "POST", path, FORM, BodyPublishers.ofString(body), "Cookie", cookies, "Origin", origin)
        .status();
  }

  @Test
  void t25_what_somebody_writes_runs_nowhere() {
    var marc = village.person("marc", "<img src=x onerror=alert(1)>", "resident").app();
    var hostile =
        "<script>alert(1)</script><svg onload=alert(1)><a href=javascript:alert(1) style=x>a</a>"
            + " [b](javascript:alert(1)) ![c](data:text/html,x) \u202egpj.exe";
    var id = marc.post("/api/v1/statuses", Map.of("status", hostile)).path("id").asText();
    for (var path : List.of("/posts/" + id, "/posts", "/users/marc")) {
      var page = village.guest().get(path);
      var main = Objects.requireNonNull(page.html().selectFirst("main"));
      assertEquals(
          0, main.select("script, svg[onload], [style], [onerror], [onload]").size(), path);
      for (var link : main.select("[href], [src]"))
        assertFalse(
            (link.attr("href") + link.attr("src")).matches("(?i)\\s*(javascript|data):.*"),
            link.outerHtml());
      assertFalse(main.text().contains("\u202e"), path);
      var policy =
          village.guest().raw(path).headers().firstValue("Content-Security-Policy").orElse("");
      assertTrue(policy.contains("default-src 'none'") || policy.contains("default-src 'self'"));
      assertFalse(policy.contains("unsafe"), policy);
    }
  }

  @Test
  void t26_signing_in_leads_to_a_page_of_this_place_and_links_show_their_host() {
    var unused = village.resident("emma");
    for (var next :
        List.of(
            "https://evil.example/", "//evil.example", "/\\evil.example", "/%09/evil.example")) {
      try (var emma = new Walker(village.origin())) {
        var door = emma.get("/sign-in?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
        var in =
            emma.attempt(door, "/sign-in", Map.of("login", "emma", "password", Village.PASSWORD));
        assertFalse(in.path().contains("evil") && in.status() == 200, next);
        assertEquals(200, emma.get("/me").status(), next);
      }
    }
    var app = village.person("jean").app();
    var text = "<a href=\"https://evil.example/\">https://bank.example/</a> https://far.example/x";
    var id = app.post("/api/v1/statuses", Map.of("status", text)).path("id").asText();
    for (var link : village.guest().get("/posts/" + id).html().select("main .prose a[href^=http]"))
      assertTrue(link.text().contains(URI.create(link.attr("href")).getHost()), link.outerHtml());
  }
}
