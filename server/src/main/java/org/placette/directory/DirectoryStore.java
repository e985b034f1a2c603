package org.placette.directory;

import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Byline;
import org.placette.db.Sql;
import org.placette.text.Excerpt;

/** Who and what is here, one query per list. */
final class DirectoryStore {

  private static final int WORDS = 120;

  private DirectoryStore() {}

  /**
   * Somebody in the directory.
   *
   * @param words the beginning of what they say of themselves
   * @param sorted where they stand in the list
   */
  record Entry(long id, Byline who, String words, String sorted) {}

  /** A tag and how many posts and events of the last months have it. */
  record Used(String tag, long posts) {}

  /** A page for search engines; the day is that of its last change, or null. */
  record Place(String path, @Nullable LocalDate changed) {}

  private static final String HERE =
      """
      select a.id, a.type, a.username, a.name, a.icon, a.summary,
        lower(coalesce(nullif(a.name, ''), a.username)) as sorted
      from actor a
      where a.host is null and a.suspended_at is null and a.deleted_at is null
        and not a.limited
      """;

  /** Associations, the town hall, businesses: whatever publishes here and is no person. */
  static List<Entry> bodies(Sql sql, String like, String after, long afterId, int limit) {
    return entries(
        sql,
        " and a.type in ('Service', 'Organization') and a.username <> 'agenda'",
        like,
        after,
        afterId,
        limit);
  }

  /** People with an account who want to be found. */
  static List<Entry> people(Sql sql, String like, String after, long afterId, int limit) {
    return entries(
        sql,
        """
         and a.type = 'Person' and a.discoverable
         and exists (select from account o where o.actor_id = a.id)
         and not exists (select from sign_up w where w.actor_id = a.id)
        """,
        like,
        after,
        afterId,
        limit);
  }

  private static List<Entry> entries(
      Sql sql, String which, String like, String after, long afterId, int limit) {
    return sql.list(
        "select * from ("
            + HERE
            + which
            + """
            ) d where (d.sorted, d.id) > ($1, $2)
              and ($3 = '' or d.sorted like '%' || $3 || '%' or d.username like '%' || $3 || '%')
            order by d.sorted, d.id limit $4
            """,
        DirectoryStore::entry,
        after,
        afterId,
        like.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_"),
        limit);
  }

  private static Entry entry(Row row) {
    var summary = row.getString("summary");
    return new Entry(
        row.getLong("id"),
        Byline.of(
            Objects.requireNonNull(row.getString("type")),
            Objects.requireNonNull(row.getString("username")),
            null,
            row.getString("name"),
            row.getString("icon")),
        summary == null ? "" : Excerpt.of(summary, WORDS),
        Objects.requireNonNull(row.getString("sorted")));
  }

  /** What is tagged most by people who want to be found, over some months or 2,000 posts. */
  static List<Used> tags(Sql sql, long since, int most) {
    return sql.list(
        """
        select t.tag, count(*) as n
        from (select id, actor_id from post
            where local and visibility = 'public' and companion_of is null and id > $1
            order by id desc limit 2000) p
          join post_tag t on t.post_id = p.id
          join actor a on a.id = p.actor_id and a.discoverable and a.suspended_at is null
        group by t.tag order by n desc, t.tag limit $2
        """,
        row -> new Used(Objects.requireNonNull(row.getString(0)), row.getLong(1)),
        since,
        most);
  }

  /**
   * What may stand in search engines: events, what is no person's, posts of people who said yes; of
   * each author by its own index, at most 1,000 each.
   */
  static List<Place> indexed(Sql sql, long since, int most) {
    return sql.list(
        """
        (select case a.type when 'Group' then '/groups/' when 'Person' then '/users/'
            else '/orgs/' end || lower(a.username) as path, null::timestamptz as changed, a.id
          from actor a where a.host is null and a.type <> 'Application'
            and a.suspended_at is null and a.deleted_at is null
            and (a.type <> 'Person' or a.indexable and a.discoverable)
          order by a.id limit $2)
        union all
        (select '/posts/' || p.id, coalesce(p.updated, p.published), p.id
          from actor a cross join lateral (select * from post p
              where p.actor_id = a.id and p.id > $1 and p.local and p.visibility = 'public'
                and p.companion_of is null and p.in_reply_to is null and p.type <> 'Event'
              order by p.id desc limit 1000) p
          where a.host is null and a.suspended_at is null
            and (a.type <> 'Person' or a.indexable)
          order by p.id desc limit $2)
        union all
        (select '/events/' || e.uuid, coalesce(p.updated, p.published), p.id
          from event e join post p on p.id = e.post_id join actor a on a.id = p.actor_id
          where p.local and p.visibility = 'public' and p.companion_of is null and p.id > $1
            and a.suspended_at is null
          order by p.id desc limit $2)
        """,
        DirectoryStore::place,
        since,
        most);
  }

  private static Place place(Row row) {
    var changed = row.getOffsetDateTime("changed");
    return new Place(
        Objects.requireNonNull(row.getString("path")),
        changed == null ? null : changed.toLocalDate());
  }
}
