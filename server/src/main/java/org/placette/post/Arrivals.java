package org.placette.post;

import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.placette.db.Ids;
import org.placette.db.Tx;
import org.placette.notification.NotificationStore;
import org.placette.notification.NotificationStore.Type;

/** Stores posts, local and remote, with what hangs on their arrival. */
final class Arrivals {

  private Arrivals() {}

  /**
   * Stores a remote post.
   *
   * @param news true when people should be told of it: false for what is fetched later
   * @return null when it is stored already or was deleted
   */
  static @Nullable Post store(Tx tx, Incoming incoming, boolean news) {
    var draft = incoming.draft();
    var post = PostStore.insert(tx, Ids.at(spread(draft.published())), draft);
    if (post == null) return null;
    if (incoming.part() != null) incoming.part().store(tx, post.id());
    if (news) tell(tx, post, draft);
    return post;
  }

  /** Stores what a remote author changed of a stored post; null when there is nothing to change. */
  static @Nullable Post change(Tx tx, Incoming incoming) {
    var post = PostStore.update(tx, incoming.draft());
    if (post != null && incoming.part() != null) incoming.part().store(tx, post.id());
    return post;
  }

  /** Tells the local people that a post answers or mentions. */
  static void tell(Tx tx, Post post, Draft draft) {
    Long answered = null;
    if (post.inReplyToId() != null) {
      var parent = PostStore.byId(tx, post.inReplyToId());
      if (parent != null) {
        answered = parent.actorId();
        NotificationStore.tell(tx, answered, Type.Reply, post.actorId(), post.id());
      }
    }
    if (draft.addressing().mentioned().isEmpty()) return;
    for (var mentioned : PostStore.mentionedHere(tx, post.id())) {
      if (!mentioned.equals(answered))
        NotificationStore.tell(tx, mentioned, Type.Mention, post.actorId(), post.id());
    }
  }

  /**
   * Many servers write whole seconds; ids of one moment are only so many, so the missing part is
   * drawn.
   */
  private static Instant spread(Instant published) {
    if (published.get(ChronoField.NANO_OF_SECOND) != 0) return published;
    return published.plusMillis(ThreadLocalRandom.current().nextInt(1_000));
  }
}
