package org.placette.db;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.placette.config.DataFolder;
import org.placette.config.StartFailure;
import org.placette.testing.TestDatabases;

/** A process that is all that a server is to its PostgreSQL: for tests that kill it. */
public final class PostgresProcess {

  /** Starts PostgreSQL in the given data folder, says so, and stops it when its input ends. */
  public static void main(String[] args) throws IOException {
    try (var data = DataFolder.take(Path.of(args[0]))) {
      var begin = Instant.now();
      try (var postgres = Postgres.start(data)) {
        System.out.printf(
            "ready %d %d %d%n",
            postgres.pid(),
            postgres.database().port(),
            Duration.between(begin, Instant.now()).toMillis());
        while (System.in.read() >= 0) {}
      }
      System.out.println("stopped");
    } catch (StartFailure e) {
      System.out.println("refused " + e.getMessage());
      System.exit(1);
    }
  }

  /** The unpacked programs that tests share; a data folder may link to them. */
  public static Path programs() {
    return PostgresBinaries.below(TestDatabases.programs()).folder();
  }

  private PostgresProcess() {}
}
