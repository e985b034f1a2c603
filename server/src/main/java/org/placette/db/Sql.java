package org.placette.db;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Queries, with {@code $1}, {@code $2} … for the arguments. Every call waits for its answer and so
 * belongs on a virtual thread (or any thread that may block), never on an event loop. Failures are
 * {@link DbException}s.
 *
 * <p>Arguments may be what the driver takes, and also {@link java.time.Instant} (timestamptz),
 * Jackson nodes (json, jsonb), {@link java.net.URI} (text) and enums (their name, text).
 */
public interface Sql {

  /** Runs any statement and gives its rows. */
  RowSet<Row> run(String sql, @Nullable Object... args);

  /**
   * Runs one statement for each tuple, in one round trip.
   *
   * @return affected rows, all together
   */
  int batch(String sql, List<Tuple> rows);

  /** All rows of a query, in its order. */
  default <T> List<T> list(String sql, Function<Row, T> from, @Nullable Object... args) {
    var rows = run(sql, args);
    List<T> all = new ArrayList<>(rows.size());
    for (var row : rows) all.add(from.apply(row));
    return all;
  }

  /** The first row of a query; null when there is none. */
  default <T> @Nullable T one(String sql, Function<Row, T> from, @Nullable Object... args) {
    var rows = run(sql, args).iterator();
    return rows.hasNext() ? from.apply(rows.next()) : null;
  }

  /** Runs a statement and gives the number of affected rows. */
  default int update(String sql, @Nullable Object... args) {
    return run(sql, args).rowCount();
  }
}
