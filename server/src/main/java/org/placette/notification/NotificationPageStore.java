package org.placette.notification;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;
import org.placette.mastodon.PageStore;
import org.placette.mastodon.Paging;

/** Pages of what somebody is told. {@code $1} is always the person. */
final class NotificationPageStore {

  private NotificationPageStore() {}

  /**
   * Which are wanted.
   *
   * @param types names of {@link NotificationStore.Type}
   * @param from 0 for everybody
   * @param kept whether those that the policy keeps aside are wanted too
   */
  record Wanted(List<String> types, long from, boolean kept) {
    String[] names() {
      return types.toArray(String[]::new);
    }

    String sql() {
      return kept ? "" : " and not n.filtered";
    }
  }

  /** One row. */
  record Told(
      long id,
      String type,
      Instant published,
      String groupKey,
      long from,
      @Nullable Long post,
      @Nullable ReportRow report,
      @Nullable MeasureRow measure,
      @Nullable Long group) {}

  /** The measure that a row is about; its appeal open, granted, refused, or null for none. */
  record MeasureRow(
      long id,
      String action,
      String reason,
      @Nullable Long post,
      long target,
      Instant published,
      @Nullable String appeal) {}

  /** The report that a row is about. */
  record ReportRow(long id, @Nullable String content, @Nullable Long target, Instant published) {}

  /**
   * A group, or one row alone.
   *
   * @param cursor the row by which it stands in its place
   * @param pageMin the oldest that the page covers
   */
  record Group(
      long cursor,
      String key,
      String type,
      long count,
      long newest,
      long pageMin,
      long pageMax,
      Instant latest,
      List<Long> people,
      @Nullable Long post,
      @Nullable ReportRow report,
      @Nullable MeasureRow measure,
      @Nullable Long asked) {}

  private static final String COLUMNS =
      """
      n.id, n.type, n.published, n.group_key, n.from_actor_id, n.post_id, n.group_id, r.id as report_id,
      r.content as report_content, r.target_id as report_target, r.published as report_published,
      m.id as measure_id, m.action as measure_action, m.reason as measure_reason,
      m.post_id as measure_post, m.target_id as measure_target, m.published as measure_published,
      (select p.state from appeal p where p.measure_id = m.id) as measure_appeal
      """;

  private static final String TABLES =
      " from notification n join actor a on a.id = n.from_actor_id"
          + " left join report r on r.id = n.report_id left join measure m on m.id = n.measure_id ";

  static List<Told> page(Sql sql, long person, Paging page, Wanted wanted) {
    return PageStore.page(
        sql,
        "select "
            + COLUMNS
            + TABLES
            + "where n.actor_id = $1 and n.id < $2 and n.id > $3 and n.type = any($5)"
            + " and ($6::bigint = 0 or n.from_actor_id = $6)"
            + wanted.sql()
            + " and"
            + KeptAside.WELCOME,
        "n.id",
        page,
        NotificationPageStore::told,
        person,
        wanted.names(),
        wanted.from());
  }

  /** One of the person's own; null when there is none. */
  static @Nullable Told one(Sql sql, long person, long id) {
    return sql.one(
        "select " + COLUMNS + TABLES + "where n.actor_id = $1 and n.id = $2",
        NotificationPageStore::told,
        person,
        id);
  }

  /** Those of the ids that are to be shown, with whose they are. */
  static List<Owned> owned(Sql sql, Collection<Long> ids) {
    return sql.list(
        "select n.actor_id, " + COLUMNS + TABLES + "where n.id = any($1) and not n.filtered",
        row -> new Owned(row.getLong("actor_id"), told(row)),
        (Object) ids.toArray(Long[]::new));
  }

  /** A row and whose it is. */
  record Owned(long person, Told told) {}

  /**
   * The groups of a page: each stands where its newest row stands (or, going upwards, its oldest
   * after the given one) and is left out when a page before has shown it.
   *
   * @param grouped names of types that are shown together
   */
  static List<Group> groups(
      Sql sql, long person, Paging page, Wanted wanted, List<String> grouped) {
    var once =
        page.upwards() || page.before() == Long.MAX_VALUE
            ? ""
            : " and not (n.type = any($7) and exists (select from notification x"
                + " where x.actor_id = $1 and not x.filtered and x.group_key = n.group_key"
                + " and x.id >= $2))";
    var key = "case when n.type = any($7) then n.group_key else 'ungrouped-' || n.id end";
    var row =
        "select n.id, "
            + key
            + " as key from notification n join actor a on a.id = n.from_actor_id"
            + " where n.actor_id = $1 and n.id < $2 and n.id > $3 and n.type = any($5)"
            + " and ($6::bigint = 0 or n.from_actor_id = $6)"
            + wanted.sql()
            + once
            + " and"
            + KeptAside.WELCOME;
    var order = " order by n.id " + page.direction() + " limit 1";
    var next = page.upwards() ? " and n.id > g.id" : " and n.id < g.id";
    return sql.list(
        "with recursive g as ((select w.id, w.key, array[w.key] as keys from ("
            + row
            + order
            + ") as w) union all select w.id, w.key, g.keys || w.key from g cross join lateral ("
            + row
            + next
            + " and "
            + key
            + " <> all(g.keys)"
            + order
            + ") as w where cardinality(g.keys) < $4) "
            + SUMMARY
            + " order by g.id "
            + page.direction(),
        NotificationPageStore::group,
        person,
        page.before(),
        page.after(),
        page.limit(),
        wanted.names(),
        wanted.from(),
        grouped.toArray(String[]::new));
  }

