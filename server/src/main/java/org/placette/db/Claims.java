package org.placette.db;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Claims rows of a table with a column {@code holder} for this process: again at once while there
 * are more, otherwise when woken, or after two seconds.
 *
 * <p>It knows which rows this process has in hand. A row that bears the process's {@link Presence}
 * and is not among them was stored or claimed by a statement whose answer was lost with its
 * connection, or its end was in a relaxed transaction that a crash of PostgreSQL took back. Nobody
 * would ever work on it, so it is freed within seconds. Thread-safe.
 */
public final class Claims implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Claims.class.getName());
  private static final Duration POLL = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Claims some rows. */
  @FunctionalInterface
  public interface Source {

    /**
     * @return true when there are probably more
     */
    boolean claim();
  }

  private final Db db;
  private final Presence presence;
  private final String table;
  private final Semaphore wakes = new Semaphore(0);
  private final Set<Long> held = ConcurrentHashMap.newKeySet();
  private volatile long lookAt = System.nanoTime() + LOOK_NANOS;
  private volatile boolean closed;
  private @Nullable Thread thread;

  /**
   * @param table whose rows bear {@code holder} and {@code id}, and are listed by the presence
   */
  public Claims(Db db, Presence presence, String table) {
    this.db = db;
    this.presence = presence;
    this.table = table;
  }

  /** Starts to claim. */
  public void start(Source source) {
    thread = Thread.ofVirtual().name(table + "-claim").start(() -> loop(source));
  }

  /** Says that there may be rows to claim. */
  public void wake() {
    if (wakes.availablePermits() == 0) wakes.release();
  }

  /**
   * Says that this process has rows in hand: before it stores them, or when it has claimed them.
   */
  public void hold(Collection<Long> ids) {
    held.addAll(ids);
  }

  /** Says that it has them no more: they are done, given back, or were not stored after all. */
  public void drop(Collection<Long> ids) {
    for (var id : ids) held.remove(id);
  }

  /** Says that a statement failed that may yet have stored or claimed rows for this process. */
  public void doubt() {
    lookAt = System.nanoTime();
    wake();
  }

  private void loop(Source source) {
    while (!closed) {
      try {
        if (lookAt - System.nanoTime() <= 0) freeForgotten();
        if (source.claim()) continue;
        if (wakes.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)) wakes.drainPermits();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "{0} cannot be read: {1}", new Object[] {table, e.getMessage()});
        doubt();
        pause();
      }
    }
  }

  private void freeForgotten() {
    var freed =
        db.update(
            "update %s set holder = null where holder = $1 and id <> all($2)".formatted(table),
            presence.id(),
            held.toArray(Long[]::new));
    lookAt = System.nanoTime() + LOOK_NANOS;
    if (freed > 0)
      LOG.log(Level.INFO, "{0} rows of {1} are free again", new Object[] {freed, table});
  }

  /** Waits a second, for a database that is away. */
  public static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    var running = thread;
    if (running != null) running.interrupt();
  }
}
