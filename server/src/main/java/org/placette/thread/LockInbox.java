package org.placette.thread;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.federation.vocab.AsObject;
import org.placette.inbox.ActivityHandler;
import org.placette.inbox.Effect;
import org.placette.inbox.Received;
import org.placette.inbox.Refused;
import org.placette.post.Posts;

/** Lock and its Undo: those who care for a Group close a discussion in it (Lemmy, PieFed, Mbin). */
public final class LockInbox implements ActivityHandler {

  private final Db db;
  private final Posts posts;
  private final Topics topics;

  public LockInbox(Db db, Posts posts, Topics topics) {
    this.db = db;
    this.posts = posts;
    this.topics = topics;
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(new Kind("Lock", "*"), new Kind("Undo", "Lock"));
  }

  @Override
  public @Nullable Effect verify(Received received) {
    var undo = received.activity().is("Undo");
    var lock = undo ? received.object() : received.activity();
    var doer = lock.ref("actor");
    if (undo && doer != null && !AsObject.sameOrigin(doer, received.actor().uri()))
      throw new Refused("not-the-actor");
    var id = lock.ref("object");
    var post = id == null ? null : posts.byUri(id);
    var topic = post == null ? null : TopicStore.byRoot(db, post.id());
    if (topic == null) return Effect.NONE;
    if (!topics.mayDecide(received.actor(), topic)) throw new Refused("not-a-moderator");
    return tx -> topics.decided(tx, topic, !undo);
  }
}
