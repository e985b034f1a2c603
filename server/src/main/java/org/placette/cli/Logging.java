package org.placette.cli;

import java.util.logging.Level;
import java.util.logging.Logger;

/** One line per message on the error stream, where systemd and Docker find it. */
final class Logging {

  // Held, because a logger that nobody holds forgets its level. Its failures come as exceptions.
  private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");
  private static final Logger ROOT = Logger.getLogger("");

  private Logging() {}

  /**
   * Sets the format and what is worth saying, unless the administrator named a file of their own.
   *
   * @param least the least level that is shown
   */
  static void start(Level least) {
    if (System.getProperty("java.util.logging.config.file") != null) return;
    System.setProperty(
        "java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT%1$tz %4$s %3$s: %5$s%6$s%n");
    ROOT.setLevel(least);
    FLYWAY.setLevel(Level.SEVERE);
  }
}
