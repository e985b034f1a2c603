package org.placette.user;

import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;
import org.placette.web.Permission;
import org.placette.web.Visitor;

/** The tables {@code account} and {@code session}. */
final class AccountStore {

  private static final String COLUMNS =
      """
      select a.actor_id, actor.username, a.email, a.password_hash, coalesce((
        select g.role from role_grant g where g.actor_id = a.actor_id and g.group_id is null
        order by array_position(array['owner', 'admin', 'moderator', 'animator', 'facilitator'],
          g.role) limit 1), 'resident') as role, a.locale
      from account a join actor on actor.id = a.actor_id
      """;

  private AccountStore() {}

  static void insert(Sql sql, Account account) {
    sql.update(
        """
        insert into account (actor_id, email, password_hash, locale) values ($1, $2, $3, $4)
        """,
        account.actorId(),
        account.email(),
        account.passwordHash(),
        account.locale());
  }

  static boolean emailTaken(Sql sql, String email) {
    return sql.one(
            "select 1 from account where lower(email) = lower($1)", row -> row.getInteger(0), email)
        != null;
  }

  static boolean hasOwner(Sql sql) {
    return sql.one(
            "select 1 from role_grant where role = 'owner' and group_id is null limit 1", row -> 1)
        != null;
  }

  /** By username or e-mail address; accounts of suspended people are not found. */
  static @Nullable Account byLogin(Sql sql, String login) {
    return sql.one(
        COLUMNS
            + """
            where (lower(a.email) = lower($1)
                or (lower(actor.username) = lower($1) and actor.host is null))
              and actor.suspended_at is null and actor.deleted_at is null
            """,
        AccountStore::account,
        login);
  }

  /** The account of somebody who was suspended; null for all others. */
  static @Nullable Account suspended(Sql sql, String login) {
    return sql.one(
        COLUMNS
            + """
            where (lower(a.email) = lower($1)
                or (lower(actor.username) = lower($1) and actor.host is null))
              and actor.suspended_at is not null and actor.deleted_at is null
              and not exists (select from sign_up s where s.actor_id = a.actor_id)
            """,
        AccountStore::account,
        login);
  }

  /** The password's hash of an account that waits to be let in. */
  static @Nullable String waiting(Sql sql, String login) {
    return sql.one(
        """
        select a.password_hash from account a join actor on actor.id = a.actor_id
          join sign_up using (actor_id)
        where lower(a.email) = lower($1) or (lower(actor.username) = lower($1) and actor.host is null)
        """,
        row -> row.getString(0),
        login);
  }

  static void seen(Sql sql, long actorId) {
    sql.update("update account set seen = now() where actor_id = $1", actorId);
  }

  static @Nullable Account byId(Sql sql, long actorId) {
    return sql.one(COLUMNS + "where a.actor_id = $1", AccountStore::account, actorId);
  }

  /** The account of somebody who may come in; null for those who were suspended or wait. */
  static @Nullable Account entering(Sql sql, long actorId) {
    return sql.one(
        COLUMNS
            + "where a.actor_id = $1 and actor.suspended_at is null and actor.deleted_at is null",
        AccountStore::account,
        actorId);
  }

  static void changePassword(Sql sql, long actorId, String hash) {
    sql.update("update account set password_hash = $2 where actor_id = $1", actorId, hash);
    sql.update("delete from session where actor_id = $1", actorId);
    sql.update("delete from authorization_code where actor_id = $1", actorId);
    sql.update(
        "update access_token set revoked = now() where actor_id = $1 and revoked is null", actorId);
  }

  static void insertSession(
      Sql sql, byte[] hash, long actorId, String csrf, @Nullable String userAgent, Duration life) {
    sql.update(
        """
        insert into session (hash, actor_id, csrf, user_agent, expires)
        values ($1, $2, $3, $4, $5)
        """,
        hash,
        actorId,
        csrf,
        userAgent,
        Instant.now().plus(life).atOffset(ZoneOffset.UTC));
  }

  static @Nullable Visitor visitor(Sql sql, byte[] hash) {
    return sql.one(
        """
        select s.actor_id, actor.username, a.locale, s.csrf, array(
          select distinct g.permission from granted g
          where g.actor_id = s.actor_id and g.group_id is null) as permissions,
          exists (select from notification n where n.actor_id = s.actor_id and not n.filtered
            and n.id > coalesce((select m.last_read_id from marker m
              where m.actor_id = s.actor_id and m.timeline = 'notifications'), 0)) as news
        from session s
        join account a using (actor_id)
        join actor on actor.id = s.actor_id
        where s.hash = $1 and s.expires > now()
          and actor.suspended_at is null and actor.deleted_at is null
        """,
        row ->
            new Visitor(
                row.getLong(0),
                row.getString(1),
                permissions(row.getArrayOfStrings(4)),
                row.getString(2),
                row.getBoolean(5),
                row.getString(3)),
        hash);
  }

  private static Set<Permission> permissions(String[] words) {
    var all = EnumSet.noneOf(Permission.class);
    for (var word : words) all.add(Permission.valueOf(word));
    return all;
  }

  static List<BrowserSession> sessions(Sql sql, long actorId) {
    return sql.list(
        """
        select encode(hash, 'hex'), user_agent, created from session
        where actor_id = $1 and expires > now()
        order by created desc limit 100
        """,
        row ->
            new BrowserSession(
                row.getString(0), row.getString(1), row.getOffsetDateTime(2).toInstant()),
        actorId);
  }

  static int endSession(Sql sql, long actorId, String key) {
    return sql.update(
        "delete from session where actor_id = $1 and encode(hash, 'hex') = $2", actorId, key);
  }

  static void removeSession(Sql sql, byte[] hash) {
    sql.update("delete from session where hash = $1", hash);
  }

  private static Account account(Row row) {
    return new Account(
        row.getLong(0),
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5));
  }
}
