package org.placette.rsvp;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Tx;
import org.placette.event.Event;
import org.placette.mail.MailChoices;
import org.placette.notification.NotificationStore;
import org.placette.notification.NotificationStore.Type;
import org.placette.rsvp.Rsvp.Door;
import org.placette.rsvp.Rsvp.State;
import org.placette.web.Messages;
import org.placette.web.Secrets;

/**
 * Tells organisers who answered, and attendees what became of their answer: residents by a
 * notification, guests by a letter, people elsewhere who have no Join to be answered by a note.
 */
public final class Notices implements Watcher {

  private final Actors actors;
  private final RsvpLetters letters;
  private final ReplyDoor notes;
  private final Rsvps rsvps;

  public Notices(Actors actors, RsvpLetters letters, ReplyDoor notes, Rsvps rsvps) {
    this.rsvps = rsvps;
    this.actors = actors;
    this.letters = letters;
    this.notes = notes;
  }

  Rsvps rsvps() {
    return rsvps;
  }

  @Override
  public void changed(Tx tx, Event event, @Nullable Rsvp before, Rsvp after, Cause cause) {
    if (cause == Cause.ALL_DATES) return;
    if (after.guestEmail() != null) guest(tx, event, after, cause);
    var who = after.actorId() == null ? null : actors.byId(tx, after.actorId());
    if (who == null) return;
    if (cause == Cause.ATTENDEE) {
      organiser(tx, event, before, after, who);
      pending(tx, event, before, after, who);
    } else attendee(tx, event, after, who, cause);
  }

  /** A poll or an attendance elsewhere says yes: only words say that there is no place yet. */
  private void pending(Tx tx, Event event, @Nullable Rsvp before, Rsvp after, Actor who) {
    if (who.local() || (after.door() != Door.VOTE && after.door() != Door.ACCEPT)) return;
    var waits = after.state() == State.WAITING || after.state() == State.REQUESTED;
    if (!waits || (before != null && before.state() == after.state())) return;
    var words = Messages.of(RsvpLetters.language(event));
    notes.note(tx, event, who, words.text("rsvp.mine." + after.state().word()), null);
  }

  private static void organiser(Tx tx, Event event, @Nullable Rsvp before, Rsvp after, Actor who) {
    if (before != null && before.state() == after.state()) return;
    var organiser = event.post().actorId();
    var type = after.state() == State.REQUESTED ? Type.RsvpRequest : Type.RsvpAnswer;
    if (after.state() == State.DECLINED && before == null) return;
    if (type == Type.RsvpAnswer && NotificationStore.justTold(tx, organiser, type, event.id()))
      return;
    NotificationStore.tell(tx, organiser, type, who.id(), event.id());
  }

  private void attendee(Tx tx, Event event, Rsvp after, Actor who, Cause cause) {
    var organiser = event.post().actorId();
    if (who.local()) {
      var type = !after.going() ? Type.EventUpdate : given(after);
      NotificationStore.forget(tx, type, event.id(), List.of(who.id()));
      NotificationStore.tell(tx, who.id(), type, organiser, event.id());
      var reader = MailChoices.of(tx, who.id());
      var key = key(cause, after);
      if (reader != null && key != null) letter(tx, event, reader, key, after.confirmBy());
    } else if (after.door() == Door.JOIN) {
      return;
    }
    var said =
        switch (cause) {
          case MOVED_UP -> after.confirmBy() == null ? "rsvp.mine.going" : "rsvp.movedUp";
          case TOO_LATE -> "rsvp.late";
          case ENLISTED -> after.going() ? "rsvp.enlisted" : "rsvp.mine.waiting";
          default -> "rsvp.mine." + after.state().word();
        };
    var language = RsvpLetters.language(event);
    var until = RsvpLetters.moment(language, event, after.confirmBy());
    notes.note(tx, event, who, Messages.of(language).text(said, until), null);
  }

  private static Type given(Rsvp after) {
    return after.confirmBy() == null ? Type.RsvpAccepted : Type.RsvpFreed;
  }

  /** A guest is told by e-mail, with a link to answer again. */
  private void guest(Tx tx, Event event, Rsvp after, Cause cause) {
    if (cause == Cause.ATTENDEE) {
      GuestNews.happened(tx, actors, event);
      return;
    }
    var key = key(cause, after);
    if (key != null) letter(tx, event, after, key);
  }

  /** The letter about it; null for none. */
  private static @Nullable String key(Cause cause, Rsvp after) {
    return switch (cause) {
      case MOVED_UP -> after.confirmBy() == null ? "letter.given" : "letter.moved";
      case TOO_LATE -> "letter.late";
      default ->
          switch (after.state()) {
            case GOING -> "letter.given";
            case REFUSED -> "letter.refused";
            default -> null;
          };
    };
  }

  /** Writes to a resident who chose to get letters. */
  void letter(Tx tx, Event event, MailChoices.Reader reader, String key, @Nullable Instant until) {
    letters.send(tx, event, reader, key, until);
  }

  /** Writes to a guest, with a fresh link. */
  void letter(Tx tx, Event event, Rsvp guest, String key) {
    var to = guest.guest();
    if (to == null || !letters.enabled()) return;
    String secret = null;
    if (guest.state() != State.REFUSED) {
      secret = Secrets.random();
      RsvpStore.secret(tx, guest.id(), Secrets.hash(secret));
    }
    letters.send(tx, event, to, key, guest.confirmBy(), secret);
  }
}
