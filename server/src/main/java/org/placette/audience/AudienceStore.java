package org.placette.audience;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;

/**
 * The visibility of posts, as a condition for queries and as a question about one post.
 *
 * <p>The words in {@code post.visibility}: {@code public} and {@code unlisted} are for everybody;
 * {@code followers} for the author's; {@code direct} for those named; {@code local} for everybody
 * with an account here (Quartier); {@code ring} for those and for confirmed neighbours (Voisins);
 * {@code group} for the members of the Group that it was posted to; {@code hidden} for its author
 * alone, since those who moderate hid it.
 */
public final class AudienceStore {

  /**
   * That the viewer may read the post and its author is welcome: over {@code post p} and its author
   * {@code actor a}; {@code $1} is the viewer's actor, local or remote, or 0 for a stranger. What
   * is for the place or for a group is not opened by a mention: it never leaves.
   */
  public static final String READABLE =
      """
      a.suspended_at is null and a.deleted_at is null
      and (p.visibility in ('public', 'unlisted') or $1::bigint <> 0 and (
        p.actor_id = $1
        or not exists (select from block b where b.actor_id = p.actor_id and b.target_id = $1)
        and case p.visibility
          when 'followers' then exists (select from follow f
              where f.actor_id = $1 and f.target_id = p.actor_id and f.state = 'accepted')
            or exists (select from mention m where m.post_id = p.id and m.actor_id = $1)
          when 'direct' then exists (select from mention m
              where m.post_id = p.id and m.actor_id = $1)
          when 'local' then exists (select from account o where o.actor_id = $1)
          when 'ring' then exists (select from account o where o.actor_id = $1)
            or exists (select from actor v join neighbour nb on nb.host = v.host
              where v.id = $1 and nb.confirmed_at is not null and v.suspended_at is null)
          when 'group' then exists (select from follow f
              where f.actor_id = $1 and f.target_id = p.audience_id and f.state = 'accepted')
          else false end))
      """;

  /**
   * That lists of the place show a post, to those who may read it: use it with {@link #READABLE}.
   * Limited authors are left to those who follow them.
   */
  public static final String LISTED =
      " p.visibility in ('public', 'local', 'ring') and not a.limited ";

  /**
   * Posts {@code p} in their own order, with their authors {@code a}. "offset 0" has the author
   * looked up for each post that is read: a young place has few actors, and the planner would read
   * all that each of them ever wrote instead, and sort it.
   */
  public static final String WALK =
      """
       from post p cross join lateral (
         select x.* from actor x where x.id = p.actor_id offset 0) a
      """;

  private AudienceStore() {}

  /**
   * {@link #READABLE} for a viewer that the query itself names, over {@code post p}.
   *
   * @param viewer a column of an alias of its own, or a parameter with its type, that holds the
   *     viewer's number
   */
  public static String readableBy(String viewer) {
    var condition = READABLE.replace("$1::bigint", "$1").replace("$1", viewer);
    return " exists (select from actor a where a.id = p.actor_id and " + condition + ") ";
  }

  /**
   * Whom somebody's posts are for when they do not say: the word in {@code post.visibility}.
   *
   * @param group the Group of this server that it is for, whose choice goes first; 0 for none
   */
  public static String usual(Sql sql, long actor, long group) {
    var word =
        sql.one(
            """
            select coalesce((select audience from theme where actor_id = $2),
              (select default_visibility from account where actor_id = $1))
            """,
            row -> row.getString(0),
            actor,
            group);
    if (word == null) return "public";
    return word.equals("private") ? "followers" : word;
  }

  /** The own actors of the neighbours that two humans have confirmed: the ring. */
  public static List<Long> ring(Sql sql) {
    return sql.list(
        """
        select n.actor_id from neighbour n join actor a on a.id = n.actor_id
        where n.confirmed_at is not null and a.suspended_at is null and a.deleted_at is null
        order by n.host
        """,
        row -> row.getLong(0));
  }

  /** The id of the own actor of a confirmed neighbour; null when the host is none. */
  public static @Nullable String neighbour(Sql sql, String host) {
    return sql.one(
        """
        select a.uri from neighbour n join actor a on a.id = n.actor_id
        where n.host = $1 and n.confirmed_at is not null and a.suspended_at is null
          and a.deleted_at is null
        """,
        row -> row.getString(0),
        host);
  }

  /**
   * Whether somebody may read a post.
   *
   * @param viewer an actor's number; 0 for a stranger
   */
  public static boolean reads(Sql sql, long viewer, long post) {
    return sql.one(
            "select 1 from post p join actor a on a.id = p.actor_id where p.id = $2 and "
                + READABLE,
            row -> true,
            viewer,
            post)
        != null;
  }
}
