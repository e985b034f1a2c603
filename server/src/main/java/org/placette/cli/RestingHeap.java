package org.placette.cli;

import io.vertx.core.Vertx;
import java.lang.ref.WeakReference;

/**
 * Gives memory back once a rush is over: Java's serial collector clears up only when something asks
 * for room, so a server that rests would keep the heap of its busiest minute. Looks every second; a
 * collection at rest takes about 50 ms.
 */
final class RestingHeap {

  private static final long LOOK_MILLIS = 1_000;

  /** A heap below this is small enough. */
  private static final long SMALL = 40L << 20;

  /** Who allocates more than this between two looks does not rest. */
  private static final long BUSY = 1L << 20;

  /** What must have come on top since the last collection for another to be worth while. */
  private static final long WORTH = 8L << 20;

  /** Gone after any collection: then whoever allocates much cannot pass for resting by chance. */
  private WeakReference<Object> untouched = new WeakReference<>(new Object());

  private long lastUsed = Long.MAX_VALUE;
  private long lastCleared;

  private RestingHeap() {}

  /** Watches until the given Vert.x ends. */
  static void watch(Vertx vertx) {
    var heap = new RestingHeap();
    var unused = vertx.setPeriodic(LOOK_MILLIS, timer -> heap.look());
  }

  private void look() {
    var runtime = Runtime.getRuntime();
    long size = runtime.totalMemory();
    long used = size - runtime.freeMemory();
    long grown = used - lastUsed;
    lastUsed = used;
    boolean collected = untouched.refersTo(null);
    if (collected) untouched = new WeakReference<>(new Object());
    if (collected || size < SMALL || size < lastCleared + WORTH || grown < 0 || grown > BUSY)
      return;
    System.gc();
    lastCleared = runtime.totalMemory();
    lastUsed = lastCleared - runtime.freeMemory();
  }
}
