package org.placette.notification;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.mastodon.PageStore;
import org.placette.mastodon.Paging;

/** What somebody wants to be told, and what is kept aside. */
final class PolicyStore {

  private PolicyStore() {}

  /** The policy, in the words accept, filter and drop. */
  record Policy(
      String notFollowing,
      String notFollowers,
      String newAccounts,
      String privateMentions,
      String limitedAccounts,
      long requests,
      long notifications) {}

  /** What is kept aside of one account; the last of them is its cursor. */
  record Aside(
      long from, long last, long count, Instant first, Instant latest, @Nullable Long post) {}

  static Policy policy(Sql sql, long person) {
    var found =
        sql.one(
            """
            select coalesce(y.for_not_following, 'accept'), coalesce(y.for_not_followers, 'accept'),
              coalesce(y.for_new_accounts, 'accept'), coalesce(y.for_private_mentions, 'filter'),
              coalesce(y.for_limited_accounts, 'filter'), s.requests, s.number
            from (select count(distinct n.from_actor_id) as requests, count(*) as number
                from notification n where n.actor_id = $1 and n.filtered) as s
              left join notification_policy y on y.actor_id = $1
            """,
            row ->
                new Policy(
                    row.getString(0),
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getLong(5),
                    row.getLong(6)),
            person);
    if (found == null) throw new IllegalStateException("a count without a row");
    return found;
  }

  static void put(Sql sql, long person, Policy policy) {
    sql.update(
        """
        insert into notification_policy (actor_id, for_not_following, for_not_followers,
          for_new_accounts, for_private_mentions, for_limited_accounts)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (actor_id) do update set for_not_following = excluded.for_not_following,
          for_not_followers = excluded.for_not_followers,
          for_new_accounts = excluded.for_new_accounts,
          for_private_mentions = excluded.for_private_mentions,
          for_limited_accounts = excluded.for_limited_accounts
        """,
        person,
        policy.notFollowing(),
        policy.notFollowers(),
        policy.newAccounts(),
        policy.privateMentions(),
        policy.limitedAccounts());
  }

  private static final String ASIDE =
      """
      select n.from_actor_id, max(n.id) as last, count(*) as number, min(n.published) as first,
        max(n.published) as latest,
        (array_agg(n.post_id order by n.id desc) filter (where n.post_id is not null))[1] as post
      from notification n join actor a on a.id = n.from_actor_id
      where n.actor_id = $1 and n.filtered and a.suspended_at is null
      """;

  static List<Aside> requests(Sql sql, long person, Paging page) {
    return PageStore.page(
        sql,
        ASIDE + " group by n.from_actor_id having max(n.id) < $2 and max(n.id) > $3",
        "last",
        page,
        PolicyStore::aside,
        person);
  }

  static @Nullable Aside request(Sql sql, long person, long from) {
    return sql.one(
        ASIDE + " and n.from_actor_id = $2 group by n.from_actor_id",
        PolicyStore::aside,
        person,
        from);
  }

  /** From now on everything is taken from them, and what was kept aside is shown. */
  static int accept(Tx tx, long person, Collection<Long> from) {
    var all = from.toArray(Long[]::new);
    tx.update(
        """
        insert into notification_permission (actor_id, from_actor_id)
        select distinct n.actor_id, n.from_actor_id from notification n
        where n.actor_id = $1 and n.from_actor_id = any($2) and n.filtered
        on conflict do nothing
        """,
        person,
        all);
    return tx.update(
        """
        update notification set filtered = false
        where actor_id = $1 and from_actor_id = any($2) and filtered
        """,
        person,
        all);
  }

  static int dismiss(Sql sql, long person, Collection<Long> from) {
    return sql.update(
        "delete from notification where actor_id = $1 and from_actor_id = any($2) and filtered",
        person,
        from.toArray(Long[]::new));
  }

  private static Aside aside(Row row) {
    return new Aside(
        row.getLong("from_actor_id"),
        row.getLong("last"),
        row.getLong("number"),
        row.getOffsetDateTime("first").toInstant(),
        row.getOffsetDateTime("latest").toInstant(),
        row.getLong("post"));
  }
}
