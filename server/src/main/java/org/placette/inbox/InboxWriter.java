package org.placette.inbox;

import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.db.DbException;
import org.placette.db.Presence;

/**
 * Stores accepted activities, many in one commit: whoever comes while a commit is under way goes
 * into the next one, and is answered only when that one has reached the disk.
 */
final class InboxWriter implements AutoCloseable {

  private static final int LARGEST = 256;
  private static final int LARGEST_BYTES = 2_000_000;

  /** More than this waiting for the database means that it cannot follow. */
  private static final int WAITING = 4_000;

  private record Arrival(Entry entry, Promise<Void> stored) {}

  private final Db db;
  private final Presence presence;
  private final InboxWorker worker;
  private final LinkedBlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>(WAITING);
  private final List<Thread> threads = new ArrayList<>();
  private volatile Consumer<String> heard = actorUri -> {};

  InboxWriter(Db db, Presence presence, InboxWorker worker) {
    this.db = db;
    this.presence = presence;
    this.worker = worker;
  }

  /** Sets who is told whose activities came; called often, it must be quick. */
  void whenHeard(Consumer<String> listener) {
    heard = listener;
  }

  /**
   * @param writers how many commits may be under way at once
   */
  void start(int writers) {
    for (int i = 0; i < writers; i++) {
      threads.add(Thread.ofVirtual().name("inbox-writer-" + i).start(this::loop));
    }
  }

  /**
   * Stores an activity, unless it was stored before, and returns when it is safe on disk.
   *
   * @throws DbException when it is not stored
   * @throws Rejection when too many wait already
   */
  void store(Entry entry) {
    Promise<Void> stored = Promise.promise();
    if (!arrivals.offer(new Arrival(entry, stored))) {
      throw new Rejection(503, "inbox-full", "Too busy, try again later", 60);
    }
    var unused = stored.future().await();
  }

  private void loop() {
    List<Arrival> batch = new ArrayList<>(LARGEST);
    try {
      while (true) {
        batch.clear();
        var first = arrivals.take();
        batch.add(first);
        int bytes = first.entry().body().length;
        while (batch.size() < LARGEST && bytes < LARGEST_BYTES) {
          var next = arrivals.poll();
          if (next == null) break;
          batch.add(next);
          bytes += next.entry().body().length;
        }
        write(batch);
      }
    } catch (InterruptedException e) {
      for (var arrival : batch) arrival.stored().tryFail(e);
    }
  }

  private void write(List<Arrival> batch) {
    Map<UUID, Entry> distinct = new HashMap<>();
    for (var arrival : batch) distinct.putIfAbsent(arrival.entry().fingerprint(), arrival.entry());
    var entries =
        distinct.values().stream().sorted((a, b) -> Long.compare(a.id(), b.id())).toList();
    int wanted = InboxWorker.kib(entries);
    int room = presence.isAlone() ? worker.reserve(wanted) : 0;
    @Nullable UUID holder = room == wanted ? presence.id() : null;
    Set<Long> fresh;
    var ids = entries.stream().map(Entry::id).toList();
    if (holder != null) worker.claims().hold(ids);
    try {
      fresh = InboxStore.insert(db.unseen(), entries, holder);
    } catch (RuntimeException e) {
      worker.unreserve(room);
      worker.claims().drop(ids);
      // They may be stored all the same, if only the answer was lost.
      worker.claims().doubt();
      for (var arrival : batch) arrival.stored().tryFail(e);
      return;
    }
    worker.accepted(batch.size());
    for (var arrival : batch) arrival.stored().tryComplete();
    for (var entry : entries) heard.accept(entry.actorUri());
    if (holder == null) {
      worker.unreserve(room);
      worker.claims().wake();
    } else {
      var taken = entries.stream().filter(entry -> fresh.contains(entry.id())).toList();
      worker.unreserve(room - InboxWorker.kib(taken));
      worker.claims().drop(ids.stream().filter(id -> !fresh.contains(id)).toList());
      worker.offer(taken);
    }
  }

  @Override
  public void close() {
    for (var thread : threads) thread.interrupt();
    for (var left = arrivals.poll(); left != null; left = arrivals.poll()) {
      left.stored().tryFail("the server stops");
    }
  }
}
