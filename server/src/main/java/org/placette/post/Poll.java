package org.placette.post;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The question side of a Question (Activity Vocabulary, oneOf, anyOf, closed).
 *
 * @param multiple anyOf: several options may be chosen
 * @param voters how many people voted
 * @param endTime when voting ends; null when it never does
 * @param closed when it was closed; null while it is open
 */
public record Poll(
    boolean multiple,
    List<Option> options,
    int voters,
    @Nullable Instant endTime,
    @Nullable Instant closed) {

  /**
   * One choice.
   *
   * @param name its exact text, which a vote repeats
   */
  public record Option(String name, int votes) {}

  public Poll {
    options = List.copyOf(options);
  }

  /** True when nobody votes any more. */
  public boolean over(Instant now) {
    return closed != null || endTime != null && endTime.isBefore(now);
  }

  /** The share of the voters who chose an option, by its position: 0 to 100. */
  public int percent(int option) {
    var all = Math.max(voters, options.stream().mapToInt(Option::votes).max().orElse(0));
    return all == 0 ? 0 : Math.min(100, Math.round(100f * options.get(option).votes() / all));
  }
}
