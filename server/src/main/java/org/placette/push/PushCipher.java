package org.placette.push;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts a push for the app that subscribed: as RFC 8291 says (aes128gcm), or as the draft before
 * it did (draft-ietf-webpush-encryption-04, aesgcm), which older apps still expect.
 */
final class PushCipher {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final int RECORD = 4096;
  private static final int POINT = 65;

  private PushCipher() {}

  /**
   * What is posted.
   *
   * @param headers of the encryption; {@code Crypto-Key} goes on with the sender's key
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Sealed(byte[] body, Map<String, String> headers) {}

  static KeyPair newKeys() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
    return generator.generateKeyPair();
  }

  /**
   * Encrypts.
   *
   * @param p256dh the app's public key, an uncompressed point
   * @param auth the app's secret, 16 bytes
   * @throws GeneralSecurityException when the key is no point of the curve
   */
  static Sealed seal(byte[] text, byte[] p256dh, byte[] auth, boolean standard)
      throws GeneralSecurityException {
    var own = newKeys();
    var salt = new byte[16];
    RANDOM.nextBytes(salt);
    var sender = point((ECPublicKey) own.getPublic());
    var agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(own.getPrivate());
    agreement.doPhase(publicKey(p256dh), true);
    var shared = hmac(auth, agreement.generateSecret());
    return standard
        ? standard(text, p256dh, sender, salt, shared)
        : draft(text, p256dh, sender, salt, shared);
  }

  private static Sealed standard(
      byte[] text, byte[] receiver, byte[] sender, byte[] salt, byte[] shared)
      throws GeneralSecurityException {
    var secret = expand(shared, join(words("WebPush: info\0"), receiver, sender), 32);
    var key = hmac(salt, secret);
    var box =
        gcm(
            expand(key, words("Content-Encoding: aes128gcm\0"), 16),
            expand(key, words("Content-Encoding: nonce\0"), 12),
            join(text, new byte[] {2}));
    var head = ByteBuffer.allocate(21).put(salt).putInt(RECORD).put((byte) POINT).array();
    return new Sealed(join(head, sender, box), Map.of("Content-Encoding", "aes128gcm"));
  }

  private static Sealed draft(
      byte[] text, byte[] receiver, byte[] sender, byte[] salt, byte[] shared)
      throws GeneralSecurityException {
    var secret = expand(shared, words("Content-Encoding: auth\0"), 32);
    var key = hmac(salt, secret);
    var length = new byte[] {0, POINT};
    var context = join(words("P-256\0"), length, receiver, length, sender);
    var box =
        gcm(
            expand(key, join(words("Content-Encoding: aesgcm\0"), context), 16),
            expand(key, join(words("Content-Encoding: nonce\0"), context), 12),
            join(new byte[] {0, 0}, text));
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Encoding", "aesgcm");
    headers.put("Encryption", "salt=" + BASE64.encodeToString(salt));
    headers.put("Crypto-Key", "dh=" + BASE64.encodeToString(sender));
    return new Sealed(box, headers);
  }

  /** The uncompressed form of a public key (SEC 1, section 2.3.3). */
  static byte[] point(ECPublicKey key) {
    return join(new byte[] {4}, fixed(key.getW().getAffineX()), fixed(key.getW().getAffineY()));
  }

  private static byte[] fixed(BigInteger number) {
    var bytes = number.toByteArray();
    var fixed = new byte[32];
    var from = Math.max(0, bytes.length - 32);
    System.arraycopy(bytes, from, fixed, 32 - (bytes.length - from), bytes.length - from);
    return fixed;
  }

  private static ECPublicKey publicKey(byte[] point) throws GeneralSecurityException {
    if (point.length != POINT || point[0] != 4)
      throw new GeneralSecurityException("not an uncompressed point");
    var x = new BigInteger(1, Arrays.copyOfRange(point, 1, 33));
    var y = new BigInteger(1, Arrays.copyOfRange(point, 33, POINT));
    var curve = ((ECPublicKey) newKeys().getPublic()).getParams();
    return (ECPublicKey)
        KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(x, y), curve));
  }

  private static byte[] gcm(byte[] key, byte[] nonce, byte[] text) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
    return cipher.doFinal(text);
  }

  /** HKDF-Expand (RFC 5869) of at most one block. */
  private static byte[] expand(byte[] key, byte[] info, int length)
      throws GeneralSecurityException {
    return Arrays.copyOf(hmac(key, join(info, new byte[] {1})), length);
  }

  private static byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text);
  }

  private static byte[] words(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] join(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (var part : parts) all.writeBytes(part);
    return all.toByteArray();
  }
}
