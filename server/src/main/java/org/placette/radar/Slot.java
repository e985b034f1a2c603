package org.placette.radar;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A time and a place that somebody thinks of.
 *
 * @param viewer who thinks of it, an actor's number: nobody learns of an event that they may not
 *     read; 0 for a stranger
 * @param place its name; null when nobody knows yet
 * @param town its town; null when nobody said
 * @param themes tags and a category, in lower case
 * @param except the number of an event that is no clash with itself; 0 for none
 */
public record Slot(
    long viewer,
    Instant start,
    Instant end,
    @Nullable String place,
    @Nullable String town,
    @Nullable Double latitude,
    @Nullable Double longitude,
    List<String> themes,
    long except) {

  public Slot {
    themes = List.copyOf(themes);
  }
}
