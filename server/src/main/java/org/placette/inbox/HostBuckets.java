package org.placette.inbox;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How fast one host may fill the inbox: a bucket of tokens per host, forgotten when unused. A host
 * pays only with a verified signature, so nobody can empty another's bucket.
 */
final class HostBuckets {

  private static final int HOSTS = 20_000;

  private final double capacity;
  private final double perSecond;
  private final LongSupplier nanos;
  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(HOSTS).expireAfterAccess(Duration.ofMinutes(10)).build();

  /**
   * @param capacity how many activities a host may send at once after a pause
   * @param perSecond how many it may send in the long run
   */
  HostBuckets(int capacity, int perSecond, LongSupplier nanos) {
    this.capacity = capacity;
    this.perSecond = perSecond;
    this.nanos = nanos;
  }

  /** Takes a token; gives 0, or after how many seconds to try again when there is none. */
  int take(String host) {
    var now = nanos.getAsLong();
    var bucket = buckets.get(host, name -> new Bucket(capacity, now));
    return bucket.take(now);
  }

  private final class Bucket {
    private double tokens;
    private long filled;

    Bucket(double tokens, long filled) {
      this.tokens = tokens;
      this.filled = filled;
    }

    synchronized int take(long now) {
      tokens = Math.min(capacity, tokens + (now - filled) / 1e9 * perSecond);
      filled = now;
      if (tokens < 1) return Math.max(1, (int) Math.ceil((1 - tokens) / perSecond));
      tokens--;
      return 0;
    }
  }
}
