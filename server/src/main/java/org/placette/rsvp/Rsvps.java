package org.placette.rsvp;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.audience.AudienceStore;
import org.placette.db.Db;
import org.placette.db.Retention;
import org.placette.db.Tx;
import org.placette.event.Event;
import org.placette.event.Events;
import org.placette.rsvp.Reply.Answer;
import org.placette.rsvp.Rsvp.State;
import org.placette.rsvp.RsvpStore.Room;
import org.placette.rsvp.Watcher.Cause;
import org.placette.web.Problem;
import org.placette.web.Secrets;

/**
 * The one room behind every door: answers to events that are published here. Whoever answers holds
 * the event's row until the answer is written, so that a thousand at once never take more places
 * than there are.
 *
 * <p>A place that becomes free goes to the first who waits and fits. Who moves up has a while to
 * say that they still come, if they can say so; then the place goes on.
 */
public final class Rsvps {

  /** How long somebody who moved up has to confirm. */
  static final Duration TO_CONFIRM = Duration.ofHours(24);

  private final Db db;
  private final Events events;
  private final Clock clock;
  private final List<Watcher> watchers = new ArrayList<>();

  public Rsvps(Db db, Events events, Clock clock) {
    this.db = db;
    this.events = events;
    this.clock = clock;
  }

  /** Whoever is to be told of changes; set before anything happens. */
  public void watch(Watcher watcher) {
    watchers.add(watcher);
  }

  /**
   * Somebody with an actor answers.
   *
   * @return the answer as it stands now: going, waiting for a place, or for the organiser
   * @throws Problem.NotFound when the event is not published here
   * @throws Problem.Forbidden when nobody may answer any more, or not here, or the organiser said
   *     no
   * @throws Problem.Conflict when a larger party does not fit
   */
  public Rsvp reply(long event, Actor who, Reply reply) {
    return db.inTransaction(tx -> reply(tx, event, who, reply));
  }

  /** The same inside a transaction. */
  public Rsvp reply(Tx tx, long event, Actor who, Reply reply) {
    var room = open(tx, event);
    var before = RsvpStore.of(tx, event, who.id());
    // Whoever may not know of it learns nothing by answering.
    if (before == null && !AudienceStore.reads(tx, who.id(), event)) throw new Problem.NotFound();
    if (before != null && before.state() == State.REFUSED) {
      // Whoever was refused cannot leave in order to ask again.
      if (reply.answer() == Answer.NOT_GOING) return before;
      throw new Problem.Forbidden("The organiser has declined this");
    }
    var state = state(room, before, reply);
    var after = RsvpStore.put(tx, event, who.id(), state, reply, clock.instant());
    settle(tx, event, room, before, after, Cause.ATTENDEE);
    return after;
  }

  /**
   * Puts somebody on the list who said before that they would come; they are told. Whoever answered
   * this very event already keeps that answer.
   */
  public void enlist(Tx tx, Event event, Actor who) {
    enlist(tx, event, who, 1);
  }

  /** The same for several people. */
  public void enlist(Tx tx, Event event, Actor who, int party) {
    var room = RsvpStore.lock(tx, event.id());
    if (room == null || shut(room) || RsvpStore.of(tx, event.id(), who.id()) != null) return;
    var reply = new Reply(Answer.GOING, party, null, null, Rsvp.Door.WEB, null);
    var state = state(room, null, reply);
    var after = RsvpStore.put(tx, event.id(), who.id(), state, reply, clock.instant());
    settle(tx, event.id(), room, null, after, Cause.ENLISTED);
  }

  /**
   * Somebody comes to all dates of a series, of which this event is one. Nobody is told of each;
   * what they answered to this very date stays, unless it was a no.
   */
  public void comesAlways(Tx tx, long event, Actor who, int party) {
    saysOfAll(tx, event, who, new Reply(Answer.GOING, party, null, null, Rsvp.Door.WEB, null));
  }

