package org.placette.timeline;

import java.util.List;
import java.util.Objects;
import org.placette.audience.AudienceStore;
import org.placette.db.Sql;
import org.placette.post.PostView;
import org.placette.post.PostViewStore;
import org.placette.timeline.ListPages.Neighbour;
import org.placette.timeline.ListPages.Notice;

/** What the first page shows beside what is coming, one query for each. */
final class HomeStore {

  private HomeStore() {}

  /** The village's notices that still hold, the latest first. */
  static List<Notice> notices(Sql sql, int most) {
    return sql.list(
        """
        select id, content, updated from announcement
        where ends is null or ends > now() order by updated desc limit $1
        """,
        row ->
            new Notice(
                row.getLong(0),
                Objects.requireNonNull(row.getString(1)),
                row.getOffsetDateTime(2).toInstant()),
        most);
  }

  /**
   * Threads that people here wrote in, liked or shared since some moment, each person once however
   * loud, the liveliest first; of a very loud village the latest 400 of each kind count and the
   * thirty liveliest threads.
   */
  static List<PostView> talked(Sql sql, long viewer, long since, int most) {
    return sql.list(
        """
        with moved as (
          (select r.root_id as root, r.actor_id from post r
            where r.local and r.id > $2 and r.visibility in ('public', 'local', 'ring')
              and r.companion_of is null order by r.id desc limit 400)
          union select l.post_id, l.actor_id
            from (select * from post_like where id > $2 order by id desc limit 400) l
            join account o on o.actor_id = l.actor_id
          union select s.post_id, s.actor_id
            from (select * from announce where id > $2 order by id desc limit 400) s
            join account o on o.actor_id = s.actor_id
        ), lively as (
          select root, count(distinct actor_id) as people from moved
          group by root order by 2 desc, 1 desc limit 30
        )
        select
        """
            + PostViewStore.COLUMNS
            + PostViewStore.TABLES
            + "join lively on lively.root = p.id where p.type <> 'Event'"
            + " and p.in_reply_to is null and p.companion_of is null and"
            + AudienceStore.LISTED
            + "and "
            + AudienceStore.READABLE
            + "and"
            + PostViewStore.WELCOME
            // A length that the planner does not know makes it plan anew each time.
            + "order by lively.people desc, p.id desc limit "
            + most,
        PostViewStore::from,
        viewer,
        since);
  }

  /** Places that this one and they follow each other, by name. */
  static List<Neighbour> neighbours(Sql sql, int most) {
    return sql.list(
        """
        select n.host, coalesce(nullif(a.name, ''), n.host) as name, a.username
        from neighbour n join actor a on a.id = n.actor_id
        where n.state = 'found' and a.suspended_at is null and a.deleted_at is null
        order by 2 limit $1
        """,
        row -> {
          var host = Objects.requireNonNull(row.getString(0));
          return new Neighbour(
              Objects.requireNonNull(row.getString(1)), host, "/@" + row.getString(2) + "@" + host);
        },
        most);
  }
}
