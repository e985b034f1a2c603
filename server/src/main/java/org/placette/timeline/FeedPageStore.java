package org.placette.timeline;

import static org.placette.mastodon.StatusStore.ALONE;
import static org.placette.mastodon.StatusStore.BOOST;
import static org.placette.mastodon.StatusStore.LISTED;
import static org.placette.mastodon.StatusStore.READABLE;
import static org.placette.mastodon.StatusStore.SEEN;
import static org.placette.mastodon.StatusStore.SHARED;
import static org.placette.mastodon.StatusStore.TABLES;
import static org.placette.mastodon.StatusStore.WELCOME;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.placette.audience.AudienceStore;
import org.placette.db.Sql;
import org.placette.mastodon.PageStore;
import org.placette.mastodon.Paging;
import org.placette.mastodon.StatusStore;
import org.placette.mastodon.StatusStore.Seen;

/** The pages of timelines, one query for each. {@code $1} is the viewer, 0 for a stranger. */
final class FeedPageStore {

  /** No page is longer. */
  private static final int MOST = 80;

  private FeedPageStore() {}

  /** People in exclusive lists are read there alone. */
  private static final String APART =
      """
       and (h.by_id is null or h.by_id not in (select m.actor_id from list l
         join list_member m on m.list_id = l.id where l.owner_id = $1 and l.exclusive))
      """;

  /** Beginning of what is read of a row {@code h} of a home, with its announce {@code s}. */
  private static final String ENTRY =
      """
      select h.id as entry_id, case when h.announce_id is null then null else h.by_id end as by_id,
      """
          + BOOST;

  /** Which posts of a public timeline are wanted. */
  record Wanted(boolean local, boolean remote, boolean media, boolean events) {

    private String sql() {
      return (local ? " and p.local" : "")
          + (remote ? " and not p.local" : "")
          + (media ? " and p.attachment <> '[]'" : "")
          + (events ? " and p.type = 'Event'" : "");
    }
  }

  /** Which tags a post must have: this or any of those, all of those, none of those. */
  record Tags(String tag, List<String> any, List<String> all, List<String> none) {}

  static List<Seen> home(Sql sql, long viewer, Paging page, boolean events) {
    return PageStore.page(
        sql,
        ENTRY
            + SEEN
            + " from home h join post p on p.id = h.post_id join actor a on a.id = p.actor_id"
            + " left join announce s on s.id = h.announce_id"
            + " where h.owner_id = $1 and h.id < $2 and h.id > $3 and"
            + WELCOME
            + " and (h.announce_id is null or h.by_id not in "
            + StatusStore.HIDDEN
            + ")"
            + APART
            + (events ? " and p.type = 'Event'" : ""),
        "h.id",
        page,
        StatusStore::seen,
        viewer);
  }

  /**
   * What the people of a list brought into the owner's home; answers to others as the list wants.
   * The latest of each member are taken, so that it costs the same however much they wrote; within
   * a case, the planner does not take the condition for one that few rows meet.
   */
  static List<Seen> list(Sql sql, long viewer, Paging page, long list) {
    return PageStore.page(
        sql,
        ENTRY
            + SEEN
            + """
             from list l join list_member m on m.list_id = l.id
               cross join lateral (select h.*
                 from home h join post p on p.id = h.post_id join actor a on a.id = p.actor_id
                   left join post up on up.id = p.in_reply_to_id
                 where h.owner_id = $1 and h.by_id = m.actor_id and h.id < $2 and h.id > $3
                   and case when up.id is null or h.announce_id is not null
                     or up.actor_id in (p.actor_id, $1) or l.replies_policy = 'followed'
                     or l.replies_policy = 'list' and up.actor_id in (
                       select o.actor_id from list_member o where o.list_id = $5)
                     then true else false end and
            """
            + WELCOME
            + PageStore.order("h.id", page)
            + """
            ) h
               join post p on p.id = h.post_id join actor a on a.id = p.actor_id
               left join announce s on s.id = h.announce_id
             where l.id = $5 and l.owner_id = $1
            """,
        "h.id",
        page,
        StatusStore::seen,
        viewer,
        list);
  }

  static boolean owns(Sql sql, long viewer, long list) {
    return sql.one(
            "select 1 from list where id = $2 and owner_id = $1",
            row -> row.getInteger(0),
            viewer,
            list)
        != null;
  }

  static List<Seen> everybody(Sql sql, long viewer, Paging page, Wanted wanted) {
    return sql.list(
        cut(
            "select "
                + ALONE
                + SEEN
                + AudienceStore.WALK
                + "where p.visibility = 'public' and not a.limited and p.id < $2 and p.id > $3"
                + " and (p.in_reply_to is null or p.type = 'Event') and"
                + LISTED
                + "and"
                + WELCOME
                + wanted.sql(),
            "p.id",
            page,
            "entry_id"),
        StatusStore::seen,
        viewer,
        page.before(),
        page.after(),
        page.limit());
  }

