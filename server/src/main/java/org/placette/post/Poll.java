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
}
