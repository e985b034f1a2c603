package org.placette.rsvp;

import org.jspecify.annotations.Nullable;
import org.placette.db.Tx;
import org.placette.event.Event;

/** Is told of every answer that changed, in the same transaction. */
@FunctionalInterface
public interface Watcher {

  /** Why an answer changed. */
  enum Cause {
    /** The attendee said so. */
    ATTENDEE,
    /** The organiser decided. */
    ORGANISER,
    /** They had said before that they would come: to a date that was then chosen, to a series. */
    ENLISTED,
    /** The attendee said so of all dates of a series at once. */
    ALL_DATES,
    /** A place became free. */
    MOVED_UP,
    /** The attendee did not say in time that they still come. */
    TOO_LATE
  }

  /**
   * An answer changed.
   *
   * @param before null for the first answer of an attendee
   */
  void changed(Tx tx, Event event, @Nullable Rsvp before, Rsvp after, Cause cause);
}
