package org.placette.federation.signature;

import static org.placette.federation.signature.SignatureProblem.Reason.*;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Rules that both dialects share: time, key ids, values of covered headers. */
record Checks(IncomingRequest request, PublicOrigin origin, Instant now) {
  /** How far a peer's clock may be off; peers allow one hour, we add their own slowness. */
  static final Duration WINDOW = Duration.ofMinutes(65);

  /** Longest signature header read, in characters. */
  static final int MAX_HEADER = 8192;

  /** Most headers or components that one signature may cover. */
  static final int MAX_COVERED = 40;

  private static final int MAX_KEY_ID = 2048;

  void signedAt(Instant time) {
    if (time.isBefore(now.minus(WINDOW))) {
      throw new SignatureProblem(TOO_OLD, "signed too long ago, at " + time);
    }
    if (time.isAfter(now.plus(WINDOW))) {
      throw new SignatureProblem(IN_THE_FUTURE, "signed in the future, at " + time);
    }
  }

  void signedAt(String date) {
    Instant time = HttpDate.parse(date);
    if (time == null) {
      throw new SignatureProblem(TIME_UNREADABLE, "the Date header is not a date");
    }
    signedAt(time);
  }

  void expiresAt(Instant time) {
    if (!time.isAfter(now)) {
      throw new SignatureProblem(EXPIRED, "the signature expired at " + time);
    }
  }

  /** Value of a covered header. The host has to be ours; a missing one (HTTP/2) is ours. */
  String covered(String name) {
    String value = request.header(name);
    if (name.equals("host")) {
      return host(value);
    }
    if (value == null) {
      throw new SignatureProblem(HEADER_MISSING, "covered header is missing: " + name);
    }
    if (name.equals("date")) {
      signedAt(value);
    }
    return value;
  }

  /** The Host header, once it is known to name this server. */
  String host(@Nullable String value) {
    if (value == null) {
      return origin.authority();
    }
    if (!origin.isNamedBy(value)) {
      throw new SignatureProblem(OTHER_HOST, "this server is " + origin.authority());
    }
    return value;
  }

  /** A key id is an http or https URL without credentials; {@code acct:} ids are refused. */
  static String keyId(@Nullable String keyId) {
    if (keyId == null || keyId.isEmpty()) {
      throw new SignatureProblem(KEY_ID_MISSING, "the signature names no key");
    }
    try {
      if (keyId.length() <= MAX_KEY_ID) {
        URI uri = new URI(keyId);
        boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
        if (web && uri.getHost() != null && uri.getRawUserInfo() == null) {
          return keyId;
        }
      }
    } catch (URISyntaxException notAUrl) {
      // refused below
    }
    throw new SignatureProblem(KEY_ID_REFUSED, "the key id must be an https URL");
  }

  static byte[] base64(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      if (bytes.length > 0) {
        return bytes;
      }
    } catch (IllegalArgumentException notBase64) {
      // refused below
    }
    throw new SignatureProblem(MALFORMED, "not base64");
  }

  static Instant seconds(long seconds) {
    if (seconds < 0 || seconds > 253_402_300_799L) { // the end of year 9999
      throw new SignatureProblem(TIME_UNREADABLE, "not a time: " + seconds);
    }
    return Instant.ofEpochSecond(seconds);
  }
}
