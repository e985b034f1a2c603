package org.placette.post;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.placette.db.Retention;
import org.placette.db.Sql;
import org.placette.db.Tx;

/** The rows of {@code once}: calls that count once however often they come, for an hour. */
final class OnceStore {

  private OnceStore() {}

  /** What an earlier call with this key made; null when there was none within the hour. */
  static @Nullable Long made(Sql sql, long actor, String key) {
    return sql.one(
        """
        select made_id from once
        where actor_id = $1 and key = $2 and created > now() - interval '1 hour'
        """,
        row -> row.getLong(0),
        actor,
        key);
  }

  /**
   * Claims a key; waits for another call that is claiming it.
   *
   * @return false when another call had it first
   */
  static boolean claim(Tx tx, long actor, String key, long made) {
    return tx.update(
            """
            insert into once as o (actor_id, key, made_id) values ($1, $2, $3)
            on conflict (actor_id, key) do update set made_id = excluded.made_id, created = now()
              where o.created <= now() - interval '1 hour'
            """,
            actor,
            key,
            made)
        > 0;
  }

  static Retention.Table retention() {
    return Retention.Table.aged(
        "once",
        "retention.once",
        Duration.ofHours(1),
        "(actor_id, key)",
        "created < now() - :keep");
  }
}
