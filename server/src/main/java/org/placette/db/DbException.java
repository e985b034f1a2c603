package org.placette.db;

import org.jspecify.annotations.Nullable;

/** A statement that PostgreSQL refused or that could not be sent; names the statement. */
public final class DbException extends RuntimeException {

  private static final long serialVersionUID = 1;
  private final @Nullable String sqlState;

  public DbException(String statement, @Nullable String sqlState, Throwable cause) {
    super(statement + ": " + cause.getMessage(), cause);
    this.sqlState = sqlState;
  }

  /** The five-character SQLSTATE; null when the statement never reached the database. */
  public @Nullable String sqlState() {
    return sqlState;
  }

  /** True when a unique constraint refused the row (SQLSTATE 23505). */
  public boolean isUniqueViolation() {
    return "23505".equals(sqlState);
  }
}
