package org.placette.federation.fetch;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many fetches one cause may still make: an activity that mentions 600 hosts must not make this
 * server visit them all.
 */
public final class Budget {

  /** Fetches that one received activity may cause. */
  public static final int PER_ACTIVITY = 20;

  private final AtomicInteger left;

  public Budget(int fetches) {
    left = new AtomicInteger(fetches);
  }

  /** The usual budget of one received activity. */
  public static Budget perActivity() {
    return new Budget(PER_ACTIVITY);
  }

  /** Takes one fetch from the budget; false when nothing is left. */
  public boolean spend() {
    return left.getAndUpdate(n -> n > 0 ? n - 1 : 0) > 0;
  }
}
