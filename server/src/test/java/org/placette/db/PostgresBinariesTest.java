package org.placette.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresBinariesTest {

  @Test
  void of_two_processes_that_unpack_at_once_the_slower_takes_what_the_faster_left(
      @TempDir Path home) throws IOException {
    var folder = home.resolve("postgresql-18");
    PostgresBinaries.rename(unpacked(home, "one"), folder);
    PostgresBinaries.rename(unpacked(home, "two"), folder);
    assertEquals("one", Files.readString(folder.resolve("postgres")));
    assertFalse(Files.exists(home.resolve("two")));
  }

  private static Path unpacked(Path home, String name) throws IOException {
    var part = Files.createDirectory(home.resolve(name));
    Files.writeString(part.resolve("postgres"), name);
    return part;
  }
}
