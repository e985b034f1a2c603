package org.placette.post;

import org.jspecify.annotations.Nullable;

/**
 * A remote object that was read and found authentic, and is not stored yet.
 *
 * @param part what another feature keeps of it, or null
 * @param consent what is known of the consent to its quote; null for nothing
 * @param quotable who may quote it; null when its author does not say
 */
record Incoming(
    Draft draft, Side.@Nullable Part part, @Nullable Consent consent, @Nullable Quotable quotable) {

  Incoming(Draft draft, Side.@Nullable Part part, @Nullable Quotable quotable) {
    this(draft, part, null, quotable);
  }

  /** The same as another draft. */
  Incoming as(Draft other) {
    return new Incoming(other, part, consent, quotable);
  }
}
