package org.placette.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.placette.DrivenVillage;
import org.placette.config.Settings;
import org.placette.db.Database;
import org.placette.db.Db;
import org.placette.testing.PgExtension;
import org.placette.testing.Ports;
import org.placette.testing.TestDatabases;

/** The server and a real foreign one on loopback; docs/interop.md tells of more such peers. */
@ExtendWith(PgExtension.class)
class FedifyPeerTest {

  private static final Path SKIPPED = Path.of("target", "no-fedify");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path data;

  @BeforeAll
  static void look() throws IOException {
    Files.deleteIfExists(SKIPPED);
    if (FedifyPeer.installed().isPresent()) return;
    var why = "Tests with a Fedify server were skipped: see server/src/test/interop/fedify.\n";
    Files.writeString(SKIPPED, why);
    Assumptions.abort(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rfc9421", "cavage"})
  void follows_notes_replies_likes_edits_deletions_and_events_go_both_ways(
      String knock, TestDatabases databases) throws IOException {
    Database database = databases.fresh();
    var vertx = Vertx.vertx();
    try (var db = Db.open(vertx, database, 6);
        var village = new DrivenVillage(vertx, db, settings(), 0);
        var peer = new FedifyPeer(FedifyPeer.installed().orElseThrow(), knock)) {
      talk(village.controlUrl(), peer);
    } finally {
      vertx.close().await();
      databases.drop(database);
    }
  }

  private Settings settings() {
    var address = "127.0.0.1:" + Ports.free();
    return Settings.load(
        Map.of(
            "PLACETTE_DOMAIN",
            address,
            "PLACETTE_LISTEN",
            address,
            "PLACETTE_DATA",
            data.toString(),
            "PLACETTE_ALLOW_PRIVATE",
            "127.0.0.0/8"),
        null);
  }

  private static void talk(String control, FedifyPeer peer) throws IOException {
    var nour = FedifyPeer.ask(control, "state", "{}").path("actor").asText();
    var agenda = FedifyPeer.ask(control, "state", "{'as':'agenda'}").path("actor").asText();
    var unused = peer.ask("follow", "{'actor':'%s'}".formatted(nour));
    unused = peer.ask("follow", "{'actor':'%s'}".formatted(agenda));
    until(peer, "state", state -> accepted(state, nour) && accepted(state, agenda));
    unused = FedifyPeer.ask(control, "follow", "{'actor':'%s'}".formatted(peer.actor()));
    stored(control, "following", peer.actor() + " accepted");

    var note = FedifyPeer.ask(control, "note", "{'content':'Bonjour'}").asText();
    received(peer, "Create", note);
    var reply =
        peer.ask("note", "{'content':'<p>Salut</p>','inReplyTo':'%s'}".formatted(note))
            .path("object")
            .asText();
    unused = peer.ask("like", "{'object':'%s'}".formatted(note));
    unused = peer.ask("announce", "{'object':'%s'}".formatted(note));
    stored(control, "posts", reply);
    stored(control, "likes", peer.actor() + " " + note);
    stored(control, "announces", peer.actor() + " " + note);
    unused = peer.ask("update", "{'object':'%s','content':'<p>Re-salut</p>'}".formatted(reply));
    stored(control, "posts", "Re-salut");
    unused = FedifyPeer.ask(control, "like", "{'object':'%s'}".formatted(reply));
    received(peer, "Like", reply);
    unused = peer.ask("delete", "{'object':'%s'}".formatted(reply));
    stored(control, "tombstones", reply);

    var event = FedifyPeer.ask(control, "event", "{'as':'agenda','name':'Repas de rue'}").asText();
    until(peer, "log", log -> log.toString().contains("Je ne viens pas"));
    unused = FedifyPeer.ask(control, "cancel", "{'as':'agenda','object':'%s'}".formatted(event));
    until(peer, "log", log -> log.toString().contains("Annulé : Repas de rue"));
    everythingVerified(peer.ask("log", "{}"));
  }

  private static void everythingVerified(JsonNode log) {
    var seen = 0;
    for (var record : log) {
      if (!record.path("event").asText().equals("inbox")) continue;
      assertEquals("valid", record.path("signature").asText(), record.toString());
      assertTrue(!record.path("proof").asText().equals("invalid"), record.toString());
      seen++;
    }
    assertTrue(seen >= 7, "deliveries: " + seen);
  }

  private static boolean accepted(JsonNode state, String actor) {
    return state.path("following").path(actor).path("accepted").asBoolean();
  }

  private static void received(FedifyPeer peer, String type, String object) throws IOException {
    until(
        peer,
        "log",
        log -> {
          for (var record : log) {
            if (record.path("event").asText().equals("received")
                && record.path("type").asText().equals(type)
                && record.path("object").toString().contains(object)) return true;
          }
          return false;
        });
  }

  private static void stored(String control, String what, String words) throws IOException {
    var deadline = Instant.now().plus(PATIENCE);
    while (true) {
      var rows = FedifyPeer.ask(control, "state", "{}").path(what).toString();
      if (rows.contains(words)) return;
      assertTrue(Instant.now().isBefore(deadline), words + " is not in " + rows);
      pause();
    }
  }

  private static void until(FedifyPeer peer, String verb, Predicate<JsonNode> condition)
      throws IOException {
    var deadline = Instant.now().plus(PATIENCE);
    while (true) {
      var answer = peer.ask(verb, "{}");
      if (condition.test(answer)) return;
      assertTrue(Instant.now().isBefore(deadline), answer.toString());
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
