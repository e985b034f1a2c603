package org.placette.agenda;

import io.vertx.sqlclient.Row;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.audience.AudienceStore;
import org.placette.db.Retention;
import org.placette.db.Sql;
import org.placette.event.EventCard;
import org.placette.event.EventCardStore;

/** A part of the agenda in one query, and the rows of {@code apart}. */
final class AgendaStore {

  /** A text that names a thing whatever its source: the uri or the address of its page. */
  record Entry(
      EventCard card,
      String key,
      String link,
      @Nullable Double latitude,
      @Nullable Double longitude) {}

  private AgendaStore() {}

  private static final String OWN =
      "select "
          + EventCardStore.COLUMNS
          + ", p.uri as key, coalesce(p.url, p.uri) as link, e.latitude, e.longitude"
          + EventCardStore.TABLES
          + """
          where (e.start_time, e.post_id) > ($3, $4)
            and e.start_time > $1::timestamptz - interval '31 days'
            and ($2::timestamptz is null or e.start_time < $2)
            and coalesce(e.end_time, e.start_time + interval '2 hours') > $1
            and a.suspended_at is null and not a.limited
            and (p.visibility = 'public' or p.visibility in ('ring', 'group') and RING)
            and ($5::text is null or e.category = $5)
            and ($6::text is null
              or exists (select from post_tag t where t.post_id = p.id and t.tag = $6))
            and ($7::bigint is null or e.place_id = $7)
            and case $8::text when 'here' then p.local when 'around' then not p.local
              else $8 is null or a.host = $8 end
          order by e.start_time, e.post_id limit $9
          """
              .replace("RING", AudienceStore.readableBy("$10::bigint"));

  private static final String THEIRS =
      """
      select i.id, '/imports/' || i.id, i.name, i.start_time, i.end_time,
        not i.all_day or i.end_time > i.start_time + interval '25 hours', i.timezone, i.status, false, i.place_name, false, i.category, s.name, null::int, 0,
        i.uid, coalesce(i.url, ''), i.latitude, i.longitude
      from imported_event i join import_source s on s.id = i.source_id
      where (i.start_time, i.id) > ($3, $4) and i.post_id is null
        and i.start_time > $1::timestamptz - interval '31 days'
        and ($2::timestamptz is null or i.start_time < $2) and i.end_time > $1
        and ($5::text is null or upper(i.category) = $5)
        and ($6::text is null or lower(i.category) = $6)
        and ($7::bigint is null or lower(i.place_name) = (
          select lower(l.name) from place l where l.id = $7))
        and ($8::text is null or $8 in ('around', s.name))
      order by i.start_time, i.id limit $9
      """;

  /** What is wanted, the soonest first. */
  static List<Entry> part(Sql sql, Wanted wanted, int limit) {
    return sql.list(
        "select * from (("
            + OWN
            + ") union all ("
            + THEIRS
            + ")) both_kinds order by start_time, id limit $9",
        AgendaStore::entry,
        wanted.from(),
        wanted.to(),
        wanted.afterStart(),
        wanted.afterId(),
        wanted.category(),
        wanted.tag(),
        wanted.place(),
        wanted.who(),
        limit,
        wanted.viewer());
  }

  private static Entry entry(Row row) {
    return new Entry(
        EventCardStore.card(row),
        row.getString("key"),
        row.getString("link"),
        row.getDouble("latitude"),
        row.getDouble("longitude"));
  }

  /** Whose events one may ask for alone: the hosts of neighbours, then imported calendars. */
  static List<String> sources(Sql sql) {
    return sql.list(
        """
        (select host from neighbour where state = 'found' order by host limit 50)
        union all (select name from import_source order by name limit 50)
        """,
        row -> row.getString(0));
  }

  /** Pairs that somebody said are different, each as two paths with a space between. */
  static Set<String> apart(Sql sql) {
    return new HashSet<>(
        sql.list(
            "select one || ' ' || other from apart order by published desc limit 2000",
            row -> row.getString(0)));
  }

  /** Says that two are different, or that they may be one again. */
  static void apart(Sql sql, String one, String other, long actor, boolean different) {
    if (different)
      sql.update(
          "insert into apart (one, other, actor_id) values ($1, $2, $3) on conflict do nothing",
          one,
          other,
          actor);
    else
      sql.update(
          "delete from apart where one = $1 and other = $2 or one = $2 and other = $1", one, other);
  }

  static List<Retention.Table> retention() {
    return List.of(
        Retention.Table.aged(
            "apart",
            "retention.apart",
            java.time.Duration.ofDays(400),
            "ctid",
            "published < now() - :keep"));
  }
}
