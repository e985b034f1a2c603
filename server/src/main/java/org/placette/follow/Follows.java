package org.placette.follow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.db.Retention;
import org.placette.db.Tx;
import org.placette.federation.fetch.Budget;
import org.placette.federation.vocab.AsObject;
import org.placette.notification.JoinRequestStore;
import org.placette.notification.NotificationStore;
import org.placette.notification.NotificationStore.Type;
import org.placette.outbox.Outbox;
import org.placette.outbox.Target;
import org.placette.web.Problem;

/**
 * Following, its answers and its ends, for residents and for other servers alike. A follow of a
 * local actor is answered here; a follow of a remote one stays pending until that very actor has
 * accepted it.
 */
public final class Follows {

  private final Db db;
  private final Actors actors;
  private final Outbox outbox;
  private volatile FollowRules rules = FollowRules.PLAIN;

  public Follows(Db db, Actors actors, Outbox outbox) {
    this.db = db;
    this.actors = actors;
    this.outbox = outbox;
  }

  /** Why the tables of this package exist, and how long their rows live. */
  public static List<Retention.Table> retention() {
    return List.of(
        Retention.Table.owned("follow", "retention.follow"),
        Retention.Table.owned("actor_note", "retention.actor_note"),
        Retention.Table.owned("endorsement", "retention.endorsement"),
        Retention.Table.owned("suggestion_dismissed", "retention.suggestion_dismissed"));
  }

  /** Sets who decides about new followers besides the followed themselves. */
  public void rules(FollowRules given) {
    rules = given;
  }

  /**
   * A local actor follows somebody.
   *
   * @param whom an id, a handle or an address
   * @throws org.placette.federation.fetch.FetchProblem when there is nobody to be found
   * @throws Problem.Forbidden when the other has blocked the actor
   */
  public Follow follow(Actor actor, String whom, Budget budget) {
    var target = actors.byHandle(whom, budget);
    return db.inTransaction(tx -> follow(tx, actor, target));
  }

  /**
   * The same for an actor that is known already; following again changes nothing.
   *
   * @return the follow as it is now: pending, or accepted at once by a local target
   */
  public Follow follow(Tx tx, Actor actor, Actor target) {
    if (actor.id() == target.id()) throw new Problem.Forbidden("Nobody follows themselves.");
    if (target.suspended() || target.deleted()) throw new Problem.NotFound();
    if (FollowStore.blocks(tx, target.id(), actor.id())) {
      throw new Problem.Forbidden("This account cannot be followed.");
    }
    var before = FollowStore.between(tx, actor.id(), target.id());
    if (before != null) return before;
    var activity = activity("Follow", actor).put("object", target.uri());
    activity.putArray("to").add(target.uri());
    var follow =
        FollowStore.put(tx, activity.get("id").asText(), actor.id(), target.id(), activity);
    if (target.local()) return answer(tx, follow, actor, target);
    var unused = outbox.send(tx, actor, activity, List.of(Target.personal(target)));
    return follow;
  }

  /** A local actor follows somebody no more, or takes its request back. */
  public void unfollow(Tx tx, Actor actor, Actor target) {
    var follow = FollowStore.between(tx, actor.id(), target.id());
    if (follow == null) return;
    end(tx, follow);
    if (target.local()) return;
    var undo = activity("Undo", actor).set("object", follow.activity());
    send(tx, actor, (ObjectNode) undo, target);
  }

  /**
   * Somebody from elsewhere asks to follow a local actor. Sent again, it is answered again: the
   * first answer may be lost.
   *
   * @param activity as received
   */
  void received(Tx tx, Actor follower, Actor target, AsObject activity) {
    var id = activity.id();
    var uri = id == null ? follower.uri() + "#follow-" + target.id() : id;
    if (FollowStore.blocks(tx, target.id(), follower.id())) {
      send(tx, target, answering("Reject", target, asReceived(activity)), follower);
      return;
    }
    var follow = FollowStore.put(tx, uri, follower.id(), target.id(), asReceived(activity));
    if (follow.accepted()) sendAccept(tx, follow, follower, target);
    else answer(tx, follow, follower, target);
  }

  private Follow answer(Tx tx, Follow follow, Actor follower, Actor target) {
    if (rules.acceptsAtOnce(tx, follower, target)) return accept(tx, follow, follower, target);
    NotificationStore.tell(tx, target.id(), Type.FollowRequest, follower.id(), null);
    if (target.isType("Group")) JoinRequestStore.tell(tx, follower.id(), target.id());
    rules.requested(tx, follower, target);
    return follow;
  }

  private Follow accept(Tx tx, Follow follow, Actor follower, Actor target) {
    if (!FollowStore.accept(tx, follow.id())) return follow;
    untellRequest(tx, target.id(), follower.id());
    NotificationStore.tell(tx, target.id(), Type.Follow, follower.id(), null);
    sendAccept(tx, follow, follower, target);
    rules.accepted(tx, follower, target);
    return new Follow(
        follow.id(),
        follow.uri(),
        follow.actorId(),
        follow.targetId(),
        true,
        follow.activity(),
        follow.published());
  }

  private void sendAccept(Tx tx, Follow follow, Actor follower, Actor target) {
    if (follower.local()) return;
    send(tx, target, answering("Accept", target, follow.activity()), follower);
  }

  /**
   * A local actor lets somebody follow it.
   *
   * @throws Problem.NotFound when nobody of that number asked
   */
  public void accept(Tx tx, Actor target, Actor follower) {
    var follow = FollowStore.between(tx, follower.id(), target.id());
    if (follow == null) throw new Problem.NotFound();
    var unused = accept(tx, follow, follower, target);
  }

