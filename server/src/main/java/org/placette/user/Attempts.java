package org.placette.user;

import java.time.Duration;
import org.placette.web.ClientAddress;
import org.placette.web.Limit;

/** How often somebody may try to sign in, by name and by network. */
final class Attempts {

  private static final Duration WINDOW = Duration.ofMinutes(10);

  private final Limit perAccount = new Limit(10, WINDOW);
  private final Limit perNetwork = new Limit(30, WINDOW);

  /** Counts one try; refuses it with 429 when it is one too many. */
  void count(String login, String address) {
    // Both, so that one who is held back by name still uses up the network's tries.
    try {
      perAccount.count(login);
    } finally {
      perNetwork.count(ClientAddress.network(address));
    }
  }

  /** A successful sign-in clears the name. */
  void succeeded(String login) {
    perAccount.forget(login);
  }
}
