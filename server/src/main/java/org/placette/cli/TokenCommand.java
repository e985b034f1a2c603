package org.placette.cli;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code placette token}. */
@Command(name = "token", description = "Prints one access token for the client API.")
final class TokenCommand implements Runnable {

  @ParentCommand private @Nullable Placette placette;

  @Option(names = "--username", required = true)
  private String username = "";

  @Option(
      names = "--scopes",
      defaultValue = "read write follow push",
      description = "\"${DEFAULT-VALUE}\" if absent.")
  private String scopes = "";

  @Override
  public void run() {
    var wanted = new LinkedHashSet<>(List.of(scopes.strip().split("[ ,+]+")));
    String token =
        Objects.requireNonNull(placette).with(services -> services.createToken(username, wanted));
    System.out.println(token);
  }
}
