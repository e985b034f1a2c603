package org.placette.actor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.actor.KeyRefused.Reason;
import org.placette.db.Db;
import org.placette.federation.fetch.Budget;
import org.placette.federation.fetch.Dereferencer;
import org.placette.federation.fetch.FetchProblem;
import org.placette.federation.fetch.GuardedHttp;
import org.placette.federation.fetch.SignedHttp;
import org.placette.federation.fetch.WebFinger;
import org.placette.federation.signature.Keys;
import org.placette.testing.FakeInstance;
import org.placette.testing.PgExtension;

/** Whose key is it (T1), and whose handle (T30). */
@ExtendWith(PgExtension.class)
class KeyLookupTest {

  @TempDir private static Path data;
  private final Vertx vertx = Vertx.vertx();
  private FakeInstance honest;
  private FakeInstance evil;
  private Actors actors;
  private KeyLookup keys;
  private Db db;

  @BeforeEach
  void start(Db given) {
    db = given;
    honest = new FakeInstance(vertx);
    evil = new FakeInstance(vertx);
    var http = new GuardedHttp(vertx, FakeInstance.rules());
    actors =
        new Actors(
            vertx,
            db,
            new Urls("https", "fleurs.example"),
            KeyRing.open(data),
            new Dereferencer(new SignedHttp(http)),
            new WebFinger(http));
    actors.found("Fleurs");
    keys = new KeyLookup(db, actors);
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  void the_key_of_an_actor_that_lists_it_is_found_once_and_then_known() {
    var fay = honest.person("fay");
    var id = fay.get("id").asText();
    assertEquals(honest.pair(id).getPublic(), keys.find(id + "#main-key", false).key());
    var requests = honest.asked().size();
    assertEquals(id, new KeyLookup(db, actors).find(id + "#main-key", false).owner().uri());
    assertEquals(requests, honest.asked().size());
  }

  @Test
  void a_key_on_one_host_that_names_an_owner_on_another_is_refused() {
    var victim = honest.person("victim").get("id").asText();
    var key = evil.person("mallory");
    ((ObjectNode) key.get("publicKey")).put("owner", victim);
    evil.put(key);
    assertEquals(Reason.NOT_THE_OWNERS, refusal(key.get("id").asText() + "#main-key"));
  }

  @Test
  void a_neighbour_on_the_same_host_cannot_name_an_owner_that_does_not_list_the_key() {
    var victim = honest.person("victim").get("id").asText();
    var key = honest.person("mallory");
    ((ObjectNode) key.get("publicKey")).put("owner", victim);
    honest.put(key);
    assertEquals(Reason.NOT_THE_OWNERS, refusal(key.get("id").asText() + "#main-key"));
  }

  @Test
  void a_document_that_claims_an_id_on_another_host_gives_no_key() {
    var document = honest.person("victim").deepCopy();
    document.set(
        "publicKey",
        document.objectNode().put("id", evil.at("/key")).put("owner", honest.at("/users/victim")));
    evil.put("/key", document);
    assertEquals(Reason.NO_SUCH_KEY, refusal(evil.at("/key")));
  }

  @Test
  void a_key_document_at_a_path_counts_when_its_owner_lists_it() {
    var fay = honest.person("fay");
    var id = fay.get("id").asText();
    var stub = fay.objectNode().put("id", id).put("type", "Person");
    var entry = ((ObjectNode) fay.get("publicKey")).put("id", id + "/main-key");
    stub.set("publicKey", entry);
    honest.put(fay);
    honest.put("/users/fay/main-key", stub);
    assertEquals(id, keys.find(id + "/main-key", false).owner().uri());
    assertEquals(id + "/inbox", actors.resolve(id, Budget.perActivity()).inbox());
  }

  @Test
  void a_bare_actor_address_stands_for_its_key() {
    var id = honest.person("fay").get("id").asText();
    assertEquals(honest.pair(id).getPublic(), keys.find(id, false).key());
  }

  @Test
  void our_own_keys_and_other_schemes_are_never_looked_up() {
    assertEquals(Reason.BAD_KEY_ID, refusal("https://fleurs.example/actor#main-key"));
    assertEquals(Reason.BAD_KEY_ID, refusal("acct:fay@" + honest.host()));
  }

  @Test
  void a_refused_key_is_not_asked_for_again_and_a_fresh_one_not_refetched() {
    assertEquals(Reason.GONE, refusal(honest.at("/users/nobody#main-key")));
    var requests = honest.asked().size();
    assertEquals(Reason.GONE, refusal(honest.at("/users/nobody#main-key")));
    assertEquals(requests, honest.asked().size());
    var id = honest.person("fay").get("id").asText();
    var unused = keys.find(id + "#main-key", false);
    var e = assertThrows(KeyRefused.class, () -> keys.find(id + "#main-key", true));
    assertEquals(Reason.ALREADY_FRESH, e.reason());
  }

  @Test
  void a_new_key_is_fetched_when_the_old_one_was_seen_long_ago() {
    var id = honest.person("fay").get("id").asText();
    var unused = keys.find(id + "#main-key", false);
    var aged = db.update("update actor_key set fetched_at = now() - interval '10 minutes'");
    honest.rotate(id);
    unused = keys.find(id + "#main-key", false);
    honest.person("fay");
    var fresh = new KeyLookup(db, actors).find(id + "#main-key", true);
    assertEquals(honest.pair(id).getPublic(), fresh.key());
    assertEquals(true, aged > 0);
  }

  @Test
  void an_ed25519_multikey_is_found_for_a_proof() {
    var fay = honest.person("fay");
    var id = fay.get("id").asText();
    var pair = Keys.ed25519();
    fay.putArray("assertionMethod")
        .addObject()
        .put("id", id + "#ed25519-key")
        .put("type", "Multikey")
        .put("controller", id)
        .put("publicKeyMultibase", Keys.toMultikey(pair.getPublic()));
    honest.put(fay);
    assertEquals(pair.getPublic(), keys.proofKey(id + "#ed25519-key").key());
    assertThrows(KeyRefused.class, () -> keys.proofKey(id + "#main-key"));
  }

  @Test
  void a_handle_counts_only_when_its_actor_goes_by_it() {
    var id = honest.person("fay").get("id").asText();
    assertEquals(id, actors.byHandle("@fay@" + honest.host(), Budget.perActivity()).uri());
    evil.webFinger("fay", id);
    var e =
        assertThrows(
            FetchProblem.class, () -> actors.byHandle("@fay@" + evil.host(), Budget.perActivity()));
    assertEquals(FetchProblem.Reason.WRONG_ID, e.reason());
    evil.webFinger("nour", "https://fleurs.example/actor");
    assertThrows(
        FetchProblem.class, () -> actors.byHandle("nour@" + evil.host(), Budget.perActivity()));
    assertEquals(actors.relay(), actors.byHandle("@relay@fleurs.example", Budget.perActivity()));
  }

  private Reason refusal(String keyId) {
    return assertThrows(KeyRefused.class, () -> keys.find(keyId, false)).reason();
  }
}
