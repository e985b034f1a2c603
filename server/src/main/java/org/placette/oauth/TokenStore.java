package org.placette.oauth;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;

/** The table {@code access_token}. */
final class TokenStore {

  private TokenStore() {}

  static void insert(Sql sql, byte[] hash, long actorId, Set<String> scopes) {
    sql.update(
        "insert into access_token (hash, actor_id, scopes) values ($1, $2, $3)",
        hash,
        actorId,
        scopes.toArray(String[]::new));
  }

  static Tokens.@Nullable Grant grant(Sql sql, byte[] hash) {
    return sql.one(
        """
        select t.actor_id, t.scopes
        from access_token t join actor on actor.id = t.actor_id
        where t.hash = $1 and t.revoked is null
          and actor.suspended_at is null and actor.deleted_at is null
        """,
        row -> new Tokens.Grant(row.getLong(0), Set.of(row.getArrayOfStrings(1))),
        hash);
  }
}
