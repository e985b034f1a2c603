package org.placette.cli;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code placette neighbour add|list|remove}. */
@Command(name = "neighbour", description = "Servers of other neighbourhoods that this one follows.")
final class NeighbourCommand {

  @ParentCommand private @Nullable Placette placette;

  @Command(name = "add", description = "Follows a host: its events appear here.")
  void add(
      @Parameters(paramLabel = "HOST", description = "such as marche.example.org") String host) {
    String done = with(services -> services.addNeighbour(host));
    System.out.println(done);
  }

  @Command(name = "list", description = "Lists every neighbour and who follows whom.")
  void list() {
    var neighbours = with(Services::neighbours);
    if (neighbours.isEmpty()) {
      System.out.println("No neighbour yet. Add one with: placette neighbour add HOST");
      return;
    }
    System.out.printf("%-40s %-14s %-14s %s%n", "host", "software", "we follow", "they follow");
    for (var one : neighbours) {
      System.out.printf(
          "%-40s %-14s %-14s %s%n", one.host(), one.software(), one.weFollow(), one.theyFollow());
    }
  }

  @Command(name = "remove", description = "Stops following a host and being followed by it.")
  void remove(@Parameters(paramLabel = "HOST") String host) {
    String done = with(services -> services.removeNeighbour(host));
    System.out.println(done);
  }

  private <T> T with(Function<Services, T> work) {
    return Objects.requireNonNull(placette).with(work);
  }
}
