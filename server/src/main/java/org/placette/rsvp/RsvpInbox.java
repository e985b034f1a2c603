package org.placette.rsvp;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Tx;
import org.placette.event.Event;
import org.placette.event.Events;
import org.placette.federation.vocab.AsObject;
import org.placette.inbox.ActivityHandler;
import org.placette.inbox.Effect;
import org.placette.inbox.Received;
import org.placette.inbox.Refused;
import org.placette.post.Post;
import org.placette.post.Posts;
import org.placette.rsvp.Reply.Answer;
import org.placette.rsvp.Rsvp.Door;
import org.placette.web.Problem;

/**
 * Answers to events in both dialects: Join, Leave and their Undo (Mobilizon, FEP-8a8e); Accept,
 * TentativeAccept and Reject of the event or of an Invite to it, and their Undo (Friendica,
 * Hubzilla, gathio). And what organisers elsewhere say to a Join of ours.
 */
public final class RsvpInbox implements ActivityHandler {

  private static final Set<String> SAYINGS =
      Set.of("Accept", "TentativeAccept", "Reject", "TentativeReject");

  private final Actors actors;
  private final Posts posts;
  private final Events events;
  private final Guests guests;
  private final Organisers organisers;

  public RsvpInbox(
      Actors actors, Posts posts, Events events, Guests guests, Organisers organisers) {
    this.actors = actors;
    this.posts = posts;
    this.events = events;
    this.guests = guests;
    this.organisers = organisers;
  }

  @Override
  public Set<Kind> kinds() {
    Set<Kind> kinds = new HashSet<>();
    for (var type : Set.of("Join", "Leave", "Ignore", "TentativeAccept", "TentativeReject"))
      kinds.add(new Kind(type, "*"));
    for (var type : Set.of("Accept", "Reject"))
      for (var object : Set.of("", "Event", "Invite", "Join")) kinds.add(new Kind(type, object));
    for (var object : SAYINGS) kinds.add(new Kind("Undo", object));
    kinds.add(new Kind("Undo", "Join"));
    kinds.add(new Kind("Undo", ""));
    return Set.copyOf(kinds);
  }

  @Override
  public @Nullable Effect verify(Received received) {
    var object = received.object();
    return switch (received.activity().type()) {
      case "Join" -> said(received, object, Answer.GOING, Door.JOIN);
      case "Leave" -> said(received, object, Answer.NOT_GOING, Door.JOIN);
      case "Undo" -> undone(received, object);
      case "Ignore" -> answered(received, object, false);
      case "Accept" -> saying(received, object, Answer.GOING);
      case "TentativeAccept" -> saying(received, object, Answer.MAYBE);
      default -> saying(received, object, Answer.NOT_GOING);
    };
  }

  /** Either somebody's answer to our event, or an organiser's to our Join. */
  private @Nullable Effect saying(Received received, AsObject object, Answer answer) {
    var about = received.activity().is("Accept", "Reject") ? asked(received, object) : null;
    if (about != null) return answered(received, object, answer == Answer.GOING);
    return said(received, object, answer, Door.ACCEPT);
  }

  private @Nullable Rsvp asked(Received received, AsObject object) {
    var rsvp = guests.asked(received.activity(), object);
    if (rsvp == null) return null;
    // What strangers joined here is answered by us alone.
    var who = rsvp.actorId() == null ? null : actors.byId(rsvp.actorId());
    return who != null && who.local() ? rsvp : null;
  }

  private @Nullable Effect answered(Received received, AsObject object, boolean accepted) {
    var rsvp = asked(received, object);
    if (rsvp == null) return null;
    var event = events.byId(rsvp.postId());
    if (event == null) return Effect.NONE;
    // The organiser, or a moderator of the group that it belongs to.
    if (!AsObject.sameOrigin(event.uri(), received.actor().uri()))
      throw new Refused("answer-not-by-the-organiser");
    return tx -> guests.answered(tx, rsvp.id(), accepted);
  }

  private @Nullable Effect said(Received received, AsObject object, Answer answer, Door door) {
    var uri = object.is("Invite") ? object.ref("object") : object.id();
    if (uri == null || !actors.urls().isOurs(uri)) return null;
    var event = event(uri);
    if (event == null) {
      if (door == Door.JOIN || object.is("Event")) throw new Refused("answer-to-no-event");
      return null;
    }
    var reply = reply(received.activity(), answer, door);
    return tx -> organisers.received(tx, event, received.actor(), reply);
  }

  /** An event of ours by its id, or by that of the poll that stands for it elsewhere. */
  private @Nullable Event event(String uri) {
    @Nullable Post post = posts.byUri(uri);
    if (post == null) return null;
    var id = post.companionOf() == null ? post.id() : post.companionOf();
    return events.byId(id);
  }

  private static Reply reply(AsObject activity, Answer answer, Door door) {
    var note = activity.text("participationMessage");
    Integer party = activity.integer(Guests.PARTY);
    var people = party == null || party < 1 || party > Reply.LARGEST ? 1 : party;
    // A Leave must not take the place of the Join that may still have to be answered.
    var kept = activity.is("Leave", "Undo") ? null : activity.json();
    return new Reply(
        answer, people, note == null || note.isBlank() ? null : note, null, door, kept);
  }

  private @Nullable Effect undone(Received received, AsObject object) {
    var doer = object.ref("actor");
    var actor = received.actor();
    var uri = object.is("Invite", "Event") ? null : object.ref("object");
    var inner = object.object("object");
    if (inner != null && inner.is("Invite")) uri = inner.ref("object");
    var id = object.id();
    var known = id == null ? null : organisers.byActivity(id);
    var event = known == null ? (uri == null ? null : ours(uri)) : events.byId(known.postId());
    if (event == null) return null;
    if (doer != null && !doer.equals(actor.uri())) throw new Refused("not-the-actor");
    if (known != null && !Long.valueOf(actor.id()).equals(known.actorId()))
      throw new Refused("not-the-actor");
    var door = object.is("Join") ? Door.JOIN : Door.ACCEPT;
    var reply = reply(received.activity(), Answer.NOT_GOING, door);
    return tx -> withdraw(tx, event, actor, id, reply);
  }

  private @Nullable Event ours(String uri) {
    return actors.urls().isOurs(uri) ? event(uri) : null;
  }

  /** What was said since is not taken back with what was said before. */
  private void withdraw(Tx tx, Event event, Actor actor, @Nullable String undone, Reply reply) {
    var now = RsvpStore.of(tx, event.id(), actor.id());
    if (now == null) return;
    if (undone != null && now.activityUri() != null && !undone.equals(now.activityUri())) return;
    try {
      organisers.received(tx, event, actor, reply);
    } catch (Problem e) {
      // Over or cancelled: nothing is left to be taken back.
    }
  }
}
