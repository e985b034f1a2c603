package org.placette.mastodon;

import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.audience.AudienceStore;
import org.placette.db.Sql;

/**
 * What is read of statuses: a narrow row for each entry of a page, with the viewer's marks joined
 * in, and the whole of those that are not kept ready. Stores of features build their own queries of
 * {@link #SEEN}, {@link #TABLES} and the conditions here; {@code $1} is always the viewer, 0 for a
 * stranger.
 */
public final class StatusStore {

  /** What {@link #seen} reads, of {@code post p} and {@code actor a}. */
  public static final String SEEN =
      """
      p.id as post_id, p.xmin::text || case when p.type = 'Event' then coalesce(
        (select '-' || e.xmin::text from event e where e.post_id = p.id), '') else '' end as version,
      p.actor_id,
      $1::bigint <> 0 and exists (select from post_like l
        where l.post_id = p.id and l.actor_id = $1) as favourited,
      $1 <> 0 and exists (select from announce s
        where s.post_id = p.id and s.actor_id = $1) as reblogged,
      $1 <> 0 and exists (select from bookmark b
        where b.post_id = p.id and b.actor_id = $1) as bookmarked,
      $1 <> 0 and exists (select from thread_mute t
        where t.root_id = p.root_id and t.actor_id = $1) as muted,
      $1 = p.actor_id and exists (select from featured f
        where f.post_id = p.id and f.actor_id = $1) as pinned,
      case when p.poll is null or $1 = 0 then null else (select array_agg(v.choice order by v.choice)
        from poll_vote v where v.post_id = p.id and v.actor_id = $1) end as own_votes,
      $1 = p.actor_id and p.poll is not null and p.type <> 'Event' and p.poll->'ballot' is null
        and not exists (select from date_poll d where d.post_id = p.id) as asks,
      case when p.type = 'Event' and $1 <> 0 then (select r.state from rsvp r
        where r.post_id = p.id and r.actor_id = $1) end as rsvp_state,
      case when p.type = 'Event' and p.actor_id = $1 then (select count(*)::int from rsvp r
        where r.post_id = p.id and r.state = 'requested') end as rsvp_requests
      """;

  /** A post alone: what {@link #seen} reads of an entry besides {@link #SEEN}. */
  public static final String ALONE =
      "p.id as entry_id, null::bigint as by_id, null::text as announce_uri,"
          + " null::text as announce_visibility, ";

  /** What {@link #seen} reads of {@code announce s} besides who brings it. */
  public static final String BOOST =
      " s.uri as announce_uri, s.visibility as announce_visibility, ";

  /** That {@code announce s} is for the viewer. */
  public static final String SHARED =
      """
       (s.visibility <> 'followers' or s.actor_id = $1 or exists (select from follow k
         where k.actor_id = $1 and k.target_id = s.actor_id and k.state = 'accepted'))
      """;

  /** The tables of {@link #SEEN}. */
  public static final String TABLES = " from post p join actor a on a.id = p.actor_id ";

  /** That the viewer may read the post. */
  public static final String READABLE = AudienceStore.READABLE;

  /** Actors whom the viewer wants to see nothing of, or who want that of the viewer. */
  public static final String HIDDEN =
      """
      (select target_id from mute where actor_id = $1 and (expires is null or expires > now())
       union all select target_id from block where actor_id = $1
       union all select b.actor_id from block b where b.target_id = $1)
      """;

  /** That the author is nobody whom the viewer hides. */
  public static final String WELCOME =
      " a.suspended_at is null and a.deleted_at is null and p.actor_id not in "
          + HIDDEN
          + """
           and (a.host is null or a.host not in (select host from host_mute where actor_id = $1))
          """;

  /** That a post belongs in lists: events stand for their companions. */
  public static final String LISTED = " p.companion_of is null ";

  private StatusStore() {}

  /**
   * One entry of a page.
   *
   * @param id of the entry: the post's, or the announce's that brings it
   * @param byId who brings it; null for a post alone
   * @param boostFor whom it was brought for, in the database's word; null for a post alone
   * @param version changes with the post
   */
  public record Seen(
      long id,
      @Nullable Long byId,
      @Nullable String announceUri,
      @Nullable String boostFor,
      long postId,
      String version,
      long authorId,
      Status.Marks marks) {}

  /** Reads a row of {@link #ALONE}, or the same columns of an announce, with {@link #SEEN}. */
  public static Seen seen(Row row) {
    var answer = row.getString("rsvp_state");
    return new Seen(
        row.getLong("entry_id"),
        row.getLong("by_id"),
        row.getString("announce_uri"),
        row.getString("announce_visibility"),
        row.getLong("post_id"),
        row.getString("version"),
        row.getLong("actor_id"),
        new Status.Marks(
            row.getBoolean("favourited"),
            row.getBoolean("reblogged"),
            row.getBoolean("muted"),
            row.getBoolean("bookmarked"),
            row.getBoolean("pinned"),
            answer == null ? votes(row.getArrayOfShorts("own_votes")) : vote(answer),
            row.getBoolean("asks"),
            List.of(),
            answer,
            row.getInteger("rsvp_requests")));
  }

  /** An answer to an event as a choice of its poll. */
  private static List<Integer> vote(String answer) {
    return switch (answer) {
      case "maybe" -> List.of(1);
      case "declined", "refused" -> List.of(2);
      default -> List.of(0);
    };
  }

  private static List<Integer> votes(Short @Nullable [] choices) {
    if (choices == null || choices.length == 0) return List.of();
    List<Integer> all = new ArrayList<>();
    for (var choice : choices) all.add(choice.intValue());
    return all;
  }

  /** Posts or announces by id, those that the viewer may read. */
  static List<Seen> byIds(Sql sql, long viewer, Collection<Long> ids) {
    return sql.list(
        "select "
            + ALONE
            + SEEN
            + TABLES
            + "where p.id = any($2) and "
            + READABLE
            + " union all select s.id, s.actor_id,"
            + BOOST
            + SEEN
            + " from announce s join post p on p.id = s.post_id join actor a on a.id = p.actor_id"
            + " where s.id = any($2) and "
            + READABLE
            + " and"
            + SHARED,
        StatusStore::seen,
        viewer,
        ids.toArray(Long[]::new));
  }
}
