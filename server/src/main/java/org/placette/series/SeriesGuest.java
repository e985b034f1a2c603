package org.placette.series;

import java.util.List;

/**
 * Somebody without an account who comes to all dates of a series, or asks to.
 *
 * @param earlier series that this one follows
 * @param confirmed whether the address was shown to be theirs
 */
record SeriesGuest(
    long id,
    long series,
    List<Long> earlier,
    String name,
    String email,
    int party,
    boolean confirmed) {

  SeriesGuest {
    earlier = List.copyOf(earlier);
  }
}
