package org.placette.event;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.placette.audience.AudienceStore;
import org.placette.db.Sql;
import org.placette.db.Times;
import org.placette.db.Tx;
import org.placette.post.Attachment;
import org.placette.post.PostStore;

/** The rows of {@code event}, always read together with their posts. */
public final class EventStore {

  /** What {@link #from} reads, of {@code event e} and {@code post p}. */
  public static final String COLUMNS =
      PostStore.COLUMNS
          + """
          , e.uuid, e.start_time, e.end_time, e.display_end_time, e.timezone, e.status,
            e.event_status, e.previous_start_time, e.category, e.place_uri, e.place_name,
            e.street_address, e.postal_code, e.address_locality, e.address_region,
            e.address_country, e.latitude, e.longitude, e.is_online, e.online_url, e.website,
            e.join_mode, e.external_participation_url, e.anonymous_participation,
            e.maximum_attendee_capacity, e.participant_count, e.fee_amount, e.fee_currency,
            e.replies_moderation, e.banner, e.contacts, e.organizers,
            e.price, e.organiser, e.contact, e.sequence
          """;

  private static final String SELECT =
      "select " + COLUMNS + "from event e join post p on p.id = e.post_id\n";

  /** The columns that are counted, or tell nothing to a reader of its history. */
  private static final String COUNTED =
      "array['sequence', 'participant_count', 'place_id', 'cancellation_id', 'place_uri']";

  private static final String PUT =
      """
      with former as (select to_jsonb(e) - $COUNTED as state from event e where e.post_id = $1),
      written as (
      insert into event (post_id, uuid, start_time, end_time, display_end_time, timezone, status,
        event_status, previous_start_time, category, place_uri, place_name, street_address,
        postal_code, address_locality, address_region, address_country, latitude, longitude,
        is_online, online_url, website, join_mode, external_participation_url,
        anonymous_participation, maximum_attendee_capacity, participant_count, fee_amount,
        fee_currency, replies_moderation, banner, contacts, organizers, sequence, price,
        organiser, contact, place_id)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
        $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36,
        $37,
        (select l.id from place l where lower(l.name) = lower($12)
          and (select p.local from post p where p.id = $1)))
      on conflict (post_id) do update set start_time = excluded.start_time,
        end_time = excluded.end_time, display_end_time = excluded.display_end_time,
        timezone = excluded.timezone, status = excluded.status,
        event_status = excluded.event_status,
        previous_start_time =
          coalesce(excluded.previous_start_time, event.previous_start_time),
        category = excluded.category, place_uri = excluded.place_uri,
        place_name = excluded.place_name, street_address = excluded.street_address,
        postal_code = excluded.postal_code, address_locality = excluded.address_locality,
        address_region = excluded.address_region, address_country = excluded.address_country,
        latitude = excluded.latitude, longitude = excluded.longitude,
        is_online = excluded.is_online, online_url = excluded.online_url,
        website = excluded.website, join_mode = excluded.join_mode,
        external_participation_url = excluded.external_participation_url,
        anonymous_participation = excluded.anonymous_participation,
        maximum_attendee_capacity = excluded.maximum_attendee_capacity,
        -- Ours are counted by their answers alone: the form knows an older number.
        participant_count = case when (select p.local from post p where p.id = event.post_id)
          then event.participant_count else excluded.participant_count end,
        fee_amount = excluded.fee_amount,
        fee_currency = excluded.fee_currency,
        replies_moderation = excluded.replies_moderation, banner = excluded.banner,
        contacts = excluded.contacts, organizers = excluded.organizers, price = excluded.price,
        organiser = excluded.organiser, contact = excluded.contact,
        sequence = greatest(excluded.sequence, event.sequence + 1), place_id = excluded.place_id
      returning event.post_id, to_jsonb(event) - $COUNTED as state)
      insert into event_revision (post_id, replaced, state)
      select p.id, coalesce(p.updated, now()), former.state
      from former, written join post p on p.id = written.post_id
      where former.state - 'previous_start_time' <> written.state - 'previous_start_time'
      on conflict do nothing
      """
          .replace("$COUNTED", COUNTED);

