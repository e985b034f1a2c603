package org.placette.testing;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.placette.db.Database;
import org.placette.db.Db;
import org.placette.db.DbException;
import org.placette.db.Migrations;
import org.placette.db.Postgres;

/** The run's one PostgreSQL: it migrates one template database and copies it for whoever asks. */
public final class TestDatabases implements AutoCloseable {

  private static final String URL = "PLACETTE_TEST_DATABASE_URL";

  private final Vertx vertx = Vertx.vertx();
  private final @Nullable Postgres own;
  private final @Nullable Path home;
  private final Database server;
  private final Db admin;
  private final String prefix = "placette_test_" + ProcessHandle.current().pid();
  private final AtomicInteger count = new AtomicInteger();
  private final ReentrantLock copying = new ReentrantLock();

  private TestDatabases() {
    ReadyKeys.install();
    var url = System.getProperty(URL, System.getenv().getOrDefault(URL, ""));
    if (url.isBlank()) {
      home = temporary();
      // Nothing here outlives the run, so nothing waits for the disk.
      own =
          Postgres.start(
              home,
              programs(),
              Map.of("fsync", "off", "synchronous_commit", "off", "full_page_writes", "off"));
      server = own.database();
    } else {
      home = null;
      own = null;
      server = Database.parse(url);
    }
    admin = Db.open(vertx, server, 1);
    var template = create("_template", "template0");
    Migrations.migrate(template, Migrations.newest());
  }

  /** The run's databases, started by whoever asks first. */
  static TestDatabases of(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.GLOBAL)
        .getOrComputeIfAbsent(TestDatabases.class, key -> new TestDatabases(), TestDatabases.class);
  }

  /** A new database with the whole schema and no row. */
  public Database fresh() {
    return create("_" + count.incrementAndGet(), prefix + "_template");
  }

  /** A new database without any schema. */
  public Database empty() {
    return create("_" + count.incrementAndGet(), "template0");
  }

  /**
   * Removes a database, whoever is still connected. One that PostgreSQL itself is tidying up just
   * then cannot be removed, and goes with the whole cluster.
   */
  public void drop(Database database) {
    try {
      var unused = admin.run("drop database if exists %s with (force)".formatted(database.name()));
    } catch (DbException busy) {
      if (!"42501".equals(busy.sqlState())) throw busy;
    }
  }

  Vertx vertx() {
    return vertx;
  }

  /** Where unpacked PostgreSQL programs stay between runs. */
  public static Path programs() {
    try {
      return Files.createDirectories(Path.of("target/postgresql").toAbsolutePath());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Database create(String suffix, String template) {
    var name = prefix + suffix;
    copying.lock();
    try {
      var unused = admin.run("create database %s template %s".formatted(name, template));
    } finally {
      copying.unlock();
    }
    return server.named(name);
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "test-postgres-")
          .toAbsolutePath();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    if (own == null) {
      for (var name :
          admin.list(
              "select datname from pg_database where starts_with(datname, $1)",
              row -> row.getString(0),
              prefix)) {
        drop(server.named(name));
      }
    }
    admin.close();
    var unused = vertx.close().await();
    if (own != null) own.close();
    if (home != null) {
      try (var files = Files.walk(home)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
      }
    }
  }
}
