package org.placette.db;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Why each table exists and how long its rows live, in one list: the daily job deletes by it and
 * the privacy page shows it. Every feature declares its own tables; Main puts them together.
 */
public final class Retention implements AutoCloseable {

  /** At most so many rows leave in one statement, so that no lock is held for long. */
  private static final int ROWS = 5_000;

  private static final Logger LOG = Logger.getLogger(Retention.class.getName());

  /**
   * One table.
   *
   * @param table its name
   * @param purposeKey key of a message that says to people what the rows are for
   * @param keep how long a row lives once {@code expired} may hold for it; null as long as what it
   *     belongs to
   * @param key the column (or ctid) that names a row; several in parentheses
   * @param expired an SQL condition on the table's columns; null when rows leave with their owner
   */
  public record Table(
      String table,
      String purposeKey,
      @Nullable Duration keep,
      String key,
      @Nullable String expired) {

    /** Rows of a certain age leave by themselves. */
    public static Table aged(
        String table, String purposeKey, Duration keep, String key, String expired) {
      return new Table(table, purposeKey, keep, key, expired);
    }

    /** Rows leave when what they belong to is deleted. */
    public static Table owned(String table, String purposeKey) {
      return new Table(table, purposeKey, null, "ctid", null);
    }
  }

  private final Db db;
  private final List<Table> tables;
  private volatile @Nullable Thread daily;

  public Retention(Db db, List<Table> tables) {
    this.db = db;
    this.tables = List.copyOf(tables);
  }

  /** Everything that was declared, in the order given. */
  public List<Table> tables() {
    return tables;
  }

  /** Starts the job: a few minutes after the start, then once a day. */
  public void start() {
    daily = Thread.ofVirtual().name("retention").start(this::loop);
  }

  private void loop() {
    try {
      Thread.sleep(Duration.ofMinutes(5));
      while (true) {
        run();
        Thread.sleep(Duration.ofDays(1));
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  /** Deletes what has expired now; gives how many rows left. A failing table stops no other. */
  public int run() {
    int left = 0;
    for (var table : tables) {
      try {
        left += clean(db, table);
      } catch (DbException e) {
        LOG.log(Level.WARNING, "Old rows of {0} stay: {1}", params(table, e));
      }
    }
    return left;
  }

  private static Object[] params(Table table, DbException e) {
    List<Object> values = new ArrayList<>(List.of(table.table(), String.valueOf(e.getMessage())));
    return values.toArray();
  }

  /**
   * Deletes what has expired of one table; gives how many rows left.
   *
   * @throws DbException when what was declared is no condition on the table
   */
  public static int clean(Db db, Table table) {
    var keep = table.keep();
    var expired = table.expired();
    if (keep == null || expired == null) return 0;
    var sql =
        """
        delete from %1$s where %2$s in (
          select %5$s from %1$s where %3$s limit %4$d)
        """
            .formatted(
                table.table(),
                table.key(),
                expired.replace(":keep", "interval '" + keep.toSeconds() + " seconds'"),
                ROWS,
                table.key().replaceAll("[()]", ""));
    int all = 0;
    for (int left = ROWS; left == ROWS; all += left) left = db.update(sql);
    return all;
  }

  @Override
  public void close() {
    var thread = daily;
    if (thread != null) thread.interrupt();
  }
}
