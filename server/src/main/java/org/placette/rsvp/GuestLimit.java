package org.placette.rsvp;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Locale;
import org.placette.web.ClientAddress;
import org.placette.web.Problem;

/**
 * How many letters strangers may have sent: each goes to whatever address was typed, so nobody may
 * have many sent, and nobody may be sent many.
 */
final class GuestLimit {

  private static final Duration WINDOW = Duration.ofHours(1);
  private static final int PER_NETWORK = 10;
  private static final int PER_LETTERBOX = 3;

  private final Cache<String, Integer> counts =
      Caffeine.newBuilder().maximumSize(20_000).expireAfterWrite(WINDOW).build();

  /**
   * Counts a letter.
   *
   * @param address the network address that asks (IPv6: by /64)
   * @throws Problem.TooMany when it is one too many
   */
  void count(String address, String email) {
    var network = next("n:" + ClientAddress.network(address));
    var letterbox = next("e:" + email.toLowerCase(Locale.ROOT));
    if (network > PER_NETWORK || letterbox > PER_LETTERBOX)
      throw new Problem.TooMany((int) WINDOW.toSeconds());
  }

  private int next(String key) {
    return counts.asMap().merge(key, 1, Integer::sum);
  }
}