  /** Somebody comes to none of the dates of a series any more. */
  public void comesNoMore(Tx tx, long event, Actor who) {
    if (RsvpStore.of(tx, event, who.id()) != null)
      saysOfAll(tx, event, who, Reply.of(Answer.NOT_GOING, Rsvp.Door.WEB));
  }

  /**
   * The same of somebody without an account, whose address is known to be theirs. Where the
   * organiser wants accounts only, they are left out.
   */
  public void comesAlways(Tx tx, long event, Guest guest, int party) {
    var room = RsvpStore.lock(tx, event);
    if (room == null || shut(room) || !room.guests()) return;
    var before = RsvpStore.ofGuest(tx, event, guest.email());
    if (before != null && before.state() != State.DECLINED && before.state() != State.UNCONFIRMED)
      return;
    var reply = new Reply(Answer.GOING, party, null, null, Rsvp.Door.MAIL, null);
    var asked = ask(tx, event, guest, Secrets.hash(Secrets.random()), reply);
    var after =
        RsvpStore.move(tx, asked.id(), state(room, before, reply), party, null, clock.instant());
    settle(tx, event, room, before, after, Cause.ALL_DATES);
  }

  /** The same of somebody without an account. */
  public void comesNoMore(Tx tx, long event, String email) {
    var room = RsvpStore.lock(tx, event);
    var before = RsvpStore.ofGuest(tx, event, email);
    if (room == null || shut(room) || before == null || before.state() == State.REFUSED) return;
    var after =
        RsvpStore.move(tx, before.id(), State.DECLINED, before.party(), null, clock.instant());
    settle(tx, event, room, before, after, Cause.ALL_DATES);
  }

  /** Whether nobody answers here. */
  private boolean shut(Room room) {
    var elsewhere = room.joinMode().equals("external") || room.joinMode().equals("none");
    return elsewhere || room.cancelled() || room.over(clock.instant());
  }

  private void saysOfAll(Tx tx, long event, Actor who, Reply reply) {
    var room = RsvpStore.lock(tx, event);
    if (room == null || shut(room)) return;
    var before = RsvpStore.of(tx, event, who.id());
    if (before != null && before.state() == State.REFUSED) return;
    var kept = before != null && before.state() != State.DECLINED;
    if (reply.answer() == Answer.GOING && kept) return;
    var after =
        RsvpStore.put(tx, event, who.id(), state(room, before, reply), reply, clock.instant());
    settle(tx, event, room, before, after, Cause.ALL_DATES);
  }

  /** Puts somebody on the list without an account or an address, of whom only the name is known. */
  public void enlist(Tx tx, Event event, String name) {
    var room = RsvpStore.lock(tx, event.id());
    if (room == null) return;
    var reply = Reply.of(Answer.GOING, Rsvp.Door.WEB);
    EnlistStore.put(tx, event.id(), name, state(room, null, reply));
    RsvpStore.count(tx, event.id(), RsvpStore.taken(tx, event.id()));
  }

  /** Where an answer leads. */
  private static State state(Room room, @Nullable Rsvp before, Reply reply) {
    return switch (reply.answer()) {
      case NOT_GOING -> State.DECLINED;
      case MAYBE -> State.MAYBE;
      case GOING -> {
        var held = before != null && before.going() ? before.party() : 0;
        if (held == 0 && room.joinMode().equals("restricted")) yield State.REQUESTED;
        if (reply.party() <= room.free() + held) yield State.GOING;
        if (held > 0) throw new Problem.Conflict("There are not so many places left");
        yield State.WAITING;
      }
    };
  }

  private Room open(Tx tx, long event) {
    var room = RsvpStore.lock(tx, event);
    if (room == null) throw new Problem.NotFound();
    if (room.cancelled()) throw new Problem.Forbidden("This event does not take place");
    if (room.over(clock.instant())) throw new Problem.Forbidden("This event is over");
    if (room.joinMode().equals("external") || room.joinMode().equals("none"))
      throw new Problem.Forbidden("Nobody signs up here for this event");
    return room;
  }

