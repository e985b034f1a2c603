package org.placette.imports;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.db.Ids;
import org.placette.db.Retention;
import org.placette.db.Sql;
import org.placette.db.Tx;

/** The rows of {@code import_source} and {@code imported_event}. */
public final class ImportStore {

  private ImportStore() {}

  /**
   * A calendar of others.
   *
   * @param url null for a file
   * @param problem what went wrong the last time; null for nothing
   * @param events how many it announces
   */
  public record Source(
      long id,
      String name,
      @Nullable String url,
      @Nullable String etag,
      @Nullable String modified,
      @Nullable String problem,
      @Nullable Instant checked,
      int events) {}

  private static final String SOURCE =
      """
      select s.id, s.name, s.url, s.etag, s.modified, s.problem, s.checked_at,
        (select count(*)::int from imported_event i where i.source_id = s.id) as events
      from import_source s
      """;

  private static Source source(Row row) {
    var checked = row.getOffsetDateTime("checked_at");
    return new Source(
        row.getLong("id"),
        row.getString("name"),
        row.getString("url"),
        row.getString("etag"),
        row.getString("modified"),
        row.getString("problem"),
        checked == null ? null : checked.toInstant(),
        row.getInteger("events"));
  }

  static List<Source> sources(Sql sql) {
    return sql.list(SOURCE + "order by lower(s.name) limit 200", ImportStore::source);
  }

  static @Nullable Source byId(Sql sql, long id) {
    return sql.one(SOURCE + "where s.id = $1", ImportStore::source, id);
  }

  /** Adds one, which whoever adds it asks themself; false when the address is there already. */
  static boolean add(Sql sql, long id, String name, @Nullable String url, long actor) {
    return sql.update(
            """
            insert into import_source (id, name, url, actor_id, asked_at, next_check)
            values ($1, $2, $3, $4, now(),
              case when $3::text is not null then now() + interval '10 minutes' end)
            on conflict (url) do nothing
            """,
            id,
            name,
            url,
            actor)
        > 0;
  }

  /** Gives a name to one that has none yet; null for none to give. */
  static void call(Sql sql, long id, @Nullable String name) {
    sql.update(
        "update import_source set name = $2 where id = $1 and name = '' and $2 > ''", id, name);
  }

  static void remove(Sql sql, long id) {
    sql.update("delete from import_source where id = $1", id);
  }

  /** One that is due, not to be taken by anybody else for a while; null for none. */
  static @Nullable Source claim(Sql sql, Duration hold) {
    var id =
        sql.one(
            """
            update import_source set next_check = now() + $1 * interval '1 s', asked_at = now()
            where id = (select id from import_source where next_check <= now()
              order by next_check limit 1 for update skip locked)
            returning id
            """,
            row -> row.getLong(0),
            hold.toSeconds());
    return id == null ? null : byId(sql, id);
  }

  /** This one, unless it was asked within the last minute; null then, as for a file. */
  static @Nullable Source claim(Sql sql, long id, Duration hold) {
    var claimed =
        sql.update(
            """
            update import_source set next_check = now() + $2 * interval '1 s', asked_at = now()
            where id = $1 and url is not null
              and coalesce(asked_at < now() - interval '1 minute', true)
            """,
            id,
            hold.toSeconds());
    return claimed == 0 ? null : byId(sql, id);
  }

  static void checked(
      Sql sql,
      long id,
      @Nullable String etag,
      @Nullable String modified,
      @Nullable String problem,
      Duration again) {
    sql.update(
        """
        update import_source set etag = $2, modified = $3, problem = $4, checked_at = now(),
          tries = case when $4::text is null then 0 else tries + 1 end,
          next_check = case when url is null then null
            else now() + $5 * interval '1 s' * power(2, least(6, case when $4::text is null then 0
              else tries end)) end
        where id = $1
        """,
        id,
        etag,
        modified,
        problem,
        again.toSeconds());
  }

  /** What a source announces now: the new, the changed, and without what it no longer has. */
  static void replace(Tx tx, long source, List<ImportedEvent> events) {
    var keys = events.stream().map(e -> e.uid() + "\n" + e.recurrence()).toArray(String[]::new);
    tx.update(
        """
        delete from imported_event where source_id = $1
          and not (uid || E'\\n' || recurrence = any($2))
        """,
        source,
        keys);
    var rows = events.stream().map(event -> tuple(source, event)).toList();
    var unused =
        tx.batch(
            """
            insert into imported_event (id, source_id, uid, recurrence, name, start_time, end_time,
              timezone, all_day, place_name, latitude, longitude, url, description, category,
              status, sequence)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
            on conflict (source_id, uid, recurrence) do update set name = excluded.name,
              start_time = excluded.start_time, end_time = excluded.end_time,
              timezone = excluded.timezone, all_day = excluded.all_day,
              place_name = excluded.place_name, latitude = excluded.latitude,
              longitude = excluded.longitude, url = excluded.url,
              description = excluded.description, category = excluded.category,
              status = excluded.status, sequence = excluded.sequence
            """,
            rows);
  }

  private static Tuple tuple(long source, ImportedEvent event) {
    return Tuple.from(
        java.util.Arrays.asList(
            Ids.next(),
            source,
            event.uid(),
            event.recurrence(),
            event.name(),
            event.start().atOffset(ZoneOffset.UTC),
            event.end().atOffset(ZoneOffset.UTC),
            event.zone().getId(),
            event.allDay(),
            event.place(),
            event.latitude(),
            event.longitude(),
            event.url(),
            event.description(),
            event.category(),
            event.status(),
            event.sequence()));
  }

  /** An imported event with where it comes from, and our event when one was made of it. */
  public record Shown(long id, ImportedEvent event, String source, @Nullable String published) {}

  static @Nullable Shown event(Sql sql, long id) {
    return sql.one(
        """
        select i.*, s.name as source, '/events/' || e.uuid as published
        from imported_event i join import_source s on s.id = i.source_id
          left join event e on e.post_id = i.post_id
        where i.id = $1
        """,
        row -> new Shown(id, imported(row), row.getString("source"), row.getString("published")),
        id);
  }

  private static ImportedEvent imported(Row row) {
    OffsetDateTime start = row.getOffsetDateTime("start_time");
    return new ImportedEvent(
        row.getString("uid"),
        row.getString("recurrence"),
        row.getString("name"),
        start.toInstant(),
        row.getOffsetDateTime("end_time").toInstant(),
        ZoneId.of(row.getString("timezone")),
        row.getBoolean("all_day"),
        row.getString("place_name"),
        row.getDouble("latitude"),
        row.getDouble("longitude"),
        row.getString("url"),
        row.getString("description"),
        row.getString("category"),
        row.getString("status"),
        row.getInteger("sequence"));
  }

  static void published(Sql sql, long id, long post) {
    sql.update("update imported_event set post_id = $2 where id = $1", id, post);
  }

  static List<Retention.Table> retention() {
    return List.of(
        Retention.Table.owned("import_source", "retention.import_source"),
        Retention.Table.aged(
            "imported_event",
            "retention.imported_event",
            Duration.ofDays(60),
            "id",
            "end_time < now() - :keep"));
  }
}
