package org.placette.series;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.placette.audience.AudienceStore;
import org.placette.db.Retention;
import org.placette.db.Sql;
import org.placette.db.Times;
import org.placette.db.Tx;

/** The rows of {@code series} and {@code series_occurrence}. */
final class SeriesStore {

  private static final String SELECT =
      """
      select id, uuid, actor_id, rule, start_local, timezone, template, language, paused,
        ends_before
      from series
      """;

  private SeriesStore() {}

  private static Series from(Row row) {
    Map<String, String> template = new HashMap<>();
    row.getJsonObject("template")
        .forEach(field -> template.put(field.getKey(), String.valueOf(field.getValue())));
    return new Series(
        row.getLong("id"),
        row.getUUID("uuid"),
        row.getLong("actor_id"),
        row.getString("rule"),
        row.getLocalDateTime("start_local"),
        Times.zone(row.getString("timezone")),
        template,
        row.getString("language"),
        row.getBoolean("paused"),
        row.getLocalDateTime("ends_before"));
  }

  static void add(Tx tx, Series series) {
    var template = new JsonObject();
    series.template().forEach(template::put);
    tx.update(
        """
        insert into series (id, uuid, actor_id, rule, start_local, timezone, template, language,
          ends_before)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """,
        series.id(),
        series.uuid(),
        series.actorId(),
        series.rule(),
        series.start(),
        series.zone().getId(),
        template,
        series.language(),
        series.endsBefore());
  }

  /**
   * That the viewer {@code $1} may know of a series: its author is welcome here, and when its
   * events are for neighbours or a Group, it is the viewer's own or they may read one of them.
   */
  private static final String READABLE =
      """
       and exists (select from actor s where s.id = series.actor_id and s.suspended_at is null
         and s.deleted_at is null)
       and (coalesce(template->>'audience', '') not in ('ring', 'group') or actor_id = $1::bigint
         or exists (select from series_occurrence o join post p on p.id = o.post_id
           join actor a on a.id = p.actor_id
           where o.series_id = series.id and
      """
          + AudienceStore.READABLE
          + "))";

  /** The one that a viewer may know of, or null; the viewer is an actor, or 0 for a stranger. */
  static @Nullable Series byUuid(Sql sql, long viewer, UUID uuid) {
    return sql.one(SELECT + "where uuid = $2" + READABLE, SeriesStore::from, viewer, uuid);
  }

  /** Likewise, by its number. */
  static @Nullable Series shown(Sql sql, long viewer, long id) {
    return sql.one(SELECT + "where id = $2" + READABLE, SeriesStore::from, viewer, id);
  }

  static @Nullable Series byId(Sql sql, long id) {
    return sql.one(SELECT + "where id = $1", SeriesStore::from, id);
  }

  static @Nullable Series locked(Tx tx, long id) {
    return tx.one(SELECT + "where id = $1 for update", SeriesStore::from, id);
  }

  static List<Series> byIds(Sql sql, Collection<Long> ids) {
    return sql.list(
        SELECT + "where id = any($1)", SeriesStore::from, (Object) ids.toArray(Long[]::new));
  }

  /** One series that is to be looked at now, held until the transaction ends; null for none. */
  static @Nullable Series due(Tx tx) {
    return tx.one(
        SELECT
            + """
            where not paused and next_check <= now()
            order by next_check limit 1 for update skip locked
            """,
        SeriesStore::from);
  }

  static void lookAgain(Tx tx, long id, Duration later) {
    tx.update(
        "update series set next_check = now() + $2 * interval '1 s' where id = $1",
        id,
        later.toSeconds());
  }

  private static final String CHANGED = " sequence = sequence + 1, updated = now()";

  /** A date was left out, or is in again. */
  static void changed(Sql sql, long id) {
    sql.update("update series set" + CHANGED + " where id = $1", id);
  }

