package org.placette.datepoll;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's answer to all dates.
 *
 * @param actorId null for somebody without an account
 * @param name to show
 * @param host of somebody elsewhere
 * @param choices one for each date
 */
public record Ballot(
    long id,
    @Nullable Long actorId,
    String name,
    @Nullable String host,
    @Nullable String comment,
    List<Choice> choices) {

  public Ballot {
    choices = List.copyOf(choices);
  }

  /** False for a date that was added after it was given. */
  public boolean answered(int position) {
    return position < choices.size();
  }

  /** What it says to a date. */
  public Choice choice(int position) {
    return position < choices.size() ? choices.get(position) : Choice.NO;
  }
}
