package org.placette.db;

/** One transaction. Valid only inside the call that gave it. */
public interface Tx extends Sql {

  /** Runs {@code action} once the transaction is committed; never when it is rolled back. */
  void afterCommit(Runnable action);
}
