package org.placette.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.sqlclient.Row;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.placette.config.Settings;
import org.placette.config.StartFailure;
import org.placette.db.Db;
import org.placette.testing.Ports;

class CommandLineTest {

  @TempDir Path folder;
  private Path config;

  private record Outcome(int status, String out, String err) {}

  @BeforeEach
  void settings() throws IOException {
    config = settings("data", "localhost:18181");
  }

  private Path settings(String data, String domain) throws IOException {
    var file = folder.resolve(data + ".properties");
    return Files.writeString(
        file, "PLACETTE_DATA=%s\nPLACETTE_DOMAIN=%s\n".formatted(folder.resolve(data), domain));
  }

  @Test
  void a_backup_taken_while_the_server_runs_restores_everything() throws IOException {
    var file = folder.resolve("village.backup");
    var media = new byte[300_000];
    Arrays.fill(media, (byte) 7);
    List<String> before;
    try (var server = Platform.take(Settings.load(System.getenv(), config))) {
      fill(server.db());
      Files.createDirectories(server.data().resolve("media/2026"));
      Files.write(server.data().resolve("media/2026/photo.webp"), media);
      before = rows(server.db());
      var done = placette("backup", "--config", config.toString(), file.toString());
      assertEquals(0, done.status(), done.err());
      server.db().update("delete from setting where key = 'k7'");
    }
    var other = settings("other", "localhost:18181");
    var done = placette("restore", "--config", other.toString(), file.toString());
    assertEquals(0, done.status(), done.err());
    assertTrue(done.out().startsWith("Restored http://localhost:18181 as of "), done.out());
    try (var restored = Platform.take(Settings.load(System.getenv(), other))) {
      assertEquals(before, rows(restored.db()));
      assertArrayEquals(media, Files.readAllBytes(folder.resolve("other/media/2026/photo.webp")));
      assertThrows(
          org.placette.db.DbException.class,
          () ->
              restored
                  .db()
                  .update(
                      "insert into follow (id, uri, actor_id, target_id, state) values (9, 'x', 1,"
                          + " 99, 'pending')"),
          "foreign keys are back");
    }
    var again = placette("restore", "--config", other.toString(), file.toString());
    assertEquals(1, again.status());
    assertTrue(again.err().contains("is not empty"), again.err());
  }

