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
   * everybody else. Nothing is done for a Group of another server or a post that is not public.
   */
  public void pass(Tx tx, Actor group, ObjectNode activity, Post post) {
    if (!group.local() || !post.visibility().open()) return;
    var followers = followers(tx, group);
    repeat(tx, group, activity, post);
    if (post.inReplyTo() != null && !post.mentions().contains(group.uri())) return;
    var announce = announce(outbox.newActivityUri(), group, post.uri());
    var uri = outbox.send(tx, group, announce, followers);
    var unused = ReactionStore.announce(tx, group.id(), post.id(), uri, Instant.now());
  }

  /** Announces the activity alone: for changes, which need no second boost. */
  public void repeat(Tx tx, Actor group, ObjectNode activity, Post post) {
    if (!group.local() || !post.visibility().open()) return;
    var unused = outbox.send(tx, group, wrapped(group, activity), followers(tx, group));
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
    var followers = actor.followers() == null ? actor.uri() + "/followers" : actor.followers();
    var announce =
        PostObject.about(
            "Announce", id, actor, object, List.of(AsObject.PUBLIC), List.of(followers));
    if (object.isEmpty()) announce.set("object", JsonNodeFactory.instance.nullNode());
    return announce;
  }
}
