package org.placette.post;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Does what falls due by itself: posts whose hour has come, polls that end, previews of links.
 * Every process may run one; rows are taken under locks, so that each is done once.
 */
public final class PostWorker implements AutoCloseable {

  private static final Logger LOG = System.getLogger("placette.post");
  private static final Duration PAUSE = Duration.ofSeconds(3);

  private final Schedule schedule;
  private final Polls polls;
  private final Cards cards;
  private volatile @Nullable Thread thread;
  private volatile @Nullable Thread looking;

  public PostWorker(Schedule schedule, Polls polls, Cards cards) {
    this.cards = cards;
    this.schedule = schedule;
    this.polls = polls;
  }

  /** Begins. */
  public void start() {
    thread = Thread.ofVirtual().name("post-worker").start(() -> loop(this::due));
    // A slow page keeps no post from its hour.
    looking =
        Thread.ofVirtual()
            .name("card-worker")
            .start(() -> loop(() -> tried("previews", cards::look)));
  }

  private int due() {
    return tried("scheduled posts", schedule::publishDue) + tried("polls", polls::tellDue);
  }

  private static void loop(IntSupplier work) {
    try {
      while (true) {
        if (work.getAsInt() == 0) Thread.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  private static int tried(String what, IntSupplier work) {
    try {
      return work.getAsInt();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, what + " must wait", e);
      return 0;
    }
  }

  @Override
  public void close() {
    for (var running : new @Nullable Thread[] {thread, looking})
      if (running != null) running.interrupt();
  }
}
