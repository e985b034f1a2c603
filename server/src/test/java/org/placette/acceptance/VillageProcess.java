package org.placette.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.placette.Main;
import org.placette.db.Db;
import org.placette.db.Postgres;
import org.placette.db.PostgresProcess;
import org.placette.testing.App;
import org.placette.testing.Eventually;
import org.placette.testing.Ports;
import org.placette.testing.Walker;

/**
 * One village as a process of its own: {@code placette run} with its own data folder, PostgreSQL
 * and port. It can be killed and run again.
 */
final class VillageProcess implements AutoCloseable {

  private static final Pattern SET_UP = Pattern.compile("become its owner: (\\S+)");

  private final String name;
  private final Path folder;
  private final int port;
  private final Vertx vertx;
  private final Path link;
  private @Nullable Process server;
  private @Nullable Db db;
  private int starts;
  private String smtp = "";

  /**
   * @param folder an existing one, for the data folder and the logs
   */
  VillageProcess(String name, Path folder, Vertx vertx) throws IOException {
    this.name = name;
    this.folder = folder;
    this.vertx = vertx;
    this.port = Ports.free();
    // The programs are the same in every data folder; those of earlier runs save the unpacking.
    var programs = PostgresProcess.programs();
    Files.createDirectories(data().resolve("postgres"));
    link = data().resolve("postgres").resolve(programs.getFileName());
    Files.createSymbolicLink(link, programs);
  }

  /** Gives it a mail server, from the next start on. */
  VillageProcess withMail(String url) {
    smtp = url;
    return this;
  }

  /** Starts it and returns once it serves. */
  void run() throws Exception {
    starts++;
    var started = process(log(), "run");
    server = started;
    Eventually.holds(
        Duration.ofMinutes(4),
        () -> {
          if (!started.isAlive()) throw new IllegalStateException(name + " ended:\n" + said());
          return said().contains(" is served (");
        },
        () -> name + " does not serve:\n" + said());
  }

  private Process process(Path output, String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    // As the launcher starts it; the optimising compiler would not pay in so short a life.
    command.add("@" + Path.of("src/main/app/jvm.options").toAbsolutePath());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(words));
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    var environment = builder.environment();
    environment.keySet().removeIf(key -> key.startsWith("PLACETTE_"));
    environment.put("PLACETTE_DOMAIN", host());
    environment.put("PLACETTE_LISTEN", "127.0.0.1:" + port);
    environment.put("PLACETTE_DATA", data().toString());
    if (!smtp.isEmpty()) environment.put("PLACETTE_SMTP_URL", smtp);
    environment.put("PLACETTE_ALLOW_PRIVATE", "127.0.0.0/8,::1/128");
    return builder.start();
  }

  /** Runs another command of the village while it serves, and gives what it printed. */
  String command(String... words) throws IOException, InterruptedException {
    var output = folder.resolve(name + "-command.log");
    var process = process(output, words);
    if (!process.waitFor(60, TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
    var said = Files.readString(output);
    if (process.exitValue() != 0) throw new IllegalStateException(String.join(" ", words) + said);
    return said;
  }

  /** Its public host and port, as handles name it. */
  String host() {
    return "localhost:" + port;
  }

  /** The first owner of a new village, signed in. */
  Walker settle(String place, String username, String name) throws Exception {
    var walker = new Walker(origin());
    var owner =
        Map.of(
            "place", place,
            "username", username,
            "displayName", name,
            "email", username + "@example.org",
            "password", "une phrase assez longue");
    assertEquals("/", walker.submit(setUpLink(), "/setup", owner).path());
    return walker;
  }

  /** An app with the token that the command prints. */
  App app(String username) throws IOException, InterruptedException {
    var printed = command("token", "--username", username).strip();
    return new App(origin(), printed.substring(printed.lastIndexOf('\n') + 1).strip());
  }

  String origin() {
    return "http://" + host();
  }

  /** The one-time link for its first owner. */
  String setUpLink() {
    var link = SET_UP.matcher(said());
    if (!link.find()) throw new IllegalStateException("no link in:\n" + said());
    return link.group(1);
  }

  /** What it has printed and logged since its last start. */
  String said() {
    try {
      return Files.readString(log());
    } catch (IOException e) {
      return String.valueOf(e);
    }
  }

  private Path log() {
    return folder.resolve("%s-%d.log".formatted(name, starts));
  }

  private Path data() {
    return folder.resolve(name);
  }

  /** A look into its database, for counting; open again after each start. */
  Db db() {
    var open = db;
    if (open == null) {
      open = Db.open(vertx, Postgres.running(data()).orElseThrow(), 2);
      db = open;
    }
    return open;
  }

  /** The number that a query gives. */
  long count(String sql, Object... args) {
    return Objects.requireNonNull(db().one(sql, row -> row.getLong(0), args));
  }

  /** Kill -9: nothing is finished, nothing is said; its PostgreSQL is left an orphan. */
  void kill() throws InterruptedException {
    forget();
    Objects.requireNonNull(server).destroyForcibly().waitFor();
  }

  /** The main process of its PostgreSQL. */
  long postgresPid() throws IOException {
    try (var clusters = Files.newDirectoryStream(data().resolve("postgres"), "cluster-*")) {
      var file = clusters.iterator().next().resolve("postmaster.pid");
      var lines = Files.readAllLines(file);
      return lines.isEmpty() ? 0 : Long.parseLong(lines.getFirst().strip());
    } catch (NoSuchFileException starting) {
      return 0;
    }
  }

  /** Kill -9 of its PostgreSQL alone. */
  void killPostgres() throws IOException {
    ProcessHandle.of(postgresPid()).orElseThrow().destroyForcibly();
  }

  private void forget() {
    if (db != null) db.close();
    db = null;
  }

  /** Stops it in order, as an administrator does, or else by force. */
  @Override
  public void close() throws IOException, InterruptedException {
    forget();
    if (server != null) stop(server);
    Files.delete(link);
  }

  private void stop(Process running) throws IOException, InterruptedException {
    if (running.isAlive()) {
      running.destroy();
      if (running.waitFor(30, TimeUnit.SECONDS)) return;
      running.destroyForcibly().waitFor();
    }
    killPostgres();
  }
}
