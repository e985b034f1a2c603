package org.placette.series;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.db.Retention;
import org.placette.db.Sql;
import org.placette.db.Tx;

/** The rows of {@code series_attendee}. */
final class RegularStore {

  private RegularStore() {}

  /** Somebody who comes each time. */
  record Regular(long actor, int party) {}

  static void put(Tx tx, long series, long actor, int party) {
    tx.update(
        """
        insert into series_attendee (series_id, actor_id, party) values ($1, $2, $3)
        on conflict (series_id, actor_id) do update set party = excluded.party
        """,
        series,
        actor,
        party);
  }

  static boolean remove(Tx tx, long series, long actor) {
    return tx.update(
            "delete from series_attendee where series_id = $1 and actor_id = $2", series, actor)
        > 0;
  }

  /** All, in the order in which they came; at most 1,000. */
  static List<Regular> all(Sql sql, long series) {
    return sql.list(
        """
        select actor_id, party from series_attendee where series_id = $1
        order by published, actor_id limit 1000
        """,
        row -> new Regular(row.getLong(0), row.getInteger(1)),
        series);
  }

  static @Nullable Regular of(Sql sql, long series, long actor) {
    return sql.one(
        "select actor_id, party from series_attendee where series_id = $1 and actor_id = $2",
        row -> new Regular(row.getLong(0), row.getInteger(1)),
        series,
        actor);
  }

  static int count(Sql sql, long series) {
    var count =
        sql.one(
            """
            select coalesce(sum(party), 0)::int from (
              select party from series_attendee where series_id = $1
              union all select party from series_guest
                where series_id = $1 and confirmed is not null) everybody
            """,
            row -> row.getInteger(0),
            series);
    return count == null ? 0 : count;
  }

  /** Whoever comes to one series each time comes to what follows it. */
  static void copy(Tx tx, long from, long to) {
    tx.update(
        """
        insert into series_attendee (series_id, actor_id, party, published)
        select $2, actor_id, party, published from series_attendee where series_id = $1
        on conflict do nothing
        """,
        from,
        to);
  }

  static Retention.Table retention() {
    return Retention.Table.owned("series_attendee", "retention.series_attendee");
  }
}
