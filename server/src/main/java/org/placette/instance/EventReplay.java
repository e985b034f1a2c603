package org.placette.instance;

import org.placette.actor.Actor;
import org.placette.db.Tx;

/**
 * Sends a new follower every coming event, as it would have been sent when it was published. Peers
 * that list only what was announced to them would show nothing otherwise.
 */
@FunctionalInterface
public interface EventReplay {

  /**
   * Enqueues the deliveries.
   *
   * @param from the local actor that is followed: the instance actor or the neighbourhood's Group
   * @param to the remote actor that follows it
   */
  void replay(Tx tx, Actor from, Actor to);
}
