package org.placette.event;

import org.jspecify.annotations.Nullable;

/**
 * Who may come to an event, and how one says so.
 *
 * @param mode free, restricted, external, invite or none (FEP-8a8e, joinMode)
 * @param externalUrl where one answers when the mode is external
 * @param anonymous whether people without an account may come
 * @param capacity how many may come; null when there is room for all
 * @param participants how many come
 */
public record Joining(
    String mode,
    @Nullable String externalUrl,
    boolean anonymous,
    @Nullable Integer capacity,
    int participants) {

  /** Everybody may come. */
  public static final Joining FREE = new Joining("free", null, false, null, 0);

  /** How many places are left; null when there is room for all. */
  public @Nullable Integer remaining() {
    return capacity == null ? null : Math.max(0, capacity - participants);
  }
}
