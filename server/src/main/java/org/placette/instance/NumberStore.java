package org.placette.instance;

import java.time.ZoneId;
import java.util.List;
import org.placette.db.Sql;

/** Counts per week; no name leaves the database. */
final class NumberStore {

  private NumberStore() {}

  static List<Numbers.Week> weeks(Sql sql, ZoneId zone, int count) {
    return sql.list(
        """
        with week as (
          select n, (date_trunc('week', now() at time zone $1) - n * interval '1 week') as monday
          from generate_series(0, $2 - 1) n
        ), span as (
          select n, monday::date as monday, monday at time zone $1 as begin,
            (monday + interval '1 week') at time zone $1 as until
          from week
        ), written as (
          select p.actor_id, p.published, e.post_id is not null as is_event
          from post p join actor a on a.id = p.actor_id
          left join event e on e.post_id = p.id
          where a.host is null and p.companion_of is null and p.visibility <> 'direct'
            and p.published >= (select min(begin) from span)
        ), answered as (
          select r.actor_id, r.published, a.host is null as here
          from rsvp r join post p on p.id = r.post_id join actor o on o.id = p.actor_id
          left join actor a on a.id = r.actor_id
          where o.host is null and r.state in ('going', 'maybe', 'waiting', 'declined')
            and r.published >= (select min(begin) from span)
        )
        select s.monday,
          (select count(distinct actor_id) from (
            select w.actor_id from written w join actor a on a.id = w.actor_id
            where a.type = 'Person' and w.published >= s.begin and w.published < s.until
            union
            select actor_id from answered
            where here and actor_id is not null and published >= s.begin and published < s.until)
            as both_kinds),
          (select count(*) from written
            where is_event and published >= s.begin and published < s.until),
          (select count(*) from answered where published >= s.begin and published < s.until),
          (select count(*) from written
            where not is_event and published >= s.begin and published < s.until),
          (select count(*) from neighbour n join follow f on f.target_id = n.actor_id
            join actor us on us.id = f.actor_id and us.host is null and us.type = 'Application'
            where f.state = 'accepted' and coalesce(f.accepted_at, f.published) < s.until)
        from span s order by s.n
        """,
        row ->
            new Numbers.Week(
                row.getLocalDate(0),
                Numbers.told(row.getLong(1)),
                Numbers.told(row.getLong(2)),
                Numbers.told(row.getLong(3)),
                Numbers.told(row.getLong(4)),
                Numbers.told(row.getLong(5))),
        zone.getId(),
        count);
  }
}
