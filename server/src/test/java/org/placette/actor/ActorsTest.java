package org.placette.actor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Signature;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.config.StartFailure;
import org.placette.db.Db;
import org.placette.db.DbException;
import org.placette.federation.fetch.Dereferencer;
import org.placette.federation.fetch.GuardedHttp;
import org.placette.federation.fetch.SignedHttp;
import org.placette.federation.fetch.WebFinger;
import org.placette.testing.FakeInstance;
import org.placette.testing.PgExtension;

@ExtendWith(PgExtension.class)
class ActorsTest {

  private static final Urls URLS = new Urls("https", "fleurs.example");
  private static Vertx vertx;
  private static Actors actors;
  private static Db db;
  @TempDir private static Path data;

  @BeforeAll
  static void start(Db given) {
    vertx = Vertx.vertx();
    db = given;
    var http = new GuardedHttp(vertx, FakeInstance.rules());
    actors = over(db, http);
    actors.found("Quartier des Fleurs");
  }

  private static Actors over(Db database, GuardedHttp http) {
    return new Actors(
        vertx,
        database,
        URLS,
        KeyRing.open(data),
        new Dereferencer(new SignedHttp(http)),
        new WebFinger(http));
  }

  @AfterAll
  static void stop() {
    vertx.close().await();
  }

  @Test
  void
      the_first_start_founds_the_relay_the_village_and_the_agenda_and_the_second_changes_nothing() {
    var relay = actors.relay();
    assertEquals("https://fleurs.example/actor", relay.uri());
    assertEquals("Application", relay.type());
    assertEquals("https://fleurs.example/groups/village", actors.village().uri());
    assertEquals("https://fleurs.example/orgs/agenda", actors.agenda().uri());
    actors.found("Autre nom");
    assertEquals("Quartier des Fleurs", actors.village().name());
    assertEquals(1, actors.locals().stream().filter(a -> a.type().equals("Group")).count());
  }

  @Test
  void a_new_person_can_sign_and_the_published_key_verifies() throws Exception {
    var nour = create("Person", "nour");
    var key = actors.signingKey(nour);
    assertEquals("https://fleurs.example/users/nour#main-key", key.keyId());
    var signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(key.key());
    signature.update(new byte[] {1, 2, 3});
    var signed = signature.sign();
    signature.initVerify(actors.publicKeys(nour).rsa());
    signature.update(new byte[] {1, 2, 3});
    assertEquals(true, signature.verify(signed));
    assertEquals(
        "https://fleurs.example/users/nour#ed25519-key", actors.proofKey(db, nour).keyId());
  }

  @Test
  void names_are_found_in_any_case_and_belong_to_one_actor_whatever_its_type() {
    var club = create("Service", "boules");
    assertEquals(club, actors.localByName("Boules"));
    assertEquals(true, failure("Person", "boules").isUniqueViolation());
    assertNull(actors.localByName("personne"));
    assertThrows(IllegalArgumentException.class, () -> create("Person", "../etc"));
  }

  @Test
  void a_private_key_in_another_row_or_with_another_keyset_does_not_open(@TempDir Path other) {
    var ring = KeyRing.open(data);
    var sealed = ring.seal(new byte[] {7}, "one");
    assertArrayEquals(new byte[] {7}, KeyRing.open(data).unseal(sealed, "one"));
    assertThrows(StartFailure.class, () -> ring.unseal(sealed, "two"));
    assertThrows(StartFailure.class, () -> KeyRing.open(other).unseal(sealed, "one"));
  }

  @Test
  void the_keyset_is_for_its_owner_alone() throws Exception {
    var mode = Files.getPosixFilePermissions(data.resolve("keys/keyset.json"));
    assertEquals("rw-------", PosixFilePermissions.toString(mode));
  }

  @Test
  void a_retired_actor_keeps_its_row_and_loses_its_words() {
    var lou = create("Person", "lou");
    db.transact(tx -> actors.retire(tx, lou));
    var gone = actors.localByName("lou");
    assertNotNull(gone);
    assertEquals(true, gone.deleted());
    assertNull(gone.name());
  }

  @Test
  void the_founders_are_at_hand_inside_a_transaction_that_has_the_only_connection() {
    try (var narrow = Db.open(vertx, db.database(), 1)) {
      var http = new GuardedHttp(vertx, FakeInstance.rules());
      var one = over(narrow, http);
      var village = one.village();
      narrow.transact(tx -> one.updateProfile(tx, village, Profile.of(village)));
      assertEquals(village.uri(), narrow.inTransaction(tx -> one.village().uri()));
      var document = narrow.inTransaction(tx -> ActorDocument.of(one, tx, village));
      assertEquals(village.uri(), document.at("/publicKey/owner").asText());
      http.close();
    }
  }

  private static DbException failure(String type, String name) {
    return assertThrows(DbException.class, () -> create(type, name));
  }

  private static Actor create(String type, String name) {
    return db.inTransaction(tx -> actors.createLocal(tx, type, name, name, null));
  }
}
