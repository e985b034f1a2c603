package org.placette.federation.fetch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.placette.federation.signature.Dialect;
import org.placette.federation.signature.OutgoingRequest;
import org.placette.federation.signature.RequestSigner;
import org.placette.federation.signature.SigningKey;

/**
 * Signed requests in whichever dialect the peer understands: draft-cavage first, RFC 9421 when that
 * is refused with 400 or 401, and what worked is remembered for a day per origin. Every redirect of
 * a GET is signed anew; a POST is never redirected.
 *
 * <p>Thread-safe. Blocks the calling virtual thread; throws {@link FetchProblem}.
 */
public final class SignedHttp {

  private static final int ORIGINS_REMEMBERED = 10_000;

  private final GuardedHttp http;
  private final InstantSource clock;
  private final Cache<String, Dialect> spoken =
      Caffeine.newBuilder()
          .maximumSize(ORIGINS_REMEMBERED)
          .expireAfterWrite(Duration.ofHours(24))
          .build();

  public SignedHttp(GuardedHttp http) {
    this(http, InstantSource.system());
  }

  /**
   * @param clock the time that signatures bear
   */
  public SignedHttp(GuardedHttp http, InstantSource clock) {
    this.http = http;
    this.clock = clock;
  }

  /** The unsigned client beneath. */
  public GuardedHttp http() {
    return http;
  }

  /**
   * A GET that follows redirects within the rules.
   *
   * @param url canonical ({@link WebUrl#parse})
   * @param accept the Accept header
   * @param key signs each hop; null sends it unsigned
   * @return the final answer, whatever its status
   */
  public FetchResponse get(URI url, String accept, @Nullable SigningKey key) {
    if (key == null) return http.get(url, Map.of("Accept", accept));
    var deadline = http.deadline();
    return http.follow(url, deadline, hop -> knock(hop, accept, key, deadline));
  }

  /**
   * Delivers an activity, signed at this moment, in at most two attempts.
   *
   * @param inbox canonical ({@link WebUrl#parse})
   * @param body the activity, at most 60 KiB for the sake of the strictest peers
   * @return what the peer answered, a redirect included
   */
  public PostResult post(URI inbox, byte[] body, SigningKey key) {
    var origin = WebUrl.origin(inbox);
    var known = spoken.getIfPresent(origin);
    var first = known == null ? Dialect.CAVAGE : known;
    var deadline = http.deadline();
    var answer = postIn(first, inbox, body, key, deadline);
    // From a peer known to speak this dialect, a 400 is about the activity.
    if (answer.status() == 401 || answer.status() == 400 && known == null) {
      var second = postIn(other(first), inbox, body, key, deadline);
      if (!refused(second)) answer = remember(origin, other(first), second);
    } else remember(origin, first, answer);
    return new PostResult(
        answer.status(),
        PostResult.retryAfter(answer.header("retry-after"), clock.instant()),
        new String(answer.body(), StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " "));
  }

  private FetchResponse postIn(
      Dialect dialect, URI inbox, byte[] body, SigningKey key, Deadline deadline) {
    var request = OutgoingRequest.post(inbox, body);
    return http.postOnce(
        inbox, body, RequestSigner.sign(request, key, dialect, clock.instant()), deadline);
  }

  private FetchResponse knock(URI url, String accept, SigningKey key, Deadline deadline) {
    var origin = WebUrl.origin(url);
    var known = spoken.getIfPresent(origin);
    var first = known == null ? Dialect.CAVAGE : known;
    var request = OutgoingRequest.get(url);
    var answer = getWith(sign(request, key, first), accept, url, deadline);
    if (!refused(answer)) return remember(origin, first, answer);
    if (answer.status() == 401 && url.getRawQuery() != null) {
      var bare = RequestSigner.signWithoutQuery(request, key, clock.instant());
      var again = getWith(bare, accept, url, deadline);
      if (!refused(again)) return remember(origin, Dialect.CAVAGE, again);
    }
    var last = getWith(sign(request, key, other(first)), accept, url, deadline);
    return refused(last) ? answer : remember(origin, other(first), last);
  }

  private Map<String, String> sign(OutgoingRequest request, SigningKey key, Dialect dialect) {
    return RequestSigner.sign(request, key, dialect, clock.instant());
  }

  private FetchResponse getWith(
      Map<String, String> signed, String accept, URI url, Deadline deadline) {
    Map<String, String> headers = new LinkedHashMap<>(signed);
    headers.put("Accept", accept);
    return http.getOnce(url, headers, deadline);
  }

  private FetchResponse remember(String origin, Dialect dialect, FetchResponse answer) {
    // An error page says nothing about signatures.
    if (answer.status() < 400) spoken.put(origin, dialect);
    return answer;
  }

  private static boolean refused(FetchResponse answer) {
    return answer.status() == 400 || answer.status() == 401;
  }

  private static Dialect other(Dialect dialect) {
    return dialect == Dialect.CAVAGE ? Dialect.RFC9421 : Dialect.CAVAGE;
  }
}
