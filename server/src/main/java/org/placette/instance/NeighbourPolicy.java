package org.placette.instance;

import java.util.Locale;

/** Whose follows of the relay and of the neighbourhood's Group need no person's consent. */
public enum NeighbourPolicy {
  /** Nobody's: a moderator answers each server. */
  ASK,
  /** Servers that were added here; the others wait. */
  KNOWN,
  /** Every server. */
  ALL;

  /** The policy of that name in any case; KNOWN for anything else. */
  public static NeighbourPolicy of(String name) {
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "ask" -> ASK;
      case "all" -> ALL;
      default -> KNOWN;
    };
  }
}
