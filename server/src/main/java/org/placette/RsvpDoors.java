package org.placette;

import java.time.Clock;
import org.placette.rsvp.Guests;
import org.placette.rsvp.Organisers;
import org.placette.rsvp.RsvpInbox;
import org.placette.rsvp.RsvpWorker;
import org.placette.rsvp.Rsvps;

/** The wiring of answers to events: the room, and the doors that lead into it. */
final class RsvpDoors {

  private final Neighbourhood here;
  final Rsvps rsvps;
  final Guests guests;
  private final Organisers organisers;

  RsvpDoors(Neighbourhood here) {
    this.here = here;
    rsvps = new Rsvps(here.db, here.events, Clock.systemUTC());
    organisers =
        new Organisers(here.db, here.actors, rsvps, here.blocks, here.outbox, here.targets);
    rsvps.watch(organisers);
    guests = new Guests(here.db, here.actors, rsvps, here.outbox, here.targets, here.peers);
  }

  /** What comes from other servers. */
  RsvpInbox inbox() {
    return new RsvpInbox(here.actors, here.posts, here.events, guests, organisers);
  }

  /** Does what falls due; to be started. */
  RsvpWorker worker() {
    return new RsvpWorker(rsvps::release);
  }
}
