package org.placette.body;

import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Objects;
import org.placette.actor.Byline;
import org.placette.db.Sql;
import org.placette.db.Tx;

/** The rows of {@code speaker}. */
final class SpeakerStore {

  private static final String BYLINE =
      """
      a.id, a.type as author_type, a.username as author_username, a.host as author_host,
        a.name as author_name, a.icon as author_icon
      """;

  private SpeakerStore() {}

  static boolean speaks(Sql sql, long actor, long body) {
    return sql.one(
            "select 1 from speaker where body_id = $1 and actor_id = $2", row -> true, body, actor)
        != null;
  }

  /** The bodies that somebody speaks for. */
  static List<Bodies.Named> of(Sql sql, long actor) {
    return sql.list(
        "select "
            + BYLINE
            + " from speaker s join actor a on a.id = s.body_id where s.actor_id = $1"
            + " and a.deleted_at is null and a.suspended_at is null order by a.id limit 50",
        SpeakerStore::named,
        actor);
  }

  /** Those who speak for a body. */
  static List<Bodies.Named> speakers(Sql sql, long body) {
    return sql.list(
        "select "
            + BYLINE
            + " from speaker s join actor a on a.id = s.actor_id where s.body_id = $1"
            + " order by s.since, a.id limit 200",
        SpeakerStore::named,
        body);
  }

  private static Bodies.Named named(Row row) {
    return new Bodies.Named(
        row.getLong("id"),
        Byline.of(
            Objects.requireNonNull(row.getString("author_type")),
            Objects.requireNonNull(row.getString("author_username")),
            row.getString("author_host"),
            row.getString("author_name"),
            row.getString("author_icon")));
  }

  /** Only residents speak for a body. */
  static boolean add(Tx tx, long body, long actor) {
    return tx.update(
            """
            insert into speaker (body_id, actor_id)
            select $1::bigint, o.actor_id from account o where o.actor_id = $2
            on conflict do nothing
            """,
            body,
            actor)
        > 0;
  }

  static void remove(Tx tx, long body, long actor) {
    tx.update("delete from speaker where body_id = $1 and actor_id = $2", body, actor);
  }
}
