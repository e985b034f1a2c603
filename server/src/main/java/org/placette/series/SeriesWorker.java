package org.placette.series;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Publishes occurrences when their time comes. Every process may run one: a series is looked at
 * under its lock, and an occurrence is noted in the transaction that publishes it.
 */
public final class SeriesWorker implements AutoCloseable {

  private static final Logger LOG = System.getLogger("placette.series");
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final Recurrence recurrence;
  private volatile @Nullable Thread thread;

  public SeriesWorker(Recurrence recurrence) {
    this.recurrence = recurrence;
  }

  /** Begins. */
  public SeriesWorker start() {
    thread = Thread.ofVirtual().name("series").start(this::loop);
    return this;
  }

  private void loop() {
    try {
      while (true) {
        Thread.sleep(PAUSE);
        try {
          while (recurrence.publishDue() > 0) {
            // the next one
          }
        } catch (RuntimeException e) {
          LOG.log(Level.WARNING, "series must wait", e);
        }
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  @Override
  public void close() {
    var running = thread;
    if (running != null) running.interrupt();
  }
}
