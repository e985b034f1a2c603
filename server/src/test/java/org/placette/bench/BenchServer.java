package org.placette.bench;

import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.db.Migrations;
import org.placette.db.Postgres;
import org.placette.inbox.ActivityHandler;
import org.placette.inbox.Effect;
import org.placette.inbox.InboxServer;
import org.placette.inbox.Received;

/**
 * A server that is all inbox, on its own PostgreSQL with durable settings, whose one feature stores
 * a post as cheaply as that can be done: what the way in costs by itself. Prints its inbox address
 * and how to count what it stored; stops when its input ends.
 */
final class BenchServer {

  private BenchServer() {}

  public static void main(String[] args) throws Exception {
    Logger.getLogger("org.placette.inbox.Refusals").setLevel(Level.WARNING);
    var data = Files.createTempDirectory("placette-bench-");
    var programs = Path.of(args.length > 0 ? args[0] : "target/postgresql").toAbsolutePath();
    int instances = args.length > 1 ? Integer.parseInt(args[1]) : 1;
    var vertx = Vertx.vertx();
    try (var postgres =
        Postgres.start(Files.createDirectory(data.resolve("postgresql")), programs, Map.of())) {
      var db = Db.open(vertx, postgres.database(), 8);
      Migrations.run(db, postgres.database());
      try (var server = new InboxServer(db, data, Duration.ofSeconds(15))) {
        server.start(instances, new Storing());
        var village = server.actors.village().uri();
        System.out.printf("inbox %s/inbox%nrecipient %s%n", village, village);
        System.out.printf(
            "database postgresql://%s:%s@127.0.0.1:%d/%s%n",
            postgres.database().user(),
            postgres.database().password(),
            postgres.database().port(),
            postgres.database().name());
        while (System.in.read() >= 0) continue;
      }
      db.close();
    }
    vertx.close().await();
  }

  private static final class Storing implements ActivityHandler {

    @Override
    public Set<Kind> kinds() {
      return Set.of(new Kind("Create", "*"));
    }

    @Override
    public Effect verify(Received received) {
      var note = received.object();
      return tx -> {
        var id = Ids.next();
        tx.update(
            """
            insert into post (id, uri, type, actor_id, content, visibility, root_id, published)
            values ($1, $2, 'Note', $3, $4, 'public', $1, $5) on conflict do nothing
            """,
            id,
            note.id(),
            received.actor().id(),
            note.text("content"),
            received.at());
      };
    }
  }
}
