package org.placette.federation.signature;

import com.google.crypto.tink.subtle.Ed25519Sign;
import com.google.crypto.tink.subtle.Ed25519Verify;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;

/**
 * Ed25519 (RFC 8032) by Tink, which is three times faster than the JDK's: about 0.25 ms each way.
 */
public final class Ed25519 {
  /** The raw key stands at the end of its SPKI form, 44 bytes, and of its PKCS#8 form, 48 bytes. */
  private static final int RAW = 32;

  private Ed25519() {}

  /** Whether the key is an Ed25519 key. */
  public static boolean is(PublicKey key) {
    return key.getAlgorithm().equals("EdDSA") && key.getEncoded().length == RAW + 12;
  }

  /**
   * The 64 bytes of the signature.
   *
   * @throws InvalidKeyException for a key of another kind
   */
  public static byte[] sign(PrivateKey key, byte[] message) throws GeneralSecurityException {
    byte[] pkcs8 = key.getEncoded();
    if (!key.getAlgorithm().equals("EdDSA") || pkcs8.length != RAW + 16) {
      throw new InvalidKeyException("not an Ed25519 key");
    }
    return new Ed25519Sign(Arrays.copyOfRange(pkcs8, 16, pkcs8.length)).sign(message);
  }

  /** Whether the key signed the message; false for keys of another kind. */
  public static boolean verify(PublicKey key, byte[] message, byte[] signature) {
    if (!is(key)) {
      return false;
    }
    byte[] spki = key.getEncoded();
    try {
      new Ed25519Verify(Arrays.copyOfRange(spki, 12, spki.length)).verify(signature, message);
      return true;
    } catch (GeneralSecurityException wrong) {
      return false;
    }
  }
}
