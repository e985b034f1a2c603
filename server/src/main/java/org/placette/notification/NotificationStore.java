package org.placette.notification;

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
    Follow
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
    if (to == from) return;
    tx.update(
        """
        insert into notification (id, actor_id, type, from_actor_id, post_id)
        select $1, a.id, $3, $4, $5 from actor a
        where a.id = $2 and a.host is null
          and not exists (select from block b where b.actor_id = a.id and b.target_id = $4)
        on conflict do nothing
        """,
        Ids.next(),
        to,
        type.name(),
        from,
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
