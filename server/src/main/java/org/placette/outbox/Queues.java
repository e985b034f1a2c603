package org.placette.outbox;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.audit.Audit;
import org.placette.db.Db;

/** What waits to be delivered, host by host, for those who look after the server. */
public final class Queues {

  private final Db db;
  private final Runnable wake;

  /**
   * @param wake called when something may be due
   */
  public Queues(Db db, Runnable wake) {
    this.db = db;
    this.wake = wake;
  }

  /**
   * What waits for one host.
   *
   * @param oldest when the oldest of it was written
   * @param error what the last failed attempt met, as the machine says it; null for none so far
   * @param next when it is tried next; may be past: then it is about to be
   * @param dead true when the host has failed on so many days that it is tried once a day
   */
  public record Queue(
      String host,
      long waiting,
      Instant oldest,
      @Nullable String error,
      Instant next,
      boolean dead) {}

  /** Hosts for which something waits, those with the most first. */
  public List<Queue> list(int limit) {
    return QueueStore.list(db, limit);
  }

  /** How much waits, over all hosts. */
  public long waiting() {
    return OutboxStore.waiting(db);
  }

  /**
   * Tries everything for a host at once.
   *
   * @param by who wants it
   * @return false when nothing waits
   */
  public boolean tryAgain(String host, long by) {
    var some =
        db.inTransaction(
            tx -> {
              var count = QueueStore.due(tx, host);
              if (count == 0) return false;
              QueueStore.endRest(tx, host);
              Audit.write(tx, by, "delivery.again", null, host + ": " + count, "");
              return true;
            });
    if (some) wake.run();
    return some;
  }

  /**
   * Gives up what waits for a host; what is on its way at this moment is left to its fate.
   *
   * @return how many deliveries there were
   */
  public int giveUp(String host, long by) {
    return db.inTransaction(
        tx -> {
          var count = QueueStore.remove(tx, host);
          if (count > 0) Audit.write(tx, by, "delivery.drop", null, host + ": " + count, "");
          return count;
        });
  }
}
