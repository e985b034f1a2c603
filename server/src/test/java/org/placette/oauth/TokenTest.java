package org.placette.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.placette.oauth.AppAndPerson.BACK;
import static org.placette.oauth.AppAndPerson.CHALLENGE;
import static org.placette.oauth.AppAndPerson.VERIFIER;
import static org.placette.oauth.AppAndPerson.bearer;
import static org.placette.oauth.AppAndPerson.exchange;
import static org.placette.oauth.AppAndPerson.question;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.db.Db;
import org.placette.db.Retention;
import org.placette.testing.PgExtension;
import org.placette.web.Secrets;

/** What an app gets for a code, and what ends it, over HTTP. */
@ExtendWith(PgExtension.class)
class TokenTest {

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
  void a_code_works_once_and_a_second_try_ends_the_token_made_from_it() throws Exception {
    var app = nour.register(BACK, "read");
    var code = nour.code(app, Map.of());
    var token = nour.form("/oauth/token", exchange(app, code)).json().path("access_token").asText();
    assertNotNull(here.village().tokens().verify(token));
    var again = nour.form("/oauth/token", exchange(app, code));
    assertEquals(400, again.status());
    assertEquals("invalid_grant", again.json().path("error").asText());
    assertNull(here.village().tokens().verify(token));
  }

  @Test
  void a_code_is_of_no_use_too_late_to_another_app_or_for_another_address() throws Exception {
    var app = nour.register(BACK + "\n" + BACK + "2", "read");
    var other = nour.register(BACK, "read");
    var code = nour.code(app, Map.of());
    assertEquals("invalid_grant", refusal(exchange(other, code)));
    var elsewhere = new HashMap<>(exchange(app, code));
    elsewhere.put("redirect_uri", BACK + "2");
    assertEquals("invalid_grant", refusal(elsewhere));
    here.db()
        .update(
            "update authorization_code set created = now() - interval '11 minutes' where hash = $1",
            (Object) Secrets.hash(code));
    assertEquals("invalid_grant", refusal(exchange(app, code)));
    assertEquals("invalid_grant", refusal(exchange(app, "guess")));
  }

  private static String refusal(Map<String, String> fields) throws Exception {
    var answer = nour.form("/oauth/token", fields);
    assertNotEquals(200, answer.status());
    assertEquals("*", answer.header("Access-Control-Allow-Origin"));
    assertEquals("no-store", answer.header("Cache-Control"));
    return answer.json().path("error").asText();
  }

  @Test
  void a_code_with_a_challenge_needs_its_verifier() throws Exception {
    var app = nour.register(BACK, "read");
    var challenge = Map.of("code_challenge", CHALLENGE, "code_challenge_method", "S256");
    var fields = new HashMap<>(exchange(app, nour.code(app, challenge)));
    assertEquals("invalid_grant", refusal(fields));
    fields.put("code_verifier", CHALLENGE);
    assertEquals("invalid_grant", refusal(fields));
    fields.put("code_verifier", VERIFIER);
    assertEquals(200, nour.form("/oauth/token", fields).status());
  }

  @Test
  void the_secret_comes_in_the_body_as_json_or_by_basic_and_must_be_right() throws Exception {
    var app = nour.register(BACK, "read");
    var json = AppAndPerson.JSON.valueToTree(exchange(app, nour.code(app, Map.of()))).toString();
    assertEquals(200, nour.json("/oauth/token", json).status());

    var fields = new HashMap<>(exchange(app, nour.code(app, Map.of())));
    var pair = fields.remove("client_id") + ":" + fields.remove("client_secret");
    var basic =
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    assertEquals(200, nour.form("/oauth/token/", fields, "Authorization", basic).status());
    assertEquals("invalid_client", refusal(fields));
    fields.put("client_id", app.path("client_id").asText());
    fields.put("client_secret", "wrong");
    var wrong = nour.form("/oauth/token", fields);
    assertEquals(401, wrong.status());
    assertTrue(wrong.header("WWW-Authenticate").startsWith("Basic"));
  }

