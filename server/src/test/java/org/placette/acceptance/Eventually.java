package org.placette.acceptance;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Waits for what other processes bring about in their own time. */
final class Eventually {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Eventually() {}

  /**
   * @param what is to happen
   */
  static void holds(String what, Callable<Boolean> condition) throws Exception {
    holds(PATIENCE, condition, () -> "did not happen: " + what);
  }

  /**
   * @param otherwise says what is missing, when the time is over
   */
  static void holds(Duration patience, Callable<Boolean> condition, Supplier<String> otherwise)
      throws Exception {
    var end = System.nanoTime() + patience.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) throw new AssertionError(otherwise.get());
      Thread.sleep(50);
    }
  }
}
