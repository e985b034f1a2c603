package org.placette.oauth;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;

/** The table {@code access_token}. */
final class TokenStore {

  /** Good while it is not revoked and its person, if it has one, is there. */
  private static final String GOOD =
      """
      t.revoked is null
      and (t.actor_id is null or (actor.suspended_at is null and actor.deleted_at is null))
      """;

  private TokenStore() {}

  /** A token as found: what it grants, and whether its use was noted within the last hour. */
  record Found(Tokens.Grant grant, boolean noted) {}

  static void insert(
      Sql sql, long id, byte[] hash, @Nullable Long actorId, @Nullable Long appId, Set<String> s) {
    sql.update(
        """
        insert into access_token (id, hash, actor_id, app_id, scopes) values ($1, $2, $3, $4, $5)
        """,
        id,
        hash,
        actorId,
        appId,
        s.toArray(String[]::new));
  }

  static @Nullable Found find(Sql sql, byte[] hash) {
    return sql.one(
        """
        select t.id, coalesce(t.actor_id, 0), t.app_id, t.scopes, app.name, app.website,
          coalesce(t.last_used > now() - interval '1 hour', false)
        from access_token t
          left join actor on actor.id = t.actor_id
          left join app on app.id = t.app_id
        where t.hash = $1 and
        """
            + GOOD,
        row ->
            new Found(
                new Tokens.Grant(
                    row.getLong(0),
                    row.getLong(1),
                    row.getLong(2),
                    Set.of(row.getArrayOfStrings(3)),
                    row.getString(4),
                    row.getString(5)),
                row.getBoolean(6)),
        hash);
  }

  static void used(Sql sql, long id) {
    sql.update(
        """
        update access_token set last_used = now()
        where id = $1 and (last_used is null or last_used < now() - interval '1 hour')
        """,
        id);
  }

  /** Whose token it is, when that person was suspended and the token would do otherwise. */
  static @Nullable Long suspended(Sql sql, byte[] hash) {
    return sql.one(
        """
        select t.actor_id from access_token t join actor on actor.id = t.actor_id
        where t.hash = $1 and t.revoked is null and actor.suspended_at is not null
          and actor.deleted_at is null
          and not exists (select from sign_up s where s.actor_id = t.actor_id)
        """,
        row -> row.getLong(0),
        (Object) hash);
  }

  /** Whether it is the token of somebody who still waits to be let in. */
  static boolean waiting(Sql sql, byte[] hash) {
    return sql.one(
            """
            select 1 from access_token t join actor on actor.id = t.actor_id
              join sign_up s on s.actor_id = t.actor_id
            where t.hash = $1 and t.revoked is null and actor.deleted_at is null
            """,
            row -> 1,
            (Object) hash)
        != null;
  }

  /** Those of the given tokens that are still good. */
  static Set<Long> good(Sql sql, Collection<Long> ids) {
    return new HashSet<>(
        sql.list(
            """
            select t.id from access_token t left join actor on actor.id = t.actor_id
            where t.id = any($1) and
            """
                + GOOD,
            row -> row.getLong(0),
            (Object) ids.toArray(Long[]::new)));
  }

  /** The app of a token, 0 for none; null when there is no such token. */
  static @Nullable Long ofApp(Sql sql, byte[] hash) {
    return sql.one(
        "select coalesce(app_id, 0) from access_token where hash = $1",
        row -> row.getLong(0),
        hash);
  }

  static List<Long> revokeByHash(Sql sql, byte[] hash) {
    return sql.list(
        """
        update access_token set revoked = now() where hash = $1 and revoked is null returning id
        """,
        row -> row.getLong(0),
        hash);
  }

  static int revoke(Sql sql, long id) {
    return sql.update(
        "update access_token set revoked = now() where id = $1 and revoked is null", id);
  }

  static int revokeOwn(Sql sql, long actorId, long id) {
    return sql.update(
        """
        update access_token set revoked = now()
        where id = $1 and actor_id = $2 and revoked is null
        """,
        id,
        actorId);
  }

  static List<Tokens.Connection> ofPerson(Sql sql, long actorId) {
    return sql.list(
        """
        select t.id, app.name, app.website, t.scopes, t.created, t.last_used
        from access_token t left join app on app.id = t.app_id
        where t.actor_id = $1 and t.revoked is null
        order by t.id desc limit 200
        """,
        TokenStore::connection,
        actorId);
  }

  private static Tokens.Connection connection(Row row) {
    OffsetDateTime used = row.getOffsetDateTime(5);
    Instant lastUsed = used == null ? null : used.toInstant();
    return new Tokens.Connection(
        row.getLong(0),
        row.getString(1),
        row.getString(2),
        Set.of(row.getArrayOfStrings(3)),
        row.getOffsetDateTime(4).toInstant(),
        lastUsed);
  }
}
