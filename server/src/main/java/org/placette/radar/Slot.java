package org.placette.radar;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The times and the place that somebody thinks of.
 *
 * @param viewer who thinks of it, an actor's number: nobody learns of an event that they may not
 *     read; 0 for a stranger
 * @param times when: one, or several when it repeats, the first first
 * @param place its name; null when nobody knows yet
 * @param town its town; null when nobody said
 * @param themes tags and a category, in lower case
 * @param own what is no clash with itself
 */
public record Slot(
    long viewer,
    List<Time> times,
    @Nullable String place,
    @Nullable String town,
    @Nullable Double latitude,
    @Nullable Double longitude,
    List<String> themes,
    Own own) {

  public Slot {
    times = List.copyOf(times);
    themes = List.copyOf(themes);
  }

  /** From when to when. */
  public record Time(Instant start, Instant end) {

    /** Two that only touch do not overlap. */
    boolean overlaps(Time other) {
      return start.isBefore(other.end) && other.start.isBefore(end);
    }
  }

  /**
   * What is stored of it already.
   *
   * @param event a number; 0 for none
   * @param series a number; 0 for none
   */
  public record Own(long event, long series) {

    /** Nothing is stored yet. */
    public static final Own NOTHING = new Own(0, 0);
  }
}
