package org.placette.rsvp;

import java.util.List;
import org.placette.db.Db;
import org.placette.event.Event;
import org.placette.event.Invitation;

/** Lists of answers, for apps. */
public final class RsvpReads {

  private final Db db;
  private final Invitations invitations;

  public RsvpReads(Db db, Invitations invitations) {
    this.db = db;
    this.invitations = invitations;
  }

  Invitation invitation(Event event, long viewer) {
    return invitations.of(event, viewer);
  }

  List<RsvpStore.Attendee> list(Event event, List<String> states, long after, int limit) {
    return RsvpStore.list(db, event.id(), states, after, limit);
  }

  List<RsvpStore.Joined> joined(long actor, List<String> states, long before, int limit) {
    return RsvpStore.joined(db, actor, states, before, limit);
  }
}
