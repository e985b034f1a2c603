package org.placette.db;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.placette.config.StartFailure;

/**
 * Brings the database to the schema this version needs, from the files {@code
 * db/migration/V<number>__<words>.sql}. Flyway does the work, under a lock of the database, so
 * several processes may start at once; it is not even loaded when one query shows that there is
 * nothing to do.
 */
public final class Migrations {

  private static final Pattern NAME = Pattern.compile("V([0-9]+)__\\w+\\.sql");
  private static final String FOLDER = "db/migration";

  /** PostgreSQL's code. */
  private static final String UNDEFINED_TABLE = "42P01";

  private Migrations() {}

  /**
   * Runs what is missing.
   *
   * @throws StartFailure when the database was migrated by a newer Placette, or a migration fails
   */
  public static void run(Db db, Database database) {
    var names = names();
    int newest = newest(names);
    var state = state(db);
    int applied = state.version();
    if (applied == newest && state.count() == names.size()) return;
    if (applied > newest) {
      throw new StartFailure(
          "The database is at schema %d and this Placette knows only %d. Start the newer Placette, or restore a backup."
              .formatted(applied, newest));
    }
    migrate(database, newest);
  }

  /**
   * Runs the migrations up to a version: for a database that is to receive a backup of that age.
   */
  public static void migrate(Database database, int version) {
    try {
      var unused = flyway(database).target(Integer.toString(version)).load().migrate();
    } catch (FlywayException e) {
      throw new StartFailure(
          "The database could not be brought to schema %d: %s"
              .formatted(version, String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ")),
          e);
    }
  }

  /** Removes everything from a database: only for one that was empty when we began to fill it. */
  static void undo(Database database) {
    var unused = flyway(database).cleanDisabled(false).load().clean();
  }

  private static FluentConfiguration flyway(Database database) {
    return Flyway.configure()
        .dataSource(database.jdbcUrl(), database.user(), database.password())
        .locations("classpath:" + FOLDER)
        .outOfOrder(true)
        // One connection holds a lock for as long as another works, which may be minutes.
        .initSql("set idle_in_transaction_session_timeout = 0")
        .loggers("slf4j");
  }

  /** The schema the database has; 0 when it has none. */
  public static int applied(Db db) {
    return state(db).version();
  }

  private record State(int version, int count) {}

  /** One question, so that a start need not wait for three; Flyway's table may be missing. */
  private static State state(Db db) {
    try {
      var state =
          db.one(
              """
              select coalesce(max(version::int), 0), count(version)::int
              from flyway_schema_history where success
              """,
              row -> new State(row.getInteger(0), row.getInteger(1)));
      return state == null ? new State(0, 0) : state;
    } catch (DbException e) {
      if (UNDEFINED_TABLE.equals(e.sqlState())) return new State(0, 0);
      throw e;
    }
  }

  /** The schema this Placette needs. */
  public static int newest() {
    return newest(names());
  }

  private static int newest(List<String> names) {
    return names.stream().mapToInt(Migrations::version).max().orElse(0);
  }

  private static int version(String name) {
    var matcher = NAME.matcher(name);
    if (!matcher.matches()) throw new IllegalStateException("A migration is misnamed: " + name);
    return Integer.parseInt(matcher.group(1));
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>();
    try {
      var folders = Migrations.class.getClassLoader().getResources(FOLDER);
      while (folders.hasMoreElements()) names(folders.nextElement(), names);
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("The migrations cannot be listed", e);
    }
    return names;
  }

  private static void names(URL folder, List<String> names) throws IOException, URISyntaxException {
    if (folder.getProtocol().equals("file")) {
      try (var files = Files.newDirectoryStream(Path.of(folder.toURI()))) {
        for (var file : files) add(file.getFileName().toString(), names);
      }
    } else if (folder.openConnection() instanceof JarURLConnection jar) {
      // Names only, as they stand in the jar: what Java knows of versions costs milliseconds.
      var entries = jar.getJarFile().entries();
      while (entries.hasMoreElements()) {
        var name = entries.nextElement().getName();
        if (name.startsWith(FOLDER + "/")) add(name.substring(FOLDER.length() + 1), names);
      }
    }
  }

  private static void add(String name, List<String> names) {
    if (name.endsWith(".sql")) names.add(name);
  }
}