  private EventStore() {}

  static @Nullable Event byUuid(Sql sql, UUID uuid) {
    return sql.one(SELECT + "where e.uuid = $1", EventStore::from, uuid);
  }

  /** Null when there is none that everybody may read. */
  static @Nullable Event open(Sql sql, UUID uuid) {
    return sql.one(
        SELECT
            + "join actor a on a.id = p.actor_id where e.uuid = $2 and "
            + AudienceStore.READABLE,
        EventStore::from,
        0L,
        uuid);
  }

  static @Nullable Event byPost(Sql sql, long postId) {
    return sql.one(SELECT + "where e.post_id = $1", EventStore::from, postId);
  }

  static List<Event> byPosts(Sql sql, List<Long> posts) {
    return sql.list(
        SELECT + "where e.post_id = any($1)",
        EventStore::from,
        (Object) posts.toArray(Long[]::new));
  }

  /**
   * Public events that have not ended, the soonest first.
   *
   * @param since what ended before this is left out
   * @param afterStart the start of the last event of the page before; the epoch for the first page
   * @param afterId its id; 0 for the first page
   */
  static List<Event> upcoming(Sql sql, Instant since, Instant afterStart, long afterId, int limit) {
    return sql.list(
        SELECT
            + """
            where (e.start_time, e.post_id) > ($2, $3)
              and e.start_time > $1::timestamptz - interval '31 days'
              and coalesce(e.end_time, e.start_time + interval '2 hours') > $1
              and p.visibility = 'public'
            order by e.start_time, e.post_id limit $4
            """,
        EventStore::from,
        since,
        afterStart,
        afterId,
        limit);
  }

  /** Those of one author, or posted to one Group, the same way. */
  static List<Event> upcomingOf(Sql sql, long author, Instant since, int limit) {
    return sql.list(
        SELECT
            + """
            where (p.actor_id = $2 or p.audience_id = $2) and p.visibility = 'public'
              and coalesce(e.end_time, e.start_time + interval '2 hours') > $1
            order by e.start_time, e.post_id limit $3
            """,
        EventStore::from,
        since,
        author,
        limit);
  }

  /** Those that local actors publish, the same way: what a new peer is told of. */
  static List<Event> upcomingHere(Sql sql, Instant since, int limit) {
    return sql.list(
        SELECT
            + """
            join actor a on a.id = p.actor_id
            where a.host is null and p.visibility = 'public'
              and coalesce(e.end_time, e.start_time + interval '2 hours') > $1
            order by e.start_time, e.post_id limit $2
            """,
        EventStore::from,
        since,
        limit);
  }

  /** Remembers the note that said that an event does not take place. */
  static void cancelledBy(Tx tx, long postId, long note) {
    tx.update("update event set cancellation_id = $2 where post_id = $1", postId, note);
  }

  /** The number of that note; null when there was none. */
  static @Nullable Long cancellation(Tx tx, long postId) {
    return tx.one(
        "select cancellation_id from event where post_id = $1 and cancellation_id is not null",
        row -> row.getLong(0),
        postId);
  }

  /**
   * Writes or replaces the event side of a post. A remote event keeps its first uuid; how often it
   * was changed is counted.
   */
  static void put(Tx tx, long postId, Details event) {
    var place = event.place();
    var when = event.when();
    var joining = event.joining();
    var unused =
        tx.update(
            PUT,
            postId,
            event.uuid(),
            when.start(),
            when.end(),
            when.displayEnd(),
            when.zone().getId(),
            event.status().name(),
            event.eventStatus(),
            when.previousStart(),
            event.category(),
            place == null ? null : place.uri(),
            place == null ? null : place.name(),
            place == null ? null : place.street(),
            place == null ? null : place.postalCode(),
            place == null ? null : place.locality(),
            place == null ? null : place.region(),
            place == null ? null : place.country(),
            place == null ? null : place.latitude(),
            place == null ? null : place.longitude(),
            event.online(),
            event.onlineUrl(),
            event.website(),
            joining.mode(),
            joining.externalUrl(),
            joining.anonymous(),
            joining.capacity(),
            joining.participants(),
            event.feeAmount(),
            event.feeCurrency(),
            event.repliesModeration(),
            json(event.banner()),
            event.contacts().toArray(String[]::new),
            event.organizers().toArray(String[]::new),
            event.sequence(),
            event.practical().price(),
            event.practical().organiser(),
            event.practical().contact());
  }

