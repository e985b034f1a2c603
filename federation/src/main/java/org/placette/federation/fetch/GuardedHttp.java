package org.placette.federation.fetch;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.streams.WriteStream;
import java.net.InetAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.placette.federation.fetch.AddressGuard.Resolver;
import org.placette.federation.fetch.FetchProblem.Reason;

/**
 * The only way out. Resolves a name, checks every answer, and dials exactly an address that was
 * checked, while Host, SNI and the certificate's name stay those of the URL. Each exchange has one
 * deadline and one size limit. Never follows a redirect by itself but through {@link #follow},
 * which checks each hop like the first.
 *
 * <p>Thread-safe. Blocks the calling virtual thread; throws {@link FetchProblem} only.
 */
public final class GuardedHttp implements AutoCloseable {

  // Below the 5 seconds after which common servers drop an idle connection.
  private static final int KEEP_ALIVE_SECONDS = 4;
  private static final int CONNECTIONS_PER_HOST = 2;
  private static final int WAITING_PER_HOST = 64;
  private static final int ADDRESSES_TRIED = 2;
  private static final int EXCERPT_BYTES = 2048;
  private static final int CHUNK_BYTES = 64 * 1024;
  private static final int LOOPS = 4;

  /** Packed, unpacked and copied, each is some 5 MB of a heap that may be 80. */
  private static final int LARGE_AT_ONCE = 4;

  private final FetchRules rules;
  private final @Nullable URI own;
  private final AddressGuard guard;
  private final Resolver resolver;
  private final WorkerExecutor lookups;
  private final HttpClient client;
  private final List<Context> loops;
  private final LargeAnswers large = new LargeAnswers(LARGE_AT_ONCE);

  public GuardedHttp(Vertx vertx, FetchRules rules) {
    this(vertx, rules, Resolver.system());
  }

  /**
   * @param resolver answers in place of the system's DNS
   */
  public GuardedHttp(Vertx vertx, FetchRules rules, Resolver resolver) {
    this.rules = rules;
    this.resolver = resolver;
    own = rules.ownOrigin() == null ? null : WebUrl.parse(rules.ownOrigin());
    guard = new AddressGuard(rules.allowedPrivate());
    lookups = vertx.createSharedWorkerExecutor("name-lookups", 8);
    loops = Stream.generate(() -> loop(vertx)).limit(LOOPS).toList();
    var options =
        new HttpClientOptions()
            .setConnectTimeout((int) rules.connect().toMillis())
            .setSslHandshakeTimeout(rules.connect().toMillis())
            .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
            .setVerifyHost(true)
            .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
            .setMaxHeaderSize(16 * 1024)
            .setMaxChunkSize(CHUNK_BYTES)
            .setDecompressionSupported(false);
    if (rules.trustedCa() != null)
      options.setTrustOptions(TrustedAuthorities.with(rules.trustedCa()));
    client =
        vertx.createHttpClient(
            options,
            new PoolOptions()
                .setHttp1MaxSize(CONNECTIONS_PER_HOST)
                .setMaxWaitQueueSize(WAITING_PER_HOST));
  }

  /** The rules that every request here obeys. */
  public FetchRules rules() {
    return rules;
  }

  /** Whose answers are large. */
  LargeAnswers large() {
    return large;
  }

  /** A deadline for a whole exchange that begins now. */
  Deadline deadline() {
    return Deadline.in(rules.total());
  }

  /**
   * An unsigned GET that follows redirects.
   *
   * @param url canonical ({@link WebUrl#parse})
   * @param headers sent on each hop
   * @return the final answer, whatever its status
   */
  public FetchResponse get(URI url, Map<String, String> headers) {
    var deadline = deadline();
    return follow(url, deadline, hop -> getOnce(hop, headers, deadline));
  }

  /**
   * An unsigned GET whose body is written to a file while it arrives, never held in memory.
   *
   * @param url canonical ({@link WebUrl#parse})
   * @param open opens the file anew for each hop; the stream is ended after a whole body and left
   *     open after anything else
   * @param largest the most bytes to take
   * @return the final answer, whatever its status, without the body of a 200
   */
  public FetchResponse download(
      URI url, Map<String, String> headers, Supplier<WriteStream<Buffer>> open, int largest) {
    var deadline = deadline();
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("Accept-Encoding", "identity");
    return follow(
        url,
        deadline,
        hop -> {
          try (var place = large.new Place()) {
            var exchange = new Exchange(hop, largest, false, deadline, open.get(), place);
            return exchange.response(dial(HttpMethod.GET, exchange, all, null));
          }
        });
  }

  /**
   * A POST. Redirects are not followed: the answer is returned as it is, its body cut to 2 KB.
   *
   * @param url canonical ({@link WebUrl#parse})
   */
  public FetchResponse post(URI url, byte[] body, Map<String, String> headers) {
    return postOnce(url, body, headers, deadline());
  }

  /** One hop of a GET, for {@link #follow}. */
  interface Hop {
    FetchResponse get(URI url);
  }

