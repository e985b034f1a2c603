package org.placette.actor;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import org.placette.db.Db;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.federation.signature.Keys;
import org.placette.federation.signature.SigningKey;

/** The keys of local actors: sealed in the database, opened in memory for some minutes. */
final class LocalKeys {

  private final Db db;
  private final KeyRing keyRing;
  private final Cache<String, SigningKey> signing = cache();
  private final Cache<Long, Published> published = cache();

  LocalKeys(Db db, KeyRing keyRing) {
    this.db = db;
    this.keyRing = keyRing;
  }

  private static <K, V> Cache<K, V> cache() {
    return Caffeine.newBuilder().maximumSize(500).expireAfterWrite(Duration.ofMinutes(10)).build();
  }

  /**
   * The public keys of a local actor.
   *
   * @param rsa published as publicKey
   * @param ed25519 published as a Multikey
   */
  record Published(PublicKey rsa, PublicKey ed25519) {}

  void insert(Tx tx, Actor actor, String suffix, KeyPair pair) {
    var keyId = actor.uri() + suffix;
    var sealed = keyRing.seal(Keys.encode(pair.getPrivate()), keyId);
    ActorStore.insertKey(tx, keyId, actor.id(), pair.getPublic(), sealed);
  }

  SigningKey signing(String keyId) {
    return signing(db, keyId);
  }

  /** The same by the connection of the caller's transaction. */
  SigningKey signing(Sql sql, String keyId) {
    var cached = signing.getIfPresent(keyId);
    if (cached != null) return cached;
    var sealed = ActorStore.sealedKey(sql, keyId);
    if (sealed == null || sealed.length == 0) {
      throw new IllegalArgumentException("no private key here for " + keyId);
    }
    var key = new SigningKey(keyId, Keys.decodePrivate(keyRing.unseal(sealed, keyId)));
    signing.put(keyId, key);
    return key;
  }

  Published published(Sql sql, Actor actor) {
    var cached = published.getIfPresent(actor.id());
    if (cached != null) return cached;
    var keys = ActorStore.keysOf(sql, actor.id());
    var found =
        new Published(key(keys, actor, Actors.RSA_KEY), key(keys, actor, Actors.ED25519_KEY));
    published.put(actor.id(), found);
    return found;
  }

  private static PublicKey key(List<StoredKey> keys, Actor actor, String suffix) {
    return keys.stream()
        .filter(key -> key.id().equals(actor.uri() + suffix))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(actor.uri() + suffix + " is missing"))
        .key();
  }
}
