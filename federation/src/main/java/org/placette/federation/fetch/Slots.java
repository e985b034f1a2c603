package org.placette.federation.fetch;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * How much work that may wait for other servers goes on at once. Work that lasts longer than a
 * moment is taken to be waiting, and gives its place to others: a server that never answers then
 * holds nobody up. Thread-safe.
 */
public final class Slots implements AutoCloseable {

  private enum State {
    BUSY,
    WAITING,
    DONE
  }

  private final Semaphore busy;
  private final Semaphore waiting;
  private final long patienceMillis;
  private final ScheduledThreadPoolExecutor timer;

  /**
   * @param busy how many at once
   * @param waiting how many more that have lasted longer than {@code patience}; when there are so
   *     many, slow work keeps its place
   */
  public Slots(int busy, int waiting, Duration patience) {
    this.busy = new Semaphore(busy, true);
    this.waiting = new Semaphore(waiting);
    this.patienceMillis = patience.toMillis();
    this.timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("slots-", 0).factory());
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Waits for a free slot. */
  public Slot take() throws InterruptedException {
    busy.acquire();
    return new Slot();
  }

  /** How many could start now. */
  public int free() {
    return busy.availablePermits();
  }

  /** A place; close it when the work is done. */
  public final class Slot implements AutoCloseable {

    private final AtomicReference<State> state = new AtomicReference<>(State.BUSY);
    private final @Nullable ScheduledFuture<?> soon;

    private Slot() {
      soon =
          timer.isShutdown()
              ? null
              : timer.schedule(this::stepAside, patienceMillis, TimeUnit.MILLISECONDS);
    }

    private void stepAside() {
      if (!waiting.tryAcquire()) return;
      if (state.compareAndSet(State.BUSY, State.WAITING)) busy.release();
      else waiting.release();
    }

    @Override
    public void close() {
      if (soon != null) soon.cancel(false);
      switch (state.getAndSet(State.DONE)) {
        case BUSY -> busy.release();
        case WAITING -> waiting.release();
        case DONE -> {}
      }
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