  static void ask(Tx tx, long postId, Asking asking) {
    tx.update(
        "update event set asks_by_poll = $2, reminders = $3 where post_id = $1",
        postId,
        asking.poll(),
        asking.reminders().toArray(Integer[]::new));
  }

  static Asking asking(Sql sql, long postId) {
    var found =
        sql.one(
            "select asks_by_poll, reminders from event where post_id = $1",
            row -> new Asking(row.getBoolean(0), List.of(row.getArrayOfIntegers(1))),
            postId);
    return found == null ? Asking.USUAL : found;
  }

  /** Says what a local event belongs to from now on, and with it what answers it. */
  static void move(Tx tx, long id, String context) {
    tx.update("update post set context = $2 where root_id = $1", id, context);
  }

  /** Reads a row that holds {@link #COLUMNS}. */
  public static Event from(Row row) {
    var details =
        new Details(
            row.getUUID("uuid"),
            new When(
                Objects.requireNonNull(instant(row, "start_time")),
                instant(row, "end_time"),
                row.getBoolean("display_end_time"),
                Times.zone(row.getString("timezone")),
                instant(row, "previous_start_time")),
            place(row),
            row.getBoolean("is_online"),
            row.getString("online_url"),
            row.getString("website"),
            new Joining(
                row.getString("join_mode"),
                row.getString("external_participation_url"),
                row.getBoolean("anonymous_participation"),
                row.getInteger("maximum_attendee_capacity"),
                row.getInteger("participant_count")),
            Status.valueOf(row.getString("status")),
            row.getString("event_status"),
            row.getString("category"),
            fee(row),
            row.getString("fee_currency"),
            row.getString("replies_moderation"),
            banner(row.getJsonObject("banner")),
            List.of(row.getArrayOfStrings("contacts")),
            List.of(row.getArrayOfStrings("organizers")),
            new Practical(
                row.getString("price"), row.getString("organiser"), row.getString("contact")),
            row.getInteger("sequence"));
    return new Event(PostStore.from(row), details);
  }

  private static @Nullable BigDecimal fee(Row row) {
    return row.getBigDecimal("fee_amount");
  }

  private static @Nullable Place place(Row row) {
    var place =
        new Place(
            row.getString("place_uri"),
            row.getString("place_name"),
            row.getString("street_address"),
            row.getString("postal_code"),
            row.getString("address_locality"),
            row.getString("address_region"),
            row.getString("address_country"),
            row.getDouble("latitude"),
            row.getDouble("longitude"));
    return place.lines().isEmpty() && place.latitude() == null ? null : place;
  }

  private static @Nullable Instant instant(Row row, String column) {
    OffsetDateTime time = row.getOffsetDateTime(column);
    return time == null ? null : time.toInstant();
  }

  private static @Nullable JsonObject json(@Nullable Attachment banner) {
    if (banner == null) return null;
    return new JsonObject()
        .put("url", banner.url())
        .put("mediaType", banner.mediaType())
        .put("name", banner.name())
        .put("width", banner.width())
        .put("height", banner.height())
        .put("mediaId", banner.mediaId())
        .put("preview", banner.preview())
        .put("blurhash", banner.blurhash());
  }

  private static @Nullable Attachment banner(@Nullable JsonObject json) {
    if (json == null) return null;
    return new Attachment(
        "Image",
        json.getString("url"),
        json.getString("mediaType"),
        json.getString("name"),
        json.getInteger("width"),
        json.getInteger("height"),
        null,
        null,
        true,
        json.getLong("mediaId"),
        json.getString("preview"),
        json.getString("blurhash"));
  }
}
