package org.placette.rsvp;

import java.time.Duration;
import java.util.List;
import org.placette.db.Sql;
import org.placette.db.Tx;

/** The rows of {@code event_news}: events whose numbers other servers do not know yet. */
final class EventNewsStore {

  private EventNewsStore() {}

  static void remember(Tx tx, long post, Duration wait) {
    tx.update(
        """
        insert into event_news (post_id, due) values ($1, now() + make_interval(secs => $2))
        on conflict do nothing
        """,
        post,
        (double) wait.toSeconds());
  }

  static List<Long> take(Tx tx) {
    return tx.list(
        """
        delete from event_news where post_id in (select post_id from event_news
          where due <= now() order by due limit 5 for update skip locked) returning post_id
        """,
        row -> row.getLong(0));
  }

  /** Yes, maybe, no. */
  static List<Integer> votes(Sql sql, long post) {
    var votes =
        sql.one(
            "select votes from event where post_id = $1",
            row -> List.of(row.getArrayOfIntegers(0)),
            post);
    return votes == null ? List.of(0, 0, 0) : votes;
  }
}
