package org.placette.stream;

import io.vertx.sqlclient.Row;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.placette.db.Sql;
import org.placette.mastodon.StatusStore;
import org.placette.mastodon.StatusStore.Seen;

/** Who of those who listen may see what: the rules of the timelines, for many viewers at once. */
final class StreamStore {

  private StreamStore() {}

  /** What decides where a public post belongs. */
  record Facts(boolean local, boolean media, boolean answer, Set<String> tags) {}

  /**
   * An entry of somebody's home.
   *
   * @param apart true when it is brought by somebody of an exclusive list, and read there alone
   * @param lists those it belongs in, among the lists that are listened to
   */
  record AtHome(long viewer, boolean apart, Set<Long> lists, Seen seen) {}

  private static final String APART =
      """
      exists (select from list l join list_member m on m.list_id = l.id
        where l.owner_id = viewing.id and l.exclusive and m.actor_id = h.by_id) as apart
      """;

  /** Answers to others are in a list as it wants. */
  private static final String LISTS =
      """
      array(select l.id from list l join list_member m on m.list_id = l.id
          left join post up on up.id = p.in_reply_to_id
        where l.id = any($4) and l.owner_id = viewing.id and m.actor_id = h.by_id
          and (up.id is null or h.announce_id is not null or up.actor_id in (p.actor_id, viewing.id)
            or l.replies_policy = 'followed'
            or l.replies_policy = 'list' and up.actor_id in (
              select o.actor_id from list_member o where o.list_id = l.id))) as lists
      """;

  /** A public post as one viewer may see it. */
  record Open(long viewer, Facts facts, Seen seen) {}

  /** The rules are written for one viewer, {@code $1}; here they are asked for each. */
  private static String each(String sql) {
    return sql.replace("$1", "viewing.id");
  }

  /**
   * The entries of home timelines that posts are in.
   *
   * @param lists that are listened to
   * @param by who shared them; 0 for posts that came by themselves or however
   * @param shared whether only what was shared is wanted, or only what was not; see {@code all}
   * @param all wants both
   */
  static List<AtHome> home(
      Sql sql, Set<Long> viewers, Set<Long> lists, Collection<Long> posts, long by, boolean all) {
    var which =
        all ? "" : by == 0 ? " and h.announce_id is null" : " and h.announce_id is not null";
    return sql.list(
        "select viewing.id as viewer, "
            + APART
            + ", "
            + LISTS
            + ", h.id as entry_id,"
            + " case when h.announce_id is null then null else h.by_id end as by_id,"
            + StatusStore.BOOST
            + each(StatusStore.SEEN)
            + " from unnest($1::bigint[]) as viewing (id)"
            + " join home h on h.owner_id = viewing.id and h.post_id = any($2)"
            + " join post p on p.id = h.post_id join actor a on a.id = p.actor_id"
            + " left join announce s on s.id = h.announce_id where"
            + each(StatusStore.WELCOME)
            + " and ($3::bigint = 0 or h.by_id = $3)"
            + " and (h.announce_id is null or h.by_id not in "
            + each(StatusStore.HIDDEN)
            + ")"
            + which,
        row ->
            new AtHome(
                row.getLong("viewer"),
                row.getBoolean("apart"),
                Set.of(row.getArrayOfLongs("lists")),
                StatusStore.seen(row)),
        viewers.toArray(Long[]::new),
        posts.toArray(Long[]::new),
        by,
        lists.toArray(Long[]::new));
  }

  /** Public posts, for those who may and want to see them. */
  static List<Open> open(Sql sql, Set<Long> viewers, Collection<Long> posts) {
    return sql.list(
        "select viewing.id as viewer, p.local, p.attachment <> '[]' as media,"
            + " p.in_reply_to is not null and p.type <> 'Event' as answer,"
            + " (select array_agg(t.tag) from post_tag t where t.post_id = p.id) as tags, "
            + StatusStore.ALONE
            + each(StatusStore.SEEN)
            + " from unnest($1::bigint[]) as viewing (id) join post p on p.id = any($2) join actor"
            + " a on a.id = p.actor_id where p.visibility = 'public' and not a.limited and"
            + StatusStore.LISTED
            + "and"
            + each(StatusStore.WELCOME),
        row -> new Open(row.getLong("viewer"), facts(row), StatusStore.seen(row)),
        viewers.toArray(Long[]::new),
        posts.toArray(Long[]::new));
  }

  private static Facts facts(Row row) {
    var tags = row.getArrayOfStrings("tags");
    return new Facts(
        row.getBoolean("local"),
        row.getBoolean("media"),
        row.getBoolean("answer"),
        tags == null ? Set.of() : new HashSet<>(Arrays.asList(tags)));
  }

  static boolean ownsList(Sql sql, long owner, long list) {
    return sql.one("select 1 from list where id = $1 and owner_id = $2", row -> 1, list, owner)
        != null;
  }

  /**
   * Those of the viewers who may have seen what was posted for the followers of somebody.
   *
   * @param named the author or the group, then others who could read it
   */
  static Set<Long> readers(Sql sql, Set<Long> viewers, List<Long> named) {
    return new HashSet<>(
        sql.list(
            """
            select viewing.id from unnest($1::bigint[]) as viewing (id) where viewing.id = any($2) or exists (
              select from follow f where f.actor_id = viewing.id and f.target_id = $3
                and f.state = 'accepted')
            """,
            row -> row.getLong(0),
            viewers.toArray(Long[]::new),
            named.toArray(Long[]::new),
            named.getFirst()));
  }
}
