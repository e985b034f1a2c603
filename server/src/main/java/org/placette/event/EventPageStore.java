package org.placette.event;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;
import org.placette.post.PostView;
import org.placette.post.PostViewStore;

/** Everything about one event that its page shows above the replies, in one query. */
final class EventPageStore {

  private EventPageStore() {}

  /**
   * @param discussed whether anything was written below it
   * @param changed whether it was something else before
   */
  record Found(Event event, PostView shown, boolean discussed, boolean changed) {}

  /** Null when there is none that the viewer (0 for a stranger) may read. */
  static @Nullable Found byUuid(Sql sql, long viewer, UUID uuid) {
    return sql.one(
        "select "
            + PostViewStore.COLUMNS
            + """
            , e.*, exists (select from post r
                where r.root_id = p.id and r.id <> p.id and r.companion_of is null) as discussed,
              exists (select from post_revision v where v.post_id = p.id)
                or exists (select from event_revision v where v.post_id = p.id) as changed
            """
            + PostViewStore.TABLES
            + "where e.uuid = $2 and "
            + PostViewStore.READABLE,
        row ->
            new Found(
                EventStore.from(row),
                PostViewStore.from(row),
                row.getBoolean("discussed"),
                row.getBoolean("changed")),
        viewer,
        uuid);
  }
}
