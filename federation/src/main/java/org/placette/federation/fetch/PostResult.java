package org.placette.federation.fetch;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * What a peer answered to a delivery.
 *
 * @param status the HTTP status
 * @param retryAfter how long the peer asks to wait; never negative, null when it does not ask
 * @param excerpt the beginning of the body, for the log; may be empty, is not to be trusted
 */
public record PostResult(int status, @Nullable Duration retryAfter, String excerpt) {

  /** True for 2xx: the peer has taken the activity. */
  public boolean isAccepted() {
    return status / 100 == 2;
  }

  /** Reads Retry-After (RFC 9110 section 10.2.3): seconds or a date; null when neither. */
  static @Nullable Duration retryAfter(@Nullable String header, Instant now) {
    if (header == null) return null;
    var text = header.strip();
    if (text.matches("[0-9]{1,9}")) return Duration.ofSeconds(Long.parseLong(text));
    try {
      var at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
