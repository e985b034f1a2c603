package org.placette.timeline;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.placette.db.Retention;
import org.placette.db.Sql;

/** The rows of {@code marker}. */
final class MarkerStore {

  private MarkerStore() {}

  /** How far somebody has read a timeline. */
  record Row(String timeline, long last, int version, Instant updated) {}

  private static Row from(io.vertx.sqlclient.Row row) {
    return new Row(
        row.getString("timeline"),
        row.getLong("last_read_id"),
        row.getInteger("version"),
        row.getOffsetDateTime("updated").toInstant());
  }

  static List<Row> of(Sql sql, long actor, Collection<String> timelines) {
    return sql.list(
        """
        select timeline, last_read_id, version, updated from marker
        where actor_id = $1 and timeline = any($2) order by timeline
        """,
        MarkerStore::from,
        actor,
        timelines.toArray(String[]::new));
  }

  /** Moves a marker; each move counts. */
  static List<Row> move(Sql sql, long actor, String timeline, long last) {
    return sql.list(
        """
        insert into marker as m (actor_id, timeline, last_read_id) values ($1, $2, $3)
        on conflict (actor_id, timeline) do update
          set last_read_id = excluded.last_read_id, version = m.version + 1, updated = now()
        returning timeline, last_read_id, version, updated
        """,
        MarkerStore::from,
        actor,
        timeline,
        last);
  }

  static Retention.Table retention() {
    return Retention.Table.owned("marker", "retention.marker");
  }
}