  static void pause(Sql sql, long id, boolean paused) {
    sql.update(
        "update series set paused = $2, next_check = now()," + CHANGED + " where id = $1",
        id,
        paused);
  }

  static void end(Sql sql, long id, LocalDateTime before) {
    sql.update(
        "update series set ends_before = least(ends_before, $2::timestamp),"
            + CHANGED
            + " where id = $1",
        id,
        before);
  }

  /** Another goes on where this one ends. */
  static void continued(Tx tx, long id, long next) {
    tx.update("update series set continued_by = $2 where id = $1", id, next);
  }

  /** The one that goes on where this one ends, if there is one that the viewer may know of. */
  static @Nullable Series next(Sql sql, long viewer, long id) {
    return sql.one(
        SELECT + "where id = (select b.continued_by from series b where b.id = $2)" + READABLE,
        SeriesStore::from,
        viewer,
        id);
  }

  /** A series and those that go on where it ends, in that order. */
  static List<Series> onwards(Sql sql, long id) {
    return sql.list(
        "with recursive "
            + ONWARDS
            + SELECT
            + "where id in (select id from onwards) order by start_local limit 100",
        SeriesStore::from,
        id);
  }

  private static final String ONWARDS =
      """
      onwards (id) as (select $1::bigint union select s.continued_by from series s
        join onwards o on s.id = o.id where s.continued_by is not null)
      """;

  /** A series with those before and after it. */
  static List<Series> whole(Sql sql, long id) {
    return sql.list(
        "with recursive "
            + ONWARDS
            + """
            , before (id) as (select $1::bigint union select s.id from series s
              join before b on s.continued_by = b.id)
            """
            + SELECT
            + """
            where id in (select id from onwards union select id from before)
            order by start_local limit 100
            """,
        SeriesStore::from,
        id);
  }

  /**
   * One occurrence.
   *
   * @param planned its key: when the rule has it
   * @param start when it begins, which people may have moved
   * @param post the event; null when this one is left out
   * @param edited whether people changed it by itself
   * @param cancelled whether it was called off
   */
  record Occurrence(
      LocalDateTime planned,
      ZonedDateTime start,
      @Nullable Long post,
      @Nullable UUID uuid,
      boolean edited,
      boolean cancelled) {}

  private static final String OCCURRENCES =
      """
      select o.planned, e.start_time, o.post_id, e.uuid,
        coalesce(e.sequence <> o.sequence, false) as edited,
        coalesce(e.status = 'CANCELLED', false) as cancelled
      from series_occurrence o left join event e on e.post_id = o.post_id
      where o.series_id = $1 and (o.planned >= $2
      """;

  /** Those that are published or left out, planned from a wall time on. */
  static List<Occurrence> occurrences(Sql sql, Series series, LocalDateTime from) {
    return sql.list(
        OCCURRENCES + ") order by o.planned limit 500",
        row -> occurrence(row, series.zone()),
        series.id(),
        from);
  }

  /** Likewise, with those that were planned before and moved to after it. */
  static List<Occurrence> coming(Sql sql, Series series, LocalDateTime from) {
    return sql.list(
        OCCURRENCES + " or e.start_time >= $3) order by o.planned limit 500",
        row -> occurrence(row, series.zone()),
        series.id(),
        from,
        from.atZone(series.zone()).toOffsetDateTime());
  }

  private static Occurrence occurrence(Row row, ZoneId zone) {
    var planned = row.getLocalDateTime("planned");
    var start = row.getOffsetDateTime("start_time");
    return new Occurrence(
        planned,
        start == null ? planned.atZone(zone) : start.atZoneSameInstant(zone),
        row.getLong("post_id"),
        row.getUUID("uuid"),
        row.getBoolean("edited"),
        row.getBoolean("cancelled"));
  }

