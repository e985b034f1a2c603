package org.placette.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How often something may be done under one key, such as a network or a name, within a window that
 * begins with the first time. Counts are of one process; old keys are forgotten. Thread-safe.
 */
public final class Limit {

  private static final int KEYS = 20_000;

  private final int most;
  private final int seconds;
  private final Cache<String, AtomicInteger> counts;

  /**
   * @param most how often within the window
   */
  public Limit(int most, Duration window) {
    this.most = most;
    this.seconds = (int) window.toSeconds();
    counts = Caffeine.newBuilder().maximumSize(KEYS).expireAfterWrite(window).build();
  }

  /**
   * Counts one time.
   *
   * @throws Problem.TooMany when it is one too many
   */
  public void count(String key) {
    if (!allows(key)) throw new Problem.TooMany(seconds);
  }

  /** Counts one time; false when it is one too many. */
  public boolean allows(String key) {
    // Nothing here waits, so nobody else waits for this entry.
    return counts.asMap().computeIfAbsent(key, k -> new AtomicInteger()).incrementAndGet() <= most;
  }

  /** Begins anew for a key. */
  public void forget(String key) {
    counts.invalidate(key);
  }
}