  private static final String SUMMARY =
      """
      select g.id as cursor, g.key, n.type, n.post_id, n.group_id, s.*, r.id as report_id,
        r.content as report_content, r.target_id as report_target, r.published as report_published,
        m.id as measure_id, m.action as measure_action, m.reason as measure_reason,
        m.post_id as measure_post, m.target_id as measure_target, m.published as measure_published,
        (select p.state from appeal p where p.measure_id = m.id) as measure_appeal
      from g join notification n on n.id = g.id left join report r on r.id = n.report_id
        left join measure m on m.id = n.measure_id
        cross join lateral (
          select count(*) as number, max(x.id) as newest,
            min(x.id) filter (where x.id < $2 and x.id > $3) as page_min,
            max(x.id) filter (where x.id < $2 and x.id > $3) as page_max,
            max(x.published) filter (where x.id < $2 and x.id > $3) as latest,
            (array_agg(x.from_actor_id order by x.id desc))[1:8] as people
          from notification x
          where x.actor_id = $1 and not x.filtered and x.group_key = g.key or x.id = g.id
        ) as s
      """;

  /** One group by its key; null when the person has none of that key. */
  static @Nullable Group group(Sql sql, long person, String key) {
    return sql.one(
        "with g as (select id, $4::text as key from notification where actor_id = $1"
            + " and (group_key = $4 or id = $5) and not filtered order by id desc limit 1) "
            + SUMMARY,
        NotificationPageStore::group,
        person,
        Long.MAX_VALUE,
        0L,
        key,
        alone(key));
  }

  /** The row of a group of one; 0 for a real group. */
  private static long alone(String key) {
    return key.matches("ungrouped-[0-9]{1,17}") ? Long.parseLong(key.substring(10)) : 0;
  }

  /** Who is in a group, the latest first. */
  static List<Long> people(Sql sql, long person, String key, int limit) {
    return sql.list(
        """
        select from_actor_id from notification where actor_id = $1 and (group_key = $2 or id = $4)
          and not filtered group by from_actor_id order by max(id) desc limit $3
        """,
        row -> row.getLong(0),
        person,
        key,
        limit,
        alone(key));
  }

  /**
   * How many came after one, and at most so many.
   *
   * @param grouped counts groups of these types as one
   */
  static long count(
      Sql sql, long person, long after, Wanted wanted, List<String> grouped, int most) {
    var count =
        sql.one(
            "select count(*) from (select distinct case when n.type = any($4) then n.group_key"
                + " else 'ungrouped-' || n.id end from notification n"
                + " join actor a on a.id = n.from_actor_id where n.actor_id = $1 and n.id > $2"
                + " and n.type = any($3) and ($5::bigint = 0 or n.from_actor_id = $5)"
                + wanted.sql()
                + " and"
                + KeptAside.WELCOME
                + " limit $6) as seen",
            row -> row.getLong(0),
            person,
            after,
            wanted.names(),
            grouped.toArray(String[]::new),
            wanted.from(),
            most);
    return count == null ? 0 : count;
  }

  /** The last one that the person has read, as its apps agreed; 0 for none. */
  static long lastRead(Sql sql, long person) {
    Long id =
        sql.one(
            "select last_read_id from marker where actor_id = $1 and timeline = 'notifications'",
            row -> row.getLong(0),
            person);
    return id == null ? 0 : id;
  }

  static void clear(Sql sql, long person) {
    sql.update("delete from notification where actor_id = $1 and not filtered", person);
  }

  static int dismiss(Sql sql, long person, long id) {
    return sql.update("delete from notification where actor_id = $1 and id = $2", person, id);
  }

  static int dismiss(Sql sql, long person, String key) {
    return sql.update(
        "delete from notification where actor_id = $1 and (group_key = $2 or id = $3)"
            + " and not filtered",
        person,
        key,
        alone(key));
  }

  private static Told told(Row row) {
    return new Told(
        row.getLong("id"),
        row.getString("type"),
        row.getOffsetDateTime("published").toInstant(),
        row.getString("group_key"),
        row.getLong("from_actor_id"),
        row.getLong("post_id"),
        report(row),
        measure(row),
        row.getLong("group_id"));
  }

  private static @Nullable MeasureRow measure(Row row) {
    Long id = row.getLong("measure_id");
    if (id == null) return null;
    return new MeasureRow(
        id,
        row.getString("measure_action"),
        row.getString("measure_reason"),
        row.getLong("measure_post"),
        row.getLong("measure_target"),
        row.getOffsetDateTime("measure_published").toInstant(),
        row.getString("measure_appeal"));
  }

  private static @Nullable ReportRow report(Row row) {
    Long id = row.getLong("report_id");
    if (id == null) return null;
    return new ReportRow(
        id,
        row.getString("report_content"),
        row.getLong("report_target"),
        row.getOffsetDateTime("report_published").toInstant());
  }

  private static Group group(Row row) {
    return new Group(
        row.getLong("cursor"),
        row.getString("key"),
        row.getString("type"),
        row.getLong("number"),
        row.getLong("newest"),
        row.getLong("page_min"),
        row.getLong("page_max"),
        row.getOffsetDateTime("latest").toInstant(),
        Arrays.stream(row.getArrayOfLongs("people")).distinct().toList(),
        row.getLong("post_id"),
        report(row),
        measure(row),
        row.getLong("group_id"));
  }
}
