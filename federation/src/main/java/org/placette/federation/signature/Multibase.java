package org.placette.federation.signature;

import static org.placette.federation.signature.SignatureProblem.Reason.KEY_UNREADABLE;

import java.util.Arrays;

/** Multibase with the base58btc alphabet: {@code z} and then base 58. */
public final class Multibase {
  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

  /** An RSA-4096 key takes about 720 characters; the work grows with the square of the length. */
  private static final int MAX_LENGTH = 1600;

  private Multibase() {}

  /** {@code bytes} as {@code z…}. */
  public static String encode(byte[] bytes) {
    int zeros = leadingZeros(bytes);
    byte[] digits = convert(bytes, 256, 58);
    StringBuilder text = new StringBuilder(zeros + digits.length + 1).append('z');
    text.repeat('1', zeros);
    for (byte digit : digits) {
      text.append(ALPHABET.charAt(digit));
    }
    return text.toString();
  }

  /**
   * The bytes of {@code z…}.
   *
   * @throws SignatureProblem when it is another encoding, too long or damaged
   */
  public static byte[] decode(String text) {
    if (!text.startsWith("z") || text.length() > MAX_LENGTH) {
      throw new SignatureProblem(KEY_UNREADABLE, "not base58btc multibase");
    }
    byte[] digits = new byte[text.length() - 1];
    for (int i = 0; i < digits.length; i++) {
      int digit = ALPHABET.indexOf(text.charAt(i + 1));
      if (digit < 0) {
        throw new SignatureProblem(KEY_UNREADABLE, "not base58btc multibase");
      }
      digits[i] = (byte) digit;
    }
    int zeros = leadingZeros(digits);
    byte[] bytes = convert(digits, 58, 256);
    byte[] all = new byte[zeros + bytes.length];
    System.arraycopy(bytes, 0, all, zeros, bytes.length);
    return all;
  }

  private static int leadingZeros(byte[] bytes) {
    int zeros = 0;
    while (zeros < bytes.length && bytes[zeros] == 0) {
      zeros++;
    }
    return zeros;
  }

  /** Converts digits between bases, most significant first, without leading zeros. */
  private static byte[] convert(byte[] digits, int from, int to) {
    byte[] out = new byte[digits.length * 8 / 5 + 1];
    int start = out.length;
    for (byte digit : digits) {
      int carry = digit & 0xff;
      int i = out.length - 1;
      for (; carry != 0 || i >= start; i--) {
        carry += from * (out[i] & 0xff);
        out[i] = (byte) (carry % to);
        carry /= to;
      }
      start = i + 1;
    }
    return Arrays.copyOfRange(out, start, out.length);
  }
}
