package org.placette.timeline;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Byline;
import org.placette.audience.AudienceStore;
import org.placette.db.Sql;
import org.placette.event.EventCard;
import org.placette.event.EventCardStore;
import org.placette.notification.KeptAside;
import org.placette.post.PostView;
import org.placette.post.PostViewStore;

/** The lists of the pages, one query for each. */
final class TimelineStore {

  private static final String CARD = "select " + EventCardStore.COLUMNS + EventCardStore.TABLES;

  private static final String LISTED =
      "p.visibility = 'public' and a.suspended_at is null and not a.limited ";

  /** On the page of an actor, what its members alone read stands too. */
  private static final String INSIDE = " p.visibility in ('public', 'local', 'ring', 'group') ";

  /** What the lists of the place show to somebody who hides some people. */
  private static final String PUBLIC = AudienceStore.LISTED + "and" + PostViewStore.WELCOME + "and";

  private TimelineStore() {}

  /**
   * Public events that have not ended, the soonest first.
   *
   * @param afterStart the start of the last one of the page before; the epoch for the first page
   * @param afterId its id; 0 for the first page
   */
  static List<EventCard> coming(Sql sql, Instant now, Instant afterStart, long afterId, int limit) {
    return sql.list(
        CARD
            + """
            where (e.start_time, e.post_id) > ($2, $3)
              and e.start_time > $1::timestamptz - interval '31 days'
              and coalesce(e.end_time, e.start_time + interval '2 hours') > $1 and
            """
            + LISTED
            + "order by e.start_time, e.post_id limit "
            + limit,
        EventCardStore::card,
        now,
        afterStart,
        afterId);
  }

  /**
   * Coming events of one author, or announced by it, the soonest first; those of a private Group
   * for its members.
   */
  static List<EventCard> comingOf(Sql sql, long viewer, long actor, Instant now, int limit) {
    return sql.list(
        CARD
            + """
            where (p.actor_id = $2 or p.audience_id = $2
                or exists (select from announce s where s.post_id = p.id and s.actor_id = $2
                  and s.visibility <> 'followers'))
              and e.start_time > $1::timestamptz - interval '31 days'
              and coalesce(e.end_time, e.start_time + interval '2 hours') > $1
              and a.suspended_at is null and not a.limited
              and (p.visibility = 'public' or p.visibility = 'group' and
            """
            + AudienceStore.readableBy("$4::bigint")
            + ") order by e.start_time, e.post_id limit $3",
        EventCardStore::card,
        now,
        actor,
        limit,
        viewer);
  }

  /**
   * Public posts that begin a thread, the latest first.
   *
   * @param before the id of the last one of the page before; {@link Long#MAX_VALUE} at first
   */
  static List<PostView> latest(Sql sql, long viewer, long before, int limit) {
    return sql.list(
        posts(PUBLIC, "p.in_reply_to is null", limit), PostViewStore::from, viewer, before);
  }

  /** What an actor wrote or, for a group, what was posted to it; each by its own index. */
  static List<PostView> latestOf(Sql sql, long viewer, long actor, long before, int limit) {
    var wrote = posts(INSIDE + "and", "p.in_reply_to is null and p.actor_id = $3", limit);
    var got =
        posts(
            INSIDE + "and",
            "p.in_reply_to is null and p.audience_id = $3 and p.actor_id <> $3",
            limit);
    return sql.list(
        "(%s) union all (%s) order by id desc limit %d".formatted(wrote, got, limit),
        PostViewStore::from,
        viewer,
        before,
        actor);
  }

  /** What stands first on an actor's page, the latest pin first. */
  static List<PostView> pinnedOf(Sql sql, long viewer, long actor) {
    return sql.list(
        "select "
            + PostViewStore.COLUMNS
            + PostViewStore.TABLES
            + "join featured pin on pin.post_id = p.id and pin.actor_id = $2 where "
            + AudienceStore.READABLE
            + "order by pin.published desc limit 5",
        PostViewStore::from,
        viewer,
        actor);
  }

  /** Public posts with a tag. */
  static List<PostView> tagged(Sql sql, long viewer, String tag, long before, int limit) {
    var which = "p.id in (select t.post_id from post_tag t where t.tag = $3)";
    return sql.list(posts(PUBLIC, which, limit), PostViewStore::from, viewer, before, tag);
  }

  /**
   * The latest posts that are no events.
   *
   * @param limit stands in the statement: a length that the planner does not know makes it plan
   *     anew each time
   */
  private static String posts(String listed, String which, int limit) {
    return "select "
        + PostViewStore.COLUMNS
        + AudienceStore.WALK
        + "left join event e on e.post_id = p.id where p.companion_of is null and p.type <> 'Event'"
        + " and"
        + listed
        + " p.id < $2 and "
        + AudienceStore.READABLE
        + "and "
        + which
        + " order by p.id desc limit "
        + limit;
  }

  /** What an actor was told, the latest first. */
  static List<News> news(Sql sql, long actor, long before, int limit) {
    return sql.list(
        """
        select n.id, n.type, n.published, a.type as author_type, a.username as author_username,
          a.host as author_host, a.name as author_name, a.icon as author_icon,
          p.id as post_id, p.name as title, p.content, e.uuid, a.id as from_id,
          g.username as group_username, g.name as group_name, g.icon as group_icon
        from notification n join actor a on a.id = n.from_actor_id
          left join post p on p.id = n.post_id left join event e on e.post_id = p.id
          left join actor g on g.id = n.group_id
        where n.actor_id = $1 and n.id < $2 and not n.filtered and
        """
            + KeptAside.WELCOME
            + "order by n.id desc limit $3",
        TimelineStore::oneNews,
        actor,
        before,
        limit);
  }

  /** The last of what is kept aside of each stranger, the latest first. */
  static List<ListPages.Aside> kept(Sql sql, long actor, int limit) {
    return sql.list(
        """
        select n.from_actor_id, n.id, n.type, n.published, a.type as author_type,
          a.username as author_username, a.host as author_host, a.name as author_name,
          a.icon as author_icon, p.id as post_id, p.name as title, p.content, e.uuid,
          a.id as from_id, null as group_username, null as group_name, null as group_icon
        from (select max(k.id) as id from notification k where k.actor_id = $1 and k.filtered
            group by k.from_actor_id order by 1 desc limit $2) as last
          join notification n on n.id = last.id join actor a on a.id = n.from_actor_id
          left join post p on p.id = n.post_id left join event e on e.post_id = p.id
        where
        """
            + KeptAside.WELCOME
            + "order by n.id desc",
        row -> new ListPages.Aside(row.getLong("from_actor_id"), oneNews(row)),
        actor,
        limit);
  }

  private static News oneNews(Row row) {
    Long post = row.getLong("post_id");
    var event = row.getUUID("uuid");
    @Nullable String path =
        post == null ? null : event == null ? "/posts/" + post : "/events/" + event;
    Byline who = PostViewStore.byline(row);
    var title = row.getString("title");
    return new News(
        row.getLong("id"),
        row.getString("type"),
        who,
        path,
        title != null ? title : News.beginning(row.getString("content")),
        row.getOffsetDateTime("published").toInstant(),
        post == null ? 0 : post,
        News.words(title, row.getString("content")),
        asked(row));
  }

  private static News.@Nullable Asked asked(Row row) {
    var username = row.getString("group_username");
    if (username == null) return null;
    var group =
        Byline.of(
            "Group", username, null, row.getString("group_name"), row.getString("group_icon"));
    return new News.Asked(group, row.getLong("from_id"));
  }
}
