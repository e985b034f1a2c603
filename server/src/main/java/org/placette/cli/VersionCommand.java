package org.placette.cli;

import picocli.CommandLine.Command;

/** {@code placette version}. */
@Command(name = "version", description = "Says which Placette and which Java this is.")
final class VersionCommand implements Runnable {

  @Override
  public void run() {
    System.out.printf(
        "Placette %s (Java %s, %s)%n",
        Placette.version(), Runtime.version(), System.getProperty("os.arch"));
  }
}
