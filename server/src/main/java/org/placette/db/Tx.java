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

  /** Says to every process, once the transaction is committed, that something happened. */
  default void signal(String kind, long id) {
    signal(new Signals.Signal(kind, id, ""));
  }

  /** The same with more about it. */
  void signal(Signals.Signal signal);
}
