package org.placette.instance;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.federation.fetch.FetchProblem;
import org.placette.follow.Follows;

/**
 * Does what neighbours bring: finds those that were added while they did not answer, sends coming
 * events to new followers, reads the outboxes of those we newly follow. The work is in the table,
 * so it survives any end and is shared among processes.
 */
public final class NeighbourWorker implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(NeighbourWorker.class.getName());
  private static final Duration POLL = Duration.ofSeconds(2);
  private static final int ATTEMPTS = 12;

  private final Db db;
  private final Actors actors;
  private final Follows follows;
  private final Neighbours neighbours;
  private final Backfill backfill;
  private final EventReplay replay;
  private final Semaphore wakes = new Semaphore(0);
  private volatile boolean closed;
  private @Nullable Thread thread;

  public NeighbourWorker(
      Db db,
      Actors actors,
      Follows follows,
      Neighbours neighbours,
      Backfill backfill,
      EventReplay replay) {
    this.db = db;
    this.actors = actors;
    this.follows = follows;
    this.neighbours = neighbours;
    this.backfill = backfill;
    this.replay = replay;
  }

  /** Starts to work. */
  public void start() {
    thread = Thread.ofVirtual().name("neighbours").start(this::loop);
  }

  /** Says that there is something to do. */
  public void wake() {
    if (wakes.availablePermits() == 0) wakes.release();
  }

  private void loop() {
    while (!closed) {
      try {
        if (work()) continue;
        if (wakes.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
          var unused = wakes.drainPermits();
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        if (closed) return;
        LOG.log(Level.WARNING, "Neighbours are tried again: {0}", String.valueOf(e));
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Does one piece of work; false when there is none. */
  boolean work() {
    var due = NeighbourStore.claim(db);
    if (due == null) return false;
    try {
      perform(due);
    } catch (FetchProblem e) {
      var last = !e.reason().isPassing() || due.attempts() >= ATTEMPTS;
      var minutes = 1L << Math.min(due.attempts(), 9);
      NeighbourStore.postpone(
          db, due.host(), String.valueOf(e.getMessage()), Duration.ofMinutes(minutes), last);
    }
    return true;
  }

  private void perform(Neighbour due) {
    if (due.state().equals("requested")) {
      var unused = neighbours.connect(due.host());
    }
    if (due.replay()) sendComing(due.host());
    if (due.backfill()) readOutbox(due);
  }

  private void sendComing(String host) {
    var ours = List.of(actors.relay(), actors.village());
    db.transact(
        tx -> {
          var theirs = NeighbourStore.askers(tx, host, ours.getFirst().id(), ours.getLast().id());
          for (var id : theirs) {
            var follower = actors.byId(tx, id);
            if (follower == null) continue;
            for (var followed : ours) {
              var follow = follows.between(tx, follower, followed);
              if (follow != null && follow.accepted()) replay.replay(tx, followed, follower);
            }
          }
          NeighbourStore.replayed(tx, host);
        });
  }

  private void readOutbox(Neighbour due) {
    var id = due.actorId();
    var actor = id == null ? null : actors.byId(id);
    if (actor != null && !actor.suspended()) {
      var unused = backfill.run(actor);
    }
    NeighbourStore.backfilled(db, due.host());
  }

  @Override
  public void close() {
    closed = true;
    if (thread != null) thread.interrupt();
  }
}