  @Test
  void a_backup_that_is_cut_off_is_refused_and_leaves_nothing() throws IOException {
    var file = folder.resolve("village.backup");
    assertEquals(0, placette("backup", "--config", config.toString(), file.toString()).status());
    var whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length * 2 / 3));
    var other = settings("other", "localhost:18181");
    var done = placette("restore", "--config", other.toString(), file.toString());
    assertEquals(1, done.status());
    assertTrue(done.err().contains("Nothing was changed"), done.err());
    Files.write(file, whole);
    assertEquals(0, placette("restore", "--config", other.toString(), file.toString()).status());
  }

  @Test
  void an_address_cannot_change_after_the_first_start() throws IOException {
    Platform.take(Settings.load(System.getenv(), config)).close();
    var changed = Settings.load(System.getenv(), settings("data", "village.example"));
    var refusal = assertThrows(StartFailure.class, () -> Platform.take(changed));
    assertTrue(
        String.valueOf(refusal.getMessage())
            .startsWith("PLACETTE_DOMAIN is wrong: this data belongs to http://localhost:18181"));
    var same = settings("data", "localhost:18181");
    Files.writeString(same, Files.readString(same) + "\nPLACETTE_SCHEME=https\n");
    var safer = Settings.load(System.getenv(), same);
    refusal = assertThrows(StartFailure.class, () -> Platform.take(safer));
    assertTrue(
        String.valueOf(refusal.getMessage())
            .startsWith("PLACETTE_SCHEME is wrong: this data belongs to http://localhost:18181"));
  }

  @Test
  void a_database_that_lets_nobody_in_is_one_line_that_names_the_setting() throws IOException {
    var url = "postgresql://nobody:secret@127.0.0.1:%d/village".formatted(Ports.free());
    Files.writeString(config, "\nPLACETTE_DATABASE_URL=" + url, StandardOpenOption.APPEND);
    var settings = Settings.load(System.getenv(), config);
    var refusal = assertThrows(StartFailure.class, () -> Platform.take(settings));
    var line = String.valueOf(refusal.getMessage());
    assertTrue(line.startsWith("PLACETTE_DATABASE_URL leads to no database"), line);
    assertFalse(line.contains("secret"), line);
  }

  @Test
  void wrong_use_is_2_failure_is_1_and_help_is_there_for_all() {
    assertEquals(2, placette().status());
    assertEquals(2, placette("dance").status());
    assertEquals(2, placette("token").status());
    assertEquals(2, placette("neighbour", "add").status());
    var missing = placette("backup", "--config", "/nowhere/at/all", "x");
    assertEquals(1, missing.status());
    assertTrue(missing.err().startsWith("The settings file /nowhere/at/all cannot be read"));
    for (var command :
        List.of("run", "account create", "token", "neighbour add", "backup", "restore", "doctor")) {
      var words = new ArrayList<>(List.of(command.split(" ")));
      words.add("--help");
      var help = placette(words.toArray(String[]::new));
      assertEquals(0, help.status());
      assertTrue(help.out().startsWith("Usage: placette " + command), help.out());
    }
  }

  @Test
  void the_doctor_looks_at_a_stopped_server_and_changes_nothing() throws IOException {
    var done = placette("doctor", "--config", config.toString());
    assertTrue(done.out().contains("no database yet"), done.out() + done.err());
    assertFalse(Files.exists(folder.resolve("data/postgres")));
  }

  private static void fill(Db db) {
    db.run(
        """
        insert into actor (id, uri, type, username, inbox)
        select n, 'https://a.example/' || n, 'Person', 'u' || n, 'https://a.example/inbox'
        from generate_series(1, 3) n
        """);
    db.run(
        "insert into follow (id, uri, actor_id, target_id, state) values (5, 'f', 3, 1,"
            + " 'pending')");
    db.run(
        """
        insert into setting (key, value)
        select 'k' || n, repeat(E'é\\t\\n\\\\ ''', 2000) from generate_series(1, 400) n
        """);
  }

  private static List<String> rows(Db db) {
    List<String> rows = new ArrayList<>();
    for (var table : List.of("actor", "follow", "setting")) {
      rows.addAll(
          db.list(
              "select md5(t::text) from %s t order by 1".formatted(table),
              (Row row) -> row.getString(0)));
    }
    return rows;
  }

  private static Outcome placette(String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var oldOut = System.out;
    var oldErr = System.err;
    try {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      int status = Placette.execute(platform -> new NoServices(), args);
      return new Outcome(
          status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(oldOut);
      System.setErr(oldErr);
    }
  }

  /**
   * What is left out here: the commands tried in this class must work without any feature, and fail
   * their test when they ask for one. The features have acceptance tests of their own.
   */
  private static final class NoServices implements Services {
    @Override
    public Serving serve(boolean demo) {
      throw new AssertionError("this command needs no feature");
    }

    @Override
    public void createAccount(String username, String email, String role, String password) {
      throw new AssertionError("this command needs no feature");
    }

    @Override
    public String deleteAccount(String username) {
      throw new AssertionError("this command needs no feature");
    }

    @Override
    public String createToken(String username, Set<String> scopes) {
      throw new AssertionError("this command needs no feature");
    }

    @Override
    public String addNeighbour(String host) {
      throw new AssertionError("this command needs no feature");
    }

    @Override
    public List<Neighbour> neighbours() {
      throw new AssertionError("this command needs no feature");
    }

    @Override
    public String removeNeighbour(String host) {
      throw new AssertionError("this command needs no feature");
    }
  }
}
