package org.placette.signin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;

/**
 * What a browser sends of a passkey, checked (Web Authentication level 3, sections 7.1 and 7.2).
 * Attestation is not asked for: who made the device is nobody's business here, and the key comes in
 * the form that the browser takes out of it by itself ({@code getPublicKey}).
 *
 * @param id of the credential
 * @param clientData the JSON that the browser signed for
 * @param authenticatorData what the device says
 * @param signature over both; empty when a key is made
 * @param publicKey X.509; empty when one is used
 * @param algorithm COSE number; 0 when one is used
 */
@SuppressWarnings("ArrayRecordComponent") // bytes off the wire, checked once, never compared
record Passkey(
    byte[] id,
    byte[] clientData,
    byte[] authenticatorData,
    byte[] signature,
    byte[] publicKey,
    int algorithm) {

  /** The algorithms taken: ES256, EdDSA, RS256. */
  static final int[] ALGORITHMS = {-7, -8, -257};

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PRESENT = 1;
  private static final int VERIFIED = 4;
  private static final int HEAD = 37;

  /** What is stored of a key. */
  @SuppressWarnings("ArrayRecordComponent")
  record Known(byte[] publicKey, int algorithm, long count) {}

  /** What does not hold. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String why) {
      super(why);
    }
  }

  /** Reads what the script of the page sends: an object of base64url texts. */
  static Passkey read(String text) throws Refused {
    try {
      var json = JSON.readTree(text);
      if (json == null || !json.isObject()) throw new Refused("no-object");
      return new Passkey(
          bytes(json, "id"),
          bytes(json, "clientData"),
          bytes(json, "authenticatorData"),
          bytes(json, "signature"),
          bytes(json, "publicKey"),
          json.path("algorithm").asInt());
    } catch (IOException | IllegalArgumentException e) {
      throw new Refused("malformed");
    }
  }

  private static byte[] bytes(JsonNode json, String name) {
    return Base64.getUrlDecoder().decode(json.path(name).asText(""));
  }

  /**
   * A new key that belongs to the challenge.
   *
   * @param host the relying party's id: the domain without its port
   */
  Known created(String challenge, String origin, String host) throws Refused {
    checkClient("webauthn.create", challenge, origin);
    var count = checkDevice(host);
    if (Arrays.stream(ALGORITHMS).noneMatch(one -> one == algorithm))
      throw new Refused("algorithm");
    if (id.length == 0 || id.length > 1023) throw new Refused("credential-id");
    try {
      var unused = key(publicKey, algorithm);
    } catch (GeneralSecurityException e) {
      throw new Refused("public-key");
    }
    return new Known(publicKey, algorithm, count);
  }

  /** The count after a use of a known key that belongs to the challenge. */
  long used(Known known, String challenge, String origin, String host) throws Refused {
    checkClient("webauthn.get", challenge, origin);
    var count = checkDevice(host);
    try {
      var check = Signature.getInstance(jca(known.algorithm()));
      check.initVerify(key(known.publicKey(), known.algorithm()));
      check.update(authenticatorData);
      check.update(sha256(clientData));
      if (!check.verify(signature)) throw new Refused("signature");
    } catch (GeneralSecurityException e) {
      throw new Refused("signature");
    }
    // A count that does not grow is a copy of the key; many keys do not count at all.
    if ((count != 0 || known.count() != 0) && count <= known.count()) throw new Refused("copied");
    return count;
  }

  private void checkClient(String type, String challenge, String origin) throws Refused {
    try {
      var client = JSON.readTree(clientData);
      if (!client.path("type").asText().equals(type)) throw new Refused("type");
      var said = client.path("challenge").asText().getBytes(StandardCharsets.UTF_8);
      if (!MessageDigest.isEqual(said, challenge.getBytes(StandardCharsets.UTF_8)))
        throw new Refused("challenge");
      if (!client.path("origin").asText().equals(origin)) throw new Refused("origin");
      if (client.path("crossOrigin").asBoolean()) throw new Refused("cross-origin");
    } catch (IOException e) {
      throw new Refused("client-data");
    }
  }

  private long checkDevice(String host) throws Refused {
    if (authenticatorData.length < HEAD) throw new Refused("authenticator-data");
    var party = Arrays.copyOf(authenticatorData, 32);
    if (!MessageDigest.isEqual(party, sha256(host.getBytes(StandardCharsets.UTF_8))))
      throw new Refused("party");
    var flags = authenticatorData[32];
    if ((flags & PRESENT) == 0 || (flags & VERIFIED) == 0) throw new Refused("not-verified");
    return Integer.toUnsignedLong(ByteBuffer.wrap(authenticatorData).getInt(33));
  }

  private static java.security.PublicKey key(byte[] encoded, int algorithm)
      throws GeneralSecurityException {
    var family =
        switch (algorithm) {
          case -7 -> "EC";
          case -8 -> "Ed25519";
          default -> "RSA";
        };
    return Objects.requireNonNull(
        KeyFactory.getInstance(family).generatePublic(new X509EncodedKeySpec(encoded)));
  }

  private static String jca(int algorithm) {
    return switch (algorithm) {
      case -7 -> "SHA256withECDSA";
      case -8 -> "Ed25519";
      default -> "SHA256withRSA";
    };
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
