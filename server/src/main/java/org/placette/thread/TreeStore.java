package org.placette.thread;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;
import org.placette.post.PostView;
import org.placette.post.PostViewStore;

/** Threads as trees, read in parts of a bounded size, with the places of what was removed. */
final class TreeStore {

  /** How deep a page shows answers to answers, how many to one, and how many in all. */
  static final int DEPTH = 6;

  private static final int CHILDREN = 12;
  private static final int NODES = 160;

  private TreeStore() {}

  private static final String SHAPE =
      """
      with recursive node(id, uri, parent, depth, removed) as (
        (select * from (
          (select p.id, p.uri, $1::bigint, 1, false from post p
            where p.in_reply_to_id = $1 and p.id > $2 and p.companion_of is null
            order by p.id limit $3)
          union all
          (select t.post_id, t.uri, $1::bigint, 1, true from tombstone t
            where t.parent_id = $1 and t.post_id > $2
              and exists (select from post o
                where o.in_reply_to = t.uri and o.in_reply_to_id is null)
            order by t.post_id limit $3)
          union all
          (select p.id, p.uri, $1::bigint, 1, false from post p
            where p.root_id = $1 and p.id > $2 and p.in_reply_to is not null
              and p.in_reply_to_id is null and p.companion_of is null and p.id <> $1
              and not exists (select from tombstone t
                where t.uri = p.in_reply_to and t.parent_id is not null)
            order by p.id limit $3)) as first
        order by 1 limit $3)
        union all
        select below.* from node n cross join lateral (
          (select p.id, p.uri, n.id, n.depth + 1, false from post p
            where p.in_reply_to_id = n.id and p.companion_of is null and not n.removed
            order by p.id limit $4)
          union all
          (select p.id, p.uri, n.id, n.depth + 1, false from post p
            where n.removed and p.in_reply_to = n.uri and p.in_reply_to_id is null
            order by p.id limit $4)
          union all
          (select t.post_id, t.uri, n.id, n.depth + 1, true from tombstone t
            where t.parent_id = n.id and exists (select from post o
              where o.in_reply_to = t.uri and o.in_reply_to_id is null)
            order by t.post_id limit $4)) below
        where n.depth < $5
      )
      select id, parent, depth, removed from node limit $6
      """;

  /**
   * A place in a tree.
   *
   * @param parent the number of what it answers
   * @param removed whether what stood there was deleted
   */
  record Node(long id, long parent, int depth, boolean removed) {}

  /**
   * The shape of one page: answers to the first post after {@code after}, oldest first, with what
   * hangs below each; level by level, so that what is cut off lies deepest. Answers to something
   * that is not here stand beside those to the first post.
   */
  static List<Node> shape(Sql sql, long root, long after, int answers) {
    return sql.list(SHAPE, TreeStore::node, root, after, answers, CHILDREN, DEPTH, NODES);
  }

  private static Node node(Row row) {
    return new Node(
        row.getLong("id"),
        row.getLong("parent"),
        row.getInteger("depth"),
        row.getBoolean("removed"));
  }

  /** Those of the posts that the viewer may read and whose authors it does not hide. */
  static List<PostView> views(Sql sql, long viewer, List<Long> ids) {
    return views(sql, viewer, ids, " and" + PostViewStore.WELCOME);
  }

  /** One post, whoever wrote it; null when the viewer may not read it. */
  static @Nullable PostView view(Sql sql, long viewer, long id) {
    var found = views(sql, viewer, List.of(id), "");
    return found.isEmpty() ? null : found.getFirst();
  }

  private static List<PostView> views(Sql sql, long viewer, List<Long> ids, String also) {
    if (ids.isEmpty()) return List.of();
    return sql.list(
        "select "
            + PostViewStore.COLUMNS
            + PostViewStore.TABLES
            + "where p.id = any($2) and "
            + PostViewStore.READABLE
            + also,
        PostViewStore::from,
        viewer,
        ids.toArray(Long[]::new));
  }

  /**
   * The places of what was removed between two posts of a thread, in their order.
   *
   * @param upTo the last post of the page; the greatest number for the last page
   */
  static List<Long> removed(Sql sql, long root, long after, long upTo, int limit) {
    return sql.list(
        """
        select t.post_id from tombstone t
        where t.root_id = $1 and t.post_id > $2 and t.post_id <= $3 and t.post_id <> $1
          and exists (select from post o where o.in_reply_to = t.uri)
        order by t.post_id limit $4
        """,
        row -> row.getLong(0),
        root,
        after,
        upTo,
        limit);
  }

  /** A first post that was deleted while answers to it stay. */
  record Buried(long rootId, @Nullable String uri, Instant deleted) {}

  /** That, or null when nothing of that number was deleted or nothing of its thread is left. */
  static @Nullable Buried buried(Sql sql, long root) {
    return sql.one(
        """
        select t.post_id, t.uri, t.deleted from tombstone t
        where t.root_id = $1 and t.post_id = $1 and exists (select from post where root_id = $1)
        """,
        row ->
            new Buried(
                row.getLong(0),
                row.getString(1),
                Objects.requireNonNull(row.getOffsetDateTime(2)).toInstant()),
        root);
  }
}
