package org.placette.post;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.placette.actor.Actor;
import org.placette.db.Tx;
import org.placette.federation.vocab.AsObject;
import org.placette.outbox.Outbox;
import org.placette.outbox.Receiver;
import org.placette.outbox.Target;
import org.placette.outbox.Targets;

/** How a local Group tells its followers what its members did (FEP-1b12, events.md 2.5). */
public final class GroupVoice {

  private static final Set<Receiver> IMPORTERS = Set.of(Receiver.GANCIO, Receiver.WORDPRESS);

  private final Outbox outbox;
  private final Targets targets;

  public GroupVoice(Outbox outbox, Targets targets) {
    this.outbox = outbox;
    this.targets = targets;
  }

  /**
   * Announces a new post: the whole activity for forums, and the id alone, which is a boost, for
   * everybody else. What is for our ring is shown in the Group to residents. Nothing is done for a
   * Group of another server or another post that is neither public nor of a private Group.
   */
  public void pass(Tx tx, Actor group, ObjectNode activity, Post post) {
    if (post.visibility() == Visibility.RING) mark(tx, group, post);
    if (!group.local() || !passedOn(post)) return;
    repeat(tx, group, activity, post);
    boost(tx, group, post);
  }

  /** The id alone, of what begins a discussion or names the Group; known to members here too. */
  void boost(Tx tx, Actor group, Post post) {
    if (!group.local() || !passedOn(post)) return;
    if (post.inReplyTo() != null && !post.mentions().contains(group.uri())) return;
    if (!post.visibility().open()) {
      mark(tx, group, post);
      return;
    }
    var announce = announce(outbox.newActivityUri(), group, post.uri());
    var uri = outbox.send(tx, group, announce, followers(tx, group));
    var unused = ReactionStore.announce(tx, group.id(), post.id(), uri, Instant.now());
  }

  /** Takes that back. */
  void unboost(Tx tx, Actor group, Post post) {
    var announce = ReactionStore.announceOf(tx, group.id(), post.id());
    if (announce == null || !ReactionStore.unannounce(tx, group.id(), post.id())) return;
    if (!post.visibility().open()) return;
    var undo =
        PostObject.undo(outbox.newActivityUri(), announce(announce.uri(), group, post.uri()));
    var unused = outbox.send(tx, group, undo, followers(tx, group));
  }

  /** Shows a post to the members who live here, and tells nobody else. */
  public void mark(Tx tx, Actor group, Post post) {
    if (!group.local() || post.inReplyTo() != null) return;
    var unused =
        ReactionStore.announce(tx, group.id(), post.id(), outbox.newActivityUri(), Instant.now());
  }

  /**
   * Announces the activity alone: for changes, which need no second boost. In a private Group the
   * members' own inboxes get it, addressed to nobody else.
   */
  public void repeat(Tx tx, Actor group, ObjectNode activity, Post post) {
    if (!group.local() || !passedOn(post)) return;
    if (post.visibility().open()) {
      var unused = outbox.send(tx, group, wrapped(group, activity), followers(tx, group));
      return;
    }
    among(tx, group, activity, targets.membersOf(tx, group.id()));
  }

  /** Announces an activity to members of a private Group, addressed to nobody else. */
  public void among(Tx tx, Actor group, ObjectNode activity, Collection<Target> members) {
    var announce = wrapped(group, activity);
    // Its own server shows it to no other: the author's proof tells them, and spans its context.
    if (activity.has("proof")) announce.set("object", activity.deepCopy());
    announce.putArray("to").add(group.uri() + "/followers");
    announce.putArray("cc");
    var unused = outbox.send(tx, group, announce, members);
  }

  /** Passes on what one of our ring wrote to others of it, as it came. */
  void forward(Tx tx, Actor relay, ObjectNode activity, Collection<Actor> others) {
    outbox.forward(tx, relay, activity, targets.of(tx, others));
  }

  private static boolean passedOn(Post post) {
    return post.visibility().open() || post.visibility() == Visibility.GROUP;
  }

  private List<Target> followers(Tx tx, Actor group) {
    return targets.followersOf(tx, Set.of(group.id())).stream()
        .filter(target -> !IMPORTERS.contains(target.receiver()))
        .toList();
  }

  /** Sends a whole activity in the Group's name to these inboxes. */
  public void wrap(Tx tx, Actor group, ObjectNode activity, Collection<Target> to) {
    var unused = outbox.send(tx, group, wrapped(group, activity), to);
  }

  private ObjectNode wrapped(Actor group, ObjectNode activity) {
    var announce = announce(outbox.newActivityUri(), group, "");
    var inner = activity.deepCopy();
    var context = inner.remove("@context");
    if (context != null) announce.set("@context", context);
    announce.set("object", inner);
    return announce;
  }

  /** An Announce by an actor of this server to everybody and its followers. */
  public static ObjectNode announce(String id, Actor actor, String object) {
    return announce(id, actor, object, Visibility.PUBLIC);
  }

  /** The same to those whom it is for: listed for everybody, for everybody, or followers. */
  static ObjectNode announce(String id, Actor actor, String object, Visibility to) {
    var followers = actor.followers() == null ? actor.uri() + "/followers" : actor.followers();
    var announce =
        switch (to) {
          case PUBLIC ->
              PostObject.about(
                  "Announce", id, actor, object, List.of(AsObject.PUBLIC), List.of(followers));
          case UNLISTED ->
              PostObject.about(
                  "Announce", id, actor, object, List.of(followers), List.of(AsObject.PUBLIC));
          default -> PostObject.about("Announce", id, actor, object, List.of(followers), List.of());
        };
    if (object.isEmpty()) announce.set("object", JsonNodeFactory.instance.nullNode());
    return announce;
  }
}
