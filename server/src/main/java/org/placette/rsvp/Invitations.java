package org.placette.rsvp;

import java.time.Instant;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.placette.db.Db;
import org.placette.event.Event;
import org.placette.event.Invitation;
import org.placette.event.Status;

/** What the page of an event shows of its answers. */
public final class Invitations implements Invitation.Source {

  private static final Set<String> ELSEWHERE = Set.of("external", "none", "invite");

  private final Db db;
  private final BooleanSupplier mail;

  /**
   * @param mail whether letters can be sent, without which nobody can prove an address
   */
  public Invitations(Db db, BooleanSupplier mail) {
    this.db = db;
    this.mail = mail;
  }

  @Override
  public Invitation of(Event event, long viewer) {
    var open = open(event);
    var guests = open && event.details().joining().anonymous() && mail.getAsBoolean();
    return InvitationStore.of(db, event.id(), viewer, open, guests);
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
