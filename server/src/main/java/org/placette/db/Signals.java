package org.placette.db;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.pubsub.PgSubscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Short words about what was committed, from every process on this database to every other
 * (PostgreSQL's NOTIFY), for those who watch things happen. They are no record: what is said while
 * a connection is away, or just before a process is killed, is lost.
 *
 * <p>Words of one moment go together, outside of the transactions that they are about: NOTIFY makes
 * commits wait for one another. While nobody can hear them nothing is sent at all.
 */
public final class Signals implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Signals.class.getName());
  private static final String CHANNEL = "placette";

  /** PostgreSQL takes payloads below 8,000 bytes. */
  private static final int LONGEST = 7_000;

  private static final int MOST_WAITING = 10_000;
  private static final long PAUSE_MILLIS = 20;

  /**
   * Something that happened.
   *
   * @param kind a short word
   * @param id what it happened to
   * @param about whatever else listeners must know; without blanks; may be empty
   */
  public record Signal(String kind, long id, String about) {

    private String text() {
      return kind + ":" + id + ":" + about;
    }

    private static @Nullable Signal parse(String text) {
      var parts = text.split(":", 3);
      if (parts.length != 3) return null;
      try {
        return new Signal(parts[0], Long.parseLong(parts[1]), parts[2]);
      } catch (NumberFormatException e) {
        return null;
      }
    }
  }

  private final Vertx vertx;
  private final PgConnectOptions connect;
  private final Sql sql;
  private final Queue<String> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final AtomicBoolean sending = new AtomicBoolean();
  private final List<Consumer<List<Signal>>> listeners = new CopyOnWriteArrayList<>();
  private volatile BooleanSupplier heard = () -> false;
  private @Nullable PgSubscriber subscriber;

  Signals(Vertx vertx, PgConnectOptions connect, Sql sql) {
    this.vertx = vertx;
    this.connect = connect;
    this.sql = sql;
  }

  /** Says when somebody, here or in another process, may be listening; nobody until then. */
  public void whileHeard(BooleanSupplier given) {
    heard = given;
  }

  /** Hears everything from now on, in order; the listener must not wait for long. */
  public void listen(Consumer<List<Signal>> listener) {
    listeners.add(listener);
    if (subscriber != null) return;
    var created = PgSubscriber.subscriber(vertx, connect);
    subscriber = created;
    created.reconnectPolicy(retries -> Math.min(5_000L, 100L * (retries + 1)));
    created.channel(CHANNEL).handler(this::arrived);
    created
        .connect()
        .onFailure(e -> LOG.log(Level.WARNING, "Nothing is heard: {0}", e.getMessage()));
  }

  private void arrived(String payload) {
    List<Signal> all = new ArrayList<>();
    for (var word : payload.split(" ")) {
      var signal = Signal.parse(word);
      if (signal != null) all.add(signal);
    }
    for (var listener : listeners) {
      try {
        listener.accept(all);
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "A listener failed", e);
      }
    }
  }

  /** Says something to every process, soon. */
  public void send(Signal signal) {
    if (!heard.getAsBoolean() || size.get() > MOST_WAITING) return;
    waiting.add(signal.text());
    size.incrementAndGet();
    if (sending.compareAndSet(false, true)) Thread.startVirtualThread(this::flush);
  }

  private void flush() {
    try {
      for (var payload = next(); !payload.isEmpty(); payload = next()) {
        var unused = sql.run("select pg_notify($1, $2)", CHANNEL, payload);
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.log(Level.FINE, "Signals were lost", e);
    } finally {
      sending.set(false);
    }
    if (!waiting.isEmpty() && sending.compareAndSet(false, true))
      Thread.startVirtualThread(this::flush);
  }

  private String next() {
    var payload = new StringBuilder();
    while (payload.length() < LONGEST) {
      var word = waiting.poll();
      if (word == null) break;
      size.decrementAndGet();
      if (!payload.isEmpty()) payload.append(' ');
      payload.append(word);
    }
    return payload.toString();
  }

  @Override
  public void close() {
    heard = () -> false;
    var open = subscriber;
    if (open != null) open.close();
  }
}
