package org.placette.audience;

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
            or exists (select from actor v join neighbour n on n.host = v.host
              where v.id = $1 and n.confirmed_at is not null and v.suspended_at is null)
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

  private AudienceStore() {}

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
