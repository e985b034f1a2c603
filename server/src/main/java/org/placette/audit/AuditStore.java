package org.placette.audit;

import java.util.List;
import org.placette.db.Sql;
import org.placette.db.Tx;

/** The rows of {@code audit}; names are written down as they were. */
final class AuditStore {

  private static final String NAME =
      "coalesce((select '@' || username || coalesce('@' || host, '') from actor where id = %s),"
          + " '')";

  private AuditStore() {}

  static void insert(Tx tx, long id, Audit.Entry entry) {
    tx.update(
        "insert into audit (id, actor_id, actor, action, target_id, target, detail, reason)"
            + " values ($1, $2, "
            + NAME.formatted("$2")
            + ", $3, $4, "
            + NAME.formatted("$4")
            + ", $5, $6)",
        id,
        entry.by(),
        entry.action(),
        entry.target(),
        entry.about(),
        entry.reason());
  }

  /**
   * The latest first.
   *
   * @param target 0 for everybody
   * @param before the number of the last one of the page before
   */
  static List<AuditPages.Line> page(Sql sql, long target, long before, int limit) {
    return sql.list(
        """
        select id, actor, action, target, detail, reason, published from audit
        where ($1::bigint = 0 or target_id = $1) and id < $2 order by id desc limit $3
        """,
        row ->
            new AuditPages.Line(
                row.getLong(0),
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getOffsetDateTime(6).toInstant()),
        target,
        before,
        limit);
  }
}
