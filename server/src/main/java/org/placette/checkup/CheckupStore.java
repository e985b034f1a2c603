package org.placette.checkup;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;

/** How the database is. */
final class CheckupStore {

  record Answer(String version, boolean durable, String size, Instant now) {}

  private CheckupStore() {}

  static @Nullable Answer state(Sql sql) {
    return sql.one(
        """
        select current_setting('server_version'),
          current_setting('fsync') = 'on' and current_setting('full_page_writes') = 'on',
          pg_size_pretty(pg_database_size(current_database())), clock_timestamp()
        """,
        row ->
            new Answer(
                row.getString(0),
                row.getBoolean(1),
                row.getString(2),
                row.getOffsetDateTime(3).toInstant()));
  }
}
