package org.placette.post;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The question side of a Question (Activity Vocabulary, oneOf, anyOf, closed).
 *
 * @param multiple anyOf: several options may be chosen
 * @param voters how many people voted whose votes count
 * @param endTime when voting ends; null when it never does
 * @param closed when it was closed; null while it is open
 * @param ballot what more was agreed on how it is held; null for nothing
 */
public record Poll(
    boolean multiple,
    List<Option> options,
    int voters,
    @Nullable Instant endTime,
    @Nullable Instant closed,
    @Nullable Ballot ballot) {

  /**
   * One choice.
   *
   * @param name its exact text, which a vote repeats
   */
  public record Option(String name, int votes) {}

  /**
   * How a poll of this server is held. While totals are hidden, they are nowhere: what is not
   * written cannot leak.
   *
   * @param hidden whether totals appear only at the end
   * @param consensus whether the options are yes, yes with a reservation, objection, in this order
   * @param residents whether only votes of residents count; others are counted apart
   * @param quorum how many voters make it valid; 0 for any number
   * @param outside the votes that do not count, by option; empty for none
   */
  public record Ballot(
      boolean hidden, boolean consensus, boolean residents, int quorum, List<Integer> outside) {

    public Ballot {
      outside = List.copyOf(outside);
    }

    /** Without any votes yet. */
    public Ballot(boolean hidden, boolean consensus, boolean residents, int quorum) {
      this(hidden, consensus, residents, quorum, List.of());
    }

    /** True when it is not held as every poll is. */
    public boolean special() {
      return hidden || consensus || residents || quorum > 0;
    }
  }

  public Poll {
    options = List.copyOf(options);
  }

  /** One that is held as every poll is. */
  public Poll(
      boolean multiple,
      List<Option> options,
      int voters,
      @Nullable Instant endTime,
      @Nullable Instant closed) {
    this(multiple, options, voters, endTime, closed, null);
  }

  /** The same, held in some way. */
  public Poll held(Ballot how) {
    return new Poll(multiple, options, voters, endTime, closed, how.special() ? how : null);
  }

  /** True when nobody votes any more. */
  public boolean over(Instant now) {
    return closed != null || endTime != null && endTime.isBefore(now);
  }

  /** True while its totals are not told. */
  public boolean sealed() {
    return ballot != null && ballot.hidden() && closed == null;
  }

  /** True when enough people voted, or any number is enough. */
  public boolean quorate() {
    return ballot == null || voters >= ballot.quorum();
  }

  /** Of a consensus vote: how many objected. */
  public int objections() {
    return options.size() < 3 ? 0 : options.get(2).votes();
  }

  /** The votes that do not count for an option, by its position. */
  public int outside(int option) {
    return ballot == null || option >= ballot.outside().size() ? 0 : ballot.outside().get(option);
  }

  /** All votes that do not count. */
  public int outside() {
    return ballot == null ? 0 : ballot.outside().stream().mapToInt(n -> n).sum();
  }

  /** The share of the voters who chose an option, by its position: 0 to 100. */
  public int percent(int option) {
    var all = Math.max(voters, options.stream().mapToInt(Option::votes).max().orElse(0));
    return all == 0 ? 0 : Math.min(100, Math.round(100f * options.get(option).votes() / all));
  }
}
