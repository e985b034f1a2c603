package org.placette.db;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.placette.config.StartFailure;

/**
 * How to start PostgreSQL, which refuses to run as root. As an ordinary user it is started as it
 * is. As root there are two ways, tried in this order:
 *
 * <ol>
 *   <li>in a user namespace without any user ({@code unshare -U}): the files stay root's own;
 *   <li>as another user ({@code setpriv}), who is then given the folder: where namespaces are
 *       forbidden, as in many containers, and when the folder belongs to somebody else already.
 * </ol>
 *
 * Both commands belong to util-linux, which every Debian, Ubuntu and Fedora system has.
 */
final class Unprivileged {

  private static final int NOBODY = 65534;

  private Unprivileged() {}

  /**
   * The words that go before a PostgreSQL command.
   *
   * @param home the folder that holds PostgreSQL's files; it changes hands when another user must
   *     own it
   */
  static List<String> words(Path home) {
    List<String> words = new ArrayList<>();
    // Ctrl-C in a terminal reaches every process of the group: PostgreSQL must outlive the server's
    // own orderly stop.
    if (installed("setsid")) words.add("setsid");
    if (uid(Path.of("/proc/self")) != 0) return words;
    var owner = uid(home);
    if (owner == 0 && works("unshare", "-U", "true")) {
      words.addAll(List.of("unshare", "-U"));
      return words;
    }
    var user = owner == 0 ? NOBODY : owner;
    var group = owner == 0 ? NOBODY : id("unix:gid", home);
    var setpriv = List.of("setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups");
    if (!works(concat(setpriv, "true"))) {
      throw new StartFailure(
          "PostgreSQL does not run as root, and this machine lets it run as nobody else. Start"
              + " Placette as an ordinary user.");
    }
    give(home, user, group, owner == 0 ? Integer.MAX_VALUE : 2);
    var within = new ArrayList<>(setpriv);
    if (!works(concat(within, "test", "-x", home.toString()))) {
      // Below a folder that only root may enter, such as /root, it needs root's way through
      // folders.
      within.addAll(
          List.of(
              "--securebits=+no_setuid_fixup",
              "--inh-caps=+dac_override",
              "--ambient-caps=+dac_override"));
      if (!works(concat(within, "test", "-x", home.toString()))) {
        throw new StartFailure(
            "PostgreSQL does not run as root, and other users may not enter %s. Choose a PLACETTE_DATA such as /var/lib/placette, or start Placette as an ordinary user."
                .formatted(home));
      }
    }
    words.addAll(within);
    return words;
  }

  private static int uid(Path file) {
    return id("unix:uid", file);
  }

  private static int id(String which, Path file) {
    try {
      return (Integer) Files.getAttribute(file, which);
    } catch (IOException e) {
      throw new StartFailure("%s cannot be read: %s".formatted(file, e), e);
    }
  }

  /** PostgreSQL's own files deeper down are its user's already, after the first time. */
  private static void give(Path home, int user, int group, int depth) {
    try (var files = Files.walk(home, depth)) {
      for (var file : files.toList()) {
        if (Files.isSymbolicLink(file) || uid(file) == user) continue;
        Files.setAttribute(file, "unix:uid", user);
        Files.setAttribute(file, "unix:gid", group);
      }
    } catch (IOException e) {
      throw new StartFailure(
          "%s cannot be given to user %d: %s. Start Placette as an ordinary user."
              .formatted(home, user, e),
          e);
    }
  }

  private static String[] concat(List<String> words, String... more) {
    return Stream.concat(words.stream(), Stream.of(more)).toArray(String[]::new);
  }

  private static boolean installed(String program) {
    var path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static boolean works(String... command) {
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
