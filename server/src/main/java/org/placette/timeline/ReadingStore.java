package org.placette.timeline;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Byline;
import org.placette.db.Ids;
import org.placette.db.Sql;
import org.placette.mastodon.StatusStore;
import org.placette.post.PostView;
import org.placette.post.PostViewStore;
import org.placette.timeline.ReadingPages.Conversation;

/** What somebody reads who is signed in, one query for each page. {@code $1} is who reads. */
final class ReadingStore {

  private ReadingStore() {}

  /**
   * A post in somebody's list.
   *
   * @param id where it stands in the list
   * @param by who shared it; null when nobody did
   */
  record Entry(long id, PostView post, @Nullable String by) {}

  /** What those whom one follows published or shared, the latest first. */
  static List<Entry> home(Sql sql, long viewer, long before, int limit) {
    return sql.list(
        "select h.id as entry, coalesce(nullif(b.name, ''), b.username) as by_name, "
            + PostViewStore.COLUMNS
            + " from home h join post p on p.id = h.post_id join actor a on a.id = p.actor_id"
            + " left join event e on e.post_id = p.id"
            + " left join actor b on b.id = h.by_id and h.announce_id is not null"
            + " where h.owner_id = $1 and h.id < $2 and "
            + PostViewStore.READABLE
            + " and"
            + StatusStore.WELCOME
            + " order by h.id desc limit $3",
        ReadingStore::entry,
        viewer,
        before,
        limit);
  }

  /** What somebody put aside, the latest first. */
  static List<Entry> bookmarks(Sql sql, long viewer, long before, int limit) {
    return sql.list(
        "select k.id as entry, null::text as by_name, "
            + PostViewStore.COLUMNS
            + " from bookmark k join post p on p.id = k.post_id join actor a on a.id = p.actor_id"
            + " left join event e on e.post_id = p.id where k.actor_id = $1 and k.id < $2 and "
            + PostViewStore.READABLE
            + " order by k.id desc limit $3",
        ReadingStore::entry,
        viewer,
        before,
        limit);
  }

  private static Entry entry(io.vertx.sqlclient.Row row) {
    return new Entry(row.getLong("entry"), PostViewStore.from(row), row.getString("by_name"));
  }

  static boolean bookmarked(Sql sql, long viewer, long post) {
    return sql.one(
            "select 1 from bookmark where actor_id = $1 and post_id = $2",
            row -> true,
            viewer,
            post)
        != null;
  }

  static void bookmark(Sql sql, long viewer, long post) {
    sql.update(
        "insert into bookmark (id, actor_id, post_id) values ($3, $1, $2) on conflict do nothing",
        viewer,
        post,
        Ids.next());
  }

  static void unbookmark(Sql sql, long viewer, long post) {
    sql.update("delete from bookmark where actor_id = $1 and post_id = $2", viewer, post);
  }

  /** Threads of direct posts, the latest first. */
  static List<Conversation> conversations(Sql sql, long viewer, long before, int limit) {
    return sql.list(
        """
        select c.last_id, c.unread, p.content, p.published, a.type, a.username, a.host, a.name,
          a.icon, p.name as title, p.actor_id = $1 as mine,
          (select string_agg(coalesce(nullif(o.name, ''), o.username), ', ' order by o.id)
            from (select m.actor_id from mention m where m.post_id = p.id
              union select p.actor_id) as w join actor o on o.id = w.actor_id
            where w.actor_id <> $1) as others
        from conversation c join post p on p.id = c.last_id join actor a on a.id = p.actor_id
        where c.actor_id = $1 and c.last_id < $2 and a.suspended_at is null
        order by c.last_id desc limit $3
        """,
        ReadingStore::conversation,
        viewer,
        before,
        limit);
  }

  private static Conversation conversation(io.vertx.sqlclient.Row row) {
    var others = row.getString("others");
    var title = row.getString("title");
    return new Conversation(
        row.getLong("last_id"),
        row.getBoolean("unread"),
        others == null ? "" : others,
        Byline.of(
            Objects.requireNonNull(row.getString("type")),
            Objects.requireNonNull(row.getString("username")),
            row.getString("host"),
            row.getString("name"),
            row.getString("icon")),
        row.getBoolean("mine"),
        title == null ? News.beginning(row.getString("content")) : title,
        row.getOffsetDateTime("published").toInstant());
  }

  /** The conversation that a post ends is read. */
  static void read(Sql sql, long viewer, long last) {
    sql.update(
        "update conversation set unread = false where actor_id = $1 and last_id = $2 and unread",
        viewer,
        last);
  }

  /** How much waits for somebody. */
  record Waiting(long news, long messages, long requests, long vouches) {}

  static Waiting waiting(Sql sql, long viewer) {
    var found =
        sql.one(
            """
            select
              (select count(*) from (select 1 from notification n where n.actor_id = $1
                and not n.filtered and n.id > coalesce((select last_read_id from marker m
                  where m.actor_id = $1 and m.timeline = 'notifications'), 0) limit 100) as few),
              (select count(*) from conversation c where c.actor_id = $1 and c.unread),
              (select count(*) from follow f where f.target_id = $1 and f.state = 'pending'),
              (select count(*) from sign_up s where s.sponsor_id = $1 and s.vouched_at is null)
            """,
            row -> new Waiting(row.getLong(0), row.getLong(1), row.getLong(2), row.getLong(3)),
            viewer);
    return Objects.requireNonNullElse(found, new Waiting(0, 0, 0, 0));
  }

  /** Everything up to here was seen. */
  static void seen(Sql sql, long viewer, long last) {
    sql.update(
        """
        insert into marker as m (actor_id, timeline, last_read_id)
        values ($1, 'notifications', $2)
        on conflict (actor_id, timeline) do update set last_read_id = excluded.last_read_id,
          version = m.version + 1, updated = now() where m.last_read_id < excluded.last_read_id
        """,
        viewer,
        last);
  }
}
