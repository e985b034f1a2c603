package org.placette.care;

import org.placette.db.Sql;

/** How much waits for those who moderate. */
final class HubStore {

  private HubStore() {}

  /** How many wait for somebody: reports, appeals, measures for a second person. */
  record Care(long reports, long appeals, long proposals) {}

  static Care care(Sql sql) {
    var found =
        sql.one(
            """
            select (select count(*) from report where state = 'open'),
              (select count(*) from appeal where state = 'open'),
              (select count(*) from measure where state = 'proposed')
            """,
            row -> new Care(row.getLong(0), row.getLong(1), row.getLong(2)));
    return found == null ? new Care(0, 0, 0) : found;
  }

  static long waiting(Sql sql) {
    var count = sql.one("select count(*) from sign_up", row -> row.getLong(0));
    return count == null ? 0 : count;
  }

  /** Servers that ask to follow ours. */
  static long asking(Sql sql) {
    var count =
        sql.one(
            """
            select count(distinct n.host) from neighbour n
            join follow f on f.actor_id = n.actor_id and f.state = 'pending'
            join actor t on t.id = f.target_id and t.host is null
            """,
            row -> row.getLong(0));
    return count == null ? 0 : count;
  }
}
