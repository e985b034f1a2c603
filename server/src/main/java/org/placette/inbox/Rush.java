package org.placette.inbox;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Whether activities come faster than they can all have their effect. Then taking them in goes
 * first: a peer that is refused or kept waiting sends again for days, while an effect may come some
 * seconds later, and no more than some seconds: from then on both go side by side.
 */
final class Rush {

  private static final long WINDOW_NANOS = 100_000_000;

  /** How long effects wait at most. */
  private static final long LONGEST_NANOS = 5_000_000_000L;

  private final long perWindow;
  private final LongSupplier nanos;
  private final AtomicLong window = new AtomicLong();
  private final AtomicLong inWindow = new AtomicLong();
  private volatile long lastFull = Long.MIN_VALUE / 2;
  private volatile long began = Long.MIN_VALUE / 2;

  /**
   * @param perSecond from how many on it is a rush
   */
  Rush(int perSecond, LongSupplier nanos) {
    this.perWindow = perSecond * WINDOW_NANOS / 1_000_000_000;
    this.nanos = nanos;
  }

  void arrived(int count) {
    long now = nanos.getAsLong();
    long current = Math.floorDiv(now, WINDOW_NANOS);
    if (window.getAndSet(current) != current) inWindow.set(0);
    if (inWindow.addAndGet(count) < perWindow) return;
    if (now - lastFull >= 2 * WINDOW_NANOS) began = now;
    lastFull = now;
  }

  /** True from the beginning of a rush until a moment after it, but for some seconds at most. */
  boolean isOn() {
    long now = nanos.getAsLong();
    return now - lastFull < 2 * WINDOW_NANOS && now - began < LONGEST_NANOS;
  }
}
