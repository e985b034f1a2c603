package org.placette.signup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.db.Db;
import org.placette.testing.App;
import org.placette.testing.PgExtension;

/**
 * How somebody gets in: asking, being let in or refused, invitations; in a browser without script.
 */
@ExtendWith(PgExtension.class)
class SignUpTest {

  private static final String PASSWORD = Village.PASSWORD;

  private static Map<String, String> wish(String name) {
    return Map.of(
        "username",
        name,
        "email",
        name + "@saint-just.example",
        "password",
        PASSWORD,
        "agreement",
        "yes");
  }

  private static Map<String, String> wish(String name, String reason) {
    var all = new java.util.HashMap<>(wish(name));
    all.put("reason", reason);
    return all;
  }

  private static int count(Db db, String from) {
    return Objects.requireNonNull(
        db.one("select count(*)::int from " + from, row -> row.getInteger(0)));
  }

  /** An app with the token that lena got when she asked, before anybody let her in. */
  private static App waiting(Db db, Village village) {
    var lena = db.one("select id from actor where username = 'lena'", row -> row.getLong(0));
    var actor = village.actors().byId(Objects.requireNonNull(lena));
    return village.app(village.token(Objects.requireNonNull(actor), "read"));
  }

  @Test
  void people_ask_wait_and_are_let_in_or_refused_or_bring_an_invitation(Db db, @TempDir Path data) {
    try (var village = Village.start(db, data)) {
      var guest = village.guest();
      var staff = village.guest();
      assertTrue(guest.get("/signup").text("main").contains("fermées"), "nobody moderates yet");
      var unused = village.person("mod", "moderator");
      assertEquals(422, guest.attempt("/signup", "/signup", wish("lena", "")).status());
      assertEquals(200, guest.submit("/signup", "/signup", wish("lena", "Rue Haute")).status());
      assertEquals(200, guest.submit("/signup", "/signup", wish("spam", "Offre !")).status());
      // Nobody sees who waits, and who waits cannot sign in.
      assertEquals(403, guest.raw("/users/lena", "Accept", "text/html").statusCode());
      var app = waiting(db, village);
      var asked = app.call("GET", "/api/v1/accounts/verify_credentials");
      assertEquals(403, asked.status());
      assertEquals("Your login is currently pending approval", asked.body().path("error").asText());
      var refused =
          guest.attempt("/sign-in", "/sign-in", Map.of("login", "lena", "password", PASSWORD));
      assertTrue(refused.text("main").contains("attend"), refused.text("main"));
      assertEquals(2, count(db, "notification where type = 'SignUp'"));

      staff.as("mod", PASSWORD);
      var page = staff.get("/admin/signups");
      assertEquals("lena\nspam", page.text("li h2"));
      assertTrue(page.text("li").contains("Rue Haute"));
      page = staff.submit(page, "/admin/signups/accept", Map.of());
      assertEquals(200, app.call("GET", "/api/v1/accounts/verify_credentials").status());
      assertEquals("spam", page.text("li h2"));
      page = staff.submit(page, "/admin/signups/refuse", Map.of("why", "Pas d’ici"));
      assertEquals("", page.text("li h2"));
      assertNull(village.actors().localByName("spam"), "nothing is kept of whom is refused");
      assertEquals(0, count(db, "account where email like 'spam%'"));
      try (var lena = village.guest()) {
        assertNotNull(lena.as("lena", PASSWORD));
        assertEquals(403, lena.get("/admin/signups").status());
        assertEquals(403, lena.get("/admin/invites").status());
      }
      assertEquals(
          2, count(db, "follow f join actor a on a.id = f.actor_id and a.username = 'lena'"));

      var link =
          staff
              .submit("/admin/invites", "/admin/invites", Map.of("uses", "1"))
              .text(".notice code");
      var path = link.substring(link.indexOf("/signup"));
      try (var emma = village.guest()) {
        var home = emma.submit(path, "/signup", wish("emma"));
        assertNotNull(home.html().selectFirst("form[action=/sign-out]"), home.text("main"));
      }
      assertNotNull(guest.get(path).html().selectFirst("[name=reason]"), "used: one must ask");

      // Too many from one address, and nobody there to answer.
      assertEquals(200, guest.submit("/signup", "/signup", wish("a1", "x")).status());
      assertEquals(200, guest.submit("/signup", "/signup", wish("a2", "x")).status());
      assertEquals(429, guest.attempt("/signup", "/signup", wish("a3", "x")).status());
      db.run("update account set created = now() - interval '8 days', seen = null");
      assertTrue(guest.get("/signup").text("main").contains("fermées"));
    }
  }
}
