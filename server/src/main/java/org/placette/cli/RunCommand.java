package org.placette.cli;

import java.lang.management.ManagementFactory;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code placette run}: serves until it is told to stop. */
@Command(name = "run", description = "Serves until stopped with Ctrl-C or a TERM signal.")
final class RunCommand implements Runnable {

  @ParentCommand private @Nullable Placette placette;

  @Option(names = "--demo", description = "First fill an empty database with a French village.")
  private boolean demo;

  private final CountDownLatch stopped = new CountDownLatch(1);

  @Override
  public void run() {
    var command = Objects.requireNonNull(placette);
    var platform = Platform.take(command.settings());
    // From here on a signal must stop PostgreSQL in order, whatever else goes wrong.
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(
                    () -> {
                      platform.close();
                      stopped.countDown();
                    }));
    var serving = command.services(platform).serve(demo);
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
