package org.placette.rsvp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.db.Tx;
import org.placette.event.Event;
import org.placette.federation.vocab.AsObject;
import org.placette.outbox.Outbox;
import org.placette.outbox.Peers;
import org.placette.outbox.Targets;
import org.placette.post.AliasStore;
import org.placette.post.PostObject;
import org.placette.rsvp.Reply.Answer;
import org.placette.rsvp.Rsvp.State;
import org.placette.web.Problem;

/**
 * Residents answer any event: one that is published here in its {@link Rsvps}, one of a neighbour
 * in the words of its server. Mobilizon and most others understand Join and Leave and say
 * themselves whether there is a place; Friendica, Hubzilla and gathio understand Accept,
 * TentativeAccept and Reject of the event, each taken back by Undo; another Placette Join and
 * Leave, and TentativeAccept for a "maybe".
 */
public final class Guests {

  /** Whose answers are activities about the event itself. */
  private static final Set<String> ACCEPTING =
      Set.of("friendica", "hubzilla", "streams", "forte", "gathio");

  /** Who knows no answers at all: what a resident says stays here. */
  private static final Set<String> DEAF = Set.of("gancio");

  /** Says how large a party is; unknown elsewhere and harmless there. */
  static final String PARTY = "party";

  private final Db db;
  private final Actors actors;
  private final Rsvps rsvps;
  private final Outbox outbox;
  private final Targets targets;
  private final Peers peers;

  public Guests(Db db, Actors actors, Rsvps rsvps, Outbox outbox, Targets targets, Peers peers) {
    this.db = db;
    this.actors = actors;
    this.rsvps = rsvps;
    this.outbox = outbox;
    this.targets = targets;
    this.peers = peers;
  }

  /** Who holds the room. */
  public Rsvps rsvps() {
    return rsvps;
  }

  /**
   * A resident answers.
   *
   * @throws Problem.Forbidden when nobody may answer any more, or only elsewhere
   * @throws Problem.Conflict when a larger party does not fit
   */
  public Rsvp reply(Actor who, Event event, Reply reply) {
    return db.inTransaction(tx -> reply(tx, who, event, reply));
  }

  /** The same inside a transaction. */
  public Rsvp reply(Tx tx, Actor who, Event event, Reply reply) {
    if (actors.urls().isOurs(event.uri())) return rsvps.reply(tx, event.id(), who, reply);
    check(event);
    var organiser = Objects.requireNonNull(actors.byId(tx, event.post().actorId()));
    var before = RsvpStore.of(tx, event.id(), who.id());
    var host = organiser.host();
    var peer = host == null ? null : peers.peer(tx, host);
    var software = peer == null || peer.software() == null ? "" : peer.software();
    if (ACCEPTING.contains(software)) return say(tx, who, event, organiser, before, reply);
    if (DEAF.contains(software)) return keep(tx, who, event, state(reply.answer()), reply, null);
    if (software.equals("placette") && reply.answer() == Answer.MAYBE) {
      var maybe = activity("TentativeAccept", who, event, organiser);
      return keep(tx, who, event, State.MAYBE, reply, send(tx, who, organiser, maybe));
    }
    return join(tx, who, event, organiser, before, reply);
  }

  private static void check(Event event) {
    var details = event.details();
    if (details.cancelled()) throw new Problem.Forbidden("This event does not take place");
    var when = details.when();
    var end = when.end() == null ? when.start().plusSeconds(2 * 3600) : when.end();
    if (end.isBefore(Instant.now())) throw new Problem.Forbidden("This event is over");
    var mode = details.joining().mode();
    if (mode.equals("external") || mode.equals("none"))
      throw new Problem.Forbidden("Nobody signs up here for this event");
  }

  private static State state(Answer answer) {
    return switch (answer) {
      case GOING -> State.GOING;
      case MAYBE -> State.MAYBE;
      case NOT_GOING -> State.DECLINED;
    };
  }

  private Rsvp keep(
      Tx tx, Actor who, Event event, State state, Reply reply, @Nullable ObjectNode activity) {
    var said =
        new Reply(
            reply.answer(), reply.party(), reply.note(), reply.listed(), reply.door(), activity);
    var kept = RsvpStore.put(tx, event.id(), who.id(), state, said, Instant.now());
    RsvpStore.votes(tx, event.id());
    return kept;
  }

