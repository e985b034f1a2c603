package org.placette.rsvp;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.db.Ids;
import org.placette.db.Tx;

/** The rows of {@code event_notice} and {@code reminder}. */
final class EventNoticeStore {

  private EventNoticeStore() {}

  /**
   * Something to be told to all who come, from the answer after {@code after} on.
   *
   * @param minutes how long before the start, for a reminder
   */
  record Notice(long id, long post, String kind, long after, @Nullable Integer minutes) {}

  /** A reminder that is due. */
  record Due(long post, int minutes) {}

  static void add(Tx tx, long post, String kind) {
    tx.update(
        "insert into event_notice (id, post_id, kind) values ($1, $2, $3)", Ids.next(), post, kind);
  }

  static void remind(Tx tx, Due due) {
    tx.update(
        "insert into event_notice (id, post_id, kind, minutes) values ($1, $2, 'reminder', $3)",
        Ids.next(),
        due.post(),
        due.minutes());
  }

  static @Nullable Notice take(Tx tx) {
    return tx.one(
        "select id, post_id, kind, after_id, minutes from event_notice order by id limit 1"
            + " for update skip locked",
        row ->
            new Notice(
                row.getLong(0),
                row.getLong(1),
                row.getString(2),
                row.getLong(3),
                row.getInteger(4)));
  }

  static void advance(Tx tx, long id, long after) {
    tx.update("update event_notice set after_id = $2 where id = $1", id, after);
  }

  static void done(Tx tx, long id) {
    tx.update("delete from event_notice where id = $1", id);
  }

  /**
   * Events whose reminder has come due, each once for its hour. One for which more than half of its
   * lead is over comes too late to be useful.
   */
  static List<Due> reminders(Tx tx) {
    return tx.list(
        """
        insert into reminder (post_id, minutes, start_time)
        select e.post_id, m.minutes, e.start_time
        from event e cross join lateral unnest(e.reminders) as m (minutes)
        where e.status <> 'CANCELLED' and e.start_time > now()
          and e.start_time <= now() + make_interval(mins => m.minutes)
          and e.start_time > now() + make_interval(mins => m.minutes / 2)
          and exists (select from rsvp r where r.post_id = e.post_id
            and r.state in ('going', 'maybe'))
        on conflict do nothing returning post_id, minutes
        """,
        row -> new Due(row.getLong(0), row.getInteger(1)));
  }

  /** What the organiser wrote to those who came, HTML; null for nothing. */
  static @Nullable String thanks(Tx tx, long post) {
    return tx.one(
        "select p.content from event_after a join post p on p.id = a.thanks_id"
            + " where a.post_id = $1 and p.content <> ''",
        row -> row.getString(0),
        post);
  }
}
