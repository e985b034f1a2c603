package org.placette.inbox;

import java.time.Instant;
import org.placette.actor.Actor;
import org.placette.federation.fetch.Budget;
import org.placette.federation.vocab.AsObject;

/**
 * An activity whose author is certain: the signer, or the holder of the key of its proof, or the
 * server it was fetched from, is {@code actor} or (for a wrapped activity) stands for its origin.
 *
 * @param activity the activity as sent
 * @param actor the activity's {@code actor}, known to this server, never local, never suspended
 * @param at when it reached this server
 * @param budget how many fetches it may still cause
 */
public record Received(AsObject activity, Actor actor, Instant at, Budget budget) {

  /** The activity's object as embedded, or by its id alone; an empty object when it has none. */
  public AsObject object() {
    var target = activity.target("object");
    return target == null ? AsObject.empty() : target;
  }
}
