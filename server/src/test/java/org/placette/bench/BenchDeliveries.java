package org.placette.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.placette.actor.Actors;
import org.placette.actor.KeyRing;
import org.placette.actor.Urls;
import org.placette.db.Db;
import org.placette.db.Migrations;
import org.placette.db.Postgres;
import org.placette.db.Presence;
import org.placette.federation.fetch.Dereferencer;
import org.placette.federation.fetch.GuardedHttp;
import org.placette.federation.fetch.SignedHttp;
import org.placette.federation.fetch.WebFinger;
import org.placette.federation.vocab.AsObject;
import org.placette.outbox.DeliveryWorker;
import org.placette.outbox.Outbox;
import org.placette.outbox.Target;
import org.placette.testing.FakeInstance;

/**
 * Sends activities to many hosts (see sink.mjs) and prints how long the deliveries took. Arguments:
 * folder of PostgreSQL's programs, port, hosts, activities, rounds, how many of the hosts never
 * answer.
 */
final class BenchDeliveries {

  private BenchDeliveries() {}

  public static void main(String[] args) throws Exception {
    var programs = Path.of(args[0]).toAbsolutePath();
    int port = Integer.parseInt(args[1]);
    int hosts = Integer.parseInt(args[2]);
    int activities = Integer.parseInt(args[3]);
    int rounds = Integer.parseInt(args[4]);
    int dead = args.length > 5 ? Integer.parseInt(args[5]) : 0;
    var data = Files.createTempDirectory("placette-bench-");
    var vertx = Vertx.vertx();
    try (var postgres =
        Postgres.start(Files.createDirectory(data.resolve("postgresql")), programs, Map.of())) {
      var db = Db.open(vertx, postgres.database(), 8);
      Migrations.run(db, postgres.database());
      var http = new GuardedHttp(vertx, FakeInstance.rules());
      var signed = new SignedHttp(http);
      var urls = new Urls("https", "fleurs.example");
      var documents = new Dereferencer(signed);
      var actors = new Actors(vertx, db, urls, KeyRing.open(data), documents, new WebFinger(http));
      actors.found("Fleurs");
      var presence = Presence.start(db, List.of("inbox", "delivery"));
      var worker = new DeliveryWorker(db, presence, actors, signed, host -> false, 16);
      var outbox = new Outbox(db, actors, host -> false, worker::wake);
      worker.start();
      List<Target> targets = new ArrayList<>();
      for (int i = 0; i < hosts; i++) {
        targets.add(
            Target.of("http://127.0.%d.%d:%d/inbox".formatted(1 + i / 250, 1 + i % 250, port)));
      }
      for (int round = 0; round < rounds; round++) {
        long start = System.nanoTime();
        for (int i = 0; i < activities; i++) send(db, actors, outbox, targets);
        long queued = System.nanoTime();
        long end = (long) (hosts - dead) * activities * (round + 1);
        while (worker.counts().getOrDefault("DELIVERED", 0L) < end) Thread.sleep(20);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
            "{\"deliveries\": %d, \"enqueue_s\": %.2f, \"seconds\": %.2f, \"per_s\": %.0f}%n",
            hosts * activities,
            (queued - start) / 1e9,
            seconds,
            (hosts - dead) * activities / seconds);
      }
      worker.close();
      presence.close();
      db.close();
    }
    vertx.close().await();
  }

  private static void send(Db db, Actors actors, Outbox outbox, List<Target> targets) {
    var activity = new ObjectMapper().createObjectNode().put("type", "Create");
    activity.putArray("to").add(AsObject.PUBLIC);
    var id = actors.urls().post(org.placette.db.Ids.next());
    activity
        .putObject("object")
        .put("id", id)
        .put("type", "Note")
        .put("attributedTo", actors.village().uri())
        .put("content", "<p>La bibliothèque de rue rouvre samedi à dix heures.</p>");
    db.transact(
        tx -> {
          var unused = outbox.send(tx, actors.village(), activity, targets);
        });
  }
}
