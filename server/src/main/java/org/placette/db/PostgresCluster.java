package org.placette.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.placette.config.DataFolder;
import org.placette.config.StartFailure;

/**
 * The files of our own PostgreSQL's databases: making them the first time, their settings, and the
 * processes that a killed server left running on them. The caller holds the data folder.
 */
final class PostgresCluster {

  /**
   * The role and the database that Placette uses; the role owns its database and rules nothing
   * else.
   */
  static final String NAME = "placette";

  private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

  private final Path home;
  private final Path folder;

  PostgresCluster(Path home) {
    this.home = home;
    this.folder = home.resolve("cluster-" + PostgresBinaries.major());
  }

  Path folder() {
    return folder;
  }

  /** The role's password, from the file that only the folder's owner can read. */
  String password() throws IOException {
    return Files.readString(home.resolve("password")).strip();
  }

  /**
   * Makes the cluster if there is none yet. It is made under a temporary name, so a kill meanwhile
   * leaves nothing that a later start could take for a whole one.
   */
  void ensure(PostgresBinaries binaries, List<String> unprivileged)
      throws IOException, InterruptedException {
    if (Files.exists(folder.resolve("PG_VERSION"))) return;
    refuseOtherMajor();
    var part = home.resolve(folder.getFileName() + ".part");
    PostgresBinaries.delete(part);
    var password = makePassword();
    var initdb = new ArrayList<>(unprivileged);
    // Superuser postgres has no password and may only enter in single-user mode.
    initdb.addAll(
        List.of(
            binaries.program("initdb"),
            "--pgdata=" + part,
            "--username=postgres",
            "--auth=reject",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            "--no-instructions"));
    runOrRefuse(initdb, "");
    write(
        part.resolve("pg_hba.conf"),
        "host all %1$s 127.0.0.1/32 scram-sha-256%nlocal all %1$s scram-sha-256%n".formatted(NAME));
    var single = new ArrayList<>(unprivileged);
    single.addAll(
        List.of(binaries.program("postgres"), "--single", "-D", part.toString(), "postgres"));
    // Many rounds protect passwords that somebody could guess; 256 random bits need none, and each
    // connection pays for them.
    runOrRefuse(
        single,
        """
        set scram_iterations = 64
        create role %1$s login createdb password '%2$s'
        create database %1$s owner %1$s
        """
            .formatted(NAME, password));
    Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
  }

  private void refuseOtherMajor() throws IOException {
    try (var others = Files.newDirectoryStream(home, "cluster-*")) {
      for (var other : others) {
        if (other.toString().endsWith(".part")) continue;
        throw new StartFailure(
            "%s was made by another PostgreSQL than version %s. Run the Placette it came from, `placette backup FILE`, then `placette restore FILE` with this one into an empty data folder."
                .formatted(other, PostgresBinaries.major()));
      }
    }
  }

  private String makePassword() throws IOException {
    var bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    var password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    write(home.resolve("password"), password + "\n");
    return password;
  }

  /**
   * Writes the settings; the administrator's own go into postgresql.local.conf beside the cluster.
   */
  void configure(Map<String, String> settings) throws IOException {
    var text = new StringBuilder("# Written by Placette at each start.\n");
    new TreeMap<>(settings)
        .forEach((name, value) -> text.append("%s = '%s'%n".formatted(name, value)));
    text.append("include_if_exists = '../postgresql.local.conf'\n");
    var file = folder.resolve("postgresql.conf");
    if (!text.toString().equals(Files.readString(file))) write(file, text.toString());
  }

  /**
   * What the running PostgreSQL wrote about itself: its process and port, once it takes queries.
   */
  record Running(long pid, int port) {}

  /** The PostgreSQL that says it is ready in this folder; empty while it is not. */
  Optional<Running> running() {
    try {
      var lines = Files.readAllLines(folder.resolve("postmaster.pid"));
      if (lines.size() < 8 || !lines.get(7).strip().equals("ready")) return Optional.empty();
      return Optional.of(
          new Running(
              Long.parseLong(lines.get(0).strip()), Integer.parseInt(lines.get(3).strip())));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * Stops what a killed server left running here: the PostgreSQL itself, or only its children. They
   * are known by their working folder, because a number in a lock file may long be somebody else's.
   */
  void stopStrays() throws IOException, InterruptedException {
    var strays = processes();
    if (!strays.isEmpty()) {
      var asked = System.nanoTime();
      signal("INT", strays);
      while (!strays.isEmpty()) {
        var waited = Duration.ofNanos(System.nanoTime() - asked);
        if (waited.compareTo(STOP_PATIENCE.multipliedBy(2)) > 0) {
          throw new StartFailure(
              "An older PostgreSQL (process %d) does not stop. Stop it with kill and start again."
                  .formatted(strays.getFirst()));
        }
        if (waited.compareTo(STOP_PATIENCE) > 0) signal("KILL", strays);
        Thread.sleep(5);
        strays = processes();
      }
    }
    Files.deleteIfExists(folder.resolve("postmaster.pid"));
  }

  private List<Long> processes() throws IOException {
    List<Long> found = new ArrayList<>();
    var real = folder.toRealPath();
    try (var all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (var process : all) {
        try {
          if (Files.readSymbolicLink(process.resolve("cwd")).equals(real)) {
            found.add(Long.valueOf(process.getFileName().toString()));
          }
        } catch (IOException notOursOrGone) {
          // Other users' processes cannot be looked at, and ours may end meanwhile.
        }
      }
    }
    return found;
  }

  /** Sends a signal by name; processes that are gone already do not matter. */
  static void signal(String name, List<Long> pids) throws IOException, InterruptedException {
    var command = new StringBuilder("kill -" + name);
    for (var pid : pids) command.append(' ').append(pid);
    var process =
        new ProcessBuilder("sh", "-c", command + " 2>/dev/null")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.waitFor(5, TimeUnit.SECONDS);
  }

  private void write(Path file, String text) throws IOException {
    var part = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(part);
    Files.createFile(
        part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(part, text);
    DataFolder.own(home, part);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void runOrRefuse(List<String> command, String input)
      throws IOException, InterruptedException {
    var out = home.resolve("initdb.log");
    try {
      var builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
      Postgres.environment(builder);
      var process = builder.start();
      try (var stdin = process.outputWriter()) {
        stdin.write(input);
      }
      if (process.waitFor() != 0) {
        var said = Files.readAllLines(out);
        throw new StartFailure(
            "PostgreSQL's first start failed: %s"
                .formatted(
                    said.isEmpty()
                        ? "no message"
                        : String.join(
                            " / ", said.subList(Math.max(0, said.size() - 3), said.size()))));
      }
    } finally {
      try {
        Files.delete(out);
      } catch (NoSuchFileException e) {
        // The command did not start.
      }
    }
  }
}
