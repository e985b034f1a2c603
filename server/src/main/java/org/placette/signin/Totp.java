package org.placette.signin;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based one-time passwords (RFC 6238) as every authenticator app makes them: HMAC-SHA-1, six
 * digits, a new one each 30 seconds.
 */
final class Totp {

  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int SECRET_BYTES = 20;
  private static final int STEP_SECONDS = 30;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Totp() {}

  /** A new secret, as long as the hash that works with it (RFC 4226, section 4). */
  static byte[] secret() {
    var bytes = new byte[SECRET_BYTES];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  /** The number of the time step that a moment is in. */
  static long step(Instant moment) {
    return Math.floorDiv(moment.getEpochSecond(), STEP_SECONDS);
  }

  /** The code of a time step, with as many digits (RFC 4226, section 5.3). */
  static String code(byte[] secret, long step, int digits) {
    try {
      var mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret, "HmacSHA1"));
      var hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
      var number = ByteBuffer.wrap(hash).getInt(hash[hash.length - 1] & 15) & 0x7fffffff;
      var most = (long) Math.pow(10, digits);
      return String.format(Locale.ROOT, "%0" + digits + "d", number % most);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA1", e);
    }
  }

  /**
   * The time step whose code this is; the one before and the one after are taken too, since clocks
   * differ (RFC 6238, section 6).
   *
   * @param last the step of the last code that was taken: only later ones count
   * @return -1 when it is none
   */
  static long matching(byte[] secret, String code, Instant now, long last) {
    var typed = code.replaceAll("\\s", "").getBytes(StandardCharsets.US_ASCII);
    var found = -1L;
    var current = step(now);
    for (var step = current - 1; step <= current + 1; step++) {
      var right = code(secret, step, 6).getBytes(StandardCharsets.US_ASCII);
      // All three are compared: time tells nothing.
      if (MessageDigest.isEqual(typed, right) && step > last && found < 0) found = step;
    }
    return found;
  }

  /** Bytes as people type them into an app (RFC 4648, section 6). */
  static String base32(byte[] bytes) {
    var text = new StringBuilder();
    var buffer = 0;
    var bits = 0;
    for (var b : bytes) {
      buffer = buffer << 8 | b & 255;
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(BASE32.charAt(buffer >> bits & 31));
      }
      buffer &= (1 << bits) - 1;
    }
    if (bits > 0) text.append(BASE32.charAt(buffer << 5 - bits & 31));
    return text.toString();
  }
}
