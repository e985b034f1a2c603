package org.placette.federation.fetch;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.placette.federation.fetch.FetchProblem.Reason;

/**
 * An answer, whole and within limits.
 *
 * @param url where it came from in the end, canonical
 * @param status the HTTP status
 * @param headers by lower-case name; repeated ones joined by a comma
 * @param body decompressed
 */
@SuppressWarnings("ArrayRecordComponent") // bytes off the wire, handed on once, never compared
public record FetchResponse(URI url, int status, Map<String, String> headers, byte[] body) {

  /** The value of a header, or null. */
  public @Nullable String header(String name) {
    return headers.get(name.toLowerCase(Locale.ROOT));
  }

  /** The parsed Content-Type, or null when absent or malformed. */
  public @Nullable MediaType type() {
    return MediaType.parse(header("content-type"));
  }

  /** True for 301, 302, 303, 307 and 308 with a Location. */
  public boolean isRedirect() {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> header("location") != null;
      default -> false;
    };
  }

  /**
   * This, if the peer answered 2xx.
   *
   * @throws FetchProblem NOT_FOUND, GONE or STATUS otherwise
   */
  public FetchResponse successful() {
    if (status / 100 == 2) return this;
    var reason =
        switch (status) {
          case 404 -> Reason.NOT_FOUND;
          case 410 -> Reason.GONE;
          default -> Reason.STATUS;
        };
    throw new FetchProblem(reason, status, url.toString());
  }
}
