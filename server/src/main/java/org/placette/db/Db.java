package org.placette.db;

import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The pool of connections. A statement run here stands alone; what must happen together goes
 * through {@link #inTransaction}. Safe for use from many threads and verticles.
 *
 * <p>While PostgreSQL restarts, calls wait for it for a few seconds instead of failing, and a read
 * that it died under is repeated.
 */
public final class Db implements Sql, AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Db.class.getName());
  private static final Set<String> NESTED = ConcurrentHashMap.newKeySet();
  private static final int ATTEMPTS = 4;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(8);

  private final Pool pool;
  private final Database database;

  private final Signals signals;

  private final AtomicLong writes = new AtomicLong();

  private final Sql unseen = new Unseen();

  /** Set where a transaction of this object is under way. */
  private final ThreadLocal<Boolean> inside = new ThreadLocal<>();

  private Db(Vertx vertx, Pool pool, Database database, PgConnectOptions connect) {
    this.pool = pool;
    this.database = database;
    this.signals = new Signals(vertx, connect, this);
  }

  /** Where it is, for what needs a connection of another kind. */
  public Database database() {
    return database;
  }

  /** What processes on this database tell one another. */
  public Signals signals() {
    return signals;
  }

  /**
   * Opens a pool; connections are made when first needed.
   *
   * @param size how many connections at most
   */
  public static Db open(Vertx vertx, Database database, int size) {
    var connect =
        new PgConnectOptions()
            .setHost(database.host())
            .setPort(database.port())
            .setDatabase(database.name())
            .setUser(database.user())
            .setPassword(database.password())
            .setSslMode(SslMode.of(database.sslMode()))
            .setCachePreparedStatements(true)
            .setPreparedStatementCacheMaxSize(512)
            .setPreparedStatementCacheSqlFilter(sql -> true)
            .setPipeliningLimit(64)
            .addProperty("application_name", "placette")
            .addProperty("statement_timeout", "60s")
            .addProperty("idle_in_transaction_session_timeout", "30s");
    if (!database.sslMode().equals("disable")) {
      var checked = database.sslMode().equals("verify-full");
      connect.setSslOptions(
          new ClientSSLOptions()
              .setTrustAll(!checked)
              .setHostnameVerificationAlgorithm(checked ? "HTTPS" : ""));
    }
    var options =
        new PoolOptions()
            .setMaxSize(size)
            .setConnectionTimeout(15)
            .setConnectionTimeoutUnit(TimeUnit.SECONDS)
            // A backend keeps some MiB of plans; another is there in milliseconds.
            .setIdleTimeout(45)
            .setIdleTimeoutUnit(TimeUnit.SECONDS);
    var pool = PgBuilder.pool().using(vertx).connectingTo(connect).with(options).build();
    return new Db(vertx, pool, database, new PgConnectOptions(connect));
  }

  @Override
  public RowSet<Row> run(String sql, @Nullable Object... args) {
    if (!isHarmless(sql)) return counted(sql, args);
    return execute(sql, args);
  }

  /**
   * For queues and their upkeep: what is written through it is on no page, so that everything kept
   * ready stays. A flood of deliveries then costs readers one reading for each batch of effects.
   */
  public Sql unseen() {
    return unseen;
  }

  private final class Unseen implements Sql {
    @Override
    public RowSet<Row> run(String sql, @Nullable Object... args) {
      return execute(sql, args);
    }

    @Override
    public int batch(String sql, List<Tuple> rows) {
      return Db.this.batch(sql, rows);
    }
  }

  private RowSet<Row> counted(String sql, @Nullable Object... args) {
    try {
      return execute(sql, args);
    } finally {
      writes.incrementAndGet();
    }
  }

  private RowSet<Row> execute(String sql, @Nullable Object... args) {
    nested();
    return patiently(
        isRead(sql),
        () -> {
          try {
            return pool.preparedQuery(sql).execute(Arguments.tuple(args)).await();
          } catch (Throwable e) {
            throw new DbException(sql, e);
          }
        });
  }

  @Override
  public int batch(String sql, List<Tuple> rows) {
    return rows.isEmpty() ? 0 : inTransaction(tx -> tx.batch(sql, rows));
  }

  /**
   * Runs the work in one transaction: commits when it returns, rolls back when it throws. When
   * PostgreSQL finds that the transaction collided with another (serialization failure, deadlock)
   * it is run again from its start, so the work must keep its effects in the database or in {@link
   * Tx#afterCommit}. Inside it use the given {@link Tx} and never this object, which would take a
   * second connection.
   */
  public <T extends @Nullable Object> T inTransaction(Function<Tx, T> work) {
    return transaction(false, work);
  }

  /**
   * A transaction whose commit may be lost when the machine fails within the next half second,
   * without harm to anything else: for workers whose rows would then simply be found and done
   * again. It saves waiting for the disk.
   */
  public <T extends @Nullable Object> T inRelaxedTransaction(Function<Tx, T> work) {
    return transaction(true, work);
  }

  /** Like {@link #inTransaction} for work that gives no result. */
  public void transact(Consumer<Tx> work) {
    var done =
        inTransaction(
            tx -> {
              work.accept(tx);
              return true;
            });
    assert done;
  }

  private <T extends @Nullable Object> T transaction(boolean relaxed, Function<Tx, T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return once(relaxed, work);
      } catch (DbException e) {
        if (attempt == ATTEMPTS || !e.isWorthRetrying()) throw e;
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1, 20) * attempt * 1_000_000);
      }
    }
  }

  private <T extends @Nullable Object> T once(boolean relaxed, Function<Tx, T> work) {
    // Until it has begun nothing was done, so it may begin again.
    var begun = patiently(true, () -> begin(relaxed));
    var tx = begun.tx();
    T result;
    try {
      try {
        inside.set(true);
        result = work.apply(tx);
      } catch (Throwable e) {
        tx.rollback();
        throw e;
      } finally {
        inside.remove();
      }
      tx.commit();
      writes.incrementAndGet();
    } finally {
      begun.connection().close();
    }
    tx.runAfterCommit();
    return result;
  }

  /**
   * Whether a transaction of this object is under way on this thread: a cache then does with what
   * it has, since its own reading would take a second connection while others wait for the first.
   */
  public boolean isInside() {
    return inside.get() != null;
  }

  /** Says once who reads past their transaction: many at once could wait for one another. */
  private void nested() {
    if (!isInside()) return;
    var caller =
        StackWalker.getInstance()
            .walk(
                all ->
                    all.map(Object::toString)
                        .filter(it -> !it.contains("org.placette.db."))
                        .filter(it -> it.contains("org.placette."))
                        .limit(4)
                        .collect(Collectors.joining(" < ")));
    if (NESTED.add(caller))
      LOG.log(Level.WARNING, "A second connection inside a transaction: {0}", caller);
  }

  private record Begun(SqlConnection connection, DbTx tx) {}

  private Begun begin(boolean relaxed) {
    nested();
    SqlConnection connection;
    try {
      connection = pool.getConnection().await();
    } catch (Throwable e) {
      throw new DbException("connect", e);
    }
    try {
      var tx = new DbTx(connection, connection.begin().await(), signals);
      if (relaxed) {
        var unused = connection.query("set local synchronous_commit = off").execute().await();
      }
      return new Begun(connection, tx);
    } catch (Throwable e) {
      connection.close();
      throw new DbException("begin", e);
    }
  }

  /** How often this process has written, or may have; whoever keeps what it read compares. */
  public long writes() {
    return writes.get();
  }

  /** Whether a statement may be run again although it may have been done already. */
  private static boolean isRead(String sql) {
    int at = 0;
    // A union's parts may stand in parentheses.
    while (at < sql.length() && (sql.charAt(at) == '(' || Character.isWhitespace(sql.charAt(at))))
      at++;
    return sql.startsWith("select", at);
  }

  /** Whether a statement surely changes nothing: a select, or a with that ends in one. */
  private static boolean isHarmless(String sql) {
    if (isRead(sql)) return true;
    return sql.stripLeading().startsWith("with")
        && !sql.contains("insert ")
        && !sql.contains("update ")
        && !sql.contains("delete ");
  }

  /**
   * Repeats what could not reach the server, and so did nothing, until patience ends.
   *
   * @param harmless whether it may be repeated even when nobody knows if it was done
   */
  private static <T> T patiently(boolean harmless, Supplier<T> work) {
    var end = System.nanoTime() + PATIENCE_NANOS;
    for (long pause = 20; ; pause = Math.min(500, pause * 2)) {
      try {
        return work.get();
      } catch (DbException e) {
        var again = e.isNotConnected() || (harmless && e.isLost());
        if (!again || System.nanoTime() > end) throw e;
        LockSupport.parkNanos(pause * 1_000_000);
      }
    }
  }

  /** Closes every connection; calls that are still under way fail. */
  @Override
  public void close() {
    signals.close();
    pool.close().await();
  }
}
