package org.placette.radar;

import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.placette.audience.AudienceStore;
import org.placette.db.Sql;
import org.placette.db.Times;
import org.placette.event.Clash;

/** Finds clashes in one query, and the series that may bring more. */
final class RadarStore {

  private RadarStore() {}

  /**
   * Something that is published and overlaps.
   *
   * @param series of ours that it is one of; null for none
   */
  record Found(Clash clash, @Nullable Long series) {}

  /**
   * Series at the place or for the people of a slot, by what was published of them last.
   *
   * @param endsBefore nothing is planned at this wall time or later; null for no such end
   */
  record Rule(
      long series,
      String rule,
      LocalDateTime start,
      ZoneId zone,
      @Nullable LocalDateTime endsBefore,
      Duration lasts,
      boolean hard,
      String name,
      String path,
      @Nullable String place) {

    Clash clash(ZonedDateTime at) {
      return new Clash(hard, name, path, at, at.plus(lasts), place, null, 1);
    }
  }

  /**
   * An event {@code e}, which is a post {@code p} of {@code a}, as the rest of the query reads it.
   */
  private static final String EVENT =
      """
      p.name, e.start_time,
        greatest(coalesce(e.end_time, e.start_time + interval '2 hours'), e.start_time) as end_time,
        e.timezone, e.place_name, e.address_locality as town, e.latitude, e.longitude,
        a.host as source, p.local,
        array_append(array(select t.tag from post_tag t where t.post_id = p.id),
          lower(e.category)) as themes
      """;

  /**
   * Where and for whom it happens, against $2 to $6. A place without a point counts as near when it
   * is ours.
   */
  private static final String JUDGED =
      """
      , placed as (
        select *, case when latitude is not null and $4::float8 is not null
          then 12742 * asin(sqrt(least(1, power(sin(radians(latitude - $4) / 2), 2)
            + cos(radians($4)) * cos(radians(latitude))
            * power(sin(radians(longitude - $5) / 2), 2)))) end as km
        from happening
      ), judged as (
        select *,
          $2::text is not null and lower(place_name) = lower($2) and coalesce(km <= 2, true)
            and (town is null or $3::text is null or lower(town) = lower($3)) as hard,
          themes && $6::text[] and coalesce(km <= 10, local or lower(town) = lower($3)) as soft
        from placed
      )
      """;

  /**
   * Two that only touch do not overlap. What only some may read clashes for them alone; what no
   * list shows clashes for nobody. What repeats is one thing: an own series by its number, others
   * by the context or the name in its calendar that all of it has.
   */
  static List<Found> clashes(Sql sql, Slot slot, int limit) {
    return sql.list(
        """
        with wanted as (
          select * from unnest($7::timestamptz[], $8::timestamptz[]) as w (starts, ends)
        ), happening as (
          select %s, '/events/' || e.uuid as path, o.series_id,
            coalesce('s' || o.series_id, p.context, p.uri) as one
          from wanted w join event e on e.start_time < w.ends
            and e.start_time > w.starts - interval '31 days'
            and coalesce(e.end_time, e.start_time + interval '2 hours') > w.starts
          join post p on p.id = e.post_id join actor a on a.id = p.actor_id
          left join series_occurrence o on o.post_id = p.id
          where e.status <> 'CANCELLED' and p.id <> $9 and not a.limited
            and o.series_id is distinct from $10
            and p.visibility not in ('unlisted', 'hidden') and (%s)
          union all
          select i.name, i.start_time, i.end_time, i.timezone, i.place_name, null, i.latitude,
            i.longitude, s.name, false, array[lower(i.category)],
            coalesce(i.url, '/imports/' || i.id), null, i.source_id || ' ' || i.uid
          from wanted w join imported_event i on i.start_time < w.ends
            and i.start_time > w.starts - interval '31 days' and i.end_time > w.starts
          join import_source s on s.id = i.source_id
          where i.status <> 'CANCELLED' and i.post_id is null and not i.all_day
        )%s, counted as (
          select *, count(*) over (partition by one)::int as times,
            row_number() over (partition by one order by hard desc, start_time) as nth
          from judged where hard or soft
        )
        select * from counted where nth = 1 order by hard desc, start_time limit $11
        """
            .formatted(EVENT, AudienceStore.READABLE, JUDGED),
        row -> new Found(clash(row), row.getLong("series_id")),
        slot.viewer(),
        slot.place(),
        slot.town(),
        slot.latitude(),
        slot.longitude(),
        slot.themes().toArray(String[]::new),
        instants(slot, Slot.Time::start),
        instants(slot, Slot.Time::end),
        slot.own().event(),
        slot.own().series(),
        limit);
  }

