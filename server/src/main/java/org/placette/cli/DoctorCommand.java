package org.placette.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.config.StartFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code placette doctor}. */
@Command(
    name = "doctor",
    description =
        "Looks at disk, keys, database, clock, name, ports and mail, and says what to do.")
final class DoctorCommand implements Runnable {

  @ParentCommand private @Nullable Placette placette;

  private int wrong;

  @Override
  public void run() {
    var settings = Objects.requireNonNull(placette).settings();
    System.out.printf("Placette %s for %s%n", Placette.version(), settings.origin());
    for (var finding : new Checkup(settings).all()) {
      System.out.printf("%-8s %s%n", finding.grade().word(), finding.text());
      if (finding.grade() == Checkup.Grade.WRONG) wrong++;
    }
    if (wrong > 0) {
      throw new StartFailure(
          wrong == 1 ? "One thing is wrong: see above." : wrong + " things are wrong: see above.");
    }
    System.out.println("Nothing stands in the way.");
  }
}
