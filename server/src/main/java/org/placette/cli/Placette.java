package org.placette.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.placette.config.Settings;
import org.placette.config.StartFailure;
import org.placette.db.DbException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code placette}. Exit codes: 0 done, 1 failed, 2 wrong use. */
@Command(
    name = "placette",
    description = "One small server per neighbourhood or village, for its events and talk.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Placette.Version.class,
    subcommands = {
      RunCommand.class,
      AccountCommand.class,
      TokenCommand.class,
      NeighbourCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      DoctorCommand.class,
      VersionCommand.class,
      TrainCommand.class
    })
public final class Placette implements Runnable {

  @Option(
      names = "--config",
      scope = ScopeType.INHERIT,
      paramLabel = "FILE",
      description = "Settings in a properties file; the environment wins over it.")
  private @Nullable Path config;

  @Spec private @Nullable CommandSpec spec;

  private final Function<Platform, Services> wiring;

  private Placette(Function<Platform, Services> wiring) {
    this.wiring = wiring;
  }

  /** Runs one command line and gives its exit code. */
  public static int execute(Function<Platform, Services> wiring, String... args) {
    Logging.start(List.of(args).contains("run") ? Level.INFO : Level.WARNING);
    if (RunCommand.isPlain(args)) {
      try {
        var file = args.length == 3 ? Path.of(args[2]) : null;
        RunCommand.serve(Settings.load(System.getenv(), file), wiring, false);
        return 0;
      } catch (Exception e) { // Vert.x throws checked ones undeclared
        return tell(e, new PrintWriter(System.err, true, StandardCharsets.UTF_8));
      }
    }
    return new CommandLine(new Placette(wiring))
        .setExecutionExceptionHandler((failure, line, result) -> tell(failure, line.getErr()))
        .execute(args);
  }

  /** Without a subcommand there is nothing to do: shows what there is, and counts as wrong use. */
  @Override
  public void run() {
    if (spec != null)
      throw new CommandLine.ParameterException(spec.commandLine(), "Which command?");
  }

  Settings settings() {
    return Settings.load(System.getenv(), config);
  }

  Services services(Platform platform) {
    return wiring.apply(platform);
  }

  /** Does one thing with the features, while the server runs or while it does not. */
  <T> T with(Function<Services, T> work) {
    try (var platform = Platform.join(settings())) {
      return work.apply(services(platform));
    }
  }

  private static int tell(Exception failure, PrintWriter err) {
    switch (failure) {
      case StartFailure refusal -> err.println(refusal.getMessage());
      case DbException database ->
          err.println(
              "The database said no: %s%nRun `placette doctor` to see what is wrong."
                  .formatted(database.getMessage()));
      default -> {
        failure.printStackTrace(err);
        err.println("This should not happen. Run `placette doctor`, and report the lines above.");
      }
    }
    err.flush();
    return 1;
  }

  /** The version that the build wrote down. */
  public static String version() {
    try (var in = Placette.class.getResourceAsStream("version.properties")) {
      var properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"Placette " + version()};
    }
  }
}
