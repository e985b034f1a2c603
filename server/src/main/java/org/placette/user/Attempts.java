package org.placette.user;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.placette.web.ClientAddress;
import org.placette.web.Problem;

/** How often somebody may try within ten minutes, by name and by address (IPv6: by /64). */
final class Attempts {

  private static final int WINDOW_SECONDS = 600;
  private static final int PER_ACCOUNT = 10;
  private static final int PER_ADDRESS = 30;

  private final Cache<String, AtomicInteger> counts =
      Caffeine.newBuilder()
          .maximumSize(20_000)
          .expireAfterWrite(Duration.ofSeconds(WINDOW_SECONDS))
          .build();

  /** Counts one try; refuses it with 429 when it is one too many. */
  void count(String login, String address) {
    var ofAccount = next("a:" + login);
    var ofAddress = next("h:" + ClientAddress.network(address));
    if (ofAccount > PER_ACCOUNT || ofAddress > PER_ADDRESS)
      throw new Problem.TooMany(WINDOW_SECONDS);
  }

  /** A successful sign-in clears the name. */
  void succeeded(String login) {
    counts.invalidate("a:" + login);
  }

  private int next(String key) {
    return counts.get(key, k -> new AtomicInteger()).incrementAndGet();
  }
}
