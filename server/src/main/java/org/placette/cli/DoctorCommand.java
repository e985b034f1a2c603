package org.placette.cli;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.checkup.Checkup;
import org.placette.checkup.Finding.Grade;
import org.placette.checkup.Ground;
import org.placette.config.Settings;
import org.placette.config.StartFailure;
import org.placette.web.Language;
import org.placette.web.Messages;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code placette doctor}: speaks French in a French shell. */
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
    var french = Locale.getDefault().getLanguage().equals("fr");
    var words = Messages.of(french ? Language.FR : Language.EN);
    System.out.println(words.text("doctor.head", Placette.version(), settings.origin()));
    var running = Checkup.isRunning(settings);
    for (var finding : new Checkup(settings, running, () -> look(settings)).all()) {
      var text = words.text("doctor." + finding.key(), finding.values().toArray());
      System.out.printf("%-8s %s%n", finding.grade().word(), text);
      if (finding.grade() == Grade.WRONG) wrong++;
    }
    if (wrong > 0) throw new StartFailure(words.count("doctor.wrong", wrong));
    System.out.println(words.text("doctor.fine"));
  }

  private static Ground.State look(Settings settings) {
    try (var platform = Platform.join(settings)) {
      return Ground.look(platform.db());
    }
  }
}
