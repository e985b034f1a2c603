package org.placette.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.actor.KeyRing;
import org.placette.actor.Urls;
import org.placette.db.Db;
import org.placette.db.Presence;
import org.placette.federation.fetch.Dereferencer;
import org.placette.federation.fetch.GuardedHttp;
import org.placette.federation.fetch.NodeInfo;
import org.placette.federation.fetch.SignedHttp;
import org.placette.federation.fetch.WebFinger;
import org.placette.federation.vocab.AsObject;
import org.placette.testing.Eventually;
import org.placette.testing.FakeInstance;
import org.placette.testing.PgExtension;

/** What leaves this server, in what order, and what happens when it cannot. */
@ExtendWith(PgExtension.class)
class OutboxTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path data;
  private final Vertx vertx = Vertx.vertx();
  private final Set<String> blocked = ConcurrentHashMap.newKeySet();
  private Db db;
  private Actors actors;
  private Presence presence;
  private Outbox outbox;
  private DeliveryWorker worker;
  private Peers peers;
  private Sink sink;
  private Actor village;

  @BeforeEach
  void start(Db given) {
    db = given;
    db.run("truncate delivery, activity, peer, process, follow cascade");
    var http = new GuardedHttp(vertx, FakeInstance.rules());
    var signed = new SignedHttp(http);
    actors =
        new Actors(
            vertx,
            db,
            new Urls("https", "fleurs.example"),
            KeyRing.open(data),
            new Dereferencer(signed),
            new WebFinger(http));
    actors.found("Fleurs");
    village = actors.village();
    presence = Presence.start(db, List.of("inbox", "delivery"), Duration.ofSeconds(4));
    worker = new DeliveryWorker(db, presence, actors, signed, blocked::contains, 16);
    peers = new Peers(db, new NodeInfo(http), blocked::contains);
    outbox = new Outbox(db, actors, blocked::contains, worker::wake);
    sink = new Sink(vertx);
    worker.start();
  }

  @AfterEach
  void stop() {
    worker.close();
    peers.close();
    presence.close();
    vertx.close().await();
  }

  private ObjectNode note(String id, String type) {
    var activity = JSON.createObjectNode().put("type", type);
    activity.putArray("to").add(AsObject.PUBLIC);
    activity.putObject("object").put("id", actors.urls().at("/posts/" + id)).put("type", "Note");
    return activity;
  }

  private String send(ObjectNode activity, Target... targets) {
    return db.inTransaction(tx -> outbox.send(tx, village, activity, List.of(targets)));
  }

  private long waiting() {
    return worker.waiting();
  }

  private static void eventually(BooleanSupplier what) {
    Eventually.holds("what the test waits for", what::getAsBoolean);
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_public_activity_arrives_signed_once_per_inbox_with_the_senders_proof() {
    var id = send(note("1", "Create"), sink.shared(), sink.shared());
    eventually(() -> waiting() == 0);
    assertEquals(1, sink.taken.size());
    var taken = sink.taken.getFirst();
    assertEquals(id, taken.path("id").asText());
    assertEquals(village.uri(), taken.path("actor").asText());
    assertEquals(
        village.uri() + "#ed25519-key", taken.path("proof").path("verificationMethod").asText());
    var stored = outbox.activity(id);
    assertNotNull(stored);
    assertEquals(taken.toString(), stored.body());
    assertTrue(stored.isPublic());
    assertNull(outbox.activity(id + "0"));
  }

  @Test
  void nothing_is_delivered_to_ourselves_to_blocked_hosts_or_after_a_rollback() {
    blocked.add(sink.host());
    var own = Target.of(actors.urls().sharedInbox());
    send(note("1", "Create"), own, sink.shared());
    assertEquals(0, waiting());
    blocked.clear();
    try {
      db.transact(
          tx -> {
            outbox.send(tx, village, note("2", "Create"), List.of(sink.shared()));
            throw new IllegalStateException("rolled back");
          });
    } catch (IllegalStateException expected) {
      assertEquals("rolled back", expected.getMessage());
    }
    sleep(300);
    assertEquals(0, sink.asked.get());
  }

  @Test
  void what_is_about_one_object_arrives_in_order_and_waits_for_what_failed() {
    var failures = new java.util.concurrent.atomic.AtomicInteger(1);
    sink.answers =
        activity -> {
          var first = activity.path("object").path("id").asText().endsWith("/1");
          return Sink.Answer.of(first && failures.getAndDecrement() > 0 ? 500 : 202);
        };
    send(note("1", "Create"), sink.shared());
    send(note("1", "Update"), sink.shared());
    send(note("2", "Create"), sink.shared());
    eventually(() -> sink.taken.size() == 1);
    assertTrue(sink.objects().getFirst().endsWith("/posts/2"));
    eventually(() -> waiting() == 2);
    eventually(() -> count("tries = 1 and due > now() + interval '40 seconds'") == 1);
    db.update("update delivery set due = now()");
    worker.wake();
    eventually(() -> waiting() == 0);
    assertEquals(
        List.of("Create", "Create", "Update"),
        sink.taken.stream().map(a -> a.path("type").asText()).toList());
  }

  private long count(String where) {
    var found = db.one("select count(*) from delivery where " + where, row -> row.getLong(0));
    return found == null ? 0 : found;
  }

  @Test
  void at_most_two_are_under_way_to_one_host() {
    for (int i = 0; i < 30; i++) send(note("n" + i, "Create"), sink.shared());
    eventually(() -> waiting() == 0);
    assertEquals(30, sink.taken.size());
    assertTrue(sink.mostUnderWay.get() <= 2, "saw " + sink.mostUnderWay.get());
  }

  @Test
  void wordpress_is_sent_one_after_the_other() {
    db.update("insert into peer (host, software) values ($1, 'wordpress')", sink.host());
    for (int i = 0; i < 10; i++) send(note("n" + i, "Create"), sink.shared());
    eventually(() -> waiting() == 0);
    assertEquals(1, sink.mostUnderWay.get());
  }

  @Test
  void hosts_that_never_answer_do_not_delay_another() {
    List<Sink> silent = new java.util.ArrayList<>();
    for (int i = 0; i < 24; i++) {
      var dead = new Sink(vertx);
      dead.answers = activity -> Sink.Answer.of(0);
      silent.add(dead);
    }
    for (int i = 0; i < 12; i++) {
      for (var dead : silent) send(note("s" + i, "Create"), dead.shared());
    }
    eventually(() -> silent.stream().mapToInt(dead -> dead.asked.get()).sum() >= 16);
    for (int i = 0; i < 10; i++) send(note("t" + i, "Create"), sink.shared());
    eventually(() -> sink.taken.size() == 10);
    // Nobody had to be given up first.
    assertEquals(0, count("tries > 0"));
  }

  @Test
  void a_final_answer_ends_a_delivery_and_another_does_not() {
    for (int status : new int[] {410, 404, 403, 501, 422}) {
      sink.answers = activity -> Sink.Answer.of(status);
      send(note("1", "Create"), sink.shared());
      eventually(() -> waiting() == 0);
    }
    assertEquals(5L, worker.counts().get("REFUSED"));
    for (int status : new int[] {401, 408, 500}) {
      sink.answers = activity -> Sink.Answer.of(status);
      send(note("s" + status, "Create"), sink.shared());
    }
    eventually(() -> count("tries = 1 and due > now()") == 3);
  }

  @Test
  void a_tired_host_is_left_alone_for_as_long_as_it_asks() {
    sink.answers = activity -> new Sink.Answer(429, Map.of("Retry-After", "3600"));
    send(note("1", "Create"), sink.shared());
    eventually(() -> peer().retryAt() != null);
    var asked = sink.asked.get();
    send(note("2", "Create"), sink.shared());
    sleep(400);
    assertEquals(asked, sink.asked.get());
    var rest = Duration.between(java.time.Instant.now(), peer().retryAt());
    assertTrue(rest.toMinutes() >= 58 && rest.toMinutes() <= 60, rest.toString());
    // Only a delivery that succeeds ends it.
    sink.answers = activity -> Sink.Answer.of(202);
    db.update("update peer set retry_at = now()");
    db.update("update delivery set due = now()");
    worker.wake();
    eventually(() -> waiting() == 0);
    eventually(() -> peer().failures() == 0 && peer().retryAt() == null);
  }

  private Peer peer() {
    var peer = peers.peer(sink.host());
    return peer == null
        ? new Peer("", null, null, Receiver.MICROBLOG, false, null, null, 0, 0, null, null)
        : peer;
  }

  @Test
  void a_host_that_failed_on_seven_days_is_probed_daily_with_one_delivery() {
    db.update(
        "insert into peer (host, failures, failed_days, last_failed_day) values ($1, 9, 6,"
            + " current_date - 1)",
        sink.host());
    sink.answers = activity -> Sink.Answer.of(503);
    send(note("1", "Create"), sink.shared());
    eventually(() -> peer().isDead());
    var rest = Duration.between(java.time.Instant.now(), peer().retryAt());
    assertTrue(rest.toHours() >= 23, rest.toString());
    send(note("2", "Create"), sink.shared());
    assertEquals(1, waiting());
  }

  @Test
  void what_a_killed_process_held_is_delivered_by_another() {
    var dead = UUID.randomUUID();
    sink.answers = activity -> Sink.Answer.of(500);
    send(note("1", "Create"), sink.shared());
    eventually(() -> count("tries = 1") == 1);
    sink.answers = activity -> Sink.Answer.of(202);
    db.update("insert into process values ($1, now() + interval '1 hour')", dead);
    db.update("update delivery set holder = $1, due = now()", dead);
    worker.wake();
    sleep(300);
    assertEquals(1, waiting());
    db.update("update process set alive_until = now() where id = $1", dead);
    eventually(() -> waiting() == 0);
    assertEquals(1, sink.taken.size());
  }

  @Test
  void a_delivery_is_given_up_after_a_week() {
    sink.answers = activity -> Sink.Answer.of(500);
    send(note("1", "Create"), sink.shared());
    eventually(() -> count("tries = 1") == 1);
    db.update("update delivery set due = now(), published = now() - interval '8 days'");
    worker.wake();
    eventually(() -> waiting() == 0);
    assertEquals(1L, worker.counts().get("DROPPED"));
  }

  @Test
  void followers_are_reached_once_per_shared_inbox_and_told_by_what_they_run() {
    var targets = new Targets(peers);
    follower("a", "masto.example", "https://masto.example/inbox");
    follower("b", "masto.example", "https://masto.example/inbox");
    follower("c", "wp.example", "https://wp.example/inbox");
    follower("d", "mobilizon.example", null);
    db.update("insert into peer (host, software) values ('wp.example', 'wordpress')");
    db.update("insert into peer (host, software) values ('mobilizon.example', 'mobilizon')");
    peers.choose("masto.example", Receiver.FORUM);
    var found =
        db.inTransaction(tx -> targets.followersOf(tx, List.of(village.id()))).stream()
            .map(target -> target.inbox() + " " + target.receiver())
            .sorted()
            .toList();
    assertEquals(
        List.of(
            "https://masto.example/inbox FORUM",
            "https://mobilizon.example/d/inbox EVENT_AWARE",
            "https://wp.example/c/inbox WORDPRESS"),
        found);
  }

  private void follower(
      String name, String host, @org.jspecify.annotations.Nullable String shared) {
    var id = org.placette.db.Ids.next();
    var uri = "https://" + host + "/" + name;
    db.update(
        """
        insert into actor (id, uri, type, username, host, inbox, shared_inbox)
        values ($1, $2, 'Person', $3, $4, $5, $6)
        """,
        id,
        uri,
        name,
        host,
        uri + "/inbox",
        shared);
    db.update(
        """
        insert into follow (id, uri, actor_id, target_id, state) values ($1, $2, $3, $4, 'accepted')
        """,
        org.placette.db.Ids.next(),
        uri + "#follow",
        id,
        village.id());
  }

  @Test
  void waits_grow_from_a_minute_to_a_day_with_a_quarter_of_jitter() {
    var minutes =
        java.util.stream.IntStream.range(0, 9)
            .mapToObj(i -> Backoff.after(i, () -> 0.5).toMinutes())
            .toList();
    assertEquals(List.of(1L, 5L, 15L, 60L, 180L, 360L, 720L, 1440L, 1440L), minutes);
    assertEquals(Duration.ofSeconds(45), Backoff.after(0, () -> 0));
    assertEquals(Duration.ofSeconds(75), Backoff.after(0, () -> 1));
    assertEquals(Duration.ofDays(1), Backoff.asked(Duration.ofDays(30)));
  }
}
