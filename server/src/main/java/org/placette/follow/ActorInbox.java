package org.placette.follow;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.federation.fetch.FetchProblem;
import org.placette.federation.fetch.FetchProblem.Reason;
import org.placette.federation.vocab.AsObject;
import org.placette.inbox.ActivityHandler;
import org.placette.inbox.Effect;
import org.placette.inbox.Received;
import org.placette.inbox.Refused;

/** What actors of other servers say of themselves: Update, Move, Delete. */
public final class ActorInbox implements ActivityHandler {

  private static final Set<String> TYPES =
      Set.of("Person", "Service", "Group", "Application", "Organization");

  private final Actors actors;
  private final Follows follows;

  public ActorInbox(Actors actors, Follows follows) {
    this.actors = actors;
    this.follows = follows;
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(new Kind("Update", "*"), new Kind("Delete", "*"), new Kind("Move", "*"));
  }

  @Override
  public @Nullable Effect verify(Received received) {
    var object = received.object();
    var isActor = received.actor().uri().equals(object.id());
    if (received.activity().is("Move") && (isActor || isAboutAnActor(received)))
      return move(received, isActor);
    if (isActor) return received.activity().is("Update") ? update(received) : delete(received);
    if (!isAboutAnActor(received)) return null;
    if (received.activity().is("Update")) return updateOfAnother(received, object);
    throw new Refused("not-the-actor");
  }

  private boolean isAboutAnActor(Received received) {
    var object = received.object();
    if (object.types().stream().anyMatch(TYPES::contains)) return true;
    var id = object.id();
    return id != null && received.activity().is("Delete", "Move") && actors.byUri(id) != null;
  }

  /** What its id answers counts; what was sent only while the id does not answer. */
  private Effect update(Received received) {
    var actor = received.actor();
    try {
      var fresh = actors.refresh(actor.uri(), received.budget());
      if (!fresh.uri().equals(actor.uri())) throw new Refused("actor-elsewhere");
    } catch (FetchProblem e) {
      if (e.reason() == Reason.GONE) throw new Refused("actor-gone");
      if (!e.reason().isPassing() || received.activity().object("object") == null) throw e;
      var unused = actors.learn(received.object());
    }
    return Effect.NONE;
  }

  /** Mbin tells of a group in the name of its owner: a reason to ask the group itself. */
  private Effect updateOfAnother(Received received, AsObject object) {
    var uri = object.id();
    if (uri == null || !AsObject.sameOrigin(uri, received.actor().uri()))
      throw new Refused("not-the-actor");
    if (actors.byUri(uri) != null) {
      var unused = actors.refresh(uri, received.budget());
    }
    return Effect.NONE;
  }

  /** An actor's own word is enough; everything it published goes with it. */
  private Effect delete(Received received) {
    var actor = received.actor();
    return tx -> actors.remove(tx, actor);
  }

  /** Only when the new actor, asked itself, names the old one among its aliases. */
  private Effect move(Received received, boolean isActor) {
    if (!isActor) throw new Refused("not-the-actor");
    var from = received.actor();
    var uri = received.activity().ref("target");
    if (uri == null || uri.equals(from.uri())) throw new Refused("move-to-nowhere");
    if (uri.equals(from.movedTo())) return Effect.NONE;
    var to = fresh(uri, received);
    if (!to.alsoKnownAs().contains(from.uri())) throw new Refused("move-not-confirmed");
    if (to.suspended() || to.deleted() || to.movedTo() != null) {
      throw new Refused("move-to-nowhere");
    }
    return tx -> {
      actors.moved(tx, from, to);
      follows.moved(tx, from, to);
    };
  }

  private Actor fresh(String uri, Received received) {
    return actors.urls().isOurs(uri)
        ? actors.resolve(uri, received.budget())
        : actors.refresh(uri, received.budget());
  }
}
