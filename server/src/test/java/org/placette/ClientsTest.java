package org.placette;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.placette.db.Db;
import org.placette.testing.PgExtension;

/**
 * Real clients, where they are installed, do what residents do: post with a picture and a poll,
 * page a timeline both ways, follow, reply, boost, edit, delete, read notifications, listen to
 * streams. toot and Mastodon.py are Debian's; masto, megalodon and http_ece (which reads pushes)
 * are looked for in CLIENTS_FOLDER, or beside their scripts.
 */
@ExtendWith(PgExtension.class)
class ClientsTest {

  private static final Path SCRIPTS = Path.of("src", "test", "clients").toAbsolutePath();
  private static final String PYTHON = "/usr/bin/python3";

  @TempDir private static Path home;

  private static Village village;
  private static String origin;
  private static String token;
  private static String other;

  private record Run(int exit, String output) {}

  @BeforeAll
  static void open(Db db, @TempDir Path data) throws IOException {
    village = Village.start(db, data);
    origin = village.origin();
    token = village.person("odile").token();
    other = village.person("paul").token();
  }

  @AfterAll
  static void close() {
    village.close();
  }

  private static Run run(String... command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("XDG_CONFIG_HOME", home.toString());
    var process = builder.start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }

  private static void works(String name, List<String> command)
      throws IOException, InterruptedException {
    var run = run(command.toArray(String[]::new));
    assertEquals(0, run.exit(), run.output());
    assertTrue(run.output().endsWith(name + " did it all\n"), run.output());
  }

  private static void need(String what, String... command) throws InterruptedException {
    try {
      if (run(command).exit() != 0) skip(what);
    } catch (IOException e) {
      skip(what);
    }
  }

  /** Says it where the build is read, too: what is not there is not tried. */
  private static void skip(String what) {
    System.out.println("ClientsTest: skipped, " + what + " is not installed");
    Assumptions.abort(what + " is not installed");
  }

  @Test
  void mastodon_py_does_it_all() throws Exception {
    need("python3-mastodon", PYTHON, "-c", "import mastodon");
    var script = SCRIPTS.resolve("use_mastodon_py.py").toString();
    works("Mastodon.py", List.of(PYTHON, script, origin, token, other));
  }

  @Test
  void toot_does_it_all() throws Exception {
    need("toot", "toot", "--help");
    var script = SCRIPTS.resolve("use_toot.py").toString();
    works("toot", List.of(PYTHON, script, origin, token, "odile", "paul", other));
  }

  /** By a code carried over by hand, and out again. */
  @Test
  void mastodon_py_and_toot_sign_in_by_the_page() throws Exception {
    need("python3-mastodon or toot", PYTHON, "-c", "import mastodon, toot");
    var script = SCRIPTS.resolve("sign_in.py").toString();
    works("they", List.of(PYTHON, script, origin, "odile", Village.PASSWORD));
  }

  @ParameterizedTest
  @ValueSource(strings = {"masto", "megalodon", "http_ece"})
  void a_library_from_npm_does_it_all(String name) throws Exception {
    var chosen = System.getenv("CLIENTS_FOLDER");
    var folder = chosen == null ? SCRIPTS : Path.of(chosen);
    if (!Files.exists(folder.resolve("node_modules").resolve(name))) skip(name);
    need("node", "node", "--version");
    // Node looks for packages beside the script, so the script goes where they are.
    var script = folder.resolve("use_" + name + ".mjs");
    if (chosen != null)
      script = Files.copy(SCRIPTS.resolve(script.getFileName()), fresh(folder, name));
    try {
      works(name, new ArrayList<>(List.of("node", script.toString(), origin, token, other)));
    } finally {
      if (chosen != null) Files.deleteIfExists(script);
    }
  }

  private static Path fresh(Path folder, String name) {
    return folder.resolve("placette-" + name + "-" + ProcessHandle.current().pid() + ".mjs");
  }
}
