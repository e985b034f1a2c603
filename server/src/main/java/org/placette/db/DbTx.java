package org.placette.db;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A transaction on one connection of the pool. */
final class DbTx implements Tx {

  private static final Logger LOG = Logger.getLogger(DbTx.class.getName());

  private final SqlConnection connection;
  private final Transaction transaction;
  private final Signals signals;
  private final List<Runnable> afterCommit = new ArrayList<>();

  DbTx(SqlConnection connection, Transaction transaction, Signals signals) {
    this.connection = connection;
    this.transaction = transaction;
    this.signals = signals;
  }

  @Override
  public RowSet<Row> run(String sql, @Nullable Object... args) {
    try {
      return connection.preparedQuery(sql).execute(Arguments.tuple(args)).await();
    } catch (Throwable e) {
      throw new DbException(sql, e);
    }
  }

  @Override
  public int batch(String sql, List<Tuple> rows) {
    if (rows.isEmpty()) return 0;
    try {
      int affected = 0;
      for (RowSet<Row> result = connection.preparedQuery(sql).executeBatch(rows).await();
          result != null;
          result = result.next()) {
        affected += result.rowCount();
      }
      return affected;
    } catch (Throwable e) {
      throw new DbException(sql, e);
    }
  }

  @Override
  public void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  @Override
  public void signal(Signals.Signal signal) {
    afterCommit.add(() -> signals.send(signal));
  }

  void commit() {
    try {
      var unused = transaction.commit().await();
    } catch (Throwable e) {
      throw new DbException("commit", e);
    }
  }

  /** Never throws: the failure that led here matters more. */
  void rollback() {
    try {
      var unused = transaction.rollback().await();
    } catch (Throwable e) {
      LOG.log(Level.FINE, "The rollback failed; the server forgets the transaction by itself", e);
    }
  }

  void runAfterCommit() {
    for (var action : afterCommit) {
      try {
        action.run();
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "An action after a commit failed", e);
      }
    }
  }
}
