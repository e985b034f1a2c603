package org.placette.cli;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.placette.config.DataFolder;
import org.placette.config.Settings;
import org.placette.config.StartFailure;
import org.placette.db.Database;
import org.placette.db.Db;
import org.placette.db.DbException;
import org.placette.db.Migrations;
import org.placette.db.Postgres;

/**
 * What every command and the server itself stand on: settings, data folder, database at the right
 * schema, Vert.x. Closing it stops what it started and nothing else.
 */
public final class Platform implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Platform.class.getName());
  private static final int SERVER_CONNECTIONS = 6;
  private static final int COMMAND_CONNECTIONS = 2;

  private final Settings settings;
  private final @Nullable DataFolder folder;
  private final @Nullable Postgres postgres;
  private final Vertx vertx;
  private final Database database;
  private final Db db;
  private final List<AutoCloseable> above = new CopyOnWriteArrayList<>();

  private Platform(
      Settings settings,
      @Nullable DataFolder folder,
      @Nullable Postgres postgres,
      Vertx vertx,
      Database database,
      int connections) {
    this.settings = settings;
    this.folder = folder;
    this.postgres = postgres;
    this.vertx = vertx;
    this.database = database;
    this.db = Db.open(vertx, database, connections);
  }

  /** For the server: takes the data folder, or refuses when another server has it. */
  public static Platform take(Settings settings) {
    return own(settings, DataFolder.take(settings.data()), SERVER_CONNECTIONS).checked();
  }

  /** For a command: through the running server's database, or on its own when none runs. */
  public static Platform join(Settings settings) {
    var folder = DataFolder.tryTake(settings.data());
    if (folder.isPresent()) return own(settings, folder.get(), COMMAND_CONNECTIONS).checked();
    var database =
        outside(settings)
            .or(() -> Postgres.running(settings.data()))
            .orElseThrow(
                () ->
                    new StartFailure(
                        "A server is just starting or stopping in %s. Try again in a moment."
                            .formatted(settings.data())));
    return new Platform(settings, null, null, newVertx(), database, COMMAND_CONNECTIONS).checked();
  }

  private static Platform own(Settings settings, DataFolder folder, int connections) {
    var outside = outside(settings);
    Postgres postgres = null;
    try {
      // PostgreSQL starts while the classes of Vert.x are loaded.
      var starting =
          outside.isPresent()
              ? null
              : CompletableFuture.supplyAsync(
                  () -> Postgres.start(folder), task -> Thread.ofPlatform().start(task));
      var vertx = newVertx();
      if (starting != null) postgres = starting.join();
      var database = postgres == null ? outside.orElseThrow() : postgres.database();
      return new Platform(settings, folder, postgres, vertx, database, connections);
    } catch (CompletionException e) {
      folder.close();
      throw e.getCause() instanceof StartFailure refusal ? refusal : e;
    }
  }

  /** One event loop per core: more of them only wake one another. */
  private static Vertx newVertx() {
    var cores = Runtime.getRuntime().availableProcessors();
    return Vertx.vertx(
        new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(cores));
  }

  private static Optional<Database> outside(Settings settings) {
    var url = settings.databaseUrl();
    return url.isEmpty() ? Optional.empty() : Optional.of(Database.parse(url));
  }

  private String blamed(@Nullable String kept) {
    return kept != null && kept.endsWith("://" + settings.domain())
        ? "PLACETTE_SCHEME"
        : "PLACETTE_DOMAIN";
  }

  /** The database has the right schema, and is this address's own. */
  private Platform checked() {
    try {
      Migrations.run(db, database);
      var kept = PlatformStore.keep(db, settings.origin());
      if (!settings.origin().equals(kept)) {
        throw new StartFailure(
            "%s is wrong: this data belongs to %s, not to %s, and an address cannot change after the first start. Set the old one (--config names a settings file), or start with another PLACETTE_DATA."
                .formatted(blamed(kept), kept, settings.origin()));
      }
      return this;
    } catch (DbException e) {
      close();
      // PostgreSQL says itself why it lets nobody in; a database of our own is not set by anybody.
      throw settings.databaseUrl().isEmpty() || !e.isRefusal() ? e : database.refused(e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  public Settings settings() {
    return settings;
  }

  public Vertx vertx() {
    return vertx;
  }

  public Db db() {
    return db;
  }

  public Database database() {
    return database;
  }

  /** The data folder, which holds keys and media. */
  public Path data() {
    return settings.data();
  }

  /** Keeps something that stands on this platform, to be closed before it; the last one first. */
  public void onClose(AutoCloseable part) {
    above.add(part);
  }

  /** Stops what stands on it, then everything below. */
  @Override
  public void close() {
    for (var part : above.reversed()) {
      try {
        part.close();
      } catch (Exception e) {
        LOG.log(Level.WARNING, "Something did not stop in order", e);
      }
    }
    db.close();
    var unused = vertx.close().await();
    if (postgres != null) postgres.close();
    if (folder != null) folder.close();
  }
}
