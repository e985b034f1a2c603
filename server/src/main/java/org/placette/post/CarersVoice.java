package org.placette.post;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Tx;
import org.placette.federation.vocab.AsObject;
import org.placette.outbox.Outbox;
import org.placette.outbox.Targets;

/**
 * What those who care for a Group decide, as its followers elsewhere are told (FEP-1b12): always in
 * the name of the place, since nobody elsewhere needs to know who it was.
 */
public final class CarersVoice {

  /** Forums take a Delete for a moderator's when it says why; the reason itself stays here. */
  private static final String REASON = "moderation";

  private final Actors actors;
  private final Outbox outbox;
  private final Targets targets;
  private final GroupVoice voice;

  public CarersVoice(Actors actors, Outbox outbox, Targets targets) {
    this.actors = actors;
    this.outbox = outbox;
    this.targets = targets;
    this.voice = new GroupVoice(outbox, targets);
  }

  /** Says that a post was removed, and takes its Announce back. */
  void removed(Tx tx, Actor group, Post post) {
    voice.repeat(tx, group, removal(group, post), post);
    voice.unboost(tx, group, post);
  }

  /** Takes that back. */
  void restored(Tx tx, Actor group, Post post) {
    voice.repeat(tx, group, undo(removal(group, post)), post);
    voice.boost(tx, group, post);
  }

  /** Says that a discussion takes no more answers, or takes them again (Lemmy's Lock). */
  public void locked(Tx tx, Actor group, Post root, boolean locked) {
    var lock = decision("Lock", group.uri() + "#locked-" + root.id(), group, root);
    voice.repeat(tx, group, locked ? lock : undo(lock), root);
  }

  /**
   * Says that a discussion moved from one Group of this server to another (NodeBB's Move of a
   * context); the Announces are somebody else's.
   */
  public void moved(Tx tx, Actor from, Actor to, Post root) {
    var context = root.context() == null ? root.uri() : root.context();
    var move =
        PostObject.about(
                "Move",
                outbox.newActivityUri(),
                from,
                context,
                List.of(AsObject.PUBLIC),
                List.of(followers(from), followers(to)))
            .put("origin", from.uri())
            .put("target", to.uri());
    var followers = targets.followersOf(tx, List.of(from.id(), to.id()));
    var unused = outbox.send(tx, from, move, followers);
  }

  private ObjectNode removal(Actor group, Post post) {
    return decision("Delete", group.uri() + "#removed-" + post.id(), group, post)
        .put("summary", REASON);
  }

  private ObjectNode decision(String type, String id, Actor group, Post post) {
    var everybody = post.visibility().open() ? AsObject.PUBLIC : followers(group);
    return PostObject.about(
            type, id, actors.agenda(), post.uri(), List.of(everybody), List.of(group.uri()))
        .put("audience", group.uri());
  }

  private ObjectNode undo(ObjectNode done) {
    return PostObject.undo(outbox.newActivityUri(), done);
  }

  private static String followers(Actor group) {
    return group.followers() == null ? group.uri() + "/followers" : group.followers();
  }
}
