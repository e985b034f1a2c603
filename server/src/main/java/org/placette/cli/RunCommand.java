package org.placette.cli;

import java.lang.management.ManagementFactory;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.placette.config.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code placette run}: serves until it is told to stop. */
@Command(name = "run", description = "Serves until stopped with Ctrl-C or a TERM signal.")
final class RunCommand implements Runnable {

  @ParentCommand private @Nullable Placette placette;

  @Option(names = "--demo", description = "First fill an empty database with a French village.")
  private boolean demo;

  @Override
  public void run() {
    var command = Objects.requireNonNull(placette);
    serve(command.settings(), command::services, demo);
  }

  /**
   * Whether a command line says no more than {@code run [--config FILE]}: such a start need not
   * load the reading of command lines, which takes as long as everything else here.
   */
  static boolean isPlain(String... args) {
    return (args.length == 1 || (args.length == 3 && args[1].equals("--config")))
        && args[0].equals("run");
  }

  static void serve(Settings settings, Function<Platform, Services> wiring, boolean demo) {
    var platform = Platform.take(settings);
    var stopped = new CountDownLatch(1);
    // From here on a signal must stop PostgreSQL in order, whatever else goes wrong.
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(
                    () -> {
                      platform.close();
                      stopped.countDown();
                    }));
    var serving = wiring.apply(platform).serve(demo);
    RestingHeap.watch(platform.vertx());
    var sinceStart =
        System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    System.out.printf("%s is served (after %.2f s).%n", serving.address(), sinceStart / 1000.0);
    if (serving.setUpLink() != null) {
      System.out.printf("Open this once to become its owner: %s%n", serving.setUpLink());
    }
    System.out.flush();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
