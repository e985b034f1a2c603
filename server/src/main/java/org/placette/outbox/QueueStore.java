package org.placette.outbox;

import java.util.List;
import java.util.Objects;
import org.placette.db.Sql;
import org.placette.db.Tx;

/** SQL over {@code delivery} by host, for those who look after the server. */
final class QueueStore {

  private QueueStore() {}

  static List<Queues.Queue> list(Sql sql, int limit) {
    return sql.list(
        """
        select d.host, d.waiting, d.oldest, coalesce(d.error, p.last_error),
          greatest(d.due, p.retry_at), coalesce(p.failed_days, 0) >= $2
        from (
          select host, count(*) as waiting, min(published) as oldest, min(due) as due,
            (array_agg(error order by tries desc, id desc) filter (where error is not null))[1]
              as error
          from delivery group by host) d
        left join peer p on p.host = d.host
        order by d.waiting desc, d.host limit $1
        """,
        row ->
            new Queues.Queue(
                Objects.requireNonNull(row.getString(0)),
                row.getLong(1),
                row.getOffsetDateTime(2).toInstant(),
                row.getString(3),
                row.getOffsetDateTime(4).toInstant(),
                row.getBoolean(5)),
        limit,
        Backoff.DEAD_AFTER_DAYS);
  }

  /** Makes everything for a host due now; gives how much that is. */
  static int due(Tx tx, String host) {
    return tx.update("update delivery set due = now() where host = $1 and holder is null", host);
  }

  static void endRest(Tx tx, String host) {
    tx.update("update peer set retry_at = null, updated = now() where host = $1", host);
  }

  static int remove(Tx tx, String host) {
    return tx.update("delete from delivery where host = $1 and holder is null", host);
  }
}
