package org.placette.db;

/**
 * An open transaction: pass it along to everything that must happen together. It is of no use after
 * the block that got it from {@link Db#inTransaction} has ended.
 */
public interface Tx extends Sql {

  /**
   * Runs an action once the transaction is committed, on the same thread, before inTransaction
   * returns; never when it is rolled back. A failure of the action is logged and changes nothing.
   */
  void afterCommit(Runnable action);
}
