package org.placette.outbox;

import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;

/** When a failed delivery is tried again: soon at first, then daily, for a week, with jitter. */
final class Backoff {

  /** After this long a delivery is given up. */
  static final Duration LONGEST = Duration.ofDays(7);

  /** Failing on so many different days makes a host count as dead until a delivery succeeds. */
  static final int DEAD_AFTER_DAYS = 7;

  static final Duration DAILY = Duration.ofDays(1);

  private static final List<Duration> STEPS =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(3),
          Duration.ofHours(6),
          Duration.ofHours(12));

  private static final double JITTER = 0.25;

  private Backoff() {}

  /**
   * @param failures how often it has failed before this time
   * @param random gives numbers from 0 to 1
   */
  static Duration after(int failures, DoubleSupplier random) {
    var step = failures < STEPS.size() ? STEPS.get(Math.max(0, failures)) : DAILY;
    var factor = 1 + JITTER * (2 * random.getAsDouble() - 1);
    return Duration.ofMillis((long) (step.toMillis() * factor));
  }

  /** What a peer asks for, at most a day. */
  static Duration asked(Duration retryAfter) {
    return retryAfter.compareTo(DAILY) > 0 ? DAILY : retryAfter;
  }
}
