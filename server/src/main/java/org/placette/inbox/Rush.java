package org.placette.inbox;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Whether activities come faster than they can all have their effect. Then taking them in goes
 * first: a peer that is refused or kept waiting sends again for days, while an effect may come some
 * seconds later.
 */
final class Rush {

  private static final long WINDOW_NANOS = 100_000_000;

  private final long perWindow;
  private final LongSupplier nanos;
  private final AtomicLong window = new AtomicLong();
  private final AtomicLong inWindow = new AtomicLong();
  private volatile long lastFull = Long.MIN_VALUE / 2;

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
    if (inWindow.addAndGet(count) >= perWindow) lastFull = now;
  }

  /** True until a moment after the last rush. */
  boolean isOn() {
    return nanos.getAsLong() - lastFull < 2 * WINDOW_NANOS;
  }
}
