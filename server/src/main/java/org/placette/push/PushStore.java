package org.placette.push;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.placette.db.Retention;
import org.placette.db.Sql;

/** The tables {@code push_subscription} and {@code push_delivery}. */
@SuppressWarnings("ArrayRecordComponent") // keys, handed on once, never compared
final class PushStore {

  private PushStore() {}

  /** Where one app wants to be woken, and by what; alerts are stored names of types. */
  record Subscription(
      int id, String endpoint, boolean standard, List<String> alerts, String policy) {}

  /** A new one. */
  record Wanted(
      long token,
      long person,
      String endpoint,
      byte[] p256dh,
      byte[] auth,
      boolean standard,
      List<String> alerts,
      String policy,
      byte[] sealedToken) {}

  static List<Retention.Table> retention() {
    return List.of(
        Retention.Table.owned("push_subscription", "retention.push_subscription"),
        Retention.Table.aged(
            "push_delivery",
            "retention.push_delivery",
            Duration.ofDays(3),
            "id",
            "due < now() - :keep"));
  }

  /** A browser, by its session: what is told at once wakes it. False when there is no session. */
  static boolean putBrowser(
      Sql sql, long person, String session, String endpoint, byte[] p256dh, byte[] auth) {
    return sql.update(
            """
            insert into push_subscription (session_hash, actor_id, endpoint, p256dh, auth, standard,
              alerts, policy)
            select s.hash, s.actor_id, $3, $4, $5, true,
              coalesce((select c.now_types from notice_choice c where c.actor_id = s.actor_id),
                $6::text[]), 'all'
            from session s where s.actor_id = $1 and encode(s.hash, 'hex') = $2
            on conflict (session_hash) do update set endpoint = excluded.endpoint,
              p256dh = excluded.p256dh, auth = excluded.auth, alerts = excluded.alerts
            """,
            person,
            session,
            endpoint,
            Buffer.buffer(p256dh),
            Buffer.buffer(auth),
            new String[] {
              "Mention",
              "Reply",
              "GroupRequest",
              "Invitation",
              "RsvpAccepted",
              "RsvpFreed",
              "EventReminder",
              "EventUpdate"
            })
        > 0;
  }

  static void removeBrowser(Sql sql, long person, String session) {
    sql.update(
        """
        delete from push_subscription
        where actor_id = $1 and encode(session_hash, 'hex') = $2
        """,
        person,
        session);
  }

  static Subscription put(Sql sql, Wanted wanted) {
    var stored =
        sql.one(
            """
            insert into push_subscription (token_id, actor_id, endpoint, p256dh, auth, standard,
              alerts, policy, sealed_token)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (token_id) do update set endpoint = excluded.endpoint,
              p256dh = excluded.p256dh, auth = excluded.auth, standard = excluded.standard,
              alerts = excluded.alerts, policy = excluded.policy,
              sealed_token = excluded.sealed_token
            returning id, endpoint, standard, alerts, policy
            """,
            PushStore::subscription,
            wanted.token(),
            wanted.person(),
            wanted.endpoint(),
            Buffer.buffer(wanted.p256dh()),
            Buffer.buffer(wanted.auth()),
            wanted.standard(),
            wanted.alerts().toArray(String[]::new),
            wanted.policy(),
            Buffer.buffer(wanted.sealedToken()));
    if (stored == null) throw new IllegalStateException("an insert without a row");
    return stored;
  }

  static @Nullable Subscription of(Sql sql, long token) {
    return sql.one(
        "select id, endpoint, standard, alerts, policy from push_subscription where token_id = $1",
        PushStore::subscription,
        token);
  }

  static @Nullable Subscription change(
      Sql sql, long token, List<String> alerts, @Nullable String policy) {
    return sql.one(
        """
        update push_subscription set alerts = $2, policy = coalesce($3, policy)
        where token_id = $1 returning id, endpoint, standard, alerts, policy
        """,
        PushStore::subscription,
        token,
        alerts.toArray(String[]::new),
        policy);
  }

  static int remove(Sql sql, long token) {
    return sql.update("delete from push_subscription where token_id = $1", token);
  }

  /** An app's address is dead. */
  static void removeDead(Sql sql, int subscription) {
    sql.update("delete from push_subscription where id = $1", subscription);
  }

