package org.placette.rsvp;

import java.time.Duration;
import java.util.Locale;
import org.placette.web.ClientAddress;
import org.placette.web.Limit;

/**
 * How many letters strangers may have sent: each goes to whatever address was typed, so nobody may
 * have many sent, and nobody may be sent many.
 */
public final class GuestLimit {

  private static final Duration WINDOW = Duration.ofHours(1);

  private final Limit perNetwork = new Limit(10, WINDOW);
  private final Limit perLetterbox = new Limit(3, WINDOW);

  /**
   * Counts a letter.
   *
   * @param address the network address that asks (IPv6: by /64)
   * @throws org.placette.web.Problem.TooMany when it is one too many
   */
  public void count(String address, String email) {
    perNetwork.count(ClientAddress.network(address));
    perLetterbox.count(email.toLowerCase(Locale.ROOT));
  }
}
