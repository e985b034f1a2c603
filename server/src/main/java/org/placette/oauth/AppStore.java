package org.placette.oauth;

import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;

/** The table {@code app}. */
final class AppStore {

  private static final String COLUMNS =
      "select id, client_id, name, website, redirect_uris, scopes from app ";

  private AppStore() {}

  static void insert(Sql sql, App app, byte[] secretHash) {
    sql.update(
        """
        insert into app (id, client_id, secret_hash, name, website, redirect_uris, scopes)
        values ($1, $2, $3, $4, $5, $6, $7)
        """,
        app.id(),
        app.clientId(),
        secretHash,
        app.name(),
        app.website(),
        app.redirectUris().toArray(String[]::new),
        app.scopes().toArray(String[]::new));
  }

  static @Nullable App byClientId(Sql sql, String clientId) {
    return sql.one(COLUMNS + "where client_id = $1", AppStore::app, clientId);
  }

  static @Nullable App bySecret(Sql sql, String clientId, byte[] secretHash) {
    return sql.one(
        COLUMNS + "where client_id = $1 and secret_hash = $2", AppStore::app, clientId, secretHash);
  }

  static @Nullable App ofToken(Sql sql, long tokenId) {
    return sql.one(
        COLUMNS + "where id = (select app_id from access_token where id = $1)",
        AppStore::app,
        tokenId);
  }

  private static App app(Row row) {
    return new App(
        row.getLong(0),
        row.getString(1),
        row.getString(2),
        row.getString(3),
        List.of(row.getArrayOfStrings(4)),
        Set.of(row.getArrayOfStrings(5)));
  }
}
