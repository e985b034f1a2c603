package org.placette.signin;

import java.time.Instant;

/** An authenticator app, for tests. */
public final class Codes {

  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private Codes() {}

  /**
   * The code that the app shows.
   *
   * @param later so many codes from now
   */
  public static String of(String base32, int later) {
    var bytes = new byte[base32.length() * 5 / 8];
    var buffer = 0;
    var bits = 0;
    var at = 0;
    for (var letter : base32.toCharArray()) {
      buffer = buffer << 5 | BASE32.indexOf(letter);
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes[at++] = (byte) (buffer >> bits);
        buffer &= (1 << bits) - 1;
      }
    }
    return Totp.code(bytes, Totp.step(Instant.now()) + later, 6);
  }
}
