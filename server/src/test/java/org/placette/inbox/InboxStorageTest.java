package org.placette.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.db.Database;
import org.placette.db.Db;
import org.placette.db.Migrations;
import org.placette.db.Postgres;
import org.placette.inbox.ActivityHandler.Kind;
import org.placette.testing.FakeInstance;
import org.placette.testing.PgExtension;
import org.placette.testing.TestDatabases;

/** 202 means stored, whatever happens afterwards. */
@ExtendWith(PgExtension.class)
class InboxStorageTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  // One key ring for all, because the actors outlive each test.
  @TempDir private static Path data;

  private static RawPost create(InboxServer server, FakeInstance peer, String actor, int number) {
    var note = actor + "/notes/" + number;
    var activity = JSON.createObjectNode().put("id", note + "/activity").put("type", "Create");
    activity.put("actor", actor).putObject("object").put("id", note).put("type", "Note");
    var body = activity.toString().getBytes(StandardCharsets.UTF_8);
    return RawPost.signed(server.port, "/inbox", body, peer.signingKey(actor));
  }

  @Test
  void nobody_is_answered_before_the_commit(Db db, Database database) throws Exception {
    var vertx = Vertx.vertx();
    try (var server = new InboxServer(db, data, Duration.ofSeconds(15));
        var other = Db.open(vertx, database, 1);
        var peer = new FakeInstance(vertx)) {
      server.start(1, new Noting(db, new Kind("Create", "*")));
      var fay = peer.person("fay").get("id").asText();
      var first = create(server, peer, fay, 0).send();
      assertEquals(202, first.status(), server.inbox.refusals().counts() + first.body());
      var answer = new CompletableFuture<RawPost.Answer>();
      other.transact(
          tx -> {
            tx.run("lock table inbox_seen in exclusive mode");
            Thread.ofVirtual().start(() -> answer.complete(create(server, peer, fay, 1).send()));
            sleep(700);
            assertFalse(answer.isDone());
          });
      assertEquals(202, answer.get().status(), answer.get().body());
    }
    vertx.close().await();
  }

  @Test
  void rows_of_a_killed_process_have_their_effect_in_another_and_once(Db db) {
    db.run("truncate inbox, inbox_seen");
    var noting = new Noting(db, new Kind("Create", "*"));
    var killed = UUID.randomUUID();
    try (var server = new InboxServer(db, data, Duration.ofSeconds(4));
        var peer = new FakeInstance(server.vertx)) {
      var fay = peer.person("fay").get("id").asText();
      // A first process takes 20 activities in, and is gone before it processes them.
      db.update("insert into process values ($1, now() + interval '2 seconds')", killed);
      server.inbox.writeOnly();
      server.listen(1);
      for (int i = 0; i < 20; i++) {
        assertEquals(202, create(server, peer, fay, i).send().status());
      }
      db.update("update inbox set holder = $1", killed);
      server.dispatch.handlers(List.of(noting));
      server.inbox.worker().start();
      InboxScene.eventually(() -> count(db, "inbox") == 0);
      assertEquals(20, count(db, "noted"));
    }
  }

  @Test
  void an_activity_that_was_stored_although_its_sender_was_told_otherwise_has_its_effect(Db db) {
    db.run("truncate inbox, inbox_seen");
    var noting = new Noting(db, new Kind("Create", "*"));
    db.run("truncate noted");
    try (var server = new InboxServer(db, data, Duration.ofSeconds(15));
        var peer = new FakeInstance(server.vertx)) {
      var fay = peer.person("fay").get("id").asText();
      server.inbox.writeOnly();
      server.listen(1);
      assertEquals(202, create(server, peer, fay, 1).send().status());
      // As it is when the connection is lost between the commit and its answer: in nobody's hand.
      db.update("update inbox set holder = $1", server.presence.id());
      server.inbox.worker().claims().drop(db.list("select id from inbox", row -> row.getLong(0)));
      server.dispatch.handlers(List.of(noting));
      server.inbox.worker().claims().doubt();
      server.inbox.worker().start();
      InboxScene.eventually(() -> count(db, "inbox") == 0);
      assertEquals(1, count(db, "noted"));
    }
  }

  @Test
  void nothing_is_lost_or_doubled_when_postgresql_is_killed_and_nothing_taken_when_it_is_stopped(
      @TempDir Path own) throws Exception {
    var vertx = Vertx.vertx();
    var home = Files.createDirectory(own.resolve("postgresql"));
    var postgres = Postgres.start(home, TestDatabases.programs(), Map.of());
    var db = Db.open(vertx, postgres.database(), 6);
    Migrations.run(db, postgres.database());
    try (var server = new InboxServer(db, own, Duration.ofSeconds(15));
        var peer = new FakeInstance(vertx);
        var senders = Executors.newFixedThreadPool(8)) {
      server.start(1, new Noting(db, new Kind("Create", "*")));
      var fay = peer.person("fay").get("id").asText();
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        int number = i;
        answers.add(senders.submit(() -> create(server, peer, fay, number).send().status()));
        if (i == 200) {
          assertEquals(202, answers.get(20).get());
          ProcessHandle.of(postgres.pid()).orElseThrow().destroyForcibly();
        }
      }
      var taken = new TreeSet<String>();
      for (int i = 0; i < 400; i++) {
        int status = answers.get(i).get();
        assertTrue(status == 202 || status == 503, "answered " + status);
        if (status == 202) taken.add(fay + "/notes/" + i);
      }
      InboxScene.eventually(() -> count(db, "inbox") == 0);
      var noted = db.list("select object from noted", row -> row.getString(0));
      assertEquals(noted.size(), new TreeSet<>(noted).size(), "something came twice");
      assertTrue(new TreeSet<>(noted).containsAll(taken), "something was lost");

      postgres.close();
      var refused = create(server, peer, fay, 1_000).send();
      assertEquals(503, refused.status());
      assertEquals("5", refused.headers().get("retry-after"));
    } finally {
      postgres.close();
    }
    vertx.close().await();
  }

  private static long count(Db db, String table) {
    var count = db.one("select count(*) from " + table, row -> row.getLong(0));
    return count == null ? 0 : count;
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
