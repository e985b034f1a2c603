package org.placette.federation.fetch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.federation.vocab.BoundedJson;

/**
 * The limits of every outgoing request.
 *
 * @param allowedPrivate ranges that may be reached although they are not public
 * @param allowPlainHttp whether http URLs may be reached at all: only where this server itself is
 *     plain http, on a test or home network
 * @param connect how long one connection, its handshake included, may take
 * @param total how long a whole exchange may take: every redirect, every knock, the body
 * @param maxBytes the largest answer, in bytes, after decompression
 * @param maxRedirects how many hops are followed
 * @param userAgent names this server and where to read about it
 * @param trustedCa a PEM file of certificate authorities to trust beside the usual ones
 * @param ownOrigin this server's own origin (scheme://host[:port]), which is never fetched
 */
public record FetchRules(
    List<Cidr> allowedPrivate,
    boolean allowPlainHttp,
    Duration connect,
    Duration total,
    int maxBytes,
    int maxRedirects,
    String userAgent,
    @Nullable Path trustedCa,
    @Nullable String ownOrigin) {

  /** The rules of a server on the open Internet: public addresses, https, 1 MB, 30 seconds. */
  public static FetchRules strict(String userAgent) {
    return new FetchRules(
        List.of(),
        false,
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        BoundedJson.MAX_BYTES,
        3,
        userAgent,
        null,
        null);
  }

  /** The same rules, with these ranges allowed too. */
  public FetchRules allowing(List<Cidr> ranges) {
    return new FetchRules(
        ranges,
        allowPlainHttp,
        connect,
        total,
        maxBytes,
        maxRedirects,
        userAgent,
        trustedCa,
        ownOrigin);
  }

  /** The same rules, with plain http allowed or not. */
  public FetchRules withPlainHttp(boolean allowed) {
    return new FetchRules(
        allowedPrivate,
        allowed,
        connect,
        total,
        maxBytes,
        maxRedirects,
        userAgent,
        trustedCa,
        ownOrigin);
  }

  /** The same rules with other time limits. */
  public FetchRules within(Duration connecting, Duration exchange) {
    return new FetchRules(
        allowedPrivate,
        allowPlainHttp,
        connecting,
        exchange,
        maxBytes,
        maxRedirects,
        userAgent,
        trustedCa,
        ownOrigin);
  }

  /** The same rules, trusting the authorities of a PEM file too; null for none. */
  public FetchRules trusting(@Nullable Path pem) {
    return new FetchRules(
        allowedPrivate,
        allowPlainHttp,
        connect,
        total,
        maxBytes,
        maxRedirects,
        userAgent,
        pem,
        ownOrigin);
  }

  /** The same rules for a server whose own ids begin with {@code origin}. */
  public FetchRules as(String origin) {
    return new FetchRules(
        allowedPrivate,
        allowPlainHttp,
        connect,
        total,
        maxBytes,
        maxRedirects,
        userAgent,
        trustedCa,
        origin);
  }
}
