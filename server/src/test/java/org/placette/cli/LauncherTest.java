package org.placette.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that people start, with a Java that only says how it was called. */
class LauncherTest {

  @Test
  void the_cache_is_used_where_it_was_made_and_left_alone_where_the_program_was_moved(
      @TempDir Path temp) throws Exception {
    var here = Files.createDirectory(temp.toRealPath().resolve("made"));
    var java = Files.createDirectories(here.resolve("runtime/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho \"$@\"\n");
    assertTrue(java.toFile().setExecutable(true));
    Files.writeString(here.resolve("runtime/release"), "JAVA_VERSION=\"25\"\n");
    var app = Files.createDirectory(here.resolve("app"));
    Files.writeString(app.resolve("placette.aot.place"), app + "\n");
    Files.copy(Path.of("../placette"), here.resolve("placette"));

    var made = started(here);
    assertTrue(made.contains("-XX:AOTCache=" + app + "/placette.aot"), made);
    assertTrue(made.endsWith("-jar " + app + "/placette.jar version"), made);
    var moved = started(Files.move(here, here.resolveSibling("moved")));
    assertFalse(moved.contains("AOTCache"), moved);
    assertTrue(moved.endsWith("/moved/app/placette.jar version"), moved);
  }

  private static String started(Path folder) throws Exception {
    var process =
        new ProcessBuilder("sh", folder.resolve("placette").toString(), "version")
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said.strip();
  }
}
