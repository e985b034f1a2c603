package org.placette.instance;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Byline;
import org.placette.db.Sql;

/** SQL about settings that live in the database, and counts for NodeInfo. */
final class InstanceStore {

  private InstanceStore() {}

  static @Nullable String setting(Sql sql, String key) {
    return sql.one("select value from setting where key = $1", row -> row.getString(0), key);
  }

  static void put(Sql sql, String key, String value) {
    sql.run(
        """
        insert into setting (key, value) values ($1, $2)
        on conflict (key) do update set value = excluded.value
        """,
        key,
        value);
  }

  static Instance.Counts counts(Sql sql) {
    return Objects.requireNonNull(
        sql.one(
            """
            with local as (
              select id, type from actor
              where host is null and suspended_at is null and deleted_at is null
            ), written as (
              select p.actor_id, p.published, p.in_reply_to
              from post p join local l on l.id = p.actor_id
              where p.visibility in ('public', 'unlisted') and p.companion_of is null
            )
            select
              (select count(*) from local where type = 'Person'),
              count(distinct actor_id) filter (where published > now() - interval '30 days'),
              count(distinct actor_id) filter (where published > now() - interval '180 days'),
              count(*) filter (where in_reply_to is null),
              count(*) filter (where in_reply_to is not null)
            from written
            """,
            row ->
                new Instance.Counts(
                    row.getLong(0),
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4))));
  }

  /** Who looks after the place, those with the most to say first. */
  static List<Byline> staff(Sql sql) {
    return sql.list(
        """
        select a.type, a.username, a.name, a.icon from (
          select g.actor_id, min(array_position(
              array['owner', 'admin', 'moderator', 'animator', 'facilitator', 'keeper'], g.role))
            as rank from role_grant g where g.group_id is null group by g.actor_id) as r
          join actor a on a.id = r.actor_id
        where a.suspended_at is null and a.deleted_at is null
        order by r.rank, a.id limit 50
        """,
        row ->
            Byline.of(
                Objects.requireNonNull(row.getString(0)),
                Objects.requireNonNull(row.getString(1)),
                null,
                row.getString(2),
                row.getString(3)));
  }

  /** The hosts that this server has met, by name. */
  static List<String> peers(Sql sql) {
    return sql.list(
        "select distinct host from actor where host is not null order by host limit 5000",
        row -> row.getString(0));
  }

  static long countPeers(Sql sql) {
    return Objects.requireNonNull(
        sql.one(
            "select count(distinct host) from actor where host is not null",
            row -> row.getLong(0)));
  }

  /** The actor of the person who has been responsible longest; null before the set-up. */
  static @Nullable Long owner(Sql sql) {
    return sql.one(
        "select actor_id from role_grant where role = 'owner' and group_id is null"
            + " order by since limit 1",
        row -> row.getLong(0));
  }
}
