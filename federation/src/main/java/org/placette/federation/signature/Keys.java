package org.placette.federation.signature;

import static org.placette.federation.signature.SignatureProblem.Reason.KEY_UNREADABLE;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Makes keys and reads and writes their published forms: PEM (SPKI and PKCS#1) and Multikey
 * (FEP-521a). Only RSA and Ed25519 exist here.
 */
public final class Keys {
  /** Longest PEM read, in characters: RSA-8192 with room to spare. */
  private static final int MAX_PEM = 4096;

  private static final int MIN_RSA_BITS = 1024;
  private static final int MAX_RSA_BITS = 8192;

  private static final byte[] ED25519_SPKI = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final byte[] RSA_ALGORITHM =
      HexFormat.of().parseHex("300d06092a864886f70d0101010500");
  private static final byte[] ED25519_MULTICODEC = {(byte) 0xed, 0x01};
  private static final byte[] RSA_MULTICODEC = {(byte) 0x85, 0x24};

  private Keys() {}

  /** A new RSA-2048 pair; larger keys break peers that pick the hash by key size. */
  public static KeyPair rsa() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /** A new Ed25519 pair. */
  public static KeyPair ed25519() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /** The key as {@code BEGIN PUBLIC KEY} (SPKI), lines of 64 characters, ending in a new line. */
  public static String toPem(PublicKey key) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    return "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
  }

  /**
   * Reads {@code BEGIN PUBLIC KEY} (SPKI) or {@code BEGIN RSA PUBLIC KEY} (PKCS#1), whatever its
   * white space.
   *
   * @throws SignatureProblem when it is damaged, of another kind or of an absurd size
   */
  public static PublicKey fromPem(String pem) {
    if (pem.length() > MAX_PEM) {
      throw unreadable();
    }
    boolean pkcs1 = pem.contains("-----BEGIN RSA PUBLIC KEY-----");
    String name = pkcs1 ? "RSA PUBLIC KEY-----" : "PUBLIC KEY-----";
    int start = pem.indexOf("-----BEGIN " + name);
    int end = pem.indexOf("-----END " + name);
    if (start < 0 || end < start) {
      throw unreadable();
    }
    byte[] der = unwrap(pem, start + "-----BEGIN ".length() + name.length(), end);
    return pkcs1 ? rsaFromPkcs1(der) : fromSpki(der);
  }

  /** The key as Multikey text: {@code z6Mk…} for Ed25519. */
  public static String toMultikey(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      byte[] pkcs1 = der(0x30, der(0x02, rsa.getModulus()), der(0x02, rsa.getPublicExponent()));
      return Multibase.encode(concat(RSA_MULTICODEC, pkcs1));
    }
    byte[] spki = key.getEncoded();
    if (spki.length != ED25519_SPKI.length + 32) {
      throw new IllegalArgumentException("neither RSA nor Ed25519");
    }
    byte[] raw = Arrays.copyOfRange(spki, ED25519_SPKI.length, spki.length);
    return Multibase.encode(concat(ED25519_MULTICODEC, raw));
  }

  /**
   * Reads a Multikey's {@code publicKeyMultibase}.
   *
   * @throws SignatureProblem when it is damaged or neither Ed25519 nor RSA
   */
  public static PublicKey fromMultikey(String multibase) {
    byte[] bytes = Multibase.decode(multibase);
    byte[] payload = bytes.length < 2 ? bytes : Arrays.copyOfRange(bytes, 2, bytes.length);
    if (startsWith(bytes, ED25519_MULTICODEC) && payload.length == 32) {
      return fromSpki(concat(ED25519_SPKI, payload));
    }
    if (startsWith(bytes, RSA_MULTICODEC)) {
      return rsaFromPkcs1(payload);
    }
    throw unreadable();
  }

  /** The private key as PKCS#8 bytes, to be sealed before they are stored. */
  public static byte[] encode(PrivateKey key) {
    return key.getEncoded();
  }

  /**
   * A private key, RSA or Ed25519, from PKCS#8 bytes.
   *
   * @throws SignatureProblem when the bytes are damaged
   */
  public static PrivateKey decodePrivate(byte[] pkcs8) {
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(pkcs8);
    try {
      // An Ed25519 key is 48 bytes, 83 with its public half; the smallest RSA key has hundreds.
      return KeyFactory.getInstance(pkcs8.length < 100 ? "Ed25519" : "RSA").generatePrivate(spec);
    } catch (GeneralSecurityException damaged) {
      throw unreadable();
    }
  }

  private static PublicKey fromSpki(byte[] der) {
    X509EncodedKeySpec spec = new X509EncodedKeySpec(der);
    try {
      if (startsWith(der, ED25519_SPKI)) {
        return KeyFactory.getInstance("Ed25519").generatePublic(spec);
      }
      PublicKey key = KeyFactory.getInstance("RSA").generatePublic(spec);
      if (key instanceof RSAPublicKey rsa && isSane(rsa)) {
        return key;
      }
    } catch (GeneralSecurityException damaged) {
      // refused below
    }
    throw unreadable();
  }

  /** Sizes between broken and absurd: verifying with a huge exponent would cost us seconds. */
  private static boolean isSane(RSAPublicKey key) {
    int bits = key.getModulus().bitLength();
    return bits >= MIN_RSA_BITS
        && bits <= MAX_RSA_BITS
        && key.getPublicExponent().bitLength() <= 64;
  }

  private static PublicKey rsaFromPkcs1(byte[] pkcs1) {
    byte[] bits = concat(new byte[] {0}, pkcs1);
    return fromSpki(der(0x30, RSA_ALGORITHM, der(0x03, bits)));
  }

  private static byte[] unwrap(String pem, int start, int end) {
    byte[] base64 = new byte[Math.max(0, end - start)];
    int length = 0;
    for (int i = start; i < end; i++) {
      char c = pem.charAt(i);
      if (c > ' ') {
        base64[length++] = (byte) (c < 128 ? c : '?');
      }
    }
    try {
      return Base64.getDecoder().decode(Arrays.copyOf(base64, length));
    } catch (IllegalArgumentException damaged) {
      throw unreadable();
    }
  }

  private static byte[] der(int tag, BigInteger number) {
    return der(tag, number.toByteArray());
  }

  private static byte[] der(int tag, byte[]... parts) {
    byte[] content = concat(parts);
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 6);
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else {
      byte[] length = BigInteger.valueOf(content.length).toByteArray();
      int sign = length[0] == 0 ? 1 : 0;
      out.write(0x80 | (length.length - sign));
      out.write(length, sign, length.length - sign);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static boolean startsWith(byte[] bytes, byte[] prefix) {
    return bytes.length >= prefix.length
        && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
  }

  private static SignatureProblem unreadable() {
    return new SignatureProblem(KEY_UNREADABLE, "the key is damaged or of an unknown kind");
  }
}
