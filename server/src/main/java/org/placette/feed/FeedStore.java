package org.placette.feed;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.placette.db.Ids;
import org.placette.db.Retention;
import org.placette.db.Signals;
import org.placette.db.Sql;
import org.placette.db.Tx;

/**
 * The rows of {@code home}. A post comes once; announced anew after a day it comes again.
 *
 * <p>Who sees what: everything of oneself; of those one follows what is not an answer to a
 * stranger, and of what is direct only what names one; public posts with a tag that one follows.
 */
public final class FeedStore {

  /** How many posts of somebody newly followed come at once. */
  private static final int FILLED = 20;

  private static final String WANTED =
      """
      p.companion_of is null and p.visibility <> 'group'
      and (p.visibility <> 'direct' or exists (select from mention m
        where m.post_id = p.id and m.actor_id = f.actor_id))
      and (p.in_reply_to is null or exists (select from post parent
        where parent.id = p.in_reply_to_id and (parent.actor_id in (p.actor_id, f.actor_id)
          or exists (select from follow g where g.actor_id = f.actor_id
            and g.target_id = parent.actor_id and g.state = 'accepted'))))
      """;

  private FeedStore() {}

  /** Shows new posts to everybody here whom they concern. */
  public static void posted(Tx tx, Collection<Long> posts) {
    tx.update(
        """
        insert into home (owner_id, id, post_id, by_id)
        select distinct on (owner, post) owner, post, post, author from (
          select f.actor_id as owner, p.id as post, p.actor_id as author
          from post p join follow f on f.target_id = p.actor_id and f.state = 'accepted'
            join account o on o.actor_id = f.actor_id
          where p.id = any($1) and (f.languages is null or f.languages = '{}' or p.language is null
              or split_part(p.language, '-', 1) = any(f.languages)) and
        """
            + WANTED
            + """
              union all
              select p.actor_id, p.id, p.actor_id from post p join account o on o.actor_id = p.actor_id
              where p.id = any($1) and p.companion_of is null
              union all
              select t.actor_id, p.id, null from post p join post_tag w on w.post_id = p.id
                join tag_follow t on t.tag = w.tag
              where p.id = any($1) and p.visibility = 'public' and p.companion_of is null
                and p.in_reply_to is null
            ) as wanted
            order by owner, post, author nulls last
            on conflict do nothing
            """,
        (Object) posts.toArray(Long[]::new));
    for (var post : posts) tx.signal("post", post);
  }

  /** Takes a post from every home but its author's. */
  public static void hidden(Tx tx, long post) {
    tx.update(
        """
        delete from home h using post p
        where p.id = $1 and h.post_id = p.id and h.owner_id <> p.actor_id
        """,
        post);
  }

  /** Shows what somebody announced to those here who follow them and want boosts. */
  public static void announced(Tx tx, long actor, long post) {
    tx.update(
        """
        insert into home (owner_id, id, post_id, announce_id, by_id)
        select f.actor_id, s.id, s.post_id, s.id, s.actor_id
        from announce s join post p on p.id = s.post_id
          join follow f on f.target_id = s.actor_id and f.state = 'accepted' and f.show_reblogs
          join account o on o.actor_id = f.actor_id
        where s.actor_id = $1 and s.post_id = $2 and p.companion_of is null
          and p.actor_id <> f.actor_id
        on conflict (owner_id, post_id) do update
          set id = excluded.id, announce_id = excluded.announce_id, by_id = excluded.by_id
          where home.id < $3
        """,
        actor,
        post,
        Ids.next() - (Duration.ofDays(1).toMillis() << 16));
    tx.signal(new Signals.Signal("boost", post, String.valueOf(actor)));
  }

  /** Shows the latest of somebody whom a local actor follows from now on. */
  public static void followed(Tx tx, long actor, long target) {
    tx.update(
        """
        insert into home (owner_id, id, post_id, by_id)
        select f.actor_id, p.id, p.id, p.actor_id
        from follow f join account o on o.actor_id = f.actor_id
          cross join lateral (select * from post l where l.actor_id = f.target_id
            and l.visibility in ('public', 'unlisted', 'followers', 'local', 'ring') order by l.id desc limit $3) p
        where f.actor_id = $1 and f.target_id = $2 and f.state = 'accepted' and
        """
            + WANTED
            + " on conflict do nothing",
        actor,
        target,
        FILLED);
    tx.update(
        """
        insert into home (owner_id, id, post_id, announce_id, by_id)
        select f.actor_id, s.id, s.post_id, s.id, s.actor_id
        from follow f join account o on o.actor_id = f.actor_id
          cross join lateral (select * from announce l where l.actor_id = f.target_id
            order by l.id desc limit $3) s
          join post p on p.id = s.post_id and p.companion_of is null
        where f.actor_id = $1 and f.target_id = $2 and f.state = 'accepted' and f.show_reblogs
          and p.actor_id <> f.actor_id
        on conflict do nothing
        """,
        actor,
        target,
        FILLED);
  }

  /** Takes away what came by somebody who is followed no more. */
  public static void unfollowed(Sql sql, long actor, long target) {
    sql.update("delete from home where owner_id = $1 and by_id = $2", actor, target);
  }

  /** Takes away the announces of somebody, when only their own words are wanted. */
  public static void withoutAnnounces(Sql sql, long actor, long target) {
    sql.update(
        "delete from home where owner_id = $1 and by_id = $2 and announce_id is not null",
        actor,
        target);
  }

  /** Why the table exists, and how long its rows live. */
  public static List<Retention.Table> retention() {
    return List.of(
        Retention.Table.aged(
            "home",
            "retention.home",
            Duration.ofDays(120),
            "(owner_id, post_id)",
            "id < (extract(epoch from now() - :keep) * 1000)::bigint << 16"),
        Retention.Table.owned("tag_follow", "retention.tag_follow"),
        ConversationStore.retention());
  }
}
