package org.placette.follow;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.federation.vocab.AsObject;
import org.placette.inbox.ActivityHandler;
import org.placette.inbox.Effect;
import org.placette.inbox.Received;
import org.placette.inbox.Refused;

/** Follow, and Accept, Reject and Undo as far as they are about one. */
public final class FollowInbox implements ActivityHandler {

  private final Actors actors;
  private final Follows follows;

  public FollowInbox(Actors actors, Follows follows) {
    this.actors = actors;
    this.follows = follows;
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(
        new Kind("Follow", "*"),
        new Kind("Accept", "Follow"),
        new Kind("Accept", ""),
        new Kind("Reject", "Follow"),
        new Kind("Reject", ""),
        new Kind("Undo", "Follow"),
        new Kind("Undo", ""));
  }

  @Override
  public @Nullable Effect verify(Received received) {
    var activity = received.activity();
    if (activity.is("Follow")) return follow(received);
    if (activity.is("Undo")) return undo(received);
    return answer(received, activity.is("Accept"));
  }

  private Effect follow(Received received) {
    var id = received.object().id();
    var target = id == null ? null : actors.byUri(id);
    if (target == null || !target.local()) throw new Refused("follow-of-nobody-here");
    if (target.suspended() || target.deleted()) throw new Refused("follow-of-somebody-gone");
    return tx -> follows.received(tx, received.actor(), target, received.activity());
  }

  /** Only the target itself answers, whatever else the activity says (T7). */
  private @Nullable Effect answer(Received received, boolean accepted) {
    var follow = ours(received);
    if (follow == null) return null;
    if (follow.targetId() != received.actor().id()) throw new Refused("answer-not-by-the-target");
    var follower = actors.byId(follow.actorId());
    if (follower == null || !follower.local()) throw new Refused("answer-to-a-follow-not-ours");
    return tx -> follows.answered(tx, follow, follower, received.actor(), accepted);
  }

  /** By the Follow's id; else, embedded, by the two actors that it names. */
  private @Nullable Follow ours(Received received) {
    var object = received.object();
    var id = object.id();
    var known = id == null ? null : follows.byUri(id);
    if (known != null) return known;
    if (!object.is("Follow")) return null;
    var follower = local(object.ref("actor"));
    if (follower == null || !received.actor().uri().equals(object.ref("object"))) {
      throw new Refused("answer-to-a-follow-not-ours");
    }
    var pair = follows.between(follower, received.actor());
    if (pair == null) throw new Refused("answer-to-no-follow");
    return pair;
  }

  private @Nullable Effect undo(Received received) {
    var object = received.object();
    var follow = undone(received, object);
    if (follow == null) return null;
    if (follow.actorId() != received.actor().id()) throw new Refused("undo-not-by-the-follower");
    return tx -> follows.end(tx, follow);
  }

  private @Nullable Follow undone(Received received, AsObject object) {
    var id = object.id();
    var known = id == null ? null : follows.byUri(id);
    if (known != null || !object.is("Follow")) return known;
    var author = object.ref("actor");
    if (author != null && !author.equals(received.actor().uri())) {
      throw new Refused("undo-not-by-the-follower");
    }
    var target = local(object.ref("object"));
    return target == null ? null : follows.between(received.actor(), target);
  }

  private @Nullable Actor local(@Nullable String uri) {
    var actor = uri == null ? null : actors.byUri(uri);
    return actor != null && actor.local() ? actor : null;
  }
}
