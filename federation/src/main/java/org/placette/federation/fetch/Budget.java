package org.placette.federation.fetch;

import java.util.concurrent.atomic.AtomicInteger;
import org.placette.federation.fetch.FetchProblem.Reason;

/**
 * How many fetches one cause may still make: an activity that mentions 600 hosts must not make this
 * server visit them all. Handed along from call to call; thread-safe.
 */
public final class Budget {

  /** Fetches that one received activity may cause. */
  public static final int PER_ACTIVITY = 20;

  /** How deep threads, quotes and boosts are followed. */
  public static final int DEPTH = 30;

  private final AtomicInteger left;
  private final int depthLeft;

  public Budget(int fetches) {
    this(new AtomicInteger(fetches), DEPTH);
  }

  private Budget(AtomicInteger left, int depthLeft) {
    this.left = left;
    this.depthLeft = depthLeft;
  }

  /** The usual budget of one received activity. */
  public static Budget perActivity() {
    return new Budget(PER_ACTIVITY);
  }

  /**
   * The same purse, one level deeper (a reply's parent, a boost's object).
   *
   * @throws FetchProblem BUDGET when that is too deep
   */
  public Budget deeper() {
    if (depthLeft <= 0) throw new FetchProblem(Reason.BUDGET, "nested too deep");
    return new Budget(left, depthLeft - 1);
  }

  /** How many fetches are left. */
  public int left() {
    return left.get();
  }

  /** Takes one fetch from the budget; false when nothing is left. */
  public boolean spend() {
    return left.getAndUpdate(n -> n > 0 ? n - 1 : 0) > 0;
  }

  /**
   * Takes one fetch from the budget.
   *
   * @throws FetchProblem BUDGET when nothing is left
   */
  void take(Object url) {
    if (!spend()) throw new FetchProblem(Reason.BUDGET, "no fetch left for " + url);
  }
}
