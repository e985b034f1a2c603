package org.placette.db;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.placette.config.DataFolder;
import org.placette.config.StartFailure;

/**
 * Placette's own PostgreSQL: unpacked, initialised, started, watched and stopped by this process.
 * It listens on a free port of 127.0.0.1 only and asks for a password that stands in the data
 * folder. When it is killed it is started again on the same port; when this process is killed, the
 * next start stops what was left and recovers.
 */
public final class Postgres implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Postgres.class.getName());
  private static final Duration START_PATIENCE = Duration.ofMinutes(10);
  private static final long LOG_BYTES = 5_000_000;

  /**
   * Durable first, then small: one village's data and one small machine. {@code max_connections}
   * leaves room for the pool, a second process and the command line.
   */
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("listen_addresses", "127.0.0.1"),
          Map.entry("unix_socket_directories", ""),
          Map.entry("fsync", "on"),
          Map.entry("synchronous_commit", "on"),
          Map.entry("full_page_writes", "on"),
          Map.entry("max_connections", "40"),
          Map.entry("shared_buffers", "16MB"),
          Map.entry("work_mem", "4MB"),
          Map.entry("maintenance_work_mem", "32MB"),
          Map.entry("effective_cache_size", "256MB"),
          Map.entry("wal_level", "minimal"),
          Map.entry("max_wal_senders", "0"),
          Map.entry("max_wal_size", "256MB"),
          Map.entry("min_wal_size", "64MB"),
          Map.entry("wal_buffers", "2MB"),
          Map.entry("wal_compression", "pglz"),
          Map.entry("max_worker_processes", "4"),
          Map.entry("max_parallel_workers_per_gather", "0"),
          Map.entry("max_logical_replication_workers", "0"),
          Map.entry("autovacuum_max_workers", "1"),
          Map.entry("autovacuum_work_mem", "8MB"),
          // A village has twenty actors: the planner knows of few rows only what it was told.
          Map.entry("autovacuum_analyze_threshold", "15"),
          Map.entry("io_method", "sync"),
          Map.entry("jit", "off"),
          Map.entry("random_page_cost", "1.1"),
          Map.entry("idle_in_transaction_session_timeout", "30s"),
          Map.entry("tcp_keepalives_idle", "60"),
          Map.entry("timezone", "UTC"),
          Map.entry("log_timezone", "UTC"),
          // Failed queries reach Placette, which logs them; the rest is worth a line here.
          Map.entry("log_min_messages", "log"),
          Map.entry("log_min_error_statement", "panic"),
          Map.entry("log_checkpoints", "off"),
          Map.entry("cluster_name", "placette"));

  private final Path home;
  private final PostgresBinaries binaries;
  private final PostgresCluster cluster;
  private final List<String> unprivileged;
  private final Map<String, String> settings;
  private final ReentrantLock lock = new ReentrantLock();
  private int port;
  private @Nullable Process process;
  private volatile boolean closing;

  private Postgres(Path home, Path programs, Map<String, String> more) {
    this.home = home;
    this.binaries = PostgresBinaries.below(programs);
    this.cluster = new PostgresCluster(home);
    this.unprivileged = Unprivileged.words(home);
    this.settings = new HashMap<>(SETTINGS);
    settings.putAll(more);
  }

  /**
   * Starts PostgreSQL in a data folder that this process has taken, making everything it needs the
   * first time. Returns once it takes queries.
   *
   * @throws StartFailure when it cannot start, with PostgreSQL's own reason
   */
  public static Postgres start(DataFolder data) {
    var home = data.folder("postgres");
    return start(home, home, Map.of());
  }

  /** As {@link #start(DataFolder)}, with the programs elsewhere and other settings: for tests. */
  public static Postgres start(Path home, Path programs, Map<String, String> settings) {
    var postgres = new Postgres(home, programs, settings);
    try {
      postgres.open();
      return postgres;
    } catch (IOException e) {
      throw new StartFailure("PostgreSQL cannot start in %s: %s".formatted(home, e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailure("The start of PostgreSQL was interrupted.", e);
    }
  }

  /**
   * The database of a server that is running on this data folder in another process; empty when
   * none answers there.
   */
  public static Optional<Database> running(Path data) {
    var cluster = new PostgresCluster(data.toAbsolutePath().normalize().resolve("postgres"));
    return cluster
        .running()
        .filter(running -> ProcessHandle.of(running.pid()).isPresent())
        .map(
            running -> {
              try {
                return database(running.port(), cluster.password());
              } catch (IOException e) {
                throw new StartFailure(
                    "The database's password in %s cannot be read. Run this command as the user that runs the server."
                        .formatted(data),
                    e);
              }
            });
  }

  /** Where the database is. The same for as long as this object lives. */
  public Database database() {
    try {
      return database(port, cluster.password());
    } catch (IOException e) {
      throw new StartFailure("The database's password cannot be read: " + e, e);
    }
  }

  /** The id of PostgreSQL's main process; changes when it was killed and started again. */
  public long pid() {
    lock.lock();
    try {
      return process == null ? -1 : process.pid();
    } finally {
      lock.unlock();
    }
  }

  private static Database database(int port, String password) {
    return new Database("127.0.0.1", port, PostgresCluster.NAME, PostgresCluster.NAME, password);
  }

  private void open() throws IOException, InterruptedException {
    cluster.ensure(binaries, unprivileged);
    cluster.stopStrays();
    StartFailure last = null;
    // The port is free when it is chosen and may be taken a moment later.
    for (int attempt = 0; attempt < 3; attempt++) {
      try {
        port = freePort();
        launch();
        return;
      } catch (StartFailure e) {
        last = e;
      }
    }
    throw last == null ? new StartFailure("PostgreSQL did not start.") : last;
  }

  private void launch() throws IOException, InterruptedException {
    settings.put("port", Integer.toString(port));
    cluster.configure(settings);
    var log = log();
    var command = new ArrayList<>(unprivileged);
    command.addAll(List.of(binaries.program("postgres"), "-D", cluster.folder().toString()));
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    environment(builder);
    var started = builder.start();
    awaitReady(started, log);
    process = started;
    var unused = started.onExit().thenAcceptAsync(this::ended);
  }

  private void awaitReady(Process started, Path log) throws IOException, InterruptedException {
    var begin = System.nanoTime();
    boolean said = false;
    while (cluster.running().filter(r -> r.pid() == started.pid()).isEmpty()) {
      var waited = Duration.ofNanos(System.nanoTime() - begin);
      if (!started.isAlive() || waited.compareTo(START_PATIENCE) > 0) {
        started.destroyForcibly();
        throw new StartFailure(
            "PostgreSQL did not start: %s. Its log is %s.".formatted(lastReason(log), log));
      }
      if (!said && waited.toSeconds() >= 3) {
        said = true;
        LOG.info("PostgreSQL recovers what was under way when it was last killed");
      }
      Thread.sleep(2);
    }
  }

  /** Runs when PostgreSQL's main process has ended, whoever ended it. */
  private void ended(Process dead) {
    for (int attempt = 0; !closing; attempt++) {
      LOG.warning("PostgreSQL ended with status " + dead.exitValue() + " and is started again");
      lock.lock();
      try {
        if (closing) return;
        cluster.stopStrays();
        launch();
        return;
      } catch (IOException | StartFailure e) {
        LOG.log(Level.SEVERE, "PostgreSQL did not start again: " + e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } finally {
        lock.unlock();
      }
      try {
        Thread.sleep(Math.min(30_000, 250L << Math.min(attempt, 7)));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /**
   * Stops PostgreSQL in order: open transactions are rolled back, everything else is on the disk.
   */
  @Override
  public void close() {
    closing = true;
    lock.lock();
    try {
      var running = process;
      if (running == null || !running.isAlive()) return;
      PostgresCluster.signal("INT", List.of(running.pid()));
      if (!running.waitFor(30, TimeUnit.SECONDS)) {
        PostgresCluster.signal("QUIT", List.of(running.pid()));
        if (!running.waitFor(10, TimeUnit.SECONDS)) running.destroyForcibly();
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "PostgreSQL could not be told to stop; the next start will", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** PostgreSQL gets no secret and no habit of the administrator's shell. */
  static void environment(ProcessBuilder builder) {
    var environment = builder.environment();
    environment.keySet().retainAll(List.of("PATH"));
    environment.put("LC_ALL", "C");
    environment.put("TZ", "UTC");
    // A backend gives back what a plan needed for a moment, instead of keeping it for good.
    environment.put("MALLOC_TRIM_THRESHOLD_", "131072");
    environment.put("MALLOC_MMAP_THRESHOLD_", "131072");
  }

  private Path log() throws IOException {
    var log = home.resolve("postgres.log");
    if (Files.exists(log) && Files.size(log) > LOG_BYTES) {
      Files.move(log, home.resolve("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
    return log;
  }

  private static String lastReason(Path log) throws IOException {
    if (!Files.exists(log)) return "no message";
    var lines = Files.readAllLines(log);
    for (var line : lines.reversed()) {
      var fatal = line.indexOf("FATAL: ");
      if (fatal >= 0) return line.substring(fatal + 7).strip();
    }
    return lines.isEmpty() ? "no message" : lines.getLast();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