  /** Repeats {@code hop} while the answer is a redirect that the rules allow. */
  FetchResponse follow(URI start, Deadline deadline, Hop hop) {
    var url = start;
    for (int hops = 0; ; hops++) {
      deadline.millisLeft(start);
      var answer = hop.get(url);
      var location = answer.header("location");
      if (!answer.isRedirect() || location == null) return answer;
      if (hops == rules.maxRedirects())
        throw new FetchProblem(Reason.TOO_MANY_REDIRECTS, start.toString());
      var next = WebUrl.resolve(url, location);
      if (url.getScheme().equals("https") && next.getScheme().equals("http"))
        throw new FetchProblem(Reason.INSECURE_REDIRECT, url + " to " + next);
      url = next;
    }
  }

  /** One GET without redirects. */
  FetchResponse getOnce(URI url, Map<String, String> headers, Deadline deadline) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("Accept-Encoding", "gzip");
    try (var place = large.new Place()) {
      var exchange = new Exchange(url, rules.maxBytes(), false, deadline, null, place);
      return exchange.response(dial(HttpMethod.GET, exchange, all, null));
    }
  }

  /** One POST without redirects. */
  FetchResponse postOnce(URI url, byte[] body, Map<String, String> headers, Deadline deadline) {
    try (var place = large.new Place()) {
      var exchange = new Exchange(url, EXCERPT_BYTES, true, deadline, null, place);
      return exchange.response(dial(HttpMethod.POST, exchange, headers, body));
    }
  }

  private Exchange.Received dial(
      HttpMethod method, Exchange exchange, Map<String, String> headers, byte @Nullable [] body) {
    if (Context.isOnEventLoopThread())
      throw new IllegalStateException("this call blocks: make it from a virtual thread");
    var url = exchange.url();
    checkUrl(url);
    @Nullable FetchProblem last = null;
    for (var address : addresses(url, exchange.deadline())) {
      try {
        var options = options(method, url, address, headers, exchange.deadline());
        return exchange.run(() -> connect(options), body);
      } catch (FetchProblem e) {
        // Only a connection that never came about is tried at the next address.
        if (e.reason() != Reason.CONNECT) throw e;
        last = e;
      }
    }
    throw last == null ? new FetchProblem(Reason.DNS, url.toString()) : last;
  }

  /** An event loop to read answers on. */
  private static Context loop(Vertx vertx) {
    return ((VertxInternal) vertx).createEventLoopContext();
  }

  /**
   * Connects on an event loop, always the same for a host, so that answers are read there: taken
   * over to another thread they would make the connection wait, and when a server closes it
   * meanwhile, as some do after each answer, what was not read is lost.
   */
  private Future<HttpClientRequest> connect(RequestOptions options) {
    Promise<HttpClientRequest> connected = Promise.promise();
    var loop = loops.get(Math.floorMod(options.getHost().hashCode(), LOOPS));
    loop.runOnContext(
        now -> {
          try {
            client.request(options).onComplete(connected);
          } catch (RuntimeException e) { // a client that was closed meanwhile
            connected.tryFail(e);
          }
        });
    return connected.future();
  }

  private void checkUrl(URI url) {
    if (!WebUrl.same(url.toString(), url))
      throw new FetchProblem(Reason.BAD_URL, "not canonical: " + url);
    if (!rules.allowPlainHttp() && !url.getScheme().equals("https"))
      throw new FetchProblem(Reason.BAD_URL, "https only: " + url);
    if (own != null && WebUrl.sameOrigin(own, url))
      throw new FetchProblem(Reason.OWN_ORIGIN, url.toString());
  }

  private List<InetAddress> addresses(URI url, Deadline deadline) {
    if (WebUrl.isLiteral(url.getHost())) return guard.resolve(url.getHost(), resolver);
    try {
      Future<List<InetAddress>> checked =
          lookups.executeBlocking(() -> guard.resolve(url.getHost(), resolver), false);
      var all = checked.timeout(deadline.millisLeft(url), TimeUnit.MILLISECONDS).await();
      return all.subList(0, Math.min(ADDRESSES_TRIED, all.size()));
    } catch (Throwable e) {
      throw Exchange.problem(e, url, Reason.DNS);
    }
  }

  private RequestOptions options(
      HttpMethod method,
      URI url,
      InetAddress address,
      Map<String, String> headers,
      Deadline deadline) {
    var query = url.getRawQuery();
    var options =
        new RequestOptions()
            .setMethod(method)
            .setServer(
                SocketAddress.inetSocketAddress(resolver.port(url), address.getHostAddress()))
            .setHost(url.getHost())
            .setPort(WebUrl.port(url))
            .setSsl(url.getScheme().equals("https"))
            .setURI(url.getRawPath() + (query == null ? "" : "?" + query))
            .setFollowRedirects(false)
            .setConnectTimeout(Math.min(rules.connect().toMillis(), deadline.millisLeft(url)))
            .setTimeout(deadline.millisLeft(url));
    headers.forEach(options::putHeader);
    return options.putHeader("User-Agent", rules.userAgent());
  }

  /** Closes every connection. */
  @Override
  public void close() {
    client.close();
    lookups.close();
  }
}
