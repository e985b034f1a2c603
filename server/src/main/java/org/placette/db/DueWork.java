package org.placette.db;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

/**
 * Does what falls due by itself, on a thread of its own, until it is closed. Every process may run
 * one: its tasks take rows under locks, so that each thing is done once.
 */
public final class DueWork implements AutoCloseable {

  private static final Logger LOG = System.getLogger("placette.due");

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

  private void loop() {
    try {
      while (true) {
        var done = 0;
        for (var task : tasks) done += tried(task);
        if (done == 0) Thread.sleep(pause);
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
