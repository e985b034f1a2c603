package org.placette.rsvp;

import org.jspecify.annotations.Nullable;
import org.placette.actor.Actors;
import org.placette.db.Tx;
import org.placette.event.Event;
import org.placette.rsvp.Rsvp.State;
import org.placette.web.Secrets;

/** Tells organisers who answered, and attendees what became of their answer. */
public final class Notices implements Watcher {

  private final Actors actors;
  private final RsvpLetters letters;

  public Notices(Actors actors, RsvpLetters letters) {
    this.actors = actors;
    this.letters = letters;
  }

  @Override
  public void changed(Tx tx, Event event, @Nullable Rsvp before, Rsvp after, Cause cause) {
    if (after.guestEmail() != null) guest(tx, event, after, cause);
  }

  /** A guest is told by e-mail, with a link to answer again. */
  private void guest(Tx tx, Event event, Rsvp after, Cause cause) {
    var to = after.guestEmail();
    if (to == null || cause == Cause.ATTENDEE) return;
    var key =
        switch (cause) {
          case MOVED_UP -> "letter.moved";
          case TOO_LATE -> "letter.late";
          default -> after.state() == State.GOING ? "letter.given" : "letter.refused";
        };
    String secret = null;
    if (after.state() != State.REFUSED) {
      secret = Secrets.random();
      RsvpStore.secret(tx, after.id(), Secrets.hash(secret));
    }
    letters.send(tx, event, to, RsvpLetters.language(event), key, secret);
  }
}
