package org.placette.demo;

import java.time.Instant;
import java.time.ZoneOffset;
import org.placette.db.Sql;

/** What the demo asks and changes below the features: nothing else can write in the past. */
final class DemoStore {

  private DemoStore() {}

  /** True while nobody has an account and nobody has published anything. */
  static boolean isEmpty(Sql sql) {
    return sql.one(
            "select 1 from account union all select 1 from post limit 1", row -> row.getInteger(0))
        == null;
  }

  /** Somebody speaks for an association or the town hall. */
  static void speaks(Sql sql, long body, long actor) {
    sql.update("insert into speaker (body_id, actor_id) values ($1, $2)", body, actor);
  }

  static void backdate(Sql sql, long post, Instant published) {
    sql.update(
        "update post set published = $2 where id = $1", post, published.atOffset(ZoneOffset.UTC));
  }
}