  /** Mobilizon's way. A "maybe" is nothing that it knows, and stays here. */
  private Rsvp join(
      Tx tx, Actor who, Event event, Actor organiser, @Nullable Rsvp before, Reply reply) {
    var joined =
        before != null && (before.state() == State.REQUESTED || before.state() == State.GOING);
    if (reply.answer() == Answer.GOING) {
      if (before != null && joined && before.party() == reply.party())
        return keep(tx, who, event, before.state(), reply, null);
      var join = activity("Join", who, event, organiser);
      if (reply.note() != null) join.put("participationMessage", reply.note());
      if (reply.party() > 1) join.put(PARTY, reply.party());
      return keep(tx, who, event, State.REQUESTED, reply, send(tx, who, organiser, join));
    }
    // A "maybe" has an activity only where it was told.
    if (joined || (before != null && before.activity() != null)) {
      var unused = send(tx, who, organiser, activity("Leave", who, event, organiser));
    }
    return keep(tx, who, event, state(reply.answer()), reply, null);
  }

  /** Friendica's way: what was said before is taken back, then the new answer is said. */
  private Rsvp say(
      Tx tx, Actor who, Event event, Actor organiser, @Nullable Rsvp before, Reply reply) {
    var type =
        switch (reply.answer()) {
          case GOING -> "Accept";
          case MAYBE -> "TentativeAccept";
          case NOT_GOING -> "Reject";
        };
    var last = before == null ? null : before.activity();
    if (last != null && !last.path("type").asText().equals(type)) {
      var undo = PostObject.undo(outbox.newActivityUri(), last);
      var unused = send(tx, who, organiser, undo);
    }
    var saying = activity(type, who, event, organiser);
    saying.put("object", AliasStore.name(tx, event.id(), event.uri()));
    var said = send(tx, who, organiser, saying);
    return keep(tx, who, event, state(reply.answer()), reply, said);
  }

  private ObjectNode activity(String type, Actor who, Event event, Actor organiser) {
    var activity = JsonNodeFactory.instance.objectNode();
    var context = activity.putArray("@context").add("https://www.w3.org/ns/activitystreams");
    if (type.equals("Join"))
      context
          .addObject()
          .put("mz", "https://joinmobilizon.org/ns#")
          .put("participationMessage", "mz:participationMessage")
          .put("placette", "https://placette.org/ns#")
          .put(PARTY, "placette:party");
    activity.put("id", outbox.newActivityUri()).put("type", type).put("actor", who.uri());
    activity.put("object", event.uri()).put("published", PostObject.time(Instant.now()));
    activity.putArray("to").add(organiser.uri());
    activity.putArray("cc");
    return activity;
  }

  private ObjectNode send(Tx tx, Actor who, Actor organiser, ObjectNode activity) {
    var unused = outbox.send(tx, who, activity, targets.personal(tx, List.of(organiser)));
    return activity;
  }

  /**
   * The organiser's server answered what we asked.
   *
   * @param accepted false when there is no place, or when its server does not know answers
   */
  void answered(Tx tx, long rsvp, boolean accepted) {
    var before = RsvpStore.byId(tx, rsvp);
    if (before == null) return;
    // Whoever has said something else meanwhile is not moved by an answer to what they said before.
    if (before.state() != State.REQUESTED && before.state() != State.GOING) return;
    var state = accepted ? State.GOING : State.REFUSED;
    if (state == before.state()) return;
    var after = RsvpStore.move(tx, rsvp, state, before.party(), null, Instant.now());
    RsvpStore.votes(tx, before.postId());
    rsvps.told(tx, before, after, Watcher.Cause.ORGANISER);
  }

  /** Our own answer that an activity names, by its id or by those whom it names; or null. */
  @Nullable Rsvp asked(AsObject answer, AsObject object) {
    var id = object.id();
    var known = id == null ? null : RsvpStore.byActivity(db, id);
    if (known != null) return known;
    var doer = object.ref("actor");
    var about = object.ref("object");
    if (doer == null || about == null || !object.is("Join")) return null;
    var actor = actors.byUri(doer);
    return actor == null || !actor.local() ? null : RsvpStore.ofUri(db, about, actor.id());
  }

  /** What somebody answered; null when nothing. */
  public @Nullable Rsvp of(Event event, Actor who) {
    return RsvpStore.of(db, event.id(), who.id());
  }
}
