package org.placette.outbox;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the software of a receiving host understands of events; decides the form that it is sent.
 */
public enum Receiver {
  /** Reads Event objects and lists them when a followed actor announces them. */
  EVENT_AWARE,
  /** Imports an event from the Create of the very actor that it follows (Gancio). */
  GANCIO,
  /** The same, and only at the followed actor's personal inbox (Event Bridge for ActivityPub). */
  WORDPRESS,
  /**
   * Shows posts and polls; gets a companion Question for an event. Hubzilla too: it shows an Event
   * without its time and place, and neither changes nor answers to it find their way.
   */
  MICROBLOG,
  /** Knows topics and no events (NodeBB, Discourse): gets a Note with a name. */
  FORUM;

  /** Whether software of that name expects what happens in a Group from that Group. */
  static boolean boards(@Nullable String software) {
    return software != null
        && Set.of("lemmy", "piefed").contains(software.toLowerCase(Locale.ROOT));
  }

  /**
   * @param software the NodeInfo software name, or null when it is not known yet
   */
  public static Receiver of(@Nullable String software) {
    if (software == null) return MICROBLOG;
    return switch (software.toLowerCase(Locale.ROOT)) {
      case "placette", "mobilizon", "friendica", "streams", "forte", "piefed", "lemmy", "bonfire" ->
          EVENT_AWARE;
      case "gancio" -> GANCIO;
      case "wordpress" -> WORDPRESS;
      case "nodebb", "discourse" -> FORUM;
      default -> MICROBLOG;
    };
  }
}
