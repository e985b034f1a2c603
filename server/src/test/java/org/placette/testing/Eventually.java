package org.placette.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Waits for what comes about in its own time, longer than the slowest machine needs for it. */
public final class Eventually {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private Eventually() {}

  /**
   * @param what is to happen
   */
  public static void holds(String what, Callable<Boolean> condition) {
    holds(PATIENCE, condition, () -> "did not happen: " + what);
  }

  /**
   * @param otherwise says what is missing, when the time is over
   */
  public static void holds(
      Duration patience, Callable<Boolean> condition, Supplier<String> otherwise) {
    var end = System.nanoTime() + patience.toNanos();
    try {
      while (!condition.call()) {
        if (System.nanoTime() > end) throw new AssertionError(otherwise.get());
        Thread.sleep(20);
      }
    } catch (Exception e) {
      throw e instanceof RuntimeException known ? known : new IllegalStateException(e);
    }
  }
}
