package org.placette.thread;

import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.db.Ids;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.post.PostViewStore;

/** The rows of {@code topic} and {@code topic_read}. */
final class TopicStore {

  private static final String COLUMNS =
      "root_id, group_id, last_id, replies, closed_at, slow_seconds, answer_id";

  private TopicStore() {}

  static @Nullable Topic byRoot(Sql sql, long root) {
    return sql.one("select " + COLUMNS + " from topic where root_id = $1", TopicStore::topic, root);
  }

  /** The discussion of a Group that has this context; looks at those of the Group only. */
  static @Nullable Topic byContext(Sql sql, long group, String context) {
    return sql.one(
        "select "
            + COLUMNS
            + """
             from topic where root_id = (select t.root_id from topic t
                join post p on p.id = t.root_id
                where t.group_id = $1 and p.context = $2 limit 1)
            """,
        TopicStore::topic,
        group,
        context);
  }

  private static Topic topic(Row row) {
    OffsetDateTime closed = row.getOffsetDateTime("closed_at");
    Integer slow = row.getInteger("slow_seconds");
    return new Topic(
        row.getLong("root_id"),
        row.getLong("group_id"),
        row.getLong("last_id"),
        row.getInteger("replies"),
        closed == null ? null : closed.toInstant(),
        slow == null ? null : Duration.ofSeconds(slow),
        row.getLong("answer_id"));
  }

  /**
   * Why an answer to a post is not taken: closed (the discussion, or by the event's organiser to
   * all others) or slow; null when it is.
   *
   * @param own the answer's uri: what is stored already is not refused
   */
  static @Nullable String refusal(Sql sql, long author, String answered, String own, Instant at) {
    return sql.one(
        """
        select case when t.closed_at is not null or e.post_id is not null then 'closed'
          else 'slow' end
        from post up left join topic t on t.root_id = up.root_id
          left join event e on e.post_id = up.root_id and e.replies_moderation = 'closed'
            and not exists (select from post own where own.id = up.root_id and own.actor_id = $1)
        where up.uri = $2 and (t.closed_at is not null or e.post_id is not null
            or t.slow_seconds is not null
            and exists (select from post last where last.root_id = t.root_id
              and last.actor_id = $1 and last.id <> t.root_id and last.companion_of is null
              and last.published > $4::timestamptz - make_interval(secs => t.slow_seconds)))
          and not exists (select from post known where known.uri = $3)
        """,
        row -> row.getString(0),
        author,
        answered,
        own,
        at);
  }

  static void close(Tx tx, long root, boolean closed) {
    tx.update(
        "update topic set closed_at = case when $2 then coalesce(closed_at, now()) end"
            + " where root_id = $1",
        root,
        closed);
  }

  static void slow(Tx tx, long root, @Nullable Integer seconds) {
    tx.update("update topic set slow_seconds = $2 where root_id = $1", root, seconds);
  }

  static void answer(Tx tx, long root, @Nullable Long post) {
    tx.update("update topic set answer_id = $2 where root_id = $1", root, post);
  }

  /** Puts every post of the discussion into another Group. */
  static void move(Tx tx, long root, long group) {
    tx.update("update topic set group_id = $2 where root_id = $1", root, group);
    tx.update(
        "update post set audience_id = $2 where root_id = $1 and audience_id is not null",
        root,
        group);
  }

  /** Remembers that somebody has seen all there is of a discussion. */
  static void seen(Sql sql, long viewer, long root) {
    sql.update(
        """
        insert into topic_read (actor_id, root_id, seen_id)
        select $1::bigint, t.root_id, t.last_id from topic t where t.root_id = $2
        on conflict (actor_id, root_id) do update set seen_id = excluded.seen_id
          where topic_read.seen_id < excluded.seen_id
        """,
        viewer,
        root);
  }

  /**
   * The discussions of a Group that the viewer may read, those that moved last first. What moved
   * since the viewer last looked is unread, unless it was the viewer; what is older than a month
   * and was never looked at is not.
   *
   * @param before the {@code lastId} of the last one of the page before
   */
  static List<TopicLine> of(Sql sql, long viewer, long group, long before, int limit) {
    return sql.list(
        "select "
            + PostViewStore.COLUMNS
            + """
            , t.replies, t.last_id,
              (select l.published from post l where l.id = t.last_id) as moved, t.closed_at is not null as closed,
              t.answer_id is not null as answered,
              $1 <> 0 and coalesce(seen.seen_id, $5) < t.last_id and not exists (
                select from post o where o.id = t.last_id and o.actor_id = $1) as unread
            """
            + PostViewStore.TABLES
            + """
             join topic t on t.root_id = p.id
              left join topic_read seen on seen.root_id = p.id and seen.actor_id = $1
            where t.group_id = $2 and t.last_id < $3 and p.type <> 'Event' and
            """
            + PostViewStore.READABLE
            + "and"
            + PostViewStore.WELCOME
            + "order by t.last_id desc limit $4",
        TopicStore::line,
        viewer,
        group,
        before,
        limit,
        Ids.floor(Instant.now().minus(Duration.ofDays(30))));
  }

  private static TopicLine line(Row row) {
    long last = row.getLong("last_id");
    OffsetDateTime moved = row.getOffsetDateTime("moved");
    return new TopicLine(
        PostViewStore.from(row),
        row.getInteger("replies"),
        last,
        moved == null ? Ids.instant(last) : moved.toInstant(),
        row.getBoolean("closed"),
        row.getBoolean("answered"),
        row.getBoolean("unread"));
  }

  /** Whether a post stands first on a Group's page. */
  static boolean isPinned(Sql sql, long group, long post) {
    return sql.one(
            "select 1 from featured where actor_id = $1 and post_id = $2", row -> true, group, post)
        != null;
  }

  /** Where a discussion of this server's may be moved to: the other open Groups, by name. */
  static List<TopicPage.Door> doors(Sql sql, long from) {
    return sql.list(
        """
        select a.id, coalesce(nullif(a.name, ''), a.username) as name
        from theme t join actor a on a.id = t.actor_id
        where t.access <> 'private' and a.id <> $1 and a.deleted_at is null
          and a.suspended_at is null
        order by lower(a.name) limit 100
        """,
        row -> new TopicPage.Door(row.getLong("id"), row.getString("name")),
        from);
  }
}
