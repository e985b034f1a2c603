package org.placette.oauth;

import io.vertx.sqlclient.Row;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;
import org.placette.db.Tx;

/** The table {@code authorization_code}. */
final class CodeStore {

  private CodeStore() {}

  /** A code as stored; {@code tokenId} is the token that was made from it. */
  record Stored(
      long appId,
      long actorId,
      String redirectUri,
      Set<String> scopes,
      @Nullable String challenge,
      boolean fresh,
      boolean used,
      @Nullable Long tokenId) {}

  static void insert(Sql sql, byte[] hash, Codes.Consent consent) {
    sql.update(
        """
        insert into authorization_code (hash, app_id, actor_id, redirect_uri, scopes, challenge)
        values ($1, $2, $3, $4, $5, $6)
        """,
        hash,
        consent.app().id(),
        consent.actorId(),
        consent.redirectUri(),
        consent.scopes().toArray(String[]::new),
        consent.challenge());
  }

  /** The code, its row locked until the transaction ends. */
  static @Nullable Stored lock(Tx tx, byte[] hash) {
    return tx.one(
        """
        select app_id, actor_id, redirect_uri, scopes, challenge,
          created > now() - interval '10 minutes', used is not null, token_id
        from authorization_code where hash = $1 for update
        """,
        CodeStore::stored,
        hash);
  }

  static void used(Tx tx, byte[] hash, long tokenId) {
    tx.update(
        "update authorization_code set used = now(), token_id = $2 where hash = $1", hash, tokenId);
  }

  private static Stored stored(Row row) {
    return new Stored(
        row.getLong(0),
        row.getLong(1),
        row.getString(2),
        Set.of(row.getArrayOfStrings(3)),
        row.getString(4),
        row.getBoolean(5),
        row.getBoolean(6),
        row.getLong(7));
  }
}
