package org.placette.tag;

import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.db.Ids;
import org.placette.db.Sql;
import org.placette.mastodon.PageStore;
import org.placette.mastodon.Paging;
import org.placette.mastodon.Tag;

/** Tags followed, shown on profiles, and how much they are used. */
final class TagStore {

  /** Uses of a tag beyond so many in a week are not counted one by one. */
  private static final int COUNTED = 2_000;

  private TagStore() {}

  /** Whether somebody follows a tag, and shows it. */
  record Marks(boolean following, boolean featuring) {}

  static Map<String, Marks> marks(Sql sql, long viewer, Collection<String> tags) {
    Map<String, Marks> all = new HashMap<>();
    if (viewer == 0 || tags.isEmpty()) return all;
    for (var row :
        sql.run(
            """
            select t.tag,
              exists (select from tag_follow f where f.actor_id = $1 and f.tag = t.tag) as following,
              exists (select from featured_tag f where f.actor_id = $1 and f.tag = t.tag) as featuring
            from unnest($2::text[]) as t (tag)
            """,
            viewer,
            tags.toArray(String[]::new)))
      all.put(row.getString(0), new Marks(row.getBoolean(1), row.getBoolean(2)));
    return all;
  }

  /** The last week of these tags, by day. */
  static Map<String, List<Tag.Use>> uses(Sql sql, Collection<String> tags) {
    Map<String, List<Tag.Use>> all = new HashMap<>();
    if (tags.isEmpty()) return all;
    for (var row :
        sql.run(
            """
            select t.tag, (to_timestamp((u.post_id >> 16) / 1000.0) at time zone 'UTC')::date as day,
              count(*) as uses, count(distinct p.actor_id) as accounts
            from unnest($1::text[]) as t (tag)
              cross join lateral (select x.post_id from post_tag x
                where x.tag = t.tag and x.post_id > $2 order by x.post_id desc limit $3) u
              join post p on p.id = u.post_id and p.visibility = 'public'
                and p.companion_of is null
            group by 1, 2
            """,
            tags.toArray(String[]::new),
            weekAgo(),
            COUNTED))
      all.computeIfAbsent(row.getString(0), key -> new ArrayList<>())
          .add(new Tag.Use(row.getLocalDate(1), row.getLong(2), row.getLong(3)));
    return all;
  }

  static long weekAgo() {
    return Ids.floor(Instant.now().minus(Duration.ofDays(7)));
  }

  static void follow(Sql sql, long actor, String tag) {
    sql.update(
        "insert into tag_follow (id, actor_id, tag) values ($1, $2, $3) on conflict do nothing",
        Ids.next(),
        actor,
        tag);
  }

  static void unfollow(Sql sql, long actor, String tag) {
    sql.update("delete from tag_follow where actor_id = $1 and tag = $2", actor, tag);
  }

  /** A followed tag. */
  record Followed(long cursor, String tag) {}

  static List<Followed> followed(Sql sql, long actor, Paging page) {
    return PageStore.page(
        sql,
        "select id, tag from tag_follow where actor_id = $1 and id < $2 and id > $3",
        "id",
        page,
        row -> new Followed(row.getLong(0), row.getString(1)),
        actor);
  }

  static int countFollowed(Sql sql, long actor) {
    return Objects.requireNonNull(
        sql.one(
            "select count(*)::int from tag_follow where actor_id = $1",
            row -> row.getInteger(0),
            actor));
  }

  /** A tag on a profile, with how much its owner uses it. */
  record Featured(long id, String tag, long count, @Nullable LocalDate last) {}

  static List<Featured> featured(Sql sql, long actor) {
    return sql.list(
        """
        select f.id, f.tag, u.n, u.last from featured_tag f
          cross join lateral (select count(*) as n, max(p.id) as last
            from post p join post_tag t on t.post_id = p.id and t.tag = f.tag
            where p.actor_id = f.actor_id and p.visibility in ('public', 'unlisted')) u
        where f.actor_id = $1 order by f.id
        """,
        TagStore::featured,
        actor);
  }

  private static Featured featured(Row row) {
    var last = row.getLong(3);
    var day = last == null ? null : LocalDate.ofInstant(Ids.instant(last), ZoneOffset.UTC);
    return new Featured(row.getLong(0), row.getString(1), row.getLong(2), day);
  }

  static void feature(Sql sql, long actor, String tag) {
    sql.update(
        "insert into featured_tag (id, actor_id, tag) values ($1, $2, $3) on conflict do nothing",
        Ids.next(),
        actor,
        tag);
  }

  static boolean unfeature(Sql sql, long actor, long id) {
    return sql.update("delete from featured_tag where actor_id = $1 and id = $2", actor, id) > 0;
  }

  static void unfeature(Sql sql, long actor, String tag) {
    sql.update("delete from featured_tag where actor_id = $1 and tag = $2", actor, tag);
  }

  /** What somebody tags most in their last posts. */
  static List<String> usual(Sql sql, long actor) {
    return sql.list(
        """
        select t.tag from (select id from post where actor_id = $1
            and visibility in ('public', 'unlisted') order by id desc limit 200) p
          join post_tag t on t.post_id = p.id
        where not exists (select from featured_tag f where f.actor_id = $1 and f.tag = t.tag)
        group by t.tag order by count(*) desc, t.tag limit 10
        """,
        row -> row.getString(0),
        actor);
  }
}
