package org.placette.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.db.Db;
import org.placette.inbox.ActivityHandler.Kind;
import org.placette.testing.Eventually;
import org.placette.testing.FakeInstance;
import org.placette.testing.PgExtension;

/** An inbox over HTTP, an honest server and an evil one: what tests of it share. */
@ExtendWith(PgExtension.class)
abstract class InboxScene {

  static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path data;
  static InboxServer server;
  static Noting noting;
  Map<String, Long> refusedBefore = Map.of();
  FakeInstance honest;
  FakeInstance evil;
  String fay;
  Db db;

  @BeforeAll
  static void start(Db db) {
    server = new InboxServer(db, data, Duration.ofSeconds(30));
    noting = new Noting(db, new Kind("Create", "*"), new Kind("Update", "*"), new Kind("Like", ""));
    server.start(1, noting);
    server.person("rose");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void neighbours(Db given) {
    db = given;
    db.run("truncate inbox, inbox_seen, undone, noted");
    noting.before = received -> {};
    server.blocked.clear();
    refusedBefore = server.inbox.refusals().counts();
    honest = new FakeInstance(server.vertx);
    evil = new FakeInstance(server.vertx);
    fay = honest.person("fay").get("id").asText();
  }

  @AfterEach
  void leave() {
    honest.close();
    evil.close();
  }

  ObjectNode create(String actor, String note, String words) {
    var activity = JSON.createObjectNode();
    activity.put("@context", "https://www.w3.org/ns/activitystreams");
    activity.put("id", note + "/activity").put("type", "Create").put("actor", actor);
    activity
        .putObject("object")
        .put("id", note)
        .put("type", "Note")
        .put("attributedTo", actor)
        .put("content", words);
    return activity;
  }

  static byte[] bytes(Object document) {
    return document.toString().getBytes(StandardCharsets.UTF_8);
  }

  RawPost post(ObjectNode activity) {
    return RawPost.signed(server.port, "/inbox", bytes(activity), honest.signingKey(fay));
  }

  List<String> noted() {
    return db.list("select type || ' ' || object from noted order by n", row -> row.getString(0));
  }

  long rows() {
    var count = db.one("select count(*) from inbox", row -> row.getLong(0));
    return count == null ? 0 : count;
  }

  void processed() {
    eventually(() -> rows() == 0);
  }

  static void eventually(BooleanSupplier what) {
    Eventually.holds("what the test waits for", what::getAsBoolean);
  }

  void refused(int status, String reason, RawPost.Answer answer) {
    assertEquals(status, answer.status(), answer.body());
    var before = refusedBefore.getOrDefault(reason, 0L);
    assertEquals(before + 1, server.inbox.refusals().counts().getOrDefault(reason, 0L), reason);
    assertEquals(0, rows());
    assertTrue(answer.body().contains("\"error\""), answer.body());
  }

  static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
