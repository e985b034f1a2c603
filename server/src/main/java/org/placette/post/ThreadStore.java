package org.placette.post;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;

/** Lists of posts: threads, replies, what an actor published; and who stands in relation to one. */
final class ThreadStore {

  private static final String SELECT = "select " + PostStore.COLUMNS;

  private ThreadStore() {}

  // The first page has the root before all others, whatever its number; each page ends a walk
  // along one index, however long the thread is.

  /**
   * The uris of a thread's open posts in the order of their ids, root first.
   *
   * @param after the id of the last one of the page before; -1 for the first page
   */
  static List<Listed> thread(Sql sql, long root, long after, int limit) {
    return sql.list(
        """
        select id, uri, changed from (
          select p.id, p.uri, coalesce(p.updated, p.published) as changed from post p
          where p.id = $1 and p.root_id = $1 and $2::bigint < 0
            and p.visibility in ('public', 'unlisted') and p.companion_of is null
          union all
          (select p.id, p.uri, coalesce(p.updated, p.published) from post p
          where p.root_id = $1 and p.id > $2 and p.id <> $1
            and p.visibility in ('public', 'unlisted') and p.companion_of is null
          order by p.id limit $3)) as page
        order by (id = $1) desc, id limit $3
        """,
        ThreadStore::listed,
        root,
        after == root ? 0 : after,
        limit);
  }

  /** The posts of a thread that everybody may read, in the order of {@link #thread}. */
  static List<Post> discussion(Sql sql, long root, long after, int limit) {
    return sql.list(
        SELECT
            + """
             from post p where p.id in (
              select $1::bigint where $2::bigint < 0
              union all
              (select o.id from post o
              where o.root_id = $1 and o.id > $2 and o.id <> $1
                and o.visibility in ('public', 'unlisted') and o.companion_of is null
              order by o.id limit $3))
              and p.root_id = $1 and p.visibility in ('public', 'unlisted')
              and p.companion_of is null
            order by (p.id = $1) desc, p.id limit $3
            """,
        PostStore::from,
        root,
        after == root ? 0 : after,
        limit);
  }

  /** The authors of a thread's latest posts. */
  static List<Long> participants(Sql sql, long root) {
    return sql.list(
        """
        select distinct actor_id from (
          select p.actor_id from post p where p.root_id = $1 order by p.id desc limit 50) as latest
        """,
        row -> row.getLong("actor_id"),
        root);
  }

  /**
   * The id of the thread that an answer goes on with: ours where the thread began here, whatever
   * those say who answered from elsewhere.
   */
  static @Nullable String context(Sql sql, @Nullable Post parent) {
    if (parent == null) return null;
    var ours =
        sql.one(
            "select context from post where id = $1 and local and context is not null",
            row -> row.getString(0),
            parent.rootId());
    return ours == null ? parent.context() : ours;
  }

  static int threadSize(Sql sql, long root) {
    var count =
        sql.one(
            """
            select count(*)::int as n from post p
            where p.root_id = $1 and p.visibility in ('public', 'unlisted')
              and p.companion_of is null
            """,
            row -> row.getInteger("n"),
            root);
    return count == null ? 0 : count;
  }

  static List<Listed> replies(Sql sql, long parent, long after, int limit) {
    return sql.list(
        """
        select p.id, p.uri, coalesce(p.updated, p.published) as changed from post p
        where p.in_reply_to_id = $1 and p.visibility in ('public', 'unlisted') and p.id > $2
        order by p.id limit $3
        """,
        ThreadStore::listed,
        parent,
        after,
        limit);
  }

  /** The posts that make an event known to servers without events, oldest first. */
  static List<Post> companions(Sql sql, long event) {
    return sql.list(
        SELECT + " from post p where p.companion_of = $1 order by p.id", PostStore::from, event);
  }

  /** One entry of a collection of posts. */
  record Listed(long id, String uri, Instant changed) {}

  /** What an actor published for everybody, newest first. */
  static List<Post> publishedBy(Sql sql, long actor, long before, int limit) {
    return sql.list(
        SELECT
            + """
             from post p
            where p.actor_id = $1 and p.id < $2 and p.visibility in ('public', 'unlisted')
              and p.companion_of is null
            order by p.id desc limit $3
            """,
        PostStore::from,
        actor,
        before,
        limit);
  }

  static long publishedCount(Sql sql, long actor) {
    var count =
        sql.one(
            """
            select count(*) from post p
            where p.actor_id = $1 and p.visibility in ('public', 'unlisted')
              and p.companion_of is null
            """,
            row -> row.getLong(0),
            actor);
    return count == null ? 0 : count;
  }

  private static Listed listed(Row row) {
    return new Listed(
        row.getLong("id"),
        row.getString("uri"),
        Objects.requireNonNull(row.getOffsetDateTime("changed")).toInstant());
  }
}
