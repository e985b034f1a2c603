package org.placette.db;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Does what falls due by itself, on a thread of its own, until it is closed. Every process may run
 * one: its tasks take rows under locks, so that each thing is done once.
 */
public final class DueWork implements AutoCloseable {

  private static final Logger LOG = System.getLogger("placette.due");

  // However often it is woken, it does not ask the database more often than this.
  private static final Duration BREATH = Duration.ofMillis(300);

  /** Something that may be due. */
  @FunctionalInterface
  public interface Task {
    /** Does some of it; gives how much. */
    int run();
  }

  private final String name;
  private final Duration pause;
  private final List<Task> tasks;
  private final Thread thread;
  private final Semaphore woken = new Semaphore(0);

  private DueWork(String name, Duration pause, List<Task> tasks) {
    this.name = name;
    this.pause = pause;
    this.tasks = tasks;
    thread = Thread.ofVirtual().name(name).unstarted(this::loop);
  }

  /**
   * Begins.
   *
   * @param name of the thread, and in the log
   * @param pause how long to wait when nothing was due
   * @param tasks tried in this order; one that fails stops no other
   */
  public static DueWork start(String name, Duration pause, Task... tasks) {
    var work = new DueWork(name, pause, List.of(tasks));
    work.thread.start();
    return work;
  }

  /** Looks now, or after a breath, instead of when its pause has passed. */
  public void wake() {
    if (woken.availablePermits() == 0) woken.release();
  }

  private void loop() {
    try {
      while (true) {
        woken.drainPermits();
        var done = 0;
        for (var task : tasks) done += tried(task);
        if (done > 0) continue;
        Thread.sleep(BREATH);
        var unused = woken.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  private int tried(Task task) {
    try {
      return task.run();
    } catch (Exception e) {
      // Waiting for Vert.x throws checked exceptions as they are.
      LOG.log(Level.WARNING, name + ": what is due must wait", e);
      return 0;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
