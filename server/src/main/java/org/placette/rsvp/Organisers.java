package org.placette.rsvp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.db.Tx;
import org.placette.event.Event;
import org.placette.moderation.Blocks;
import org.placette.outbox.Outbox;
import org.placette.outbox.Targets;
import org.placette.post.PostObject;
import org.placette.rsvp.Rsvp.State;
import org.placette.web.Problem;

/**
 * What the organisers of this server answer to those who asked from elsewhere: Accept once there is
 * a place, nothing while they wait for one, Reject when there will be none.
 */
public final class Organisers implements Watcher {

  private final Db db;
  private final Actors actors;
  private final Rsvps rsvps;
  private final Blocks blocks;
  private final Outbox outbox;
  private final Targets targets;

  public Organisers(
      Db db, Actors actors, Rsvps rsvps, Blocks blocks, Outbox outbox, Targets targets) {
    this.db = db;
    this.actors = actors;
    this.rsvps = rsvps;
    this.blocks = blocks;
    this.outbox = outbox;
    this.targets = targets;
  }

  /** Takes an answer of somebody elsewhere; whoever may not come is told so. */
  void received(Tx tx, Event event, Actor who, Reply reply) {
    var asks = reply.activity();
    try {
      var organiser = actors.byId(tx, event.post().actorId());
      if (organiser == null || blocks.between(tx, organiser, who))
        throw new Problem.Forbidden("Not for you");
      var unused = rsvps.reply(tx, event.id(), who, reply);
    } catch (Problem.NotFound e) {
      // Nobody is told of what they may not read.
      return;
    } catch (Problem e) {
      if (asks != null && reply.answer() == Reply.Answer.GOING)
        answer(tx, event, who, "Reject", asks);
    }
  }

  @Override
  public void changed(Tx tx, Event event, @Nullable Rsvp before, Rsvp after, Cause cause) {
    var asked = after.activity();
    var id = after.actorId();
    if (asked == null || id == null || !asked.path("type").asText().equals("Join")) return;
    var who = actors.byId(tx, id);
    if (who == null || who.local()) return;
    if (after.state() == State.GOING) answer(tx, event, who, "Accept", asked);
    else if (after.state() == State.REFUSED || cause == Cause.TOO_LATE)
      answer(tx, event, who, "Reject", asked);
  }

  private void answer(Tx tx, Event event, Actor who, String type, ObjectNode asked) {
    if (!asked.path("type").asText().equals("Join")) return;
    var publisher = actors.byId(tx, event.post().actorId());
    if (publisher == null) return;
    var answer =
        PostObject.about(
            type, outbox.newActivityUri(), publisher, event.uri(), List.of(who.uri()), List.of());
    var join = answer.objectNode();
    for (var key : List.of("id", "type", "actor", "object"))
      if (asked.has(key)) join.set(key, asked.get(key).deepCopy());
    answer.set("object", join);
    var unused = outbox.send(tx, publisher, answer, targets.personal(tx, List.of(who)));
  }

  @Nullable Rsvp byActivity(String uri) {
    var found = RsvpStore.byActivity(db, uri);
    var who = found == null || found.actorId() == null ? null : actors.byId(found.actorId());
    return who == null || who.local() ? null : found;
  }
}
