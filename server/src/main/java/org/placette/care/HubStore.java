package org.placette.care;

import org.placette.db.Sql;

/** How much waits for those who moderate. */
final class HubStore {

  private HubStore() {}

  static long waiting(Sql sql) {
    var count = sql.one("select count(*) from sign_up", row -> row.getLong(0));
    return count == null ? 0 : count;
  }
}
