package org.placette.event;

import org.jspecify.annotations.Nullable;

/** Knows the village's own places. */
public interface Whereabouts {

  /** One of them, by its number; null when there is none. */
  @Nullable Place place(long id);

  /** The village's place of that name with all that is known of it; else the place as given. */
  @Nullable Place known(@Nullable Place given);
}
