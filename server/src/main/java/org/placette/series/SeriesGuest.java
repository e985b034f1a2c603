package org.placette.series;

import java.util.List;
import org.placette.rsvp.Guest;

/**
 * Somebody without an account who comes to all dates of a series, or asks to.
 *
 * @param who their name, address and language
 * @param earlier series that this one follows
 * @param confirmed whether the address was shown to be theirs
 */
record SeriesGuest(
    long id, long series, List<Long> earlier, Guest who, int party, boolean confirmed) {

  SeriesGuest {
    earlier = List.copyOf(earlier);
  }
}
