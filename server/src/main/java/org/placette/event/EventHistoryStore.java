package org.placette.event;

import java.time.Instant;
import java.util.List;
import org.placette.db.Sql;

/** What events were before they were changed: the rows of {@code event_revision}. */
final class EventHistoryStore {

  private static final int MOST = 100;

  private EventHistoryStore() {}

  /** What it was until then. */
  record Former(Instant replaced, Details details) {}

  /** The latest former states, the oldest first. */
  static List<Former> of(Sql sql, long post) {
    return sql.list(
            "select "
                + EventStore.COLUMNS
                + """
                , r.replaced
                from event_revision r join post p on p.id = r.post_id
                join event at_present on at_present.post_id = r.post_id
                cross join lateral jsonb_populate_record(at_present, r.state) e
                where r.post_id = $1 order by r.replaced desc limit $2
                """,
            row ->
                new Former(
                    row.getOffsetDateTime("replaced").toInstant(), EventStore.from(row).details()),
            post,
            MOST)
        .reversed();
  }
}