  private static Subscription subscription(Row row) {
    return new Subscription(
        row.getInteger("id"),
        row.getString("endpoint"),
        row.getBoolean("standard"),
        Arrays.asList(row.getArrayOfStrings("alerts")),
        row.getString("policy"));
  }

  /** Takes what is due; in somebody's quiet hours nothing is, and it waits for their end. */
  static List<Long> claim(Sql sql, UUID holder, int most) {
    return sql.list(
        """
        update push_delivery set holder = $1 where id in (
          select d.id from push_delivery d where d.holder is null and d.due <= now()
            and not exists (select from push_subscription s
              join notice_choice c on c.actor_id = s.actor_id
              cross join lateral (select extract(hour from now() at time zone c.zone) as hour) h
              where s.id = d.subscription_id and c.quiet_from is not null
                and case when c.quiet_from < c.quiet_until
                  then h.hour >= c.quiet_from and h.hour < c.quiet_until
                  else h.hour >= c.quiet_from or h.hour < c.quiet_until end)
          order by d.due limit $2 for update of d skip locked)
        returning id
        """,
        row -> row.getLong(0),
        holder,
        most);
  }

  /** Everything that one push needs; {@code wanted} is what policy and token say now. */
  record Push(
      long id,
      int tries,
      int subscription,
      long token,
      String endpoint,
      byte[] p256dh,
      byte[] auth,
      boolean standard,
      byte @Nullable [] sealedToken,
      boolean wanted,
      long notification,
      String type,
      String locale,
      String from,
      @Nullable String icon,
      @Nullable String title,
      @Nullable String content,
      @Nullable String group) {}

  static List<Push> claimed(Sql sql, List<Long> ids) {
    return sql.list(
        """
        select d.id, d.tries, s.id as subscription, s.token_id, s.endpoint, s.p256dh, s.auth,
          s.standard, s.sealed_token, n.id as notification, n.type, c.locale,
          coalesce(nullif(a.name, ''), a.username) as from_name, a.icon,
          case when p.summary = '' or p.summary is null then p.name end as title,
          coalesce(nullif(p.summary, ''), p.content) as content,
          coalesce(nullif(g.name, ''), g.username) as group_name,
          (s.session_hash is not null or t.revoked is null) and o.suspended_at is null and case s.policy when 'all' then true
            when 'followed' then exists (select from follow f where f.actor_id = n.actor_id
              and f.target_id = n.from_actor_id and f.state = 'accepted')
            when 'follower' then exists (select from follow f where f.actor_id = n.from_actor_id
              and f.target_id = n.actor_id and f.state = 'accepted')
            else false end as wanted
        from push_delivery d join push_subscription s on s.id = d.subscription_id
          left join access_token t on t.id = s.token_id
          join notification n on n.id = d.notification_id
          join actor a on a.id = n.from_actor_id
          join actor o on o.id = n.actor_id
          join account c on c.actor_id = n.actor_id
          left join post p on p.id = n.post_id left join actor g on g.id = n.group_id
        where d.id = any($1)
        """,
        PushStore::push,
        (Object) ids.toArray(Long[]::new));
  }

  private static Push push(Row row) {
    return new Push(
        row.getLong("id"),
        row.getInteger("tries"),
        row.getInteger("subscription"),
        row.getLong("token_id") == null ? 0 : row.getLong("token_id"),
        row.getString("endpoint"),
        row.getBuffer("p256dh").getBytes(),
        row.getBuffer("auth").getBytes(),
        row.getBoolean("standard"),
        row.getBuffer("sealed_token") == null ? null : row.getBuffer("sealed_token").getBytes(),
        row.getBoolean("wanted"),
        row.getLong("notification"),
        row.getString("type"),
        row.getString("locale"),
        row.getString("from_name"),
        row.getString("icon"),
        row.getString("title"),
        row.getString("content"),
        row.getString("group_name"));
  }

  static void done(Sql sql, List<Long> ids) {
    sql.update("delete from push_delivery where id = any($1)", (Object) ids.toArray(Long[]::new));
  }

  static void later(Sql sql, long id, long seconds) {
    sql.update(
        """
        update push_delivery set holder = null, tries = tries + 1,
          due = now() + $2 * interval '1 second'
        where id = $1
        """,
        id,
        seconds);
  }
}
