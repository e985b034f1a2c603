package org.placette.push;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import org.placette.actor.KeyRing;
import org.placette.db.Db;
import org.placette.db.SettingStore;

/**
 * By what push services know this server (RFC 8292): one key for ever, since every subscription is
 * bound to it. Made on the first start and sealed.
 */
public final class Vapid {

  private static final String SETTING = "vapid";
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final Duration VALID = Duration.ofHours(12);

  private final String publicKey;
  private final PrivateKey privateKey;
  private final String contact;

  private Vapid(String publicKey, PrivateKey privateKey, String contact) {
    this.publicKey = publicKey;
    this.privateKey = privateKey;
    this.contact = contact;
  }

  /**
   * Reads the key, or makes it.
   *
   * @param contact where a push service may complain: an https or mailto address
   */
  public static Vapid open(Db db, KeyRing ring, String contact) {
    try {
      var stored = SettingStore.get(db, SETTING);
      if (stored == null) {
        var keys = PushCipher.newKeys();
        var point = BASE64.encodeToString(PushCipher.point((ECPublicKey) keys.getPublic()));
        var sealed = ring.seal(keys.getPrivate().getEncoded(), SETTING);
        SettingStore.putFirst(db, SETTING, point + " " + BASE64.encodeToString(sealed));
        stored = Objects.requireNonNull(SettingStore.get(db, SETTING));
      }
      var parts = stored.split(" ", 2);
      var bytes = ring.unseal(Base64.getUrlDecoder().decode(parts[1]), SETTING);
      var key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(bytes));
      return new Vapid(parts[0], key, contact);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The key for push messages cannot be used.", e);
    }
  }

  /** The public key, as apps hand it to their push service. */
  public String publicKey() {
    return publicKey;
  }

  /** A signed word for one push service that this server is who sends (JWT, ES256). */
  String token(URI endpoint) throws GeneralSecurityException {
    var port = endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort();
    var audience = endpoint.getScheme() + "://" + endpoint.getHost() + port;
    var claims =
        "{\"aud\":\"%s\",\"exp\":%d,\"sub\":\"%s\"}"
            .formatted(audience, Instant.now().plus(VALID).getEpochSecond(), contact);
    var text = encoded("{\"typ\":\"JWT\",\"alg\":\"ES256\"}") + "." + encoded(claims);
    var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initSign(privateKey);
    signature.update(text.getBytes(StandardCharsets.US_ASCII));
    return text + "." + BASE64.encodeToString(signature.sign());
  }

  private static String encoded(String text) {
    return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
