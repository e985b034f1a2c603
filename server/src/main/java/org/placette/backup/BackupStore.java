package org.placette.backup;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;

/** When the last backup was made. */
final class BackupStore {

  private BackupStore() {}

  static void note(Sql sql, Instant when) {
    sql.update(
        """
        insert into setting (key, value) values ('backup.last', $1)
        on conflict (key) do update set value = excluded.value
        """,
        when.toString());
  }

  static @Nullable Instant last(Sql sql) {
    return sql.one(
        "select value from setting where key = 'backup.last'",
        row -> Instant.parse(row.getString(0)));
  }
}