  /** When an event of a series was planned; null when it is none of it. */
  static @Nullable LocalDateTime planned(Sql sql, long series, UUID event) {
    return sql.one(
        """
        select o.planned from series_occurrence o join event e on e.post_id = o.post_id
        where o.series_id = $1 and e.uuid = $2
        """,
        row -> row.getLocalDateTime(0),
        series,
        event);
  }

  /** Notes one; false when it was noted before. */
  static boolean put(Sql sql, long series, LocalDateTime planned, @Nullable Long post) {
    return sql.update(
            """
            insert into series_occurrence (series_id, planned, post_id) values ($1, $2, $3)
            on conflict do nothing
            """,
            series,
            planned,
            post)
        > 0;
  }

  /**
   * An event of another series becomes one of this.
   *
   * @param edited false when it is as the series has written it now
   */
  static void take(Sql sql, long series, LocalDateTime planned, long post, boolean edited) {
    sql.update("delete from series_occurrence where post_id = $1", post);
    sql.update(
        """
        insert into series_occurrence (series_id, planned, post_id, sequence)
        select $1, $2, $3, case when $4 then -1 else e.sequence end
        from event e where e.post_id = $3
        on conflict do nothing
        """,
        series,
        planned,
        post,
        edited);
  }

  static boolean takeBack(Sql sql, long series, LocalDateTime planned) {
    return sql.update(
            "delete from series_occurrence where series_id = $1 and planned = $2"
                + " and post_id is null",
            series,
            planned)
        > 0;
  }

  /** The series of an event, and the wall time it was planned at; null for a single event. */
  record Part(Series series, LocalDateTime planned) {}

  static @Nullable Part of(Sql sql, long post) {
    return sql.one(
        """
        select s.id, s.uuid, s.actor_id, s.rule, s.start_local, s.timezone, s.template, s.language,
          s.paused, s.ends_before, o.planned
        from series_occurrence o join series s on s.id = o.series_id where o.post_id = $1
        """,
        row -> new Part(from(row), row.getLocalDateTime("planned")),
        post);
  }

  /** Wall times that are left out, by series, in one query. */
  static Map<Long, List<LocalDateTime>> left(Sql sql, Collection<Long> ids) {
    Map<Long, List<LocalDateTime>> all = new HashMap<>();
    record Left(long series, LocalDateTime planned) {}
    var rows =
        sql.list(
            """
            select series_id, planned from series_occurrence
            where series_id = any($1) and post_id is null order by planned
            """,
            row -> new Left(row.getLong(0), row.getLocalDateTime(1)),
            (Object) ids.toArray(Long[]::new));
    for (var row : rows)
      all.computeIfAbsent(row.series(), id -> new ArrayList<>()).add(row.planned());
    return all;
  }

  /**
   * How often the dates of a series were changed.
   *
   * @param last the wall time of the last date that is published; null for none
   */
  record Changes(int sequence, @Nullable Instant updated, @Nullable LocalDateTime last) {}

  static Map<Long, Changes> changes(Sql sql, Collection<Long> ids) {
    record Row(long series, Changes changes) {}
    var rows =
        sql.list(
            """
            select s.id, s.sequence, s.updated, (select max(o.planned) from series_occurrence o
              where o.series_id = s.id and o.post_id is not null)
            from series s where s.id = any($1)
            """,
            row -> {
              var updated = row.getOffsetDateTime(2);
              var at = updated == null ? null : updated.toInstant();
              return new Row(
                  row.getLong(0), new Changes(row.getInteger(1), at, row.getLocalDateTime(3)));
            },
            (Object) ids.toArray(Long[]::new));
    Map<Long, Changes> all = new HashMap<>();
    for (var row : rows) all.put(row.series(), row.changes());
    return all;
  }

  static List<Retention.Table> retention() {
    return List.of(
        Retention.Table.owned("series", "retention.series"),
        Retention.Table.owned("series_occurrence", "retention.series_occurrence"),
        RegularStore.retention(),
        SeriesGuestStore.retention());
  }
}