  /** Those that go on; of each the last date tells where it is, but for one changed by hand. */
  static List<Rule> rules(Sql sql, Slot slot, int limit) {
    return sql.list(
        """
        with happening as (
          select %s, '/series/' || s.uuid as path, s.id as series_id, s.rule, s.start_local,
            s.timezone as series_zone, s.ends_before
          from series s join lateral (
              select e.* from series_occurrence o join event e on e.post_id = o.post_id
              where o.series_id = s.id order by (e.sequence = o.sequence) desc, o.planned desc limit 1
            ) e on true
          join post p on p.id = e.post_id join actor a on a.id = p.actor_id
          where not s.paused and s.id <> $7 and not a.limited
            and p.visibility not in ('unlisted', 'hidden') and (%s)
        )%s
        select * from judged where hard or soft order by hard desc, start_time desc limit $8
        """
            .formatted(EVENT, AudienceStore.READABLE, JUDGED),
        RadarStore::rule,
        slot.viewer(),
        slot.place(),
        slot.town(),
        slot.latitude(),
        slot.longitude(),
        slot.themes().toArray(String[]::new),
        slot.own().series(),
        limit);
  }

  /** Wall times of series that are published, or left out, planned within some time. */
  static Map<Long, Set<LocalDateTime>> settled(
      Sql sql, Collection<Long> series, Instant from, Instant until) {
    record One(long series, LocalDateTime planned) {}
    var rows =
        sql.list(
            """
            select series_id, planned from series_occurrence
            where series_id = any($1) and planned > $2 and planned < $3
            """,
            row -> new One(row.getLong(0), row.getLocalDateTime(1)),
            series.toArray(Long[]::new),
            LocalDateTime.ofInstant(from, ZoneOffset.UTC),
            LocalDateTime.ofInstant(until, ZoneOffset.UTC).plusDays(1));
    Map<Long, Set<LocalDateTime>> all = new HashMap<>();
    for (var row : rows)
      all.computeIfAbsent(row.series(), id -> new HashSet<>()).add(row.planned());
    return all;
  }

  private static OffsetDateTime[] instants(Slot slot, Function<Slot.Time, Instant> which) {
    return slot.times().stream()
        .map(time -> which.apply(time).atOffset(ZoneOffset.UTC))
        .toArray(OffsetDateTime[]::new);
  }

  private static Rule rule(Row row) {
    return new Rule(
        row.getLong("series_id"),
        row.getString("rule"),
        row.getLocalDateTime("start_local"),
        Times.zone(row.getString("series_zone")),
        row.getLocalDateTime("ends_before"),
        Duration.between(row.getOffsetDateTime("start_time"), row.getOffsetDateTime("end_time")),
        row.getBoolean("hard"),
        row.getString("name"),
        row.getString("path"),
        row.getString("place_name"));
  }

  private static Clash clash(Row row) {
    var zone = Times.zone(row.getString("timezone"));
    return new Clash(
        row.getBoolean("hard"),
        row.getString("name"),
        row.getString("path"),
        row.getOffsetDateTime("start_time").atZoneSameInstant(zone),
        row.getOffsetDateTime("end_time").atZoneSameInstant(zone),
        row.getString("place_name"),
        row.getString("source"),
        row.getInteger("times"));
  }
}