  /** Moves up who waits, counts, and tells. */
  private void settle(Tx tx, long id, Room room, @Nullable Rsvp before, Rsvp after, Cause cause) {
    var event = event(tx, id);
    if (changed(before, after)) tell(tx, event, before, after, cause);
    moveUp(tx, event, room);
    RsvpStore.count(tx, id, RsvpStore.taken(tx, id));
  }

  private static boolean changed(@Nullable Rsvp before, Rsvp after) {
    return before == null
        || before.state() != after.state()
        || before.party() != after.party()
        || after.activity() != null;
  }

  private void tell(Tx tx, Event event, @Nullable Rsvp before, Rsvp after, Cause cause) {
    for (var watcher : watchers) watcher.changed(tx, event, before, after, cause);
  }

  /** Tells of an answer to an event elsewhere, which its organiser changed. */
  void told(Tx tx, Rsvp before, Rsvp after, Cause cause) {
    tell(tx, event(tx, after.postId()), before, after, cause);
  }

  private Event event(Tx tx, long id) {
    var event = events.byId(tx, id);
    if (event == null) throw new Problem.NotFound();
    return event;
  }

  /** The organiser has changed how many fit: those who wait move up. */
  public void roomChanged(Tx tx, Event event) {
    var room = RsvpStore.lock(tx, event.id());
    if (room == null || room.cancelled() || room.over(clock.instant())) return;
    moveUp(tx, event, room);
    RsvpStore.count(tx, event.id(), RsvpStore.taken(tx, event.id()));
  }

  private void moveUp(Tx tx, Event event, Room room) {
    var now = clock.instant();
    var taken = RsvpStore.taken(tx, event.id());
    var free = room.capacity() == null ? Integer.MAX_VALUE / 2 : room.capacity() - taken;
    while (free > 0) {
      var next = RsvpStore.nextWaiting(tx, event.id(), free);
      if (next == null) return;
      var moved =
          RsvpStore.move(tx, next.id(), State.GOING, next.party(), deadline(next, room, now), now);
      tell(tx, event, next, moved, Cause.MOVED_UP);
      free -= moved.party();
    }
  }

  /**
   * A server that joined for somebody cannot confirm, nor can one who has no address; nor is there
   * time just before the start.
   */
  private static @Nullable Instant deadline(Rsvp rsvp, Room room, Instant now) {
    if (rsvp.door() == Rsvp.Door.JOIN || rsvp.door() == Rsvp.Door.ACCEPT) return null;
    if (rsvp.actorId() == null && rsvp.guestEmail() == null) return null;
    var until = now.plus(TO_CONFIRM);
    return until.isBefore(room.start()) ? until : null;
  }

  /**
   * Those who moved up and stayed silent give their place to the next; for a worker, now and then.
   */
  public int release() {
    return db.inTransaction(
        tx -> {
          var late = RsvpStore.unconfirmed(tx, clock.instant());
          for (var one : late) {
            var room = RsvpStore.lock(tx, one.postId());
            if (room == null) continue;
            var after =
                RsvpStore.move(tx, one.id(), State.DECLINED, one.party(), null, clock.instant());
            settle(tx, one.postId(), room, one, after, Cause.TOO_LATE);
          }
          return late.size();
        });
  }

  /** The organiser gives somebody a place, who asked or waits; beyond the capacity if need be. */
  public Rsvp approve(Event event, long rsvp) {
    return decide(event, rsvp, State.GOING);
  }

  /** The organiser says no, or takes a place back. */
  public Rsvp refuse(Event event, long rsvp) {
    return decide(event, rsvp, State.REFUSED);
  }

  private Rsvp decide(Event event, long id, State state) {
    return db.inTransaction(
        tx -> {
          var room = RsvpStore.lock(tx, event.id());
          var before = RsvpStore.byId(tx, id);
          if (room == null || before == null || before.postId() != event.id())
            throw new Problem.NotFound();
          var after = RsvpStore.move(tx, id, state, before.party(), null, clock.instant());
          settle(tx, event.id(), room, before, after, Cause.ORGANISER);
          return after;
        });
  }

