package org.placette.federation.signature;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it arrived.
 *
 * @param method method as received
 * @param target path and query as received, percent-encoding untouched
 * @param headers values by lower-case name, in order of arrival
 * @param body raw bytes of the body, before any decoding; null or empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // carries the body by reference, never compared
public record IncomingRequest(
    String method, String target, Map<String, List<String>> headers, byte @Nullable [] body) {

  /** All values of a header joined as RFC 9110 section 5.3 says, trimmed; null when absent. */
  @Nullable String header(String lowerCaseName) {
    List<String> values = headers.get(lowerCaseName);
    if (values == null || values.isEmpty()) {
      return null;
    }
    if (values.size() == 1) {
      return values.getFirst().strip();
    }
    StringBuilder joined = new StringBuilder(values.getFirst().strip());
    for (String value : values.subList(1, values.size())) {
      joined.append(", ").append(value.strip());
    }
    return joined.toString();
  }

  /** The target up to its question mark. */
  String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** The target from its question mark on, mark included; null without a query. */
  @Nullable String query() {
    int query = target.indexOf('?');
    return query < 0 ? null : target.substring(query);
  }

  boolean isRead() {
    return method.equals("GET") || method.equals("HEAD");
  }

  byte[] bodyBytes() {
    byte[] bytes = body;
    return bytes == null ? new byte[0] : bytes;
  }
}
