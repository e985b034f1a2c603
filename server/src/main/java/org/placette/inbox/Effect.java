package org.placette.inbox;

import org.placette.db.Tx;

/**
 * What a verified activity does, in one transaction with the removal of its inbox row, its
 * notifications and its outgoing rows. Must be harmless when run again after a rollback.
 */
@FunctionalInterface
public interface Effect {

  /** The effect of an activity that is understood and changes nothing. */
  Effect NONE = tx -> {};

  void receive(Tx tx);
}
