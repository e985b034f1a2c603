package org.placette.federation.fetch;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

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
  private final Set<Slot> taken = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean watched = new AtomicBoolean();

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
  }

  /** Waits for a free slot. */
  public Slot take() throws InterruptedException {
    busy.acquire();
    var slot = new Slot();
    taken.add(slot);
    watch();
    return slot;
  }

  /** One look at all of them now and then costs far less than an alarm for each. */
  private void watch() {
    if (watched.get() || timer.isShutdown() || watched.getAndSet(true)) return;
    var unused = timer.schedule(this::look, patienceMillis / 2, TimeUnit.MILLISECONDS);
  }

  private void look() {
    watched.set(false);
    long now = System.nanoTime();
    for (var slot : taken) slot.look(now);
    if (!taken.isEmpty()) watch();
  }

  /** How many could start now. */
  public int free() {
    return busy.availablePermits();
  }

  /** A place; close it when the work is done. */
  public final class Slot implements AutoCloseable {

    private final AtomicReference<State> state = new AtomicReference<>(State.BUSY);
    private final long since = System.nanoTime();

    private Slot() {}

    private void look(long now) {
      if (now - since < TimeUnit.MILLISECONDS.toNanos(patienceMillis)) return;
      if (state.get() != State.BUSY || !waiting.tryAcquire()) return;
      if (state.compareAndSet(State.BUSY, State.WAITING)) busy.release();
      else waiting.release();
    }

    @Override
    public void close() {
      taken.remove(this);
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
