package org.placette.search;

import io.vertx.sqlclient.Row;
import java.util.List;
import org.placette.db.Sql;

/**
 * What people from here talked about since some moment. Each counts once, however loud: nothing can
 * be pushed by repeating it.
 */
final class TrendStore {

  private TrendStore() {}

  /** Tags by how many people from here used them, then by how often. */
  static List<String> tags(Sql sql, long since, int most) {
    return sql.list(
        """
        select t.tag from post p join post_tag t on t.post_id = p.id
          join actor a on a.id = p.actor_id and a.discoverable and not a.limited and a.suspended_at is null
        where p.local and p.visibility = 'public' and p.companion_of is null and p.id > $1
        group by t.tag
        order by count(distinct p.actor_id) desc, count(*) desc, max(p.id) desc limit $2
        """,
        row -> row.getString(0),
        since,
        most);
  }

  /** Public posts by how many people from here liked, announced or answered them. */
  static List<Long> posts(Sql sql, long since, int most) {
    return sql.list(
        """
        with moved as (
          select l.post_id, o.actor_id from account o
            join post_like l on l.actor_id = o.actor_id and l.id > $1
          union select s.post_id, o.actor_id from account o
            join announce s on s.actor_id = o.actor_id and s.id > $1
          union select r.in_reply_to_id, r.actor_id from post r
            where r.local and r.visibility = 'public' and r.companion_of is null
              and r.id > $1 and r.in_reply_to_id is not null
        )
        select p.id from moved join post p on p.id = moved.post_id
          join actor a on a.id = p.actor_id and a.discoverable and not a.limited and a.suspended_at is null
        where p.visibility = 'public' and p.companion_of is null and p.id > $1
          and moved.actor_id <> p.actor_id
        group by p.id order by count(distinct moved.actor_id) desc, p.id desc limit $2
        """,
        row -> row.getLong(0),
        since,
        most);
  }

  /**
   * A link that people from here shared.
   *
   * @param card as stored with the latest post
   */
  record Link(String card, long posts, long people) {}

  static List<Link> links(Sql sql, long since, int most) {
    return sql.list(
        """
        select (array_agg(p.card::text order by p.id desc))[1] as card, count(*) as posts,
          count(distinct p.actor_id) as people
        from post p where p.local and p.visibility = 'public' and p.companion_of is null
          and p.id > $1 and p.card ->> 'url' is not null
        group by p.card ->> 'url' order by people desc, posts desc, max(p.id) desc limit $2
        """,
        TrendStore::link,
        since,
        most);
  }

  private static Link link(Row row) {
    return new Link(row.getString(0), row.getLong(1), row.getLong(2));
  }
}
