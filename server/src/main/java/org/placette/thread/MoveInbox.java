package org.placette.thread;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.federation.vocab.AsObject;
import org.placette.inbox.ActivityHandler;
import org.placette.inbox.Effect;
import org.placette.inbox.Received;
import org.placette.inbox.Refused;
import org.placette.post.Posts;

/**
 * Move of a discussion, by its context or its first post, from one Group of another server to a
 * second one there (NodeBB, PieFed, Placette). A Move of an actor is somebody else's.
 */
public final class MoveInbox implements ActivityHandler {

  private final Db db;
  private final Actors actors;
  private final Posts posts;
  private final Topics topics;

  public MoveInbox(Db db, Actors actors, Posts posts, Topics topics) {
    this.db = db;
    this.actors = actors;
    this.posts = posts;
    this.topics = topics;
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(new Kind("Move", "*"));
  }

  @Override
  public @Nullable Effect verify(Received received) {
    var topic = topic(received);
    if (topic == null) return null;
    var from = actors.byId(topic.groupId());
    // Of our discussions nobody elsewhere decides.
    if (from == null || from.local() || !topics.mayDecide(received.actor(), topic))
      throw new Refused("not-a-moderator");
    var target = received.activity().ref("target");
    if (target == null || !AsObject.sameOrigin(target, from.uri()))
      throw new Refused("move-to-nowhere");
    var to = actors.resolve(target, received.budget());
    if (!to.isType("Group") || to.deleted() || to.suspended()) throw new Refused("move-to-nowhere");
    return tx -> TopicStore.move(tx, topic.rootId(), to.id());
  }

  private @Nullable Topic topic(Received received) {
    var id = received.object().id();
    if (id == null || id.equals(received.actor().uri())) return null;
    var post = posts.byUri(id);
    if (post != null) return TopicStore.byRoot(db, post.id());
    var group = group(received);
    return group == null ? null : TopicStore.byContext(db, group.id(), id);
  }

  /** Where it is moved from; the Group that says so, when that is not told. */
  private @Nullable Actor group(Received received) {
    var origin = received.activity().ref("origin");
    var group = origin == null ? received.actor() : actors.byUri(origin);
    return group != null && group.isType("Group") ? group : null;
  }
}
