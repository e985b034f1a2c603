package org.placette.db;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.placette.config.StartFailure;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Fills an empty database with what a {@link Dump} read, in one transaction: the database has all
 * of it in the end, or nothing.
 */
public final class Load implements AutoCloseable {

  private final Database database;
  private final Connection connection;
  private final List<String> constraints = new ArrayList<>();
  private final Map<String, Long> rows = new HashMap<>();
  private @Nullable CopyIn copy;
  private String table = "";
  private boolean finished;

  private Load(Database database, Connection connection) {
    this.database = database;
    this.connection = connection;
  }

  /**
   * Makes the schema that the dump had.
   *
   * @param schema the dump's schema
   * @throws StartFailure when the database has something in it already
   */
  public static Load into(Database database, int schema) {
    try {
      var connection = Dump.connect(database);
      var there = Dump.tables(connection);
      if (!there.isEmpty()) {
        connection.close();
        throw new StartFailure(
            "The database %s is not empty (it has the table %s). Restore into an empty one."
                .formatted(database, there.getFirst()));
      }
      Migrations.migrate(database, schema);
      var load = new Load(database, connection);
      try {
        load.prepare();
      } catch (SQLException e) {
        load.close();
        throw e;
      }
      return load;
    } catch (SQLException e) {
      throw new StartFailure("The database cannot be written: " + e.getMessage(), e);
    }
  }

  /** Foreign keys come back at the end, so that tables may come in any order. */
  private void prepare() throws SQLException {
    connection.setAutoCommit(false);
    Dump.execute(connection, "set local idle_in_transaction_session_timeout = 0");
    var keys =
        """
        from pg_constraint
        where contype = 'f' and connamespace = 'public'::regnamespace and conparentid = 0
        order by oid
        """;
    constraints.addAll(
        Dump.strings(
            connection,
            """
            select format('alter table %%s add constraint %%I %%s',
              conrelid::regclass, conname, pg_get_constraintdef(oid))
            %s
            """
                .formatted(keys)));
    for (var drop :
        Dump.strings(
            connection,
            "select format('alter table %%s drop constraint %%I', conrelid::regclass, conname) %s"
                .formatted(keys))) {
      Dump.execute(connection, drop);
    }
    for (var name : Dump.tables(connection)) {
      Dump.execute(connection, "alter table %s disable trigger user".formatted(Dump.quote(name)));
      // Rows that the migrations themselves made are in the dump too.
      Dump.execute(connection, "delete from %s".formatted(Dump.quote(name)));
    }
  }

  /** Begins a table; what follows goes into it. */
  public void table(String name, List<String> columns) throws IOException {
    try {
      end();
      table = name;
      copy =
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn("copy %s from stdin".formatted(Dump.shape(name, columns)));
    } catch (SQLException e) {
      throw new IOException("table " + name + ": " + e.getMessage(), e);
    }
  }

  /** Adds text to the table that was begun last. */
  public void write(byte[] text, int length) throws IOException {
    if (copy == null) throw new IOException("text before any table");
    try {
      copy.writeToCopy(text, 0, length);
    } catch (SQLException e) {
      throw new IOException("table " + table + ": " + e.getMessage(), e);
    }
  }

  private void end() throws SQLException {
    if (copy == null) return;
    rows.put(table, copy.endCopy());
    copy = null;
  }

  /** Checks that all is there, sets the sequences and commits. */
  public void finish(Dump.Summary wanted) throws IOException {
    try {
      end();
      for (var one : wanted.rows().entrySet()) {
        if (!one.getValue().equals(rows.get(one.getKey()))) {
          throw new IOException(
              "table %s has %s rows instead of %s"
                  .formatted(one.getKey(), rows.get(one.getKey()), one.getValue()));
        }
      }
      for (var name : Dump.tables(connection)) {
        Dump.execute(connection, "alter table %s enable trigger user".formatted(Dump.quote(name)));
      }
      for (var add : constraints) Dump.execute(connection, add);
      for (var one : wanted.sequences().entrySet()) {
        Dump.execute(
            connection,
            "select setval('%s', %d, false)".formatted(Dump.quote(one.getKey()), one.getValue()));
      }
      connection.commit();
      finished = true;
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Without a {@link #finish} before, nothing remains, not even the empty tables. */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // The server ends the transaction with the connection.
    }
    if (!finished) Migrations.undo(database);
  }
}
