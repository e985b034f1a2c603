package org.placette.signup;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;
import org.placette.db.Tx;

/** All SQL about people who wait to be let in, and about invitations. */
final class SignUpStore {

  private SignUpStore() {}

  static void insert(Tx tx, long actor, String reason, @Nullable Long sponsor) {
    tx.update(
        "insert into sign_up (actor_id, reason, sponsor_id) values ($1, $2, $3)",
        actor,
        reason,
        sponsor);
  }

  /** From now on somebody is a newcomer. */
  static void watch(Tx tx, long actor) {
    tx.update("update account set trusted_at = null where actor_id = $1", actor);
  }

  /** The resident of that name, who may stand up for others; null when there is none. */
  static @Nullable Long sponsor(Sql sql, String name) {
    return sql.one(
        """
        select a.id from actor a join account c on c.actor_id = a.id
        where lower(a.username) = lower($1) and a.host is null and a.suspended_at is null
          and a.deleted_at is null
        """,
        row -> row.getLong(0),
        name);
  }

  static boolean isTrusted(Sql sql, long actor) {
    return sql.one(
            "select 1 from account where actor_id = $1 and trusted_at is not null", row -> 1, actor)
        != null;
  }

  static long vouchedLately(Sql sql, long sponsor) {
    var count =
        sql.one(
            """
            select count(*) from account where vouched_by = $1
              and created > now() - interval '30 days'
            """,
            row -> row.getLong(0),
            sponsor);
    return count == null ? 0 : count;
  }

  /** A sponsor's word, or that they do not know them; false when nobody asked for it. */
  static boolean vouch(Tx tx, long sponsor, long actor, boolean known) {
    var asked =
        tx.update(
            """
            update sign_up set vouched_at = case when $3 then now() end,
              sponsor_id = case when $3 then sponsor_id end
            where actor_id = $2 and sponsor_id = $1 and vouched_at is null
            """,
            sponsor,
            actor,
            known);
    if (asked > 0 && known)
      tx.update("update account set vouched_by = $1 where actor_id = $2", sponsor, actor);
    return asked > 0;
  }

  static List<SignUp> sponsored(Sql sql, long sponsor) {
    return sql.list(
        SELECT
            + """
            from sign_up s join account c using (actor_id) join actor a on a.id = s.actor_id
            where s.sponsor_id = $1 and s.vouched_at is null order by s.actor_id limit 50
            """,
        SignUpStore::signUp,
        sponsor);
  }

  private static final String SELECT =
      """
      select s.actor_id, a.username, c.email, s.reason, s.published, c.locale,
        coalesce((select v.username from actor v where v.id = s.sponsor_id), '') as sponsor,
        s.vouched_at is not null as vouched
      """;

  private static SignUp signUp(Row row) {
    return new SignUp(
        row.getLong(0),
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getOffsetDateTime(4).toInstant(),
        row.getString(5),
        row.getString(6),
        row.getBoolean(7));
  }

  static int waiting(Sql sql) {
    var count = sql.one("select count(*)::int from sign_up", row -> row.getInteger(0));
    return count == null ? 0 : count;
  }

  /** Those who wait, the first to ask first. */
  static List<SignUp> page(Sql sql, long after, int limit) {
    return sql.list(
        SELECT
            + """
            from sign_up s join account c using (actor_id) join actor a on a.id = s.actor_id
            where s.actor_id > $1 order by s.actor_id limit $2
            """,
        SignUpStore::signUp,
        after,
        limit);
  }

  /** Ends somebody's waiting; null when they wait no more, so that two answers are one. */
  static @Nullable SignUp take(Tx tx, long actor) {
    return tx.one(
        """
        with s as (delete from sign_up where actor_id = $1 returning *)
        """
            + SELECT
            + """
            from s join account c using (actor_id) join actor a on a.id = s.actor_id
            """,
        SignUpStore::signUp,
        actor);
  }

  /** Whether one of those who moderate was here since; a village that is not yet is young. */
  static boolean staffedSince(Sql sql, Instant moment) {
    return sql.one(
            """
            select 1 from account c where exists (select from granted g
              where g.actor_id = c.actor_id and g.permission = 'MODERATE' and g.group_id is null) and (
              c.created > $1 or c.seen > $1
              or exists (select from access_token t
                where t.actor_id = c.actor_id and t.last_used > $1)) limit 1
            """,
            row -> 1,
            moment.atOffset(ZoneOffset.UTC))
        != null;
  }

  static void invite(Sql sql, long id, byte[] hash, long by, int uses, Instant expires) {
    sql.update(
        """
        insert into invitation (id, hash, actor_id, uses_left, expires) values ($1, $2, $3, $4, $5)
        """,
        id,
        hash,
        by,
        uses,
        expires.atOffset(ZoneOffset.UTC));
  }

  static boolean isGood(Sql sql, byte[] hash) {
    return sql.one(
            "select 1 from invitation where hash = $1 and uses_left > 0 and expires > now()",
            row -> 1,
            hash)
        != null;
  }

  /** Uses an invitation once; false when it is used up or too old. */
  static boolean use(Tx tx, byte[] hash) {
    return tx.update(
            """
            update invitation set uses_left = uses_left - 1
            where hash = $1 and uses_left > 0 and expires > now()
            """,
            hash)
        > 0;
  }

  static List<Invitation> invitations(Sql sql) {
    return sql.list(
        """
        select i.id, a.username, i.uses_left, i.expires from invitation i
          join actor a on a.id = i.actor_id
        where i.uses_left > 0 and i.expires > now() order by i.id desc limit 100
        """,
        row ->
            new Invitation(
                row.getLong(0),
                row.getString(1),
                row.getInteger(2),
                row.getOffsetDateTime(3).toInstant()));
  }

  static void uninvite(Sql sql, long id) {
    sql.update("delete from invitation where id = $1", id);
  }
}
