package org.placette.federation.fetch;

import java.time.Duration;
import org.placette.federation.fetch.FetchProblem.Reason;

/**
 * The moment at which a whole exchange ends, shared by its redirects and knocks.
 *
 * @param nanos on the clock of {@link System#nanoTime()}
 */
record Deadline(long nanos) {

  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** What is left, in milliseconds, at least 1; throws TIMEOUT when nothing is. */
  long millisLeft(Object what) {
    var left = (nanos - System.nanoTime()) / 1_000_000;
    if (left <= 0) throw new FetchProblem(Reason.TIMEOUT, what.toString());
    return left;
  }
}
