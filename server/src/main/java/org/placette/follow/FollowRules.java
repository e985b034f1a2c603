package org.placette.follow;

import org.placette.actor.Actor;
import org.placette.db.Tx;

/** What another feature decides about follows, and what it does when one begins. */
public interface FollowRules {

  /** The target's own wish, and nothing else. */
  FollowRules PLAIN = new FollowRules() {};

  /** Whether a new follower of a local actor needs nobody's consent. */
  default boolean acceptsAtOnce(Tx tx, Actor follower, Actor target) {
    return !target.manuallyApprovesFollowers();
  }

  /** A follow of a local actor waits for its answer, in this transaction. */
  default void requested(Tx tx, Actor follower, Actor target) {}

  /** A follow has just been accepted, in this transaction; either side may be local. */
  default void accepted(Tx tx, Actor follower, Actor target) {}

  /**
   * A follow that was asked for or accepted has been refused by its target, in this transaction.
   */
  default void rejected(Tx tx, Actor follower, Actor target) {}
}
