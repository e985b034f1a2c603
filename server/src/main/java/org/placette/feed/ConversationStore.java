package org.placette.feed;

import java.util.Collection;
import java.util.List;
import org.placette.db.Retention;
import org.placette.db.Signals;
import org.placette.db.Sql;
import org.placette.db.Tx;

/** The rows of {@code conversation}: threads of direct posts, one row for each person here. */
public final class ConversationStore {

  private ConversationStore() {}

  /**
   * Puts new direct posts into the conversations of everybody here whom they name, and of their
   * author; others of the posts are left alone.
   */
  public static void posted(Tx tx, Collection<Long> posts) {
    var changed =
        tx.list(
            """
            insert into conversation as c (actor_id, root_id, last_id, unread)
            select distinct on (o.actor_id, p.root_id) o.actor_id, p.root_id, p.id,
              o.actor_id <> p.actor_id
            from post p
              cross join lateral (select m.actor_id from mention m where m.post_id = p.id
                union select p.actor_id) as w
              join account o on o.actor_id = w.actor_id
            where p.id = any($1) and p.visibility = 'direct' and p.companion_of is null
            order by o.actor_id, p.root_id, p.id desc
            on conflict (actor_id, root_id) do update
              set last_id = excluded.last_id, unread = excluded.unread
              where c.last_id < excluded.last_id
            returning id, actor_id
            """,
            row -> new Signals.Signal("conversation", row.getLong(0), "" + row.getLong(1)),
            (Object) posts.toArray(Long[]::new));
    changed.forEach(tx::signal);
  }

  /** Lets conversations end with the post before, when their last one is about to be deleted. */
  public static void removing(Tx tx, long post) {
    tx.update(
        """
        update conversation c set last_id = before.id
        from conversation k cross join lateral (
          select max(p.id) as id from post p
          where p.root_id = k.root_id and p.id <> $1 and p.visibility = 'direct'
            and (p.actor_id = k.actor_id or exists (select from mention m
              where m.post_id = p.id and m.actor_id = k.actor_id))) as before
        where k.last_id = $1 and c.id = k.id and before.id is not null
        """,
        post);
  }

  /**
   * A conversation as one person sees it.
   *
   * @param others who else takes part, by the last post
   */
  public record Row(long id, long last, boolean unread, List<Long> others) {}

  private static final String SELECT =
      """
      select c.id, c.last_id, c.unread, array(
          select w.actor_id from (select m.actor_id from mention m where m.post_id = p.id
            union select p.actor_id) as w
          where w.actor_id <> c.actor_id order by w.actor_id) as others
      from conversation c join post p on p.id = c.last_id
      where c.actor_id = $1
      """;

  private static Row from(io.vertx.sqlclient.Row row) {
    return new Row(
        row.getLong("id"),
        row.getLong("last_id"),
        row.getBoolean("unread"),
        List.of(row.getArrayOfLongs("others")));
  }

  /**
   * A page, the latest first unless upwards; the cursor is the last post.
   *
   * @param upwards true for those next above {@code after}
   */
  public static List<Row> page(
      Sql sql, long actor, long before, long after, boolean upwards, int limit) {
    return sql.list(
        SELECT
            + "and c.last_id < $2 and c.last_id > $3 order by c.last_id "
            + (upwards ? "asc" : "desc")
            + " limit $4",
        ConversationStore::from,
        actor,
        before,
        after,
        limit);
  }

  /** One of somebody's; empty when there is none. */
  public static List<Row> one(Sql sql, long actor, long id) {
    return sql.list(SELECT + "and c.id = $2", ConversationStore::from, actor, id);
  }

  /** One of somebody's, after it was marked; empty when there is none. */
  public static List<Row> mark(Sql sql, long actor, long id, boolean unread) {
    sql.update(
        "update conversation set unread = $3 where actor_id = $1 and id = $2", actor, id, unread);
    return one(sql, actor, id);
  }

  /** Takes one away until something new is written; false when there is none. */
  public static boolean remove(Sql sql, long actor, long id) {
    return sql.update("delete from conversation where actor_id = $1 and id = $2", actor, id) > 0;
  }

  static Retention.Table retention() {
    return Retention.Table.owned("conversation", "retention.conversation");
  }
}
