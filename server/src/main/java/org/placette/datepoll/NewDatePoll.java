package org.placette.datepoll;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.datepoll.DatePoll.Slot;

/**
 * What somebody wants to ask.
 *
 * @param text what for, Markdown
 * @param place where, by name
 * @param endTime when answers end; null for when a date is chosen
 */
public record NewDatePoll(
    String name,
    String text,
    String language,
    ZoneId zone,
    @Nullable String place,
    boolean guests,
    @Nullable Instant endTime,
    List<Slot> slots) {

  public NewDatePoll {
    slots = List.copyOf(slots);
  }
}
