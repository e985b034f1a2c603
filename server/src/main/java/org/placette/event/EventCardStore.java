package org.placette.event;

import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import org.placette.db.Times;

/** What lists of events read of each: the columns, and the one reader of them. */
public final class EventCardStore {

  /** Of {@code event e}, {@code post p} and its author {@code actor a}. */
  public static final String COLUMNS =
      """
      p.id, '/events/' || e.uuid as path, p.name, e.start_time, e.end_time,
      e.display_end_time as shows_end, e.timezone, e.status,
      e.previous_start_time is not null as moved,
      coalesce(e.place_name, e.address_locality) as place, e.is_online, e.category, a.host,
      e.maximum_attendee_capacity as capacity, e.participant_count as participants
      """;

  /** Where {@link #COLUMNS} come from. */
  public static final String TABLES =
      """
       from event e join post p on p.id = e.post_id join actor a on a.id = p.actor_id
      """;

  private EventCardStore() {}

  /** Reads a row with columns of these names. */
  public static EventCard card(Row row) {
    var zone = Times.zone(row.getString("timezone"));
    OffsetDateTime end = row.getOffsetDateTime("end_time");
    var capacity = row.getInteger("capacity");
    int participants = row.getInteger("participants");
    return new EventCard(
        row.getLong("id"),
        row.getString("path"),
        row.getString("name"),
        row.getOffsetDateTime("start_time").atZoneSameInstant(zone),
        end != null && row.getBoolean("shows_end") ? end.atZoneSameInstant(zone) : null,
        Status.valueOf(row.getString("status")),
        row.getBoolean("moved"),
        row.getString("place"),
        row.getBoolean("is_online"),
        row.getString("category"),
        row.getString("host"),
        capacity == null ? null : Math.max(0, capacity - participants),
        participants);
  }
}
