package org.placette.federation.fetch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How many large answers may be in memory at once, whoever sends them: many hosts that each answer
 * with the largest document that is taken would otherwise fill the heap together. Who is next waits
 * half read; answers of the usual size never wait. Thread-safe, blocks nobody.
 */
final class LargeAnswers {

  /** What an answer may come to without a place; hardly any actor or post is larger. */
  static final int USUAL_BYTES = 64 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Place> waiting = new ArrayDeque<>();
  private int free;

  LargeAnswers(int atOnce) {
    free = atOnce;
  }

  /** How many could begin now. */
  int free() {
    lock.lock();
    try {
      return free;
    } finally {
      lock.unlock();
    }
  }

  /** The place of one answer, should it turn out to be large; close it when all was read. */
  final class Place implements AutoCloseable {

    private @Nullable Runnable goOn;
    private boolean taken;
    private boolean closed;

    /**
     * Asks for the place, once.
     *
     * @param goOn run when it is there, now or on the thread of whoever leaves; never after the end
     */
    void take(Runnable goOn) {
      lock.lock();
      try {
        if (closed) return;
        this.goOn = goOn;
        waiting.add(this);
      } finally {
        lock.unlock();
      }
      admit();
    }

    @Override
    public void close() {
      lock.lock();
      try {
        if (closed) return;
        closed = true;
        waiting.remove(this);
        if (taken) free++;
      } finally {
        lock.unlock();
      }
      admit();
    }
  }

  private void admit() {
    for (var next = next(); next != null; next = next()) next.run();
  }

  private @Nullable Runnable next() {
    lock.lock();
    try {
      if (free == 0) return null;
      var place = waiting.poll();
      if (place == null) return null;
      free--;
      place.taken = true;
      return place.goOn;
    } finally {
      lock.unlock();
    }
  }
}
