package org.placette.post;

import java.time.Instant;
import org.placette.db.Tx;
import org.placette.federation.vocab.AsObject;

/**
 * What another feature keeps beside the text of one type of post: {@code event} implements it for
 * Event. Main hands them in.
 */
public interface Side {

  /** True for the types that it keeps something of. */
  boolean takes(String type);

  /**
   * Reads its part of a remote object; looks only, writes nothing.
   *
   * @param text what was read of the text
   * @param at when the object reached this server
   * @throws org.placette.inbox.Refused when the object cannot be one of its type
   */
  Part read(AsObject object, Draft text, Instant at);

  /** The text as it is stored and shown: without what only repeats this part in words. */
  default Draft text(AsObject object, Draft text) {
    return text;
  }

  /** A post of its type is about to be deleted, as its author elsewhere wants. */
  default void deleting(Tx tx, Post post) {}

  /** What was read, ready to be stored with its post. */
  interface Part {

    /** Writes or replaces its rows, in the transaction that wrote the post. */
    void store(Tx tx, long postId);
  }
}
