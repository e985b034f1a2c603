package org.placette.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.config.StartFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code placette account create} and {@code placette account delete}. */
@Command(
    name = "account",
    description = "Accounts of people here.",
    subcommands = {AccountCommand.Create.class, AccountCommand.Delete.class})
final class AccountCommand {

  @ParentCommand private @Nullable Placette placette;

  enum Role {
    owner,
    admin,
    moderator,
    animator,
    facilitator,
    keeper,
    resident
  }

  @Command(
      name = "delete",
      description =
          "Deletes an account for ever: what it wrote, its files, its follows. Other servers are"
              + " told once the server runs. The name is never given again.")
  static final class Delete implements Runnable {

    @ParentCommand private @Nullable AccountCommand account;

    @Option(names = "--username", required = true, description = "Whose.")
    private String username = "";

    @Override
    public void run() {
      var placette = Objects.requireNonNull(Objects.requireNonNull(account).placette);
      String said = placette.with(services -> services.deleteAccount(username));
      System.out.println(said);
    }
  }

  @Command(
      name = "create",
      description =
          "Creates an account that can sign in at once. Prints the password it made, unless one is"
              + " given.")
  static final class Create implements Runnable {

    @ParentCommand private @Nullable AccountCommand account;

    @Option(names = "--username", required = true, description = "a to z, 0 to 9 and _")
    private String username = "";

    @Option(names = "--email", required = true)
    private String email = "";

    @Option(
        names = "--role",
        defaultValue = "resident",
        description = "One of ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE} if absent).")
    private Role role = Role.resident;

    @Option(
        names = "--password-stdin",
        description = "Read the password from the first line of the input.")
    private boolean passwordFromInput;

    @Override
    public void run() {
      var password = passwordFromInput ? read() : random();
      var placette = Objects.requireNonNull(Objects.requireNonNull(account).placette);
      var done =
          placette.with(
              services -> {
                services.createAccount(username, email, role.name(), password);
                return true;
              });
      assert done;
      System.out.printf("Account %s (%s) is there.%n", username, role);
      if (!passwordFromInput) System.out.printf("Password: %s%n", password);
    }

    private static String random() {
      var bytes = new byte[15];
      new SecureRandom().nextBytes(bytes);
      return Base64.getUrlEncoder().encodeToString(bytes);
    }

    private static String read() {
      try {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var line = in.readLine();
        if (line != null && !line.isBlank()) return line;
      } catch (IOException e) {
        // The answer below says it.
      }
      throw new StartFailure(
          "No password came in. Try: echo 'the password' | placette account create …"
              + " --password-stdin");
    }
  }
}
