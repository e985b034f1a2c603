package org.placette.notification;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.db.Ids;
import org.placette.db.Tx;

/** Rows of {@code notification}, written in the transaction of what they tell about. */
public final class NotificationStore {

  /** What happened, in the words of ActivityStreams. */
  public enum Type {
    Mention,
    Reply,
    Like,
    Announce,
    Follow,
    Poll
  }

  private NotificationStore() {}

  /**
   * Tells a local actor that somebody did something. Nothing is written when the actor is remote,
   * when both are the same, when the one has blocked the other, or when it has been told already.
   *
   * @param to the actor to tell
   * @param from who did it
   * @param post the post it is about, or null
   */
  public static void tell(Tx tx, long to, Type type, long from, @Nullable Long post) {
    tell(tx, List.of(new News(to, type, from, post)));
  }

  /** One thing to tell, as in {@link #tell(Tx, long, Type, long, Long)}. */
  public record News(long to, Type type, long from, @Nullable Long post) {}

  /** Tells several actors, or several things, in one statement. */
  public static void tell(Tx tx, List<News> all) {
    var news = all.stream().filter(one -> one.to() != one.from()).toList();
    if (news.isEmpty()) return;
    tx.update(
        """
        insert into notification (id, actor_id, type, from_actor_id, post_id)
        select n.id, a.id, n.type, n.from_id, n.post
        from unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[], $5::bigint[])
            as n (id, to_id, type, from_id, post)
          join actor a on a.id = n.to_id
        where a.host is null
          and not exists (select from block b where b.actor_id = a.id and b.target_id = n.from_id)
        on conflict do nothing
        """,
        news.stream().map(one -> Ids.next()).toArray(Long[]::new),
        news.stream().map(News::to).toArray(Long[]::new),
        news.stream().map(one -> one.type().name()).toArray(String[]::new),
        news.stream().map(News::from).toArray(Long[]::new),
        news.stream().map(News::post).toArray(Long[]::new));
  }

  /** Tells everybody here who voted, and the author, that a poll has ended. */
  public static void pollEnded(Tx tx, long post, long author) {
    var voters =
        tx.list(
            """
            select v.actor_id from poll_vote v join actor a on a.id = v.actor_id
            where v.post_id = $1 and a.host is null
            union select a.id from actor a where a.id = $2 and a.host is null
            """,
            row -> row.getLong(0),
            post,
            author);
    for (var voter : voters)
      tx.update(
          """
          insert into notification (id, actor_id, type, from_actor_id, post_id)
          values ($1, $2, 'Poll', $3, $4) on conflict do nothing
          """,
          Ids.next(),
          voter,
          author,
          post);
  }

  /** Takes back what was told, because it was undone. */
  public static void untell(Tx tx, long to, Type type, long from, @Nullable Long post) {
    tx.update(
        """
        delete from notification
        where actor_id = $1 and type = $2 and from_actor_id = $3
          and post_id is not distinct from $4
        """,
        to,
        type.name(),
        from,
        post);
  }
}