  @Test
  void there_is_no_password_grant_and_an_app_gets_no_more_than_it_registered() throws Exception {
    var app = nour.register(BACK, "read");
    var fields = new HashMap<>(exchange(app, ""));
    fields.put("grant_type", "password");
    fields.put("username", "nour");
    fields.put("password", Village.PASSWORD);
    assertEquals("unsupported_grant_type", refusal(fields));
    fields.put("grant_type", "client_credentials");
    fields.put("scope", "write:statuses");
    assertEquals("invalid_scope", refusal(fields));
    fields.remove("grant_type");
    assertEquals("invalid_request", refusal(fields));
    assertEquals(400, nour.json("/oauth/token", "{").status());
  }

  @Test
  void scopes_cover_their_parts_and_never_more() {
    assertTrue(Scopes.covers(Set.of("read"), "read:statuses"));
    assertTrue(Scopes.covers(Set.of("follow"), "write:mutes"));
    assertTrue(Scopes.covers(Set.of("read", "write"), "follow"));
    assertFalse(Scopes.covers(Set.of("follow"), "read:accounts"));
    assertFalse(Scopes.covers(Set.of("read:statuses"), "read"));
    assertFalse(Scopes.covers(Set.of("read", "write", "follow"), "push"));
    assertFalse(Scopes.covers(Set.of("read", "write"), "admin:read"));
  }

  @Test
  void a_token_is_revoked_by_its_own_app_only_and_an_unknown_one_is_fine() throws Exception {
    var app = nour.register(BACK, "read");
    var token = nour.token(app, "read");
    var other = new HashMap<>(exchange(nour.register(BACK, "read"), ""));
    other.put("token", token);
    assertEquals(403, nour.form("/oauth/revoke", other).status());
    assertNotNull(here.village().tokens().verify(token));
    var own = new HashMap<>(exchange(app, ""));
    assertEquals(400, nour.form("/oauth/revoke", own).status());
    for (var each : new String[] {token, token, "unknown"}) {
      own.put("token", each);
      var answer = nour.json("/oauth/revoke", AppAndPerson.JSON.valueToTree(own).toString());
      assertEquals(200, answer.status());
      assertEquals("{}", answer.body());
    }
    assertNull(here.village().tokens().verify(token));
    own.put("client_secret", "wrong");
    assertEquals(401, nour.form("/oauth/revoke", own).status());
  }

  @Test
  void userinfo_needs_the_scope_profile() throws Exception {
    var app = nour.register(BACK, "read profile");
    var info =
        nour.get("/oauth/userinfo", "Authorization", bearer(nour.token(app, "profile"))).json();
    assertEquals("nour", info.path("preferred_username").asText());
    assertEquals(here.village().origin() + "/users/nour", info.path("sub").asText());
    var read = bearer(nour.token(app, "read"));
    assertEquals(403, nour.get("/oauth/userinfo", "Authorization", read).status());
    assertEquals(401, nour.get("/oauth/userinfo", "Authorization", "Bearer x").status());
  }

  @Test
  void a_web_app_learns_where_everything_is_and_may_ask_from_its_origin() throws Exception {
    var answer = here.stranger().get("/.well-known/oauth-authorization-server");
    assertEquals("*", answer.header("Access-Control-Allow-Origin"));
    var json = answer.json();
    assertEquals(here.village().origin() + "/oauth/token", json.path("token_endpoint").asText());
    assertEquals("[\"S256\"]", json.path("code_challenge_methods_supported").toString());
    assertEquals("[\"code\"]", json.path("response_types_supported").toString());
    for (var path : new String[] {"/api/v1/apps", "/oauth/token", "/oauth/revoke"}) {
      var preflight = here.stranger().body("OPTIONS", path, "text/plain", "");
      assertEquals(204, preflight.status());
      assertTrue(preflight.header("Access-Control-Allow-Headers").contains("Authorization"));
    }
  }

  // ---- for its owner