  /**
   * The latest of each tag in the order of its index; "offset 0" keeps the planner from going
   * through all posts instead, in the hope that many have the tag.
   */
  static List<Seen> tagged(Sql sql, long viewer, Paging page, Wanted wanted, Tags tags) {
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                viewer,
                page.before(),
                page.after(),
                page.limit(),
                tags.all().toArray(String[]::new),
                tags.none().toArray(String[]::new),
                tags.tag()));
    arguments.addAll(tags.any());
    // One by one: the planner takes an array that it does not know for ten.
    var words =
        IntStream.rangeClosed(7, arguments.size())
            .mapToObj(n -> "($" + n + "::text)")
            .collect(Collectors.joining(", "));
    var latest =
        cut(
            """
            select t.post_id as id from (select x.post_id from post_tag x
                where x.tag = word and x.post_id < $2 and x.post_id > $3
                order by x.post_id %s offset 0) t
              cross join lateral (select from post p join actor a on a.id = p.actor_id
                where p.id = t.post_id and p.visibility = 'public' and not a.limited and
            """
                    .formatted(page.direction())
                + LISTED
                + "and"
                + WELCOME
                + """
                 and not exists (select from unnest($5::text[]) as w where not exists (
                   select from post_tag t where t.post_id = p.id and t.tag = w))
                 and not exists (select from post_tag t where t.post_id = p.id and t.tag = any($6))
                """
                + wanted.sql()
                + " offset 0) fits",
            "t.post_id",
            page,
            "id");
    return sql.list(
        "select "
            + ALONE
            + SEEN
            + " from (select distinct hit.id from (values "
            + words
            + ") as v (word) cross join lateral ("
            + latest
            + ") hit) hit join post p on p.id = hit.id join actor a on a.id = p.actor_id"
            + " order by p.id "
            + page.direction()
            + " limit $4",
        StatusStore::seen,
        arguments.toArray());
  }

  /**
   * A query in the order of a page, cut to its length, {@code $4}. The planner takes a length that
   * it does not know for a tenth of all rows, and would then plan the query anew each time.
   *
   * @param by what orders the rows within the query
   * @param as the column that this is in its result
   */
  private static String cut(String query, String by, Paging page, String as) {
    return "select * from (%s order by %s %s limit %d) page order by %s %s limit $4"
        .formatted(query, by, page.direction(), MOST, as, page.direction());
  }

  /**
   * What one actor wrote, with what it announced.
   *
   * @param agenda whether it is the agenda, which shows everybody's events
   */
  record Of(
      long actor,
      boolean agenda,
      boolean pinned,
      boolean media,
      boolean events,
      boolean replies,
      boolean boosts,
      String tag) {}

  static List<Seen> by(Sql sql, long viewer, Paging page, Of of) {
    var own =
        "select "
            + ALONE
            + SEEN
            + TABLES
            + (of.agenda()
                ? "where $5::bigint > 0 and p.id in (select post_id from event) and a.host is null"
                : "where p.actor_id = $5")
            + " and p.id < $2 and p.id > $3 and"
            + LISTED
            + "and "
            + READABLE
            + (of.media() ? " and p.attachment <> '[]'" : "")
            + (of.events() ? " and p.type = 'Event'" : "")
            + (of.replies()
                ? ""
                : " and (p.in_reply_to is null or exists (select from post r"
                    + " where r.id = p.in_reply_to_id and r.actor_id = p.actor_id))")
            + (of.pinned()
                ? " and exists (select from featured x where x.post_id = p.id"
                    + " and x.actor_id = $5)"
                : "")
            + " and ($6 = '' or exists (select from post_tag t"
            + " where t.post_id = p.id and t.tag = $6))";
    var boosts =
        "select s.id as entry_id, s.actor_id as by_id,"
            + BOOST
            + SEEN
            + " from announce s join post p on p.id = s.post_id join actor a on a.id = p.actor_id"
            + " where s.actor_id = $5 and s.id < $2 and s.id > $3 and"
            + SHARED
            + "and "
            + READABLE
            + " and"
            + WELCOME
            + " and"
            + LISTED;
    var order = PageStore.order("entry_id", page);
    var with =
        of.boosts()
            && !of.agenda()
            && !of.media()
            && !of.events()
            && !of.pinned()
            && of.tag().isEmpty();
    var text = with ? "(" + own + order + ") union all (" + boosts + order + ")" : own;
    return PageStore.page(
        sql, text, "entry_id", page, StatusStore::seen, viewer, of.actor(), of.tag());
  }

  /** Everything above a post in its thread that the viewer may read, the first first. */
  static List<Seen> above(Sql sql, long viewer, long post) {
    return sql.list(
        """
        with recursive above as (
          select p.in_reply_to_id as id, 1 as depth from post p where p.id = $2
          union all
          select p.in_reply_to_id, depth + 1 from above join post p on p.id = above.id
          where depth < 100
        )
        select
        """
            + ALONE
            + SEEN
            + TABLES
            + "join above on above.id = p.id where "
            + READABLE
            + " order by above.depth desc",
        StatusStore::seen,
        viewer,
        post);
  }

  /**
   * Everything below a post, each answer after what it answers. Below a first post stand those too
   * whose own parent is not here, or was removed.
   */
  static List<Seen> below(Sql sql, long viewer, long post, int limit) {
    return sql.list(
        """
        with recursive below as (
          (select p.id, array[p.id] as path from post p where p.in_reply_to_id = $2
          union all
          select p.id, array[p.id] from post p where p.root_id = $2 and p.id <> $2
            and p.in_reply_to is not null and p.in_reply_to_id is null)
          union all
          select p.id, below.path || p.id from below join post p on p.in_reply_to_id = below.id
          where cardinality(below.path) < 100
        ), listed as (select id, path from below order by path limit $3)
        select
        """
            + ALONE
            + SEEN
            + TABLES
            + "join listed on listed.id = p.id where "
            + READABLE
            + " and"
            + LISTED
            + "and"
            + WELCOME
            + " order by listed.path",
        StatusStore::seen,
        viewer,
        post,
        limit);
  }
}
