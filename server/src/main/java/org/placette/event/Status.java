package org.placette.event;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether an event takes place (iCalendar, STATUS). */
public enum Status {
  CONFIRMED,
  TENTATIVE,
  CANCELLED;

  /**
   * Reads iCalendar's, Mobilizon's and FEP-8a8e's words in any case; unknown ones are CONFIRMED.
   */
  static Status of(@Nullable String word) {
    var upper = word == null ? "" : word.toUpperCase(Locale.ROOT);
    if (upper.contains("CANCEL")) return CANCELLED;
    return upper.contains("TENTATIVE") ? TENTATIVE : CONFIRMED;
  }

  /** The FEP-8a8e word for it. */
  String eventStatus() {
    return switch (this) {
      case CONFIRMED -> "EventScheduled";
      case TENTATIVE -> "EventTentative";
      case CANCELLED -> "EventCancelled";
    };
  }
}
