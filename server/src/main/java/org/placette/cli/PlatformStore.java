package org.placette.cli;

import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;

/** What the commands themselves ask the database: whose it is, and how it is. */
final class PlatformStore {

  private PlatformStore() {}

  /**
   * Keeps the address that all ids of this database carry if none is kept yet; gives the one that
   * counts.
   */
  static @Nullable String keep(Sql sql, String origin) {
    var kept = find(sql);
    if (kept != null) return kept;
    sql.update(
        "insert into setting (key, value) values ('origin', $1) on conflict do nothing", origin);
    return find(sql);
  }

  private static @Nullable String find(Sql sql) {
    return sql.one("select value from setting where key = 'origin'", row -> row.getString(0));
  }

  /** Whether everything that was accepted has had its effect. */
  static boolean isIdle(Sql sql) {
    return sql.one("select from inbox limit 1", row -> true) == null;
  }
}
