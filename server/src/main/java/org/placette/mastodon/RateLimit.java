package org.placette.mastodon;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.placette.web.Problem;

/**
 * How often one token, or one address without a token, may call within five minutes. The numbers
 * are far above what apps do and stop what runs wild. Calls from the machine itself are not held
 * back from reading; writing is counted for everybody.
 */
public final class RateLimit {

  private static final int READS = 7_500;
  private static final int WRITES = 1_500;
  private static final long WINDOW = Duration.ofMinutes(5).toSeconds();

  private final Clock clock;
  private final Function<RoutingContext, String> address;
  private final Cache<String, AtomicInteger> counts =
      Caffeine.newBuilder().maximumSize(20_000).expireAfterWrite(Duration.ofMinutes(10)).build();

  /**
   * @param address where a request comes from
   */
  public RateLimit(Clock clock, Function<RoutingContext, String> address) {
    this.clock = clock;
    this.address = address;
  }

  /**
   * Counts a call and tells the caller where it stands.
   *
   * @throws Problem.TooMany when there were too many
   */
  void count(RoutingContext ctx, @Nullable Caller caller) {
    var reads = ctx.request().method() == HttpMethod.GET;
    var now = clock.instant().getEpochSecond();
    var window = now / WINDOW;
    var reset = (window + 1) * WINDOW;
    var limit = reads ? READS : WRITES;
    var used = local(ctx, reads) ? 1 : used(ctx, caller, reads, window);
    ctx.response()
        .putHeader("X-RateLimit-Limit", String.valueOf(limit))
        .putHeader("X-RateLimit-Remaining", String.valueOf(Math.max(0, limit - used)))
        .putHeader("X-RateLimit-Reset", Json.time(Instant.ofEpochSecond(reset)));
    if (used > limit) throw new Problem.TooMany((int) (reset - now));
  }

  private int used(RoutingContext ctx, @Nullable Caller caller, boolean reads, long window) {
    var who = caller == null ? address.apply(ctx) : "t" + caller.tokenId();
    var key = (reads ? "r" : "w") + window + who;
    return counts.get(key, k -> new AtomicInteger()).incrementAndGet();
  }

  private static boolean local(RoutingContext ctx, boolean reads) {
    if (!reads || ctx.request().headers().contains("X-Forwarded-For")) return false;
    var remote = ctx.request().remoteAddress();
    var host = remote == null ? null : remote.hostAddress();
    return "127.0.0.1".equals(host) || "0:0:0:0:0:0:0:1".equals(host) || "::1".equals(host);
  }
}
