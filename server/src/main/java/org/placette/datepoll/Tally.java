package org.placette.datepoll;

import java.util.List;

/**
 * How a date stands.
 *
 * @param best whether no other date has more
 */
public record Tally(int yes, int maybe, int no, boolean best) {

  /** Counts all dates. */
  static List<Tally> of(int dates, List<Ballot> ballots) {
    var yes = new int[dates];
    var maybe = new int[dates];
    for (var ballot : ballots)
      for (int i = 0; i < dates; i++) {
        if (ballot.choice(i) == Choice.YES) yes[i]++;
        if (ballot.choice(i) == Choice.MAYBE) maybe[i]++;
      }
    long most = 1;
    for (int i = 0; i < dates; i++) most = Math.max(most, rank(yes[i], maybe[i]));
    var top = most;
    return java.util.stream.IntStream.range(0, dates)
        .mapToObj(
            i ->
                new Tally(
                    yes[i],
                    maybe[i],
                    ballots.size() - yes[i] - maybe[i],
                    rank(yes[i], maybe[i]) == top))
        .toList();
  }

  /** Who can come at all counts first, then who likes to. */
  private static long rank(int yes, int maybe) {
    return (yes + maybe) * 10_000L + yes;
  }
}
