package org.placette.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.config.Settings;
import org.placette.db.Db;
import org.placette.oauth.Tokens;
import org.placette.testing.PgExtension;
import org.placette.testing.Square;
import org.placette.user.Users.NewAccount;
import org.placette.web.Problem;

/** Accounts, signing in, and the first owner. */
@ExtendWith(PgExtension.class)
class UsersTest {

  private static final String PASSWORD = "correct horse";

  private static Square square;
  private static Users users;
  private static Setup setup;

  @BeforeAll
  static void start(Db db, @TempDir Path data) {
    square = new Square(db);
    users = new Users(square.vertx, db, square.actors);
    setup = new Setup(db, users, Settings.local(8080, data));
  }

  @AfterAll
  static void stop() {
    square.close();
  }

  @Test
  void one_signs_in_by_name_or_address_in_any_case_and_not_with_another_password() {
    var nour = account("nour");
    assertEquals(nour, users.signIn("Nour", PASSWORD, "192.0.2.1"));
    assertEquals(nour, users.signIn(" NOUR@saint-just.example ", PASSWORD, "192.0.2.1"));
    assertNull(users.signIn("nour", PASSWORD + "!", "192.0.2.1"));
    assertNull(users.signIn("nobody", PASSWORD, "192.0.2.1"));
    assertNull(users.signIn("relay", PASSWORD, "192.0.2.1"));
  }

  @Test
  void a_password_that_was_hashed_with_other_settings_still_opens_the_door() {
    var old = account("ancien");
    var argon = Argon2Function.getInstance(19 * 1024, 2, 1, 32, Argon2.ID);
    var hash = Password.hash(PASSWORD).addRandomSalt(16).with(argon).getResult();
    square.db.update(
        "update account set password_hash = $1 where actor_id = $2", hash, old.actorId());
    assertNotNull(users.signIn("ancien", PASSWORD, "192.0.2.1"));
    assertNull(users.signIn("ancien", PASSWORD + "!", "192.0.2.1"));
  }

  @Test
  void passwords_and_sessions_are_stored_as_hashes_only() {
    var lou = account("lou");
    assertTrue(lou.passwordHash().startsWith("$argon2id$"));
    var secret = users.openSession(lou, "browser");
    assertEquals(lou.actorId(), Objects.requireNonNull(users.visitor(secret)).actorId());
    assertEquals(
        0, square.count("session s where encode(s.hash, 'escape') like '%" + secret + "%'"));
    assertNull(users.visitor(secret.substring(1) + "A"));
    users.closeSession(secret);
    assertNull(users.visitor(secret));
  }

  @Test
  void a_new_password_ends_every_session_and_token() {
    var ines = account("ines");
    var tokens = new Tokens(square.db);
    users.whenSignedOut(tokens::forget);
    var session = users.openSession(ines, null);
    var token = tokens.create(ines.actorId(), Set.of("read"));
    assertNotNull(tokens.verify(token));
    users.changePassword(ines.actorId(), "another horse");
    assertNull(users.visitor(session));
    assertNull(tokens.verify(token));
    assertNull(users.signIn("ines", PASSWORD, "192.0.2.2"));
    assertNotNull(users.signIn("ines", "another horse", "192.0.2.2"));
  }

  @Test
  void a_suspended_person_is_signed_out_at_once() {
    var max = account("max");
    var session = users.openSession(max, null);
    square.db.update("update actor set suspended_at = now() where id = $1", max.actorId());
    assertNull(users.visitor(session));
    assertNull(users.signIn("max", PASSWORD, "192.0.2.3"));
  }

  @Test
  void too_many_tries_for_one_name_are_refused_from_wherever_they_come() {
    var refused =
        assertThrows(
            Problem.TooMany.class,
            () -> {
              for (int i = 0; i < 12; i++) users.signIn("victim", "guess" + i, "198.51.100." + i);
            });
    assertTrue(refused.retryAfterSeconds() > 0);
  }

  @Test
  void too_many_tries_from_one_network_are_refused_whatever_the_name() {
    assertThrows(
        Problem.TooMany.class,
        () -> {
          for (int i = 0; i < 40; i++)
            users.signIn("name" + i, "x".repeat(300), "2001:db8:1:2::" + i);
        });
    assertNull(users.signIn("name0", "x".repeat(300), "2001:db8:1:3::1"));
  }

  @Test
  void an_unknown_name_costs_the_same_work_as_a_known_one() {
    account("sami");
    users.signIn("sami", "warm up", "203.0.113.1");
    var known = Long.MAX_VALUE;
    var unknown = Long.MAX_VALUE;
    // The machine may be busy with something else, but not all the time.
    for (int tries = 0; tries < 9; tries++) {
      known = Math.min(known, nanos("sami", tries));
      unknown = Math.min(unknown, nanos("nobody-at-all", tries));
      if (tries > 1 && unknown > known / 3 && unknown < known * 3) return;
    }
    fail(known + " against " + unknown);
  }

  private static long nanos(String login, int tries) {
    var began = System.nanoTime();
    assertNull(users.signIn(login, "wrong password", "203.0.113." + (2 + tries)));
    return System.nanoTime() - began;
  }

  @Test
  void wrong_fields_are_named_all_at_once_and_names_are_taken_once() {
    account("pat");
    assertEquals(Set.of("username", "email", "password"), wrong("Pat Dupont", "pat", "short"));
    assertEquals(Set.of("username"), wrong("pat", "pat2@saint-just.example", PASSWORD));
    assertEquals(Set.of("email"), wrong("pat2", "PAT@saint-just.example", PASSWORD));
    assertEquals(Set.of("username"), wrong("village", "v@saint-just.example", PASSWORD));
  }

  private static Set<String> wrong(String username, String email, String password) {
    return assertThrows(
            Problem.Invalid.class,
            () -> users.create(new NewAccount(username, null, email, password, "resident", "fr")))
        .fields()
        .keySet();
  }

  @Test
  void the_setup_link_makes_one_owner_and_then_ends() {
    var older = secret(Objects.requireNonNull(setup.link()));
    var link = secret(Objects.requireNonNull(setup.link()));
    var place = new Setup.Place("Saint-Just", "La place", "fr", "", List.of());
    assertNotEquals(older, link);
    assertFalse(setup.isOpen(older));
    assertThrows(Problem.Forbidden.class, () -> setup.complete(older, owner(PASSWORD), place));
    assertThrows(Problem.Invalid.class, () -> setup.complete(link, owner("short"), place));
    assertTrue(setup.isOpen(link));
    assertEquals("owner", setup.complete(link, owner(PASSWORD), place).role());
    assertFalse(setup.isOpen(link));
    assertThrows(Problem.Forbidden.class, () -> setup.complete(link, owner(PASSWORD), place));
    assertNull(setup.link());
    assertEquals(
        Set.of("owner"),
        square
            .db
            .list("select role from role_grant where role = 'owner'", row -> row.getString(0))
            .stream()
            .collect(Collectors.toSet()));
  }

  private static NewAccount owner(String password) {
    return new NewAccount(
        "mairie1", "La maire", "maire@saint-just.example", password, "owner", "fr");
  }

  private static String secret(String link) {
    return link.substring(link.indexOf("token=") + 6);
  }

  private static Account account(String name) {
    return users.create(
        new NewAccount(name, null, name + "@saint-just.example", PASSWORD, "resident", "fr"));
  }
}
