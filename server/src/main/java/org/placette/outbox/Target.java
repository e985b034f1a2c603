package org.placette.outbox;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;

/**
 * An inbox that is to get an activity.
 *
 * @param inbox its URL
 * @param host of that URL, with its port if it has one; "" when the URL is unusable
 * @param receiver what the host understands
 * @param boards whether its software, made of boards, expects what happens in a Group from that
 *     Group (FEP-1b12): Lemmy, PieFed
 */
public record Target(String inbox, String host, Receiver receiver, boolean boards) {

  /** For a URL whose software is not known or does not matter. */
  public static Target of(String inbox) {
    return of(inbox, Receiver.MICROBLOG, false);
  }

  static Target of(String inbox, Receiver receiver, boolean boards) {
    return new Target(inbox, hostOf(inbox), receiver, boards);
  }

  /** The actor's own inbox: for what is for this actor alone. */
  public static Target personal(Actor actor) {
    return of(actor.inbox());
  }

  /** The inbox that the actor's host has for everybody, else the actor's own. */
  public static Target shared(Actor actor) {
    var shared = actor.sharedInbox();
    return of(shared == null ? actor.inbox() : shared);
  }

  private static String hostOf(String inbox) {
    try {
      @Nullable String authority = URI.create(inbox).getRawAuthority();
      return authority == null ? "" : authority.toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
