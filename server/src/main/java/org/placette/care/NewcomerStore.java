package org.placette.care;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.db.Ids;
import org.placette.db.Sql;
import org.placette.db.Tx;

/** Who is new here, and what they wrote; a row of {@code account} without {@code trusted_at}. */
final class NewcomerStore {

  private NewcomerStore() {}

  static boolean isOne(Sql sql, long actor) {
    return sql.one(
            "select 1 from account where actor_id = $1 and trusted_at is null", row -> 1, actor)
        != null;
  }

  static long strangers(Sql sql, long actor, List<@Nullable String> uris) {
    var count =
        sql.one(
            """
            select count(*) from unnest($2::text[]) as named (uri)
            where not exists (select from actor a join follow f on f.actor_id = a.id
              where a.uri = named.uri and f.target_id = $1 and f.state = 'accepted')
            """,
            row -> row.getLong(0),
            actor,
            uris.toArray(String[]::new));
    return count == null ? 0 : count;
  }

  /** How much somebody wrote within the last hour. */
  static long lately(Sql sql, long actor) {
    var count =
        sql.one(
            """
            select count(*) from post where actor_id = $1 and id > $2 and companion_of is null
            """,
            row -> row.getLong(0),
            actor,
            Ids.floor(Instant.now().minusSeconds(3_600)));
    return count == null ? 0 : count;
  }

  static boolean trust(Tx tx, long actor) {
    return tx.update(
            "update account set trusted_at = now() where actor_id = $1 and trusted_at is null",
            actor)
        > 0;
  }

  static int trustDue(Sql sql, int days) {
    return sql.update(
        """
        update account a set trusted_at = now() where a.trusted_at is null
          and a.created < now() - make_interval(days => $1)
          and not exists (select from sign_up s where s.actor_id = a.actor_id)
        """,
        days);
  }
}
