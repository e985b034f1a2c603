package org.placette.db;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.net.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * A query that failed. The message starts with the query's first line, because the driver's own
 * trace does not show who asked.
 */
public final class DbException extends RuntimeException {

  private final @Nullable String sqlState;

  DbException(String sql, Throwable cause) {
    super(firstLine(sql) + ": " + message(cause), cause);
    this.sqlState = cause instanceof PgException pg ? pg.getSqlState() : null;
  }

  /** PostgreSQL's five-character code; null when the failure was not the server's answer. */
  public @Nullable String sqlState() {
    return sqlState;
  }

  /** The name of the violated constraint; null when the failure was something else. */
  public @Nullable String constraint() {
    return getCause() instanceof PgException pg ? pg.getConstraint() : null;
  }

  /** Whether a row with the same key was there already. */
  public boolean isUniqueViolation() {
    return "23505".equals(sqlState);
  }

  /** Whether a row that this one points to is missing. */
  public boolean isForeignKeyViolation() {
    return "23503".equals(sqlState);
  }

  /** Whether a text had a character that PostgreSQL cannot store, which is U+0000 alone. */
  public boolean isOfUnstorableText() {
    return "22021".equals(sqlState) || "22P05".equals(sqlState);
  }

  /** Whether the same transaction may succeed when run again: serialization failure or deadlock. */
  public boolean isWorthRetrying() {
    return "40001".equals(sqlState) || "40P01".equals(sqlState);
  }

  /** Whether the server could not be reached or was still starting, so that nothing was done. */
  boolean isNotConnected() {
    return "57P03".equals(sqlState)
        || getCause() instanceof ConnectException
        || isOfClosedConnection();
  }

  /** The driver took a connection whose end it had not seen yet, and sent nothing. */
  private boolean isOfClosedConnection() {
    return driverSays("Connection is not active");
  }

  /** No connection came free in time: the host of the database is gone, or everything waits. */
  private boolean isOfWaiting() {
    return driverSays("Timeout waiting for connection");
  }

  private boolean driverSays(String words) {
    return getCause() instanceof VertxException refused
        && String.valueOf(refused.getMessage()).startsWith(words);
  }

  /** Whether the server went away under the statement, so that nobody knows if it was done. */
  boolean isLost() {
    return "57P01".equals(sqlState)
        || "57P02".equals(sqlState)
        || getCause() instanceof ClosedConnectionException
        || getCause() instanceof IOException;
  }

  /** Whether the database is not there just now; it comes back by itself. */
  public boolean isAway() {
    return isNotConnected() || isLost() || isOfWaiting();
  }

  /** Whether nobody got in: no server there, no such database, or a wrong name or password. */
  public boolean isRefusal() {
    return isNotConnected()
        || (sqlState != null && (sqlState.startsWith("28") || sqlState.startsWith("3D")));
  }

  /** The driver's or the server's own words, without the query. */
  String reason() {
    return getCause() == null ? "" : message(getCause());
  }

  private static String firstLine(String sql) {
    return sql.strip().lines().findFirst().map(String::strip).orElse("empty query");
  }

  private static String message(Throwable cause) {
    if (cause instanceof PgException pg) {
      var detail = pg.getDetail() == null ? "" : " (" + pg.getDetail() + ")";
      return pg.getErrorMessage() + detail + " [" + pg.getSqlState() + "]";
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
