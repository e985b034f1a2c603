package org.placette.checkup;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.placette.db.Db;

/** How the database is asked how it is. */
@FunctionalInterface
public interface Ground {

  /**
   * How the database is.
   *
   * @param durable whether what was committed survives a power cut
   * @param size of all of it, for people
   * @param now by its clock
   * @param took until it answered
   * @param where it is, without a password
   */
  record State(
      String version, boolean durable, String size, Instant now, Duration took, String where) {}

  /** Asks; may throw a StartFailure or whatever the driver throws. */
  State look();

  /** Asks a database that is open. */
  static State look(Db db) {
    var begin = System.nanoTime();
    var answer = Objects.requireNonNull(CheckupStore.state(db));
    return new State(
        answer.version(),
        answer.durable(),
        answer.size(),
        answer.now(),
        Duration.ofNanos(System.nanoTime() - begin),
        db.database().toString());
  }
}
