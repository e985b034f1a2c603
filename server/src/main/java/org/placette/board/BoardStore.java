package org.placette.board;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.placette.db.Ids;
import org.placette.db.Sql;
import org.placette.event.EventCardStore;

/** What everybody may read, for walls. */
final class BoardStore {

  private static final String EVENT =
      "select "
          + EventCardStore.COLUMNS
          + ", e.banner->>'url' as banner, left(md5(e.uuid::text), 6) as code"
          + EventCardStore.TABLES
          + " where p.visibility = 'public' and a.suspended_at is null ";

  private BoardStore() {}

  /**
   * What begins, or still goes on, within a time; the soonest first.
   *
   * @param cancelled whether those are shown that will not take place
   */
  static List<BoardEvent> between(Sql sql, Instant from, Instant to, boolean cancelled, int limit) {
    return sql.list(
        EVENT
            + """
            and e.start_time < $2 and e.start_time > $1::timestamptz - interval '31 days'
            and coalesce(e.end_time, e.start_time + interval '2 hours') > $1
            and ($3 or e.status <> 'CANCELLED')
            order by e.start_time, e.post_id limit $4
            """,
        BoardStore::event,
        from,
        to,
        cancelled,
        limit);
  }

  static @Nullable BoardEvent byUuid(Sql sql, UUID uuid) {
    return sql.one(EVENT + "and e.uuid = $1", BoardStore::event, uuid);
  }

  /** The event of a code: ours before others', then what comes before what was. */
  static @Nullable BoardEvent byCode(Sql sql, String code) {
    return sql.one(
        EVENT
            + """
            and left(md5(e.uuid::text), 6) = $1
            order by p.local desc, e.start_time > now() desc, e.start_time limit 1
            """,
        BoardStore::event,
        code);
  }

  /** The village's notices as they are now, as safe HTML; the newest first. */
  static List<String> notices(Sql sql, int limit) {
    return sql.list(
        """
        select content from announcement
        where (ends is null or ends > now()) and (starts is null or starts < now() + interval '7 days')
        order by published desc limit $1
        """,
        row -> row.getString(0),
        limit);
  }

  /** What people here talked about most since then, in public. */
  static List<Talk> talk(Sql sql, Instant since, int limit) {
    return sql.list(
        """
        select p.id, coalesce(nullif(a.name, ''), a.username) as by, p.name, p.content,
          p.replies_count
        from post p join actor a on a.id = p.actor_id
        where p.visibility = 'public' and p.local and p.in_reply_to is null
          and p.companion_of is null and p.id > $1 and a.suspended_at is null
          and coalesce(p.summary, '') = '' and not p.sensitive
          and not exists (select from event e where e.post_id = p.id)
        order by p.replies_count desc, p.id desc limit $2
        """,
        row -> {
          var name = row.getString("name");
          var titled = name != null && !name.isBlank();
          return new Talk(
              "/posts/" + row.getLong("id"),
              row.getString("by"),
              titled,
              titled ? name : row.getString("content"),
              row.getInteger("replies_count"));
        },
        Ids.floor(since),
        limit);
  }

  private static BoardEvent event(Row row) {
    return new BoardEvent(EventCardStore.card(row), row.getString("code"), row.getString("banner"));
  }
}
