package org.placette.after;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.db.Ids;
import org.placette.db.Retention;
import org.placette.db.Sql;
import org.placette.db.Tx;

/** The rows of {@code event_after} and {@code event_feedback}. */
final class AfterStore {

  private AfterStore() {}

  /** False when somebody was thanked before. */
  static boolean thank(Tx tx, long event, long thanks, boolean shared) {
    return tx.update(
            """
            insert into event_after (post_id, thanks_id, shared) values ($1, $2, $3)
            on conflict do nothing
            """,
            event,
            thanks,
            shared)
        > 0;
  }

  /** Whether the answers to an event are shared; null when nobody was thanked yet. */
  static @Nullable Boolean shared(Sql sql, long event) {
    return sql.one(
        "select shared from event_after where post_id = $1", row -> row.getBoolean(0), event);
  }

  static void answer(Tx tx, long event, long rsvp, int answer, @Nullable String words) {
    tx.update(
        """
        insert into event_feedback (id, post_id, rsvp_id, answer, words)
        values ($1, $2, $3, $4, $5)
        on conflict (rsvp_id) do update set answer = excluded.answer, words = excluded.words
        """,
        Ids.next(),
        event,
        rsvp,
        answer,
        words);
  }

  static @Nullable Feedback of(Sql sql, long rsvp) {
    return sql.one(
        "select answer, words from event_feedback where rsvp_id = $1",
        row -> new Feedback(row.getInteger(0), row.getString(1)),
        rsvp);
  }

  /** All, in the order in which they came; at most 500. */
  static List<Feedback> all(Sql sql, long event) {
    return sql.list(
        "select answer, words from event_feedback where post_id = $1 order by id limit 500",
        row -> new Feedback(row.getInteger(0), row.getString(1)),
        event);
  }

  static List<Retention.Table> retention() {
    return List.of(
        Retention.Table.owned("event_after", "retention.event_after"),
        Retention.Table.aged(
            "event_feedback",
            "retention.event_feedback",
            Duration.ofDays(365),
            "id",
            "published < now() - :keep"));
  }
}
