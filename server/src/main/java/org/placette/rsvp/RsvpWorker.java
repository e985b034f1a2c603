package org.placette.rsvp;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Does what falls due about answers: places that go on, reminders, news for other servers. Every
 * process may run one; rows are taken under locks.
 */
public final class RsvpWorker implements AutoCloseable {

  private static final Logger LOG = System.getLogger("placette.rsvp");
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** Something that may be due. */
  public interface Task {
    /** Does some of it; gives how much. */
    int run();
  }

  private final List<Task> tasks;
  private volatile @Nullable Thread thread;

  public RsvpWorker(Task... tasks) {
    this.tasks = List.of(tasks);
  }

  /** Begins. */
  public void start() {
    thread = Thread.ofVirtual().name("rsvp-worker").start(this::loop);
  }

  private void loop() {
    try {
      while (true) {
        var done = 0;
        for (var task : tasks) done += tried(task);
        if (done == 0) Thread.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  private static int tried(Task task) {
    try {
      return task.run();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "what is due about answers must wait", e);
      return 0;
    }
  }

  @Override
  public void close() {
    var running = thread;
    if (running != null) running.interrupt();
  }
}
