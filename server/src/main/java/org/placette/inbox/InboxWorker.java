package org.placette.inbox;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.placette.db.Claims;
import org.placette.db.Db;
import org.placette.db.DbException;
import org.placette.db.Presence;
import org.placette.federation.fetch.Slots;

/**
 * Gives accepted activities their effect, each once. Rows are handed over by the writer in memory,
 * or claimed from the table when this process was not the one to accept them, had no room, or
 * failed at them before. Activities about one thing come in order; others are looked at side by
 * side and take effect many in one transaction, which also removes their rows: whoever deletes the
 * row has the effect, so a row that two processes hold still has one effect.
 */
public final class InboxWorker implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(InboxWorker.class.getName());

  /** KiB of what may wait in memory: more than this stays in the table. */
  private static final int ROOM = 12 * 1024;

  private static final int CLAIM = 200;

  /** KiB that are claimed at once, the first of them whatever its size. */
  private static final int CLAIM_KIB = 2 * 1024;

  private static final int TOGETHER = 96;
  private static final int VERIFIERS = 4;

  /** How many may be looked at ahead of their effect; a tree takes twenty times its text. */
  private static final int AHEAD = 2 * TOGETHER;

  private static final int AHEAD_KIB = 1_536;
  private static final int LEAST = AHEAD_KIB / AHEAD;

  private static final int RUSH_PER_SECOND = 400;
  private static final Duration RUSH_PAUSE = Duration.ofSeconds(1);
  private static final Duration RUSH_LOOK = Duration.ofMillis(20);
  private static final int FETCHING = 24;

  /** Seconds until an activity that failed unexpectedly is tried again; after the last, parked. */
  private static final long[] RETRIES = {10, 60, 300, 1_800, 7_200, 21_600, 43_200, 86_400};

  /**
   * How much is left to do.
   *
   * @param waiting accepted, and without effect so far
   * @param parked given up after too many failures; the row says why
   */
  public record Backlog(long waiting, long parked) {}

  private record Verified(Entry entry, Effect effect) {}

  private final Db db;
  private final Presence presence;
  private final Claims claims;
  private final Verification verification;
  private final Refusals refusals;
  private final int receivers;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moreReady = lock.newCondition();
  private final Turns turns = new Turns();
  private final Deque<Entry> ready = new ArrayDeque<>();

  private final LinkedBlockingQueue<Verified> verified = new LinkedBlockingQueue<>();
  private final Slots slots = new Slots(VERIFIERS, FETCHING, Duration.ofMillis(300));
  private final Semaphore room = new Semaphore(ROOM);
  private final Semaphore ahead = new Semaphore(AHEAD_KIB);
  private final Rush rush = new Rush(RUSH_PER_SECOND, System::nanoTime);
  private final AtomicLong processed = new AtomicLong();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;

  InboxWorker(
      Db db, Presence presence, Verification verification, Refusals refusals, int receivers) {
    this.db = db;
    this.presence = presence;
    claims = new Claims(db, presence, "inbox");
    this.verification = verification;
    this.refusals = refusals;
    this.receivers = receivers;
  }

  void start() {
    claims.start(this::claim);
    threads.add(Thread.ofVirtual().name("inbox-verify").start(this::verifyLoop));
    for (int i = 0; i < receivers; i++) {
      threads.add(Thread.ofVirtual().name("inbox-receive-" + i).start(this::receiveLoop));
    }
  }

  /** How many activities have had their effect, or were found to have none, since the start. */
  public long processed() {
    return processed.get();
  }

  /** The counts as Prometheus text. */
  public String metrics() {
    var now = backlog();
    return """
    # TYPE placette_inbox_processed_total counter
    placette_inbox_processed_total %d
    # TYPE placette_inbox_waiting gauge
    placette_inbox_waiting %d
    # TYPE placette_inbox_parked gauge
    placette_inbox_parked %d
    """
        .formatted(processed(), now.waiting(), now.parked());
  }

  /** What waits in the table now. */
  public Backlog backlog() {
    return InboxStore.backlog(db);
  }

  /** Makes room for so many KiB, all or none; gives how many. */
  int reserve(int kib) {
    return room.tryAcquire(kib) ? kib : 0;
  }

  void unreserve(int kib) {
    if (kib > 0) room.release(kib);
  }

  static int kib(Collection<Entry> entries) {
    return entries.stream().mapToInt(Entry::kib).sum();
  }

  /** Takes over stored rows that this process holds and has reserved room for. */
  void offer(List<Entry> entries) {
    if (entries.isEmpty()) return;
    claims.hold(entries.stream().map(Entry::id).toList());
    lock.lock();
    try {
      for (var entry : entries) {
        if (turns.add(entry)) ready.add(entry);
      }
      moreReady.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Says how many were just accepted, whoever is going to process them. */
  void accepted(int activities) {
    rush.arrived(activities);
  }

  /** Which rows this process has in hand, and how it comes by more. */
  Claims claims() {
    return claims;
  }

  private boolean claim() {
    if (reserve(CLAIM_KIB) == 0) return false;
    List<Entry> entries = List.of();
    try {
      entries = InboxStore.claim(db.unseen(), presence.id(), CLAIM, (CLAIM_KIB - CLAIM) * 1024L);
      offer(entries);
    } finally {
      unreserve(CLAIM_KIB - kib(entries));
    }
    return !entries.isEmpty();
  }

  private void verifyLoop() {
    try {
      while (!closed) {
        var entry = nextReady();
        ahead.acquire(ahead(entry));
        var slot = slots.take();
        Thread.ofVirtual()
            .name("inbox-" + entry.id())
            .start(
                () -> {
                  try (slot) {
                    verify(entry);
                  }
                });
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  /**
   * A large one counts for more than its size: of many large trees that are there together each
   * lives through a collection, which moves them all to where only a long one frees them.
   */
  private static int ahead(Entry entry) {
    int kib = entry.kib();
    return Math.clamp((long) kib * kib / 8, LEAST, AHEAD_KIB);
  }

  private Entry nextReady() throws InterruptedException {
    lock.lock();
    try {
      while (ready.isEmpty()) moreReady.await();
      return ready.remove();
    } finally {
      lock.unlock();
    }
  }

  private void verify(Entry entry) {
    while (!closed) {
      try {
        verified.add(new Verified(entry, verification.verify(entry)));
        return;
      } catch (DbException e) {
        if (!isAway(e)) {
          fail(entry, e);
          return;
        }
        Claims.pause();
      } catch (Throwable e) {
        fail(entry, e);
        return;
      }
    }
  }

  private void receiveLoop() {
    List<Verified> batch = new ArrayList<>(TOGETHER);
    try {
      while (!closed) {
        batch.clear();
        batch.add(verified.take());
        var unused = verified.drainTo(batch, TOGETHER - 1);
        receive(batch);
        letOthersIn();
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  /** During a rush effects come rarely, and go on as soon as it is over. */
  private void letOthersIn() throws InterruptedException {
    long began = System.nanoTime();
    while (rush.isOn() && System.nanoTime() - began < RUSH_PAUSE.toNanos()) Thread.sleep(RUSH_LOOK);
  }

  /** Applies them together; when that fails, one by one, so that one spoils no other. */
  private void receive(List<Verified> batch) {
    try {
      apply(batch);
    } catch (Throwable e) {
      if (batch.size() == 1) {
        receiveAlone(batch.getFirst(), e);
        return;
      }
      for (var one : batch) receive(List.of(one));
      return;
    }
    for (var one : batch) finished(one.entry());
  }

  private void receiveAlone(Verified one, Throwable failure) {
    switch (failure) {
      case Refused refused -> {
        verification.refused(one.entry(), refused.reason());
        receive(List.of(new Verified(one.entry(), Effect.NONE)));
      }
      case DbException e when isAway(e) && !closed -> {
        Claims.pause();
        verified.add(one);
      }
      default -> fail(one.entry(), failure);
    }
  }

  private void apply(List<Verified> batch) {
    var entries = batch.stream().map(Verified::entry).toList();
    var ids = entries.stream().map(Entry::id).toList();
    var unused =
        db.inRelaxedTransaction(
            tx -> {
              var own = InboxStore.finish(tx, ids, presence.id());
              var undone = InboxStore.takeUndone(tx, entries);
              var effects =
                  batch.stream()
                      .filter(one -> own.contains(one.entry().id()))
                      .filter(one -> !undone.contains(one.entry().activityUri()))
                      .map(Verified::effect);
              JointEffect.receiveAll(tx, effects.toList());
              return true;
            });
    processed.addAndGet(batch.size());
  }

  /** Something that nobody foresaw: the row stays, and is tried again later. */
  private void fail(Entry entry, Throwable failure) {
    boolean park = entry.tries() >= RETRIES.length;
    var passing = Verification.isPassing(failure);
    LOG.log(
        passing ? Level.INFO : Level.WARNING,
        "activity "
            + entry.activityUri()
            + (park ? " is parked: " : " is tried again later: ")
            + failure,
        passing ? null : failure);
    refusals.count(park ? "parked" : "postponed", Verification.host(entry.actorUri()), null);
    var delay = park ? 0 : RETRIES[entry.tries()];
    while (!closed) {
      try {
        InboxStore.postpone(
            db.unseen(), entry.id(), presence.id(), delay, park, String.valueOf(failure));
        break;
      } catch (DbException e) {
        Claims.pause();
      }
    }
    finished(entry);
  }

  private void finished(Entry entry) {
    lock.lock();
    try {
      ready.addAll(turns.done(entry));
      if (!ready.isEmpty()) moreReady.signal();
    } finally {
      lock.unlock();
    }
    claims.drop(List.of(entry.id()));
    room.release(entry.kib());
    ahead.release(ahead(entry));
  }

  /** True when the database is not there, which says nothing about the activity. */
  private static boolean isAway(DbException e) {
    var state = e.sqlState();
    return state == null || state.startsWith("08") || state.startsWith("57P");
  }

  @Override
  public void close() {
    closed = true;
    claims.close();
    for (var thread : threads) thread.interrupt();
    slots.close();
  }
}
