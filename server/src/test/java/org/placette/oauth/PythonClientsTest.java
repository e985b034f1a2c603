package org.placette.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.db.Db;
import org.placette.testing.PgExtension;

/** Mastodon.py and toot sign in, where Debian's packages of them are installed. */
@ExtendWith(PgExtension.class)
class PythonClientsTest {

  private static final String PYTHON = "/usr/bin/python3";
  private static final String PASSWORD = Village.PASSWORD;

  private record Run(int exit, String output) {}

  private static Run run(Path home, String... command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("XDG_CONFIG_HOME", home.toString());
    var process = builder.start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }

  private static boolean installed(Path home) throws InterruptedException {
    try {
      return run(home, PYTHON, "-c", "import mastodon, toot").exit() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void they_sign_in_by_a_code_carried_over_by_hand_and_out_again(Db db, @TempDir Path data)
      throws Exception {
    Assumptions.assumeTrue(installed(data), "toot and python3-mastodon are not installed");
    try (var village = Village.start(db, data)) {
      var unused = village.person("odile");
      var script = Path.of("src", "test", "clients", "sign_in.py").toString();
      var run = run(data, PYTHON, script, village.origin(), "odile", PASSWORD);
      assertEquals("Mastodon.py signed in and out\ntoot signed in\n", run.output());
    }
  }
}
