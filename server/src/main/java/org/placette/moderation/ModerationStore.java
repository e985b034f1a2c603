package org.placette.moderation;

import org.jspecify.annotations.Nullable;
import org.placette.db.Ids;
import org.placette.db.Sql;
import org.placette.db.Tx;

/** All SQL about blocks between actors. */
final class ModerationStore {

  private ModerationStore() {}

  static void block(Tx tx, long actorId, long targetId, String uri) {
    tx.update(
        """
        insert into block (actor_id, target_id, uri, id) values ($1, $2, $3, $4)
        on conflict do nothing
        """,
        actorId,
        targetId,
        uri,
        Ids.next());
  }

  /** The id of the Block between the two; null when there is none. */
  static @Nullable String blockUri(Sql sql, long actorId, long targetId) {
    return sql.one(
        "select uri from block where actor_id = $1 and target_id = $2",
        row -> row.getString(0),
        actorId,
        targetId);
  }

  static void unblock(Tx tx, long actorId, long targetId) {
    tx.update("delete from block where actor_id = $1 and target_id = $2", actorId, targetId);
  }

  /** False when nobody has a block of that id. */
  static boolean unblock(Tx tx, long actorId, String uri) {
    return tx.update("delete from block where actor_id = $1 and uri = $2", actorId, uri) > 0;
  }

  static boolean isBlock(Sql sql, long actorId, String uri) {
    return sql.one("select 1 from block where actor_id = $1 and uri = $2", row -> 1, actorId, uri)
        != null;
  }
}
