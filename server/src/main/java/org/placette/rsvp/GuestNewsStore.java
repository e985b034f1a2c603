package org.placette.rsvp;

import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.placette.db.Tx;

/** The rows of {@code guest_news}, and the answers that they tell of. */
final class GuestNewsStore {

  private GuestNewsStore() {}

  /** Remembers that somebody without an account answered; false when it was remembered before. */
  static boolean remember(Tx tx, long post) {
    return tx.update("insert into guest_news (post_id) values ($1) on conflict do nothing", post)
        > 0;
  }

  /** Something to be told now. */
  record Due(long post, OffsetDateTime since) {}

  static List<Due> take(Tx tx) {
    return tx.list(
        """
        delete from guest_news where post_id in (select post_id from guest_news
          where due <= now() order by due limit 5 for update skip locked)
        returning post_id, since
        """,
        row -> new Due(row.getLong(0), row.getOffsetDateTime(1)));
  }

  /** What somebody without an account said. */
  record Said(String name, String state, int party) {

    private static Said from(Row row) {
      return new Said(
          Objects.requireNonNullElse(row.getString(0), ""), row.getString(1), row.getInteger(2));
    }
  }

  /** What they said since then; at most 100. */
  static List<Said> since(Tx tx, Due due) {
    return tx.list(
        """
        select guest_name, state, party from rsvp
        where post_id = $1 and actor_id is null and updated >= $2 and state <> 'unconfirmed'
        order by updated limit 100
        """,
        Said::from,
        due.post(),
        due.since());
  }
}
