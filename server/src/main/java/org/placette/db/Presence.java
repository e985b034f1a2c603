package org.placette.db;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tells the other processes on this database that this one is alive. A row that a process works on
 * bears its {@link #id}; when the process is killed its presence ends within {@link #LEASE}, and
 * any other process may take the row. One small row is renewed, never the held rows themselves.
 */
public final class Presence implements AutoCloseable {

  /** How long rows of a killed process stay with it, at most. */
  public static final Duration LEASE = Duration.ofSeconds(15);

  private static final Logger LOG = Logger.getLogger(Presence.class.getName());

  private final Db db;
  private final List<String> tables;
  private final UUID id = UUID.randomUUID();
  private final Duration lease;
  private volatile boolean alone;
  private volatile boolean closed;
  private @Nullable Thread beat;

  /** Why the table exists: each process tends its own row, and those of the dead. */
  public static List<Retention.Table> retention() {
    return List.of(Retention.Table.owned("process", "retention.process"));
  }

  private Presence(Db db, List<String> tables, Duration lease) {
    this.db = db;
    this.tables = List.copyOf(tables);
    this.lease = lease;
  }

  /**
   * Announces this process and keeps doing so until closed.
   *
   * @param tables those with a column {@code holder}, whose rows are freed when their holder dies
   */
  public static Presence start(Db db, List<String> tables) {
    return start(db, tables, LEASE);
  }

  /** The same with a lease of another length, for tests. */
  public static Presence start(Db db, List<String> tables, Duration lease) {
    var presence = new Presence(db, tables, lease);
    presence.renew();
    presence.beat = Thread.ofVirtual().name("presence").start(presence::keep);
    return presence;
  }

  /** What held rows bear. */
  public UUID id() {
    return id;
  }

  /** True while no other process works on this database. */
  public boolean isAlone() {
    return alone;
  }

  private void keep() {
    while (!closed) {
      try {
        Thread.sleep(lease.dividedBy(4));
        if (!closed) renew();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "This process cannot announce itself: {0}", e.getMessage());
      }
    }
  }

  /**
   * For a process that alone may work on its database, because it holds the data folder: whatever
   * others hold was left by killed ones and is free at once.
   */
  public static Presence startAlone(Db db, List<String> tables) {
    db.transact(
        tx -> {
          tx.update("delete from process");
          for (var table : tables) {
            tx.update("update %s set holder = null where holder is not null".formatted(table));
          }
        });
    return start(db, tables);
  }

  private void renew() {
    db.update(
        """
        insert into process (id, alive_until) values ($1, now() + $2 * interval '1 ms')
        on conflict (id) do update set alive_until = excluded.alive_until
        """,
        id,
        lease.toMillis());
    var others =
        db.list(
            "select id, alive_until > now() from process where id <> $1",
            row -> new Other(row.getUUID(0), row.getBoolean(1)),
            id);
    alone = others.isEmpty();
    if (others.stream().anyMatch(other -> !other.alive())) db.transact(this::bury);
  }

  private record Other(UUID id, boolean alive) {}

  /** Frees what the dead held, together with their names, so that it happens once. */
  private void bury(Tx tx) {
    var dead =
        tx.list(
            """
            delete from process where id in (
              select id from process where alive_until < now() for update skip locked)
            returning id
            """,
            row -> row.getUUID(0));
    if (dead.isEmpty()) return;
    free(tx, dead.toArray(UUID[]::new));
    LOG.log(Level.INFO, "Took over the work of {0} ended processes", dead.size());
  }

  private void free(Tx tx, UUID[] holders) {
    for (var table : tables) {
      tx.update(
          "update %s set holder = null where holder = any($1)".formatted(table), (Object) holders);
    }
  }

  /** Ends the presence at once; what this process still holds is free for others. */
  @Override
  public void close() {
    closed = true;
    var thread = beat;
    if (thread != null) thread.interrupt();
    try {
      db.transact(
          tx -> {
            tx.update("delete from process where id = $1", id);
            free(tx, new UUID[] {id});
          });
    } catch (DbException e) {
      LOG.log(Level.FINE, "The presence ends by itself in a few seconds", e);
    }
  }
}
