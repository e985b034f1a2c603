package org.placette.db;

import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * 64-bit ids that sort by time: 48 bits of milliseconds, then 16 bits. In one process each id is
 * greater than the one before. Processes that share a database start each millisecond at a random
 * place, so two of them meet only when both draw the same of 65,536 places in the same millisecond;
 * the primary key then refuses the second.
 */
public final class Ids {

  private static final AtomicLong LAST = new AtomicLong();

  private Ids() {}

  /** A new id for now. */
  public static long next() {
    // The upper quarter is left free, so that a busy millisecond can count on before it reaches the
    // next one.
    var fresh = (System.currentTimeMillis() << 16) | ThreadLocalRandom.current().nextInt(0xC000);
    return LAST.accumulateAndGet(fresh, (last, wanted) -> Math.max(last + 1, wanted));
  }

  /**
   * A new id for something that happened at another time, such as a remote post: it sorts where the
   * moment belongs. Two calls for one moment give different ids.
   */
  public static long at(Instant moment) {
    return (Math.max(0, moment.toEpochMilli()) << 16)
        | ThreadLocalRandom.current().nextInt(0x10000);
  }

  /** The smallest id that any thing of that moment can have: for bounds in queries. */
  public static long floor(Instant moment) {
    return Math.max(0, moment.toEpochMilli()) << 16;
  }

  /** The moment an id carries, to the millisecond. */
  public static Instant instant(long id) {
    return Instant.ofEpochMilli(id >>> 16);
  }
}
