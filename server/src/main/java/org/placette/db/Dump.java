package org.placette.db;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.placette.config.StartFailure;
import org.postgresql.PGConnection;

/**
 * Reads a whole database out as it stands at one moment, while others go on writing: every table in
 * PostgreSQL's text format for COPY, which every version reads.
 */
public final class Dump {

  private Dump() {}

  /** Where the tables go, one after the other. */
  @FunctionalInterface
  public interface Target {

    /**
     * Takes one table.
     *
     * @param columns in the order of the text
     * @return where the text goes; closed at its end
     */
    OutputStream table(String name, List<String> columns) throws IOException;
  }

  /**
   * What was read.
   *
   * @param rows how many rows each table has
   * @param sequences the next number of each sequence
   */
  public record Summary(Map<String, Long> rows, Map<String, Long> sequences) {}

  /** Reads everything but Flyway's history. */
  public static Summary write(Database database, Target target) throws IOException {
    try (var connection = connect(database)) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setReadOnly(true);
      execute(connection, "set local idle_in_transaction_session_timeout = 0");
      var copy = connection.unwrap(PGConnection.class).getCopyAPI();
      Map<String, Long> rows = new TreeMap<>();
      for (var table : tables(connection)) {
        var columns = columns(connection, table);
        try (var out = target.table(table, columns)) {
          rows.put(table, copy.copyOut("copy %s to stdout".formatted(shape(table, columns)), out));
        }
      }
      // Sequences do not belong to the snapshot: read last, they are never behind the rows.
      var sequences = sequences(connection);
      connection.rollback();
      return new Summary(rows, sequences);
    } catch (SQLException e) {
      throw new StartFailure("The database cannot be read: " + e.getMessage(), e);
    }
  }

  static Connection connect(Database database) throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Every table with rows of its own, by name. */
  static List<String> tables(Connection connection) throws SQLException {
    return strings(
        connection,
        """
        select relname from pg_class
        where relnamespace = 'public'::regnamespace and relkind = 'r'
          and relname <> 'flyway_schema_history'
        order by relname
        """);
  }

  /** The columns that are stored as written; the computed ones come back by themselves. */
  private static List<String> columns(Connection connection, String table) throws SQLException {
    return strings(
        connection,
        """
        select attname from pg_attribute
        where attrelid = '%s'::regclass and attnum > 0 and not attisdropped and attgenerated = ''
        order by attnum
        """
            .formatted(quote(table)));
  }

  private static Map<String, Long> sequences(Connection connection) throws SQLException {
    Map<String, Long> next = new TreeMap<>();
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                select sequencename, coalesce(last_value + increment_by, start_value)
                from pg_sequences where schemaname = 'public'
                """)) {
      while (rows.next()) next.put(rows.getString(1), rows.getLong(2));
    }
    return next;
  }

  static List<String> strings(Connection connection, String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) found.add(rows.getString(1));
    }
    return found;
  }

  /** A table with its columns, as COPY wants it. */
  static String shape(String table, List<String> columns) {
    return "%s (%s)"
        .formatted(quote(table), String.join(", ", columns.stream().map(Dump::quote).toList()));
  }

  static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
