package org.placette.announcement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;
import org.placette.mastodon.Status;

/** All SQL about the village's notices. */
final class AnnouncementStore {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String SELECT =
      """
      select a.*,
        exists (select from announcement_read r
          where r.announcement_id = a.id and r.actor_id = $1) as read,
        coalesce((select json_agg(json_build_object('name', x.name, 'count', x.n, 'me', x.me)
            order by x.first, x.name)
          from (select r.name, count(*) as n, bool_or(r.actor_id = $1) as me, min(r.name) as first
            from announcement_reaction r where r.announcement_id = a.id group by r.name) x),
          '[]')::text as reactions
      from announcement a where (a.ends is null or a.ends > now())
      """;

  private static final Pattern TAG =
      Pattern.compile("<a class=\"mention hashtag\" href=\"([^\"]+)\"[^>]*>#<span>([^<]+)</span>");

  private AnnouncementStore() {}

  static List<Announcement> all(Sql sql, long viewer, boolean read) {
    return sql
        .list(SELECT + " order by a.id desc limit 100", AnnouncementStore::from, viewer)
        .stream()
        .filter(one -> read || !one.read())
        .toList();
  }

  static @Nullable Announcement one(Sql sql, long viewer, long id) {
    return sql.one(SELECT + " and a.id = $2", AnnouncementStore::from, viewer, id);
  }

  /** What was typed; null when there is none. */
  static Announcements.@Nullable Wanted draft(Sql sql, long id) {
    return sql.one(
        "select source, starts, ends, all_day from announcement where id = $1",
        row ->
            new Announcements.Wanted(
                row.getString(0),
                instant(row.getOffsetDateTime(1)),
                instant(row.getOffsetDateTime(2)),
                row.getBoolean(3)),
        id);
  }

  static void put(
      Sql sql,
      long id,
      String content,
      String source,
      @Nullable Instant starts,
      @Nullable Instant ends,
      boolean allDay) {
    sql.update(
        """
        insert into announcement (id, content, source, starts, ends, all_day)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (id) do update set content = excluded.content, source = excluded.source,
          starts = excluded.starts, ends = excluded.ends, all_day = excluded.all_day,
          updated = now()
        """,
        id,
        content,
        source,
        starts,
        ends,
        allDay);
  }

  static boolean delete(Sql sql, long id) {
    return sql.update("delete from announcement where id = $1", id) > 0;
  }

  static void read(Sql sql, long viewer, long id) {
    sql.update(
        """
        insert into announcement_read (announcement_id, actor_id) values ($2, $1)
        on conflict do nothing
        """,
        viewer,
        id);
  }

  /** False when there are too many different reactions already. */
  static boolean react(Sql sql, long viewer, long id, String name, int most) {
    return sql.update(
            """
            insert into announcement_reaction (announcement_id, name, actor_id)
            select $2, $3, $1 where (select count(distinct name) from announcement_reaction
              where announcement_id = $2 and name <> $3) < $4
            on conflict (announcement_id, name, actor_id) do update set name = excluded.name
            """,
            viewer,
            id,
            name,
            most)
        > 0;
  }

  static void unreact(Sql sql, long viewer, long id, String name) {
    sql.update(
        """
        delete from announcement_reaction
        where announcement_id = $2 and name = $3 and actor_id = $1
        """,
        viewer,
        id,
        name);
  }

  /** The hashtags that {@link Announcements} linked. */
  private static List<Status.Tag> tags(String content) {
    return TAG.matcher(content)
        .results()
        .map(found -> new Status.Tag(found.group(2).toLowerCase(Locale.ROOT), found.group(1)))
        .distinct()
        .toList();
  }

  private static Announcement from(Row row) {
    return new Announcement(
        String.valueOf(row.getLong("id")),
        row.getString("content"),
        instant(row.getOffsetDateTime("starts")),
        instant(row.getOffsetDateTime("ends")),
        row.getBoolean("all_day"),
        Objects.requireNonNull(instant(row.getOffsetDateTime("published"))),
        Objects.requireNonNull(instant(row.getOffsetDateTime("updated"))),
        row.getBoolean("read"),
        List.of(),
        List.of(),
        tags(row.getString("content")),
        List.of(),
        reactions(row.getString("reactions")));
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  private static List<Announcement.Reaction> reactions(String json) {
    try {
      List<Announcement.Reaction> all = new ArrayList<>();
      for (var one : JSON.readTree(json))
        all.add(
            new Announcement.Reaction(
                one.path("name").asText(), one.path("count").asLong(), one.path("me").asBoolean()));
      return all;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("json that cannot be read", e);
    }
  }
}