  /** Marks somebody as present, or not; on the day. */
  public void checkIn(Event event, long id, boolean here) {
    var rsvp = RsvpStore.byId(db, id);
    if (rsvp == null || rsvp.postId() != event.id()) throw new Problem.NotFound();
    RsvpStore.checkIn(db, id, here, clock.instant());
  }

  /**
   * A guest asks for a place; it is theirs once they followed the link in their e-mail.
   *
   * @param secret SHA-256 of what the link holds
   * @throws Problem.Forbidden when the organiser wants accounts only
   * @throws Problem.Invalid when name or address are missing
   */
  public Rsvp ask(long event, Guest guest, byte[] secret, Reply reply) {
    return db.inTransaction(tx -> ask(tx, event, guest, secret, reply));
  }

  /** The same inside a transaction. */
  public Rsvp ask(Tx tx, long event, Guest guest, byte[] secret, Reply reply) {
    var name = guest.name();
    var email = guest.email();
    if (name.isBlank() || name.length() > 100)
      throw new Problem.Invalid("A name is needed", Map.of("name", "error.required"));
    if (!email.matches("[^@\\s]{1,64}@[^@\\s]+\\.[^@\\s]+") || email.length() > 200)
      throw new Problem.Invalid("This is no e-mail address", Map.of("email", "error.email"));
    var room = open(tx, event);
    if (!room.guests()) throw new Problem.Forbidden("An account is needed for this event");
    return RsvpStore.putGuest(tx, event, guest, secret, State.UNCONFIRMED, reply);
  }

  /**
   * A guest says, with the secret of an e-mail, that they come, may come or do not.
   *
   * @throws Problem.NotFound when nobody has this secret
   */
  public Rsvp confirm(byte[] secret, Answer answer) {
    return db.inTransaction(
        tx -> {
          var before = RsvpStore.bySecret(tx, secret);
          if (before == null) throw new Problem.NotFound();
          var room = open(tx, before.postId());
          var fresh = RsvpStore.bySecret(tx, secret);
          if (fresh == null) throw new Problem.NotFound();
          if (fresh.state() == State.REFUSED)
            throw new Problem.Forbidden("The organiser has declined this");
          var reply = new Reply(answer, fresh.party(), null, null, Rsvp.Door.MAIL, null);
          var state =
              fresh.going() && answer == Answer.GOING ? State.GOING : state(room, fresh, reply);
          var waits = fresh.state() == State.WAITING && state == State.WAITING;
          var after =
              waits
                  ? fresh
                  : RsvpStore.move(tx, fresh.id(), state, fresh.party(), null, clock.instant());
          settle(tx, fresh.postId(), room, fresh, after, Cause.ATTENDEE);
          return after;
        });
  }

  /** What somebody answered; null when nothing. */
  public @Nullable Rsvp of(long event, long actor) {
    return RsvpStore.of(db, event, actor);
  }

  /** The answer of a guest's secret; null when there is none. */
  public @Nullable Rsvp bySecret(byte[] secret) {
    return RsvpStore.bySecret(db, secret);
  }

  /** Why the table exists, and how long its rows live. */
  public static List<Retention.Table> retention() {
    return List.of(
        Retention.Table.aged(
            "rsvp",
            "retention.rsvp",
            Duration.ofDays(90),
            "id",
            "(select coalesce(e.end_time, e.start_time) from event e where e.post_id ="
                + " rsvp.post_id) < now() - :keep"),
        Retention.Table.owned("reminder", "retention.reminder"),
        Retention.Table.owned("event_notice", "retention.event_news"),
        Retention.Table.owned("event_news", "retention.event_news"),
        Retention.Table.owned("event_gone", "retention.event_news"),
        Retention.Table.owned("guest_news", "retention.event_news"));
  }
}
