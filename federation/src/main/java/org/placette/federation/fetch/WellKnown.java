package org.placette.federation.fetch;

import java.net.URI;
import java.util.Map;
import org.placette.federation.fetch.FetchProblem.Reason;

/** Unsigned requests to a host's fixed paths (RFC 8615), where only the host is known. */
record WellKnown(GuardedHttp http) {

  /**
   * The answer at a path of {@code host}, whatever its status: over https, or, where the rules
   * allow plain http and nobody speaks https there, over http.
   *
   * @param host with an optional port, canonical
   * @param path with its query
   */
  FetchResponse get(String host, String path, String accept) {
    try {
      return http.get(url("https", host, path), Map.of("Accept", accept));
    } catch (FetchProblem e) {
      var noTls = e.reason() == Reason.TLS || e.reason() == Reason.CONNECT;
      if (!noTls || !http.rules().allowPlainHttp()) throw e;
    }
    return http.get(url("http", host, path), Map.of("Accept", accept));
  }

  private static URI url(String scheme, String host, String path) {
    return WebUrl.parse(scheme + "://" + host + path);
  }
}
