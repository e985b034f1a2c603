package org.placette;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** An app's side of Web Push: keys, and reading what was encrypted for them, in both encodings. */
final class PushReader {

  private final KeyPair keys;
  private final byte[] auth = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  PushReader() throws Exception {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    keys = generator.generateKeyPair();
  }

  String p256dh() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(point());
  }

  String auth() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(auth);
  }

  private byte[] point() {
    var w = ((ECPublicKey) keys.getPublic()).getW();
    return ByteBuffer.allocate(65)
        .put((byte) 4)
        .put(fixed(w.getAffineX()))
        .put(fixed(w.getAffineY()))
        .array();
  }

  private static byte[] fixed(BigInteger number) {
    var text = String.format("%064x", number);
    var bytes = new byte[32];
    for (int i = 0; i < 32; i++)
      bytes[i] = (byte) Integer.parseInt(text.substring(2 * i, 2 * i + 2), 16);
    return bytes;
  }

  /** RFC 8188 with the keys of RFC 8291. */
  String standard(byte[] body) throws Exception {
    var salt = Arrays.copyOf(body, 16);
    var sender = Arrays.copyOfRange(body, 21, 21 + body[20]);
    var first = hmac(auth, agree(sender));
    var secret = expand(first, 32, bytes("WebPush: info\0"), point(), sender);
    var key = hmac(salt, secret);
    var text =
        open(
            expand(key, 16, bytes("Content-Encoding: aes128gcm\0")),
            expand(key, 12, bytes("Content-Encoding: nonce\0")),
            Arrays.copyOfRange(body, 21 + body[20], body.length));
    return new String(text, 0, text.length - 1, StandardCharsets.UTF_8);
  }

  /** The draft before. */
  String draft(byte[] body, String encryption, String cryptoKey) throws Exception {
    var salt = Base64.getUrlDecoder().decode(encryption.replaceFirst("^salt=", ""));
    var sender = Base64.getUrlDecoder().decode(cryptoKey.replaceFirst("^dh=([^;]*);.*", "$1"));
    var secret = expand(hmac(auth, agree(sender)), 32, bytes("Content-Encoding: auth\0"));
    var key = hmac(salt, secret);
    var context =
        ByteBuffer.allocate(140)
            .put(bytes("P-256\0"))
            .putShort((short) 65)
            .put(point())
            .putShort((short) 65)
            .put(sender)
            .array();
    var text =
        open(
            expand(key, 16, bytes("Content-Encoding: aesgcm\0"), context),
            expand(key, 12, bytes("Content-Encoding: nonce\0"), context),
            body);
    return new String(text, 2, text.length - 2, StandardCharsets.UTF_8);
  }

  private byte[] agree(byte[] sender) throws Exception {
    var x = new BigInteger(1, Arrays.copyOfRange(sender, 1, 33));
    var y = new BigInteger(1, Arrays.copyOfRange(sender, 33, 65));
    var curve = ((ECPublicKey) keys.getPublic()).getParams();
    var other =
        KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(x, y), curve));
    var agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(keys.getPrivate());
    agreement.doPhase(other, true);
    return agreement.generateSecret();
  }

  private static byte[] open(byte[] key, byte[] nonce, byte[] box) throws Exception {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
    return cipher.doFinal(box);
  }

  private static byte[] expand(byte[] key, int length, byte[]... info) throws Exception {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    for (var part : info) mac.update(part);
    mac.update((byte) 1);
    return Arrays.copyOf(mac.doFinal(), length);
  }

  private static byte[] hmac(byte[] key, byte[] text) throws Exception {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
