package org.placette.radar;

import io.vertx.sqlclient.Row;
import java.util.List;
import org.placette.audience.AudienceStore;
import org.placette.db.Sql;
import org.placette.db.Times;
import org.placette.event.Clash;

/** Finds clashes in one query. */
final class RadarStore {

  private RadarStore() {}

  /**
   * Two that only touch do not overlap. A place without a point counts as near when it is ours.
   * What only some may read clashes for them alone; what no list shows clashes for nobody.
   */
  static List<Clash> clashes(Sql sql, Slot slot, int limit) {
    return sql.list(
        """
        with happening as (
          select p.name, '/events/' || e.uuid as path, e.start_time,
            greatest(coalesce(e.end_time, e.start_time + interval '2 hours'), e.start_time) as end_time,
            e.timezone, e.place_name, e.address_locality as town, e.latitude, e.longitude, a.host
              as source, p.local,
            array_append(array(select t.tag from post_tag t where t.post_id = p.id),
              lower(e.category)) as themes
          from event e join post p on p.id = e.post_id join actor a on a.id = p.actor_id
          where e.start_time < $3 and e.start_time > $2::timestamptz - interval '14 days'
            and coalesce(e.end_time, e.start_time + interval '2 hours') > $2
            and e.status <> 'CANCELLED' and p.id <> $9 and not a.limited
            and p.visibility not in ('unlisted', 'hidden') and (%s)
          union all
          select i.name, coalesce(i.url, '/imports/' || i.id), i.start_time, i.end_time, i.timezone,
            i.place_name, null, i.latitude, i.longitude, s.name, false,
            array[lower(i.category)]
          from imported_event i join import_source s on s.id = i.source_id
          where i.start_time < $3 and i.start_time > $2::timestamptz - interval '14 days'
            and i.end_time > $2 and i.status <> 'CANCELLED' and i.post_id is null
            and not i.all_day
        ), placed as (
          select *, case when latitude is not null and $6::float8 is not null
            then 12742 * asin(sqrt(least(1, power(sin(radians(latitude - $6) / 2), 2)
              + cos(radians($6)) * cos(radians(latitude))
              * power(sin(radians(longitude - $7) / 2), 2)))) end as km
          from happening
        ), judged as (
          select *,
            $4::text is not null and lower(place_name) = lower($4) and coalesce(km <= 2, true)
              and (town is null or $5::text is null or lower(town) = lower($5)) as hard,
            themes && $8::text[] and coalesce(km <= 10, local or lower(town) = lower($5)) as soft
          from placed
        )
        select * from judged where hard or soft order by hard desc, start_time limit $10
        """
            .formatted(AudienceStore.READABLE),
        RadarStore::clash,
        slot.viewer(),
        slot.start(),
        slot.end(),
        slot.place(),
        slot.town(),
        slot.latitude(),
        slot.longitude(),
        slot.themes().toArray(String[]::new),
        slot.except(),
        limit);
  }

  private static Clash clash(Row row) {
    var zone = row.getString("timezone");
    return new Clash(
        row.getBoolean("hard"),
        row.getString("name"),
        row.getString("path"),
        row.getOffsetDateTime("start_time").atZoneSameInstant(Times.zone(zone)),
        row.getOffsetDateTime("end_time").atZoneSameInstant(Times.zone(zone)),
        row.getString("place_name"),
        row.getString("source"));
  }
}
