package org.placette.series;

import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.placette.db.Ids;
import org.placette.db.Retention;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.rsvp.Guest;
import org.placette.web.Language;

/** The rows of {@code series_guest}. */
final class SeriesGuestStore {

  private static final String SELECT =
      """
      select id, series_id, earlier, name, email, language, party, confirmed is not null as confirmed
      from series_guest
      """;

  private SeriesGuestStore() {}

  private static SeriesGuest from(Row row) {
    return new SeriesGuest(
        row.getLong("id"),
        row.getLong("series_id"),
        List.of(row.getArrayOfLongs("earlier")),
        new Guest(
            row.getString("name"), row.getString("email"), Language.of(row.getString("language"))),
        row.getInteger("party"),
        row.getBoolean("confirmed"));
  }

  /** Somebody asks, or asks for another letter; what is confirmed stays as it is. */
  static void put(Tx tx, long series, Guest who, byte[] secret, int party) {
    tx.update(
        """
        insert into series_guest as g (id, series_id, name, email, secret, party, language)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (series_id, lower(email)) do update set secret = excluded.secret, asked = now(),
          name = case when g.confirmed is null then excluded.name else g.name end,
          party = case when g.confirmed is null then excluded.party else g.party end,
          language = case when g.confirmed is null or g.language is null then excluded.language
            else g.language end
        """,
        Ids.next(),
        series,
        who.name(),
        who.email(),
        secret,
        party,
        who.code());
  }

  static @Nullable SeriesGuest bySecret(Sql sql, byte[] secret) {
    return sql.one(SELECT + "where secret = $1", SeriesGuestStore::from, secret);
  }

  static void confirm(Tx tx, long id) {
    tx.update("update series_guest set confirmed = coalesce(confirmed, now()) where id = $1", id);
  }

  static void remove(Tx tx, long id) {
    tx.update("delete from series_guest where id = $1", id);
  }

  /** All who confirmed, in that order; at most 1,000. */
  static List<SeriesGuest> confirmed(Sql sql, long series) {
    return sql.list(
        SELECT + "where series_id = $1 and confirmed is not null order by confirmed limit 1000",
        SeriesGuestStore::from,
        series);
  }

  /** One series goes on as another; so do its guests, whose letters still work. */
  static void follow(Tx tx, long from, long to) {
    tx.update(
        """
        update series_guest set series_id = $2, earlier = array_append(earlier, $1)
        where series_id = $1
        """,
        from,
        to);
  }

  /** A date that is to come and how the guest stands to it; state null for no answer. */
  record Date(Instant start, UUID event, @Nullable String state) {}

  static List<Date> dates(Sql sql, SeriesGuest guest, Instant from) {
    return sql.list(
        """
        select e.start_time, e.uuid, r.state
        from series_occurrence o join event e on e.post_id = o.post_id
          left join rsvp r on r.post_id = o.post_id and lower(r.guest_email) = lower($3)
        where (o.series_id = $1 or o.series_id = any($2)) and e.start_time >= $4
          and e.status <> 'CANCELLED'
        order by e.start_time limit 50
        """,
        row -> new Date(row.getOffsetDateTime(0).toInstant(), row.getUUID(1), row.getString(2)),
        guest.series(),
        guest.earlier().toArray(Long[]::new),
        guest.who().email(),
        from.atOffset(ZoneOffset.UTC));
  }

  static Retention.Table retention() {
    return Retention.Table.aged(
        "series_guest",
        "retention.series_guest",
        Duration.ofDays(7),
        "id",
        "confirmed is null and asked < now() - :keep");
  }
}
