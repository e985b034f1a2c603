package org.placette.datepoll;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.datepoll.DatePoll.Slot;
import org.placette.post.Visibility;

/**
 * What somebody wants to ask.
 *
 * @param text what for, Markdown
 * @param place where, by name
 * @param audience everybody, the neighbours (Voisins) or the place alone (Quartier)
 * @param guests whether people without an account may answer; only what is for everybody
 * @param endTime when answers end; null for when a date is chosen
 */
public record NewDatePoll(
    String name,
    String text,
    String language,
    ZoneId zone,
    @Nullable String place,
    Visibility audience,
    boolean guests,
    @Nullable Instant endTime,
    List<Slot> slots) {

  public NewDatePoll {
    slots = List.copyOf(slots);
  }
}
