package org.placette.federation.signature;

import static org.placette.federation.signature.SignatureProblem.Reason.DIGEST_MALFORMED;
import static org.placette.federation.signature.SignatureProblem.Reason.DIGEST_MISMATCH;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Digests of bodies: {@code Digest} (RFC 3230) and {@code Content-Digest} (RFC 9530). SHA-256 and
 * SHA-512 count, SHA-1 and others never do; every entry that counts has to match.
 */
final class Digests {
  private Digests() {}

  static byte[] sha256(byte[] bytes) {
    return hash("SHA-256", bytes);
  }

  static String digestHeader(byte[] body) {
    return "SHA-256=" + Base64.getEncoder().encodeToString(sha256(body));
  }

  static String contentDigestHeader(byte[] body) {
    return "sha-256=:" + Base64.getEncoder().encodeToString(sha256(body)) + ":";
  }

  /**
   * Checks whichever of the two headers are present, so that no two readers of the request can
   * disagree on what was signed.
   */
  static void check(IncomingRequest request) {
    String digest = request.header("digest");
    String contentDigest = request.header("content-digest");
    if (digest != null) {
      checkDigest(digest, request.bodyBytes());
    }
    if (contentDigest != null) {
      checkContentDigest(contentDigest, request.bodyBytes());
    }
  }

  private static void checkDigest(String header, byte[] body) {
    boolean counted = false;
    for (int from = 0; from <= header.length(); ) {
      int comma = header.indexOf(',', from);
      int end = comma < 0 ? header.length() : comma;
      String entry = header.substring(from, end).strip();
      int equals = entry.indexOf('=');
      if (equals <= 0) {
        throw new SignatureProblem(DIGEST_MALFORMED, "the Digest header is malformed");
      }
      String algorithm = known(entry.substring(0, equals).toUpperCase(Locale.ROOT));
      if (algorithm != null) {
        compare(algorithm, decode(entry.substring(equals + 1)), body);
        counted = true;
      }
      from = end + 1;
    }
    requireCounted(counted);
  }

  private static void checkContentDigest(String header, byte[] body) {
    boolean counted = false;
    Map<String, byte[]> entries;
    try {
      entries = new StructuredFields(header).byteDictionary();
    } catch (SignatureProblem malformed) {
      throw new SignatureProblem(DIGEST_MALFORMED, "the Content-Digest header is malformed");
    }
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      String algorithm = known(entry.getKey().toUpperCase(Locale.ROOT));
      if (algorithm != null) {
        compare(algorithm, entry.getValue(), body);
        counted = true;
      }
    }
    requireCounted(counted);
  }

  private static @Nullable String known(String name) {
    return name.equals("SHA-256") || name.equals("SHA-512") ? name : null;
  }

  private static void requireCounted(boolean counted) {
    if (!counted) {
      throw new SignatureProblem(DIGEST_MALFORMED, "the digest must be SHA-256 or SHA-512");
    }
  }

  private static void compare(String algorithm, byte[] claimed, byte[] body) {
    if (!MessageDigest.isEqual(claimed, hash(algorithm, body))) {
      throw new SignatureProblem(DIGEST_MISMATCH, "the digest does not match the body");
    }
  }

  private static byte[] decode(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException notBase64) {
      throw new SignatureProblem(DIGEST_MALFORMED, "the digest is not base64");
    }
  }

  private static byte[] hash(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
