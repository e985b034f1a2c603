package org.placette.rsvp;

import java.time.Instant;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.placette.actor.Urls;
import org.placette.db.Db;
import org.placette.event.Event;
import org.placette.event.Invitation;
import org.placette.event.Status;

/** What the page of an event shows of its answers. */
public final class Invitations implements Invitation.Source {

  private static final Set<String> ELSEWHERE = Set.of("external", "none", "invite");

  private final Db db;
  private final Urls urls;
  private final BooleanSupplier mail;

  /**
   * @param mail whether letters can be sent, without which nobody can prove an address
   */
  public Invitations(Db db, Urls urls, BooleanSupplier mail) {
    this.db = db;
    this.urls = urls;
    this.mail = mail;
  }

  @Override
  public Invitation of(Event event, long viewer) {
    var open = open(event);
    var guests = open && mail.getAsBoolean() && welcomesGuests(event, urls);
    return InvitationStore.of(db, event.id(), viewer, open, guests);
  }

  /** Whether guests sign up here; those of a neighbour's event do so there, where it counts. */
  static boolean welcomesGuests(Event event, Urls urls) {
    return event.details().joining().anonymous() && urls.isOurs(event.uri());
  }

  /** Whether somebody may answer now. */
  static boolean open(Event event) {
    var details = event.details();
    var when = details.when();
    var end = when.end() == null ? when.start().plusSeconds(2 * 3600) : when.end();
    return details.status() != Status.CANCELLED
        && end.isAfter(Instant.now())
        && !ELSEWHERE.contains(details.joining().mode());
  }
}
