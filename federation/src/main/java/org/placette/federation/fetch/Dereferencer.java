package org.placette.federation.fetch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.placette.federation.fetch.FetchProblem.Reason;
import org.placette.federation.signature.SigningKey;
import org.placette.federation.vocab.AsObject;

/**
 * Fetches ActivityStreams documents by id and believes them only where they were found: right media
 * type, and an {@code id} that is the final URL, else one more fetch at that id on the same origin
 * (FEP-fe34). What lies embedded in a document is not made authentic by this.
 *
 * <p>Thread-safe. Blocks the calling virtual thread; throws {@link FetchProblem}.
 */
public final class Dereferencer {

  private static final int FETCHES_PER_HOST_AND_MINUTE = 300;
  private static final Duration FAILURES_KEPT = Duration.ofSeconds(60);
  private static final int FAILURES_REMEMBERED = 10_000;

  private final SignedHttp http;
  private final Cache<Asked, FetchProblem> failures =
      Caffeine.newBuilder()
          .maximumSize(FAILURES_REMEMBERED)
          .expireAfterWrite(FAILURES_KEPT)
          .build();
  private final Cache<String, AtomicInteger> fetchesOfMinute =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofMinutes(1)).build();

  public Dereferencer(SignedHttp http) {
    this.http = http;
  }

  /** The signed client beneath. */
  public SignedHttp http() {
    return http;
  }

  /** {@link #fetch(String, SigningKey, Budget)} for a cause of its own. */
  public AsObject fetch(String id, @Nullable SigningKey key) {
    return fetch(id, key, Budget.perActivity());
  }

  /**
   * The document with this id. Its own {@code id} is where it was finally found, which may differ
   * from the one asked for; callers that need the one asked for compare.
   *
   * @param id an http(s) URL; a fragment is ignored, so a key id leads to what holds the key
   * @param key signs the request; null fetches unsigned
   * @param budget pays for each request
   * @throws FetchProblem always with a reason; a failure is remembered for a minute
   */
  public AsObject fetch(String id, @Nullable SigningKey key, Budget budget) {
    var url = WebUrl.parse(id);
    var asked = new Asked(url, key != null);
    var known = failures.getIfPresent(asked);
    if (known != null) throw known;
    try {
      return authentic(url, key, budget);
    } catch (FetchProblem e) {
      if (e.reason() != Reason.BUDGET) failures.put(asked, e);
      throw e;
    }
  }

  /** Forgets that {@code id} could not be fetched, for a caller that knows better. */
  public void forget(String id) {
    var url = WebUrl.parseOrNull(id);
    if (url == null) return;
    failures.invalidate(new Asked(url, true));
    failures.invalidate(new Asked(url, false));
  }

  /** What failed; a peer that wants signatures answers the signed and the unsigned differently. */
  private record Asked(URI url, boolean signed) {}

  private AsObject authentic(URI url, @Nullable SigningKey key, Budget budget) {
    var found = document(url, key, budget);
    var claimed = found.json.id();
    if (WebUrl.same(claimed, found.at)) return found.json;
    var home = WebUrl.parseOrNull(claimed);
    if (home == null || !WebUrl.sameOrigin(home, found.at))
      throw new FetchProblem(Reason.WRONG_ID, found.at + " says that it is " + claimed);
    var second = document(home, key, budget);
    if (WebUrl.same(second.json.id(), second.at) && second.at.equals(home)) return second.json;
    throw new FetchProblem(Reason.WRONG_ID, home + " says that it is " + second.json.id());
  }

  /**
   * A document and where it was found.
   *
   * @param at the final URL
   */
  record Found(AsObject json, URI at) {}

  /** One document of the right type, whatever it says about its id. */
  Found document(URI url, @Nullable SigningKey key, Budget budget) {
    budget.take(url);
    var count = fetchesOfMinute.get(url.getHost(), host -> new AtomicInteger());
    if (count.incrementAndGet() > FETCHES_PER_HOST_AND_MINUTE)
      throw new FetchProblem(Reason.BUDGET, "too many fetches from " + url.getHost());
    var answer = http.get(url, MediaType.ACTIVITY_ACCEPT, key);
    return new Found(JsonBody.document(answer), answer.url());
  }
}
