package org.placette.follow;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.db.Ids;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.feed.FeedStore;
import org.placette.mastodon.AccountPage.Entry;
import org.placette.mastodon.PageStore;
import org.placette.mastodon.Paging;

/** Pages of people who follow and are followed, and what residents note about them. */
final class FollowPageStore {

  private FollowPageStore() {}

  /** Who follows somebody, those left out who have blocked the viewer or are hidden by it. */
  static List<Entry> followers(Sql sql, long viewer, long target, Paging page) {
    return page(
        sql, "f.actor_id", "f.target_id = $5 and f.state = 'accepted'", viewer, target, page);
  }

  static List<Entry> following(Sql sql, long viewer, long actor, Paging page) {
    return page(
        sql, "f.target_id", "f.actor_id = $5 and f.state = 'accepted'", viewer, actor, page);
  }

  /** Who asks to follow the viewer. */
  static List<Entry> requests(Sql sql, long viewer, Paging page) {
    return page(
        sql, "f.actor_id", "f.target_id = $5 and f.state = 'pending'", viewer, viewer, page);
  }

  private static List<Entry> page(
      Sql sql, String shown, String where, long viewer, long of, Paging page) {
    return PageStore.page(
        sql,
        "select f.id, a.id from follow f join actor a on a.id = "
            + shown
            + " where "
            + where
            + """
             and f.id < $2 and f.id > $3 and a.suspended_at is null and a.deleted_at is null
             and not exists (select from block b where b.actor_id = a.id and b.target_id = $1)
            """,
        "f.id",
        page,
        row -> new Entry(row.getLong(0), row.getLong(1)),
        viewer,
        of);
  }

  /** Changes what is wanted of somebody followed; null leaves a choice as it is. */
  static void wish(
      Tx tx,
      long actor,
      long target,
      @Nullable Boolean reblogs,
      @Nullable Boolean notify,
      @Nullable List<String> languages) {
    tx.update(
        """
        update follow set show_reblogs = coalesce($3, show_reblogs), notify = coalesce($4, notify),
          languages = case when $5 then $6::text[] else languages end
        where actor_id = $1 and target_id = $2
        """,
        actor,
        target,
        reblogs,
        notify,
        languages != null,
        languages == null ? null : languages.toArray(String[]::new));
    if (Boolean.FALSE.equals(reblogs)) FeedStore.withoutAnnounces(tx, actor, target);
  }

  static void note(Sql sql, long actor, long target, String note) {
    if (note.isBlank())
      sql.update("delete from actor_note where actor_id = $1 and target_id = $2", actor, target);
    else
      sql.update(
          """
          insert into actor_note (actor_id, target_id, note) values ($1, $2, $3)
          on conflict (actor_id, target_id) do update set note = excluded.note
          """,
          actor,
          target,
          note);
  }

  static void endorse(Sql sql, long actor, long target) {
    sql.update(
        """
        insert into endorsement (id, actor_id, target_id) values ($3, $1, $2) on conflict do nothing
        """,
        actor,
        target,
        Ids.next());
  }

  static void unendorse(Sql sql, long actor, long target) {
    sql.update("delete from endorsement where actor_id = $1 and target_id = $2", actor, target);
  }

  static List<Entry> endorsements(Sql sql, long actor, Paging page) {
    return PageStore.page(
        sql,
        "select e.id, e.target_id from endorsement e join actor a on a.id = e.target_id"
            + " where e.actor_id = $1 and e.id < $2 and e.id > $3 and a.suspended_at is null",
        "e.id",
        page,
        row -> new Entry(row.getLong(0), row.getLong(1)),
        actor);
  }

  /** Somebody whom the viewer follows, who follows one of those asked about. */
  record Familiar(long of, long actorId) {}

  static List<Familiar> familiar(Sql sql, long viewer, Collection<Long> ids) {
    return sql.list(
        """
        select t.id, x.actor_id from unnest($2::bigint[]) as t (id)
          join actor asked on asked.id = t.id and not asked.hides_people
          cross join lateral (select theirs.actor_id from follow mine
            join follow theirs on theirs.actor_id = mine.target_id
            where mine.actor_id = $1 and mine.state = 'accepted'
              and theirs.target_id = t.id and theirs.state = 'accepted'
            order by theirs.id desc limit 20) x
        """,
        row -> new Familiar(row.getLong(0), row.getLong(1)),
        viewer,
        ids.toArray(Long[]::new));
  }

  /** People worth following: known to those whom one follows, then others from here. */
  static List<Suggested> suggested(Sql sql, long viewer, int limit) {
    return sql.list(
        """
        with friends as (
          select theirs.target_id as id, count(*) as n from (select target_id from follow
              where actor_id = $1 and state = 'accepted' order by id desc limit 300) mine
            join follow theirs on theirs.actor_id = mine.target_id and theirs.state = 'accepted'
          group by theirs.target_id order by n desc limit 400
        )
        select a.id, fr.n is not null and fr.n > 1 as known from actor a
          left join friends fr on fr.id = a.id
        where (a.host is null or fr.id is not null) and a.discoverable and not a.limited and a.id <> $1
          and a.type <> 'Application' and a.suspended_at is null and a.deleted_at is null
          and a.moved_to is null
          and not exists (select from follow f where f.actor_id = $1 and f.target_id = a.id)
          and not exists (select from block b where b.actor_id = $1 and b.target_id = a.id)
          and not exists (select from block b where b.actor_id = a.id and b.target_id = $1)
          and not exists (select from mute m where m.actor_id = $1 and m.target_id = a.id)
          and not exists (select from suggestion_dismissed d
            where d.actor_id = $1 and d.target_id = a.id)
        order by fr.n desc nulls last, a.id desc limit $2
        """,
        row -> new Suggested(row.getLong(0), row.getBoolean(1)),
        viewer,
        limit);
  }

  /**
   * Somebody suggested.
   *
   * @param known whether several of those whom the viewer follows follow them
   */
  record Suggested(long id, boolean known) {}

  static void dismissSuggestion(Sql sql, long viewer, long target) {
    sql.update(
        """
        insert into suggestion_dismissed (actor_id, target_id)
        select $1, a.id from actor a where a.id = $2 on conflict do nothing
        """,
        viewer,
        target);
  }

  /** Those who want to be found: the last to have said something, or the last to have come. */
  static List<Long> directory(
      Sql sql, long viewer, boolean local, boolean byDate, int skip, int limit) {
    var hidden =
        """
         and a.discoverable and not a.limited and a.type <> 'Application' and a.suspended_at is null
         and a.deleted_at is null and a.moved_to is null and a.id not in (
           select target_id from block where actor_id = $1
           union all select b.actor_id from block b where b.target_id = $1
           union all select target_id from mute where actor_id = $1)
        """
            + (local ? " and a.host is null" : "");
    var active =
        """
        select a.id from (select actor_id, max(id) as last from (select p.actor_id, p.id from post p
            where p.visibility = 'public' and p.companion_of is null %s order by p.id desc limit 2000)
            recent group by actor_id) said
          join actor a on a.id = said.actor_id where true %s order by said.last desc
        """
            .formatted(local ? "and p.local" : "", hidden);
    var recent = "select a.id from actor a where true " + hidden + " order by a.id desc";
    return sql.list(
        (byDate ? recent : active) + " offset $2 limit $3",
        row -> row.getLong(0),
        viewer,
        skip,
        limit);
  }
}