  /** A local actor refuses a follower, or ends the follow of one it had. */
  public void reject(Tx tx, Actor target, Actor follower) {
    var follow = FollowStore.between(tx, follower.id(), target.id());
    if (follow == null) return;
    end(tx, follow);
    rules.rejected(tx, follower, target);
    if (!follower.local()) {
      send(tx, target, answering("Reject", target, follow.activity()), follower);
    }
  }

  /**
   * Somebody answers a request that they were told of: to follow them, or to join the Group that
   * they care for.
   *
   * @throws Problem.NotFound when nobody of that number asked
   * @throws Problem.Invalid when they ask to join several such Groups
   */
  void decide(Tx tx, Actor me, Actor follower, boolean welcome) {
    var target = asked(tx, me, follower);
    if (welcome) accept(tx, target, follower);
    else reject(tx, target, follower);
  }

  private Actor asked(Tx tx, Actor me, Actor follower) {
    var own = FollowStore.between(tx, follower.id(), me.id());
    if (own != null && !own.accepted()) return me;
    var groups = JoinRequestStore.waiting(tx, me.id(), follower.id());
    if (groups.size() > 1)
      throw new Problem.Invalid("Several Groups are asked for: answer on their pages", Map.of());
    var group = groups.isEmpty() ? null : actors.byId(tx, groups.getFirst());
    if (group != null) return group;
    if (own == null) throw new Problem.NotFound();
    return me;
  }

  /** Takes a follow away, and the word of it. */
  void end(Tx tx, Follow follow) {
    FollowStore.delete(tx, follow.id());
    NotificationStore.untell(tx, follow.targetId(), Type.Follow, follow.actorId(), null);
    untellRequest(tx, follow.targetId(), follow.actorId());
  }

  private static void untellRequest(Tx tx, long target, long follower) {
    NotificationStore.untell(tx, target, Type.FollowRequest, follower, null);
    JoinRequestStore.untell(tx, follower, target);
  }

  /** Ends follows between the two, both ways, and tells the other server so. */
  public void sever(Tx tx, Actor local, Actor other) {
    unfollow(tx, local, other);
    reject(tx, local, other);
  }

  /** The same without a word: the other server has done it or is not to know. */
  public void forget(Tx tx, Actor one, Actor other) {
    for (var pair : List.of(List.of(one, other), List.of(other, one))) {
      var follow = FollowStore.between(tx, pair.getFirst().id(), pair.getLast().id());
      if (follow != null) end(tx, follow);
    }
  }

  /** The target of a follow of ours has answered. */
  void answered(Tx tx, Follow follow, Actor follower, Actor target, boolean accepted) {
    var current = FollowStore.lock(tx, follow.id());
    if (current == null) return;
    if (!accepted) {
      FollowStore.delete(tx, current.id());
      rules.rejected(tx, follower, target);
    } else if (FollowStore.accept(tx, current.id())) {
      rules.accepted(tx, follower, target);
    }
  }

  /** The follow between the two; null when there is none. */
  public @Nullable Follow between(Actor follower, Actor target) {
    return FollowStore.between(db, follower.id(), target.id());
  }

  /** The same inside a transaction. */
  public @Nullable Follow between(Tx tx, Actor follower, Actor target) {
    return FollowStore.between(tx, follower.id(), target.id());
  }

  /** Requests that wait for a local actor's answer, the oldest first. */
  public List<Follow> waiting(Actor target, long after, int limit) {
    return FollowStore.waiting(db, target.id(), after, limit);
  }

  @Nullable Follow byUri(String uri) {
    return FollowStore.byUri(db, uri);
  }

  /** How many followers, accepted ones, an actor has here. */
  public long countFollowers(Actor actor) {
    return FollowStore.countFollowers(db, actor.id());
  }

  /** How many actors it follows, as far as this server knows. */
  public long countFollowing(Actor actor) {
    return FollowStore.countFollowing(db, actor.id());
  }

  /** Somebody moved: every local follower follows the new actor instead of the old. */
  public void moved(Tx tx, Actor from, Actor to) {
    for (var id : FollowStore.localFollowers(tx, from.id())) {
      var follower = actors.byId(tx, id);
      if (follower == null) continue;
      var unfollowed = FollowStore.between(tx, id, from.id());
      if (unfollowed != null
          && follower.id() != to.id()
          && !FollowStore.blocks(tx, to.id(), follower.id())) {
        var unused = follow(tx, follower, to);
      }
      unfollow(tx, follower, from);
    }
  }

  private void send(Tx tx, Actor sender, ObjectNode activity, Actor to) {
    activity.putArray("to").add(to.uri());
    var unused = outbox.send(tx, sender, activity, List.of(Target.personal(to)));
  }

  private ObjectNode answering(String type, Actor actor, ObjectNode follow) {
    return activity(type, actor).set("object", follow);
  }

  private ObjectNode activity(String type, Actor actor) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", actors.urls().activity(Ids.next()))
        .put("type", type)
        .put("actor", actor.uri());
  }

  /** What identifies the Follow, exactly as it was spelled: all peers match the answer by it. */
  private static ObjectNode asReceived(AsObject activity) {
    var kept = JsonNodeFactory.instance.objectNode();
    for (var key : List.of("id", "type", "actor", "object")) {
      JsonNode value = activity.raw(key);
      if (value != null) kept.set(key, value);
    }
    return kept;
  }
}