  @Test
  void the_settings_show_apps_and_browsers_and_each_can_be_ended() throws Exception {
    var id = here.account("max");
    var max = here.stranger();
    var app = max.register(BACK, "read");
    max.signIn(question(app, Map.of()), "max", Village.PASSWORD);
    var token = max.token(app, "read");
    var command = here.village().tokens().create(id, Set.of("read"));
    assertNotNull(here.village().tokens().verify(token));
    var phone = here.stranger();
    phone.signIn(question(app, Map.of()), "max", Village.PASSWORD);

    var page = max.get("/settings/apps").html();
    var apps =
        page.select("form[action=/settings/apps/revoke] input[name=token]").eachAttr("value");
    var browsers = page.select("input[name=session]").eachAttr("value");
    assertEquals(2, apps.size());
    assertEquals(2, browsers.size());
    assertEquals(1, page.select("h3 .tag").size());
    var csrf = page.select("main input[name=csrf]").attr("value");
    var secret = Map.of("csrf", csrf, "token", apps.get(1));
    assertEquals(303, max.form("/settings/apps/revoke", secret).status());
    assertNull(here.village().tokens().verify(token));
    assertNotNull(here.village().tokens().verify(command));

    var others = nour.get("/settings/apps").html().select("main input[name=csrf]").attr("value");
    var stolen = Map.of("csrf", others, "token", apps.get(0));
    assertEquals(404, nour.form("/settings/apps/revoke", stolen).status());
    var foreign = Map.of("csrf", others, "session", browsers.get(0));
    assertEquals(404, nour.form("/settings/sessions/end", foreign).status());

    var end = Map.of("csrf", csrf, "session", browsers.get(0));
    assertEquals(303, max.form("/settings/sessions/end", end).status());
    assertEquals(303, phone.get("/settings/apps", "Accept", "text/html").status());
    assertEquals(200, max.get("/settings/apps").status());
  }

  @Test
  void whoever_watches_a_token_hears_of_its_end_wherever_it_was_ended() throws Exception {
    for (var how :
        new String[] {
          "update access_token set revoked = now() where id = $1",
          "update actor set suspended_at = now() from access_token t"
              + " where t.id = $1 and actor.id = t.actor_id"
        }) {
      var id = here.account("w" + how.length());
      var grant =
          here.village().tokens().verify(here.village().tokens().create(id, Set.of("read")));
      var ended = new CountDownLatch(1);
      var watched = Objects.requireNonNull(grant);
      here.village().tokens().watch(watched, ended::countDown);
      here.db().update(how, watched.tokenId());
      assertTrue(ended.await(3, TimeUnit.MINUTES), how);
    }
  }

  @Test
  void the_use_of_a_token_is_noted_once_an_hour() {
    var token = here.village().tokens().create(here.nourId(), Set.of("read"));
    var grant = Objects.requireNonNull(here.village().tokens().verify(token));
    var found = TokenStore.find(here.db(), Secrets.hash(token));
    assertTrue(Objects.requireNonNull(found).noted());
    here.db().update("update access_token set last_used = now() - interval '2 hours'");
    TokenStore.used(here.db(), grant.tokenId());
    assertTrue(Objects.requireNonNull(TokenStore.find(here.db(), Secrets.hash(token))).noted());
  }

  @Test
  void apps_that_nobody_let_in_and_old_codes_are_forgotten() throws Exception {
    var idle = nour.register(BACK, "read");
    var used = nour.register(BACK, "read");
    var token = nour.token(used, "read");
    here.db().update("update app set created = now() - interval '4 days'");
    here.db().update("update authorization_code set created = now() - interval '2 days'");
    new Retention(here.db(), Tokens.retention()).run();
    var left = new HashSet<>(here.db().list("select client_id from app", row -> row.getString(0)));
    assertFalse(left.contains(idle.path("client_id").asText()));
    assertTrue(left.contains(used.path("client_id").asText()));
    assertNotNull(here.village().tokens().verify(token));
    assertNull(here.db().one("select 1 from authorization_code", row -> row.getInteger(0)));
  }
}
