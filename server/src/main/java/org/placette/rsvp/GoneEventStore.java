package org.placette.rsvp;

import io.vertx.sqlclient.Row;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.db.Times;
import org.placette.db.Tx;

/** The rows of {@code event_gone}. */
final class GoneEventStore {

  private GoneEventStore() {}

  /**
   * Somebody to be told.
   *
   * @param publisher who tells it; null when the account is gone
   * @param language of the reader, else of the event; null when neither is known
   * @param actor null for somebody without an account
   */
  record Gone(
      @Nullable Long publisher,
      String name,
      @Nullable String language,
      ZonedDateTime start,
      @Nullable ZonedDateTime end,
      @Nullable String place,
      @Nullable Long actor,
      @Nullable String guest,
      @Nullable String email) {}

  /** Remembers all who come, may come or wait; nobody when it is over, or was called off. */
  static void remember(Tx tx, long post) {
    tx.update(
        """
        insert into event_gone (id, publisher_id, name, language, start_time, end_time, timezone,
          place, actor_id, guest_name, guest_email)
        select r.id, p.actor_id, p.name, coalesce(r.language, o.locale, p.language), e.start_time,
          case when e.display_end_time then e.end_time end, e.timezone,
          nullif(concat_ws(', ', e.place_name, e.address_locality), ''), r.actor_id,
          r.guest_name, r.guest_email
        from rsvp r join event e on e.post_id = r.post_id join post p on p.id = r.post_id
          left join account o on o.actor_id = r.actor_id
        where r.post_id = $1 and r.state in ('going', 'maybe', 'waiting', 'requested')
          and (r.actor_id is not null or r.guest_email is not null)
          and e.status <> 'CANCELLED'
          and coalesce(e.end_time, e.start_time + interval '2 hours') > now()
        on conflict do nothing
        """,
        post);
  }

  /** The next few, which are nobody else's to tell. */
  static List<Gone> take(Tx tx, int limit) {
    return tx.list(
        """
        delete from event_gone where id in (
          select id from event_gone order by id limit $1 for update skip locked)
        returning publisher_id, name, language, start_time, end_time, timezone, place, actor_id,
          guest_name, guest_email
        """,
        GoneEventStore::gone,
        limit);
  }

  private static Gone gone(Row row) {
    var zone = Times.zone(row.getString("timezone"));
    return new Gone(
        row.getLong("publisher_id"),
        Objects.requireNonNull(row.getString("name")),
        row.getString("language"),
        Objects.requireNonNull(Times.local(row, "start_time", zone)),
        Times.local(row, "end_time", zone),
        row.getString("place"),
        row.getLong("actor_id"),
        row.getString("guest_name"),
        row.getString("guest_email"));
  }
}
