package org.placette.signup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.config.Settings;
import org.placette.db.Db;
import org.placette.mail.Mailer;
import org.placette.testing.PgExtension;
import org.placette.testing.Square;
import org.placette.user.Users;
import org.placette.user.Users.NewAccount;
import org.placette.web.Problem;

/** Many wishes at once, and a resident's word for one of them. */
@ExtendWith(PgExtension.class)
class SignUpFloodTest {

  private static NewAccount wish(String name) {
    return new NewAccount(
        name, null, name + "@ailleurs.example", "vent du large 42", "resident", "fr");
  }

  @Test
  void five_hundred_wishes_of_one_network_are_five_and_a_sponsor_can_let_one_in(
      Db db, @TempDir Path data) {
    try (var square = new Square(db)) {
      var settings = Settings.load(Map.of("PLACETTE_DATA", data.toString()), null);
      var users = new Users(square.vertx, db, square.actors);
      var signUps =
          new SignUps(db, square.actors, users, new Mailer(square.vertx, db, settings), settings);
      var nour = users.create(role("nour", "owner"));
      var lucie = users.create(role("lucie", "resident"));
      var refused = 0;
      for (var i = 0; i < 500; i++) {
        var address = "2001:db8:1:2:" + Integer.toHexString(i) + "::1";
        try {
          var done =
              signUps.ask(wish("robot" + i), "bonjour", null, i == 0 ? "lucie" : null, address);
          assertTrue(done.waits());
        } catch (Problem.TooMany e) {
          refused++;
        }
      }
      assertEquals(495, refused, "an IPv6 network is one");
      assertEquals(5, square.count("sign_up"));
      assertEquals(5, square.count("account where trusted_at is null"));

      var asked = signUps.sponsored(lucie.actorId()).getFirst();
      assertEquals("robot0", asked.username());
      assertThrows(
          Problem.NotFound.class, () -> signUps.vouch(nour.actorId(), asked.actorId(), true));
      signUps.vouch(lucie.actorId(), asked.actorId(), true);
      assertTrue(signUps.waiting(0, 10).getFirst().vouched(), "those who moderate read it");
      assertTrue(signUps.accept(nour.actorId(), asked.actorId()));
      assertEquals(4, square.count("sign_up"));
      assertEquals(1, square.count("audit where action = 'signup.vouch'"));
      assertEquals(1, square.count("audit where action = 'signup.accept'"));
      assertEquals(1, square.count("account where trusted_at is null and vouched_by is not null"));
    }
  }

  private static NewAccount role(String name, String role) {
    return new NewAccount(name, null, name + "@fleurs.example", "vent du large 42", role, "fr");
  }
}
