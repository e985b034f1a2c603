package org.placette.portability;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.db.Ids;
import org.placette.db.Sql;
import org.placette.db.Tx;

/** The rows of {@code import_line}, what they bring, and what ends with an account. */
final class CarryStore {

  private CarryStore() {}

  /** A line that is still to be done. */
  record Line(long id, long actorId, String kind, String what, String extra, int tries) {}

  static void put(Tx tx, long actor, String kind, List<Carried.Wanted> all) {
    tx.update(
        """
        insert into import_line (id, actor_id, kind, what, extra)
        select given.id, $1, $2, given.what, given.extra
        from unnest($3::bigint[], $4::text[], $5::text[]) as given (id, what, extra)
        """,
        actor,
        kind,
        all.stream().map(one -> Ids.next()).toArray(Long[]::new),
        all.stream().map(Carried.Wanted::what).toArray(String[]::new),
        all.stream().map(Carried.Wanted::extra).toArray(String[]::new));
  }

  static int waiting(Sql sql, long actor) {
    var count =
        sql.one(
            "select count(*)::int from import_line where actor_id = $1",
            row -> row.getInteger(0),
            actor);
    return count == null ? 0 : count;
  }

  /** Takes some that are due; whoever takes them has ten minutes. */
  static List<Line> claim(Sql sql, int limit) {
    return sql.list(
        """
        update import_line set next_at = now() + interval '10 minutes', tries = tries + 1
        where id in (select id from import_line where next_at <= now()
          order by next_at, id limit $1 for update skip locked)
        returning id, actor_id, kind, what, extra, tries
        """,
        row ->
            new Line(
                row.getLong(0),
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getInteger(5)),
        limit);
  }

  static void done(Sql sql, long id) {
    sql.update("delete from import_line where id = $1", id);
  }

  static void later(Sql sql, long id, Duration delay) {
    sql.update(
        "update import_line set next_at = now() + $2 * interval '1 second' where id = $1",
        id,
        delay.toSeconds());
  }

  static void followAs(
      Sql sql,
      long actor,
      long target,
      boolean reblogs,
      boolean notify,
      String @Nullable [] languages) {
    sql.update(
        "update follow set show_reblogs = $3, notify = $4, languages = coalesce($5, languages)"
            + " where actor_id = $1 and target_id = $2",
        actor,
        target,
        reblogs,
        notify,
        languages);
  }

  static void mute(Sql sql, long actor, long target, boolean notifications) {
    sql.update(
        """
        insert into mute (id, actor_id, target_id, notifications) values ($1, $2, $3, $4)
        on conflict (actor_id, target_id) do nothing
        """,
        Ids.next(),
        actor,
        target,
        notifications);
  }

  static void bookmark(Sql sql, long actor, long post) {
    sql.update(
        "insert into bookmark (id, actor_id, post_id) values ($1, $2, $3) on conflict do nothing",
        Ids.next(),
        actor,
        post);
  }

  static void hideHost(Sql sql, long actor, String host) {
    sql.update(
        "insert into host_mute (id, actor_id, host) values ($1, $2, $3) on conflict do nothing",
        Ids.next(),
        actor,
        host);
  }

  /** Puts somebody whom the owner follows into a list, which is made when it is not there. */
  static void list(Tx tx, long owner, String title, long member) {
    tx.update(
        """
        insert into list (id, owner_id, title) select $1, $2, $3
        where not exists (select from list where owner_id = $2 and title = $3)
          and (select count(*) from list where owner_id = $2) < 200
        """,
        Ids.next(),
        owner,
        title);
    tx.update(
        """
        insert into list_member (id, list_id, actor_id, follow_id)
        select $1, l.id, $4, f.id from list l
          left join follow f on f.actor_id = $2 and f.target_id = $4
        where l.owner_id = $2 and l.title = $3 and (f.id is not null or $2 = $4)
        order by l.id limit 1
        on conflict do nothing
        """,
        Ids.next(),
        owner,
        title,
        member);
  }

  /** Which other accounts a local actor says are its own; its profile is changed with it. */
  static void alsoKnownAs(Tx tx, long actor, List<String> uris) {
    tx.update(
        "update actor set also_known_as = $2 where id = $1 and host is null",
        actor,
        uris.toArray(String[]::new));
  }

  /** Takes everything of an actor away but its row and its keys. */
  static void forget(Tx tx, long actor) {
    tx.run("select forget_actor($1)", actor);
  }

  /** One inbox of every host that may know somebody from here. */
  static List<String> inboxes(Sql sql) {
    return sql.list(
        """
        select distinct on (host) coalesce(shared_inbox, inbox) from actor
        where host is not null and deleted_at is null and suspended_at is null
        order by host, shared_inbox is null, fetched_at desc nulls last limit 10000
        """,
        row -> row.getString(0));
  }

  /** The coming events of somebody, those that they answered, by number; 200 at most. */
  static List<Long> events(Sql sql, long actor, boolean own) {
    return sql.list(
        own
            ? """
            select e.post_id from event e join post p on p.id = e.post_id
            where p.actor_id = $1 and e.start_time > now() order by 1 limit 200
            """
            : """
            select r.post_id from rsvp r join event e on e.post_id = r.post_id
            where r.actor_id = $1 and e.start_time > now()
              and r.state in ('going', 'maybe', 'waiting', 'requested') order by 1 limit 200
            """,
        row -> row.getLong(0),
        actor);
  }

  /** True when nobody else owns the place. */
  static boolean isLastOwner(Sql sql, long actor) {
    var others =
        sql.one(
            """
            select exists (select from role_grant
                where actor_id = $1 and role = 'owner' and group_id is null)
              and not exists (select from role_grant
                where actor_id <> $1 and role = 'owner' and group_id is null)
            """,
            row -> row.getBoolean(0),
            actor);
    return Boolean.TRUE.equals(others);
  }
}
