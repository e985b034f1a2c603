package org.placette;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.config.Settings;
import org.placette.db.Db;
import org.placette.db.Retention;
import org.placette.testing.PgExtension;
import org.placette.web.Language;
import org.placette.web.Messages;

/** Whatever is stored says why and for how long, once, in both languages. */
@ExtendWith(PgExtension.class)
class TablesTest {

  /** Flyway's own list of what was done to the schema. */
  private static final Set<String> OF_TOOLS = Set.of("flyway_schema_history");

  @Test
  void every_table_is_declared_once(Db db, @TempDir Path data) {
    var declared = declared(data);
    assertEquals(declared.size(), new HashSet<>(declared).size(), declared::toString);
    var stored =
        new TreeSet<>(
            db.list(
                "select tablename from pg_tables where schemaname = 'public'",
                row -> row.getString(0)));
    stored.removeAll(OF_TOOLS);
    assertEquals(stored, new TreeSet<>(declared));
  }

  @Test
  void every_reason_can_be_read_in_both_languages(@TempDir Path data) {
    for (var table : Tables.all(Settings.local(18_998, data)))
      for (var language : Language.values())
        assertEquals(
            true, Messages.of(language).keys().contains(table.purposeKey()), table.purposeKey());
  }

  @Test
  void old_rows_of_every_table_can_leave(Db db, @TempDir Path data) {
    for (var table : Tables.all(Settings.local(18_998, data)))
      assertEquals(0, Retention.clean(db, table), table.table());
  }

  @Test
  void a_row_that_two_columns_name_leaves_when_it_is_old(Db db) {
    db.update("create table kept (a int, b text, at timestamptz, primary key (a, b))");
    db.update("insert into kept values (1, 'x', now() - interval '2 days'), (1, 'y', now())");
    var kept = Retention.Table.aged("kept", "", Duration.ofDays(1), "(a, b)", "at < now() - :keep");
    assertEquals(1, Retention.clean(db, kept));
    assertEquals("y", db.one("select b from kept", row -> row.getString(0)));
    db.update("drop table kept");
  }

  private static List<String> declared(Path data) {
    return Tables.all(Settings.local(18_998, data)).stream().map(Retention.Table::table).toList();
  }
}
