package org.placette.db;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something that SQL can be sent through: the pool or one transaction. Every call waits for its
 * answer, so it belongs on a virtual thread; parameters are {@code $1}, {@code $2}...
 *
 * <p>Every method throws {@link DbException} when the database refuses the statement.
 */
public interface Sql {

  RowSet<Row> run(String sql, @Nullable Object... args);

  /** Every row, mapped. */
  <T> List<T> list(String sql, Function<Row, T> from, @Nullable Object... args);

  /** The first row, mapped; null when there is none. */
  <T> @Nullable T one(String sql, Function<Row, T> from, @Nullable Object... args);

  /** How many rows the statement changed. */
  int update(String sql, @Nullable Object... args);

  /** Runs the statement once per tuple, in one round trip; gives the sum of changed rows. */
  int batch(String sql, List<Tuple> rows);
}
