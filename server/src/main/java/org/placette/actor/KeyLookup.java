package org.placette.actor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.placette.actor.KeyRefused.Reason;
import org.placette.db.Db;
import org.placette.federation.fetch.Budget;
import org.placette.federation.fetch.FetchProblem;
import org.placette.federation.fetch.WebUrl;
import org.placette.federation.proof.DataIntegrity;
import org.placette.federation.signature.PublishedKey;
import org.placette.federation.vocab.AsObject;

/**
 * From a key's id to the key and the actor it belongs to. A key counts only when its owner, fetched
 * at the owner's own id, lists it, and key and owner are on one origin (FEP-fe34). What was proven
 * is kept in the database; a refusal is kept for some minutes, so that a stranger's bad key costs
 * one request. Thread-safe.
 */
public final class KeyLookup {

  private static final Duration LOOK_AGAIN_AFTER = Duration.ofMinutes(5);
  private static final int LOOKUPS_PER_HOST_AND_MINUTE = 60;

  /** The key's document, the owner's, and one refetch of each at the id that it states. */
  private static final int FETCHES_PER_LOOKUP = 4;

  private final Actors actors;
  private final RemoteActors remote;
  private final Db db;

  private record Held(StoredKey key, Actor owner) {}

  private final Cache<String, Held> held =
      Caffeine.newBuilder().maximumSize(2_000).expireAfterWrite(Duration.ofSeconds(10)).build();
  private final Cache<String, KeyRefused> refused =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(LOOK_AGAIN_AFTER).build();
  private final Cache<String, AtomicInteger> lookupsOfMinute =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofMinutes(1)).build();
  private final Map<String, Future<Held>> underWay = new ConcurrentHashMap<>();

  public KeyLookup(Db db, Actors actors) {
    this.db = db;
    this.actors = actors;
    this.remote = actors.remote();
  }

  /**
   * The key that signed a request.
   *
   * @param keyId as the signature names it
   * @param refetch true after a signature did not verify: the owner may have a new key. Asks again
   *     only when the last look is more than five minutes old.
   * @throws KeyRefused with the reason by name
   */
  public KnownKey find(String keyId, boolean refetch) {
    var known = known(keyId);
    if (known != null && !refetch) return usable(known);
    if (known != null && known.key.fetchedAt().isAfter(Instant.now().minus(LOOK_AGAIN_AFTER))) {
      throw new KeyRefused(Reason.ALREADY_FRESH, keyId);
    }
    var before = refused.getIfPresent(keyId);
    if (before != null) throw before;
    return usable(lookUpOnce(keyId));
  }

  /**
   * The Ed25519 key that a document's proof names (FEP-8b32, FEP-521a).
   *
   * @throws KeyRefused with the reason by name; NO_SUCH_KEY also for a key of another kind
   */
  public KnownKey proofKey(String verificationMethod) {
    var found = find(verificationMethod, false);
    if (!found.key().getAlgorithm().equals("RSA")) return found;
    throw new KeyRefused(Reason.NO_SUCH_KEY, verificationMethod + " is no Ed25519 key");
  }

  /**
   * Whether a document bears a valid proof (FEP-8b32) of the actor that it is said to be of.
   *
   * @throws KeyRefused when the key cannot be had now, but may be later
   */
  public boolean isProven(ObjectNode document, String actor) {
    var method = DataIntegrity.verificationMethod(document);
    if (method == null || !AsObject.sameOrigin(method, actor)) return false;
    try {
      var known = proofKey(method);
      return known.owner().uri().equals(actor)
          && DataIntegrity.verify(document, id -> known.key()).isValid();
    } catch (KeyRefused e) {
      if (e.isPassing()) throw e;
      return false;
    }
  }

  /** The key of a proof if it is known already, asking nobody; null when it is not. */
  public @Nullable KnownKey knownProofKey(String verificationMethod) {
    var known = known(verificationMethod);
    return known == null || known.key.key().getAlgorithm().equals("RSA") ? null : usable(known);
  }

  private static KnownKey usable(Held held) {
    if (held.owner.suspended() || held.owner.deleted()) {
      throw new KeyRefused(Reason.SUSPENDED, held.owner.uri());
    }
    return new KnownKey(held.key.key(), held.owner);
  }

  private @Nullable Held known(String keyId) {
    var cached = held.getIfPresent(keyId);
    if (cached != null) return cached;
    var key = ActorStore.remoteKey(db, keyId);
    var owner = key == null ? null : actors.byId(key.actorId());
    if (key == null || owner == null) return null;
    var found = new Held(key, owner);
    held.put(keyId, found);
    return found;
  }

  private Held lookUpOnce(String keyId) {
    Promise<Held> promise = Promise.promise();
    var other = underWay.putIfAbsent(keyId, promise.future());
    if (other != null) return other.await();
    try {
      var found = lookUp(keyId);
      held.put(keyId, found);
      promise.complete(found);
      return found;
    } catch (RuntimeException | Error e) {
      if (e instanceof KeyRefused why && !why.isPassing()) refused.put(keyId, why);
      promise.fail(e);
      throw e;
    } finally {
      underWay.remove(keyId);
    }
  }

  private Held lookUp(String keyId) {
    var url = WebUrl.parseOrNull(keyId);
    if (url == null || keyId.length() > 2_048 || actors.urls().isOurs(keyId)) {
      throw new KeyRefused(Reason.BAD_KEY_ID, "no key is looked up there");
    }
    var count = lookupsOfMinute.get(url.getHost(), host -> new AtomicInteger());
    if (count.incrementAndGet() > LOOKUPS_PER_HOST_AND_MINUTE) {
      throw new KeyRefused(Reason.TOO_MANY, url.getHost());
    }
    try {
      return prove(keyId);
    } catch (FetchProblem e) {
      throw refusal(e);
    }
  }

  private Held prove(String keyId) {
    var budget = new Budget(FETCHES_PER_LOOKUP);
    var document = remote.document(keyId, budget);
    var entry = entry(document, keyId);
    if (entry == null) throw new KeyRefused(Reason.NO_SUCH_KEY, keyId);
    if (!AsObject.sameOrigin(keyId, document.id()) || !AsObject.sameOrigin(keyId, entry.owner())) {
      throw new KeyRefused(Reason.NOT_THE_OWNERS, keyId + " names " + entry.owner());
    }
    var isOwners = entry.owner().equals(document.id());
    var owner = isOwners ? document : remote.document(entry.owner(), budget);
    if (!entry.owner().equals(owner.id()) || !lists(owner, entry)) {
      throw new KeyRefused(Reason.NOT_THE_OWNERS, entry.owner() + " does not list " + keyId);
    }
    var actor = store(owner, entry);
    return new Held(new StoredKey(entry.id(), actor.id(), entry.key(), Instant.now()), actor);
  }

  private Actor store(AsObject owner, PublishedKey entry) {
    RemoteActors.Seen seen;
    try {
      seen = remote.store(owner);
    } catch (FetchProblem e) {
      throw new KeyRefused(Reason.NO_ACTOR, e.getMessage() == null ? "" : e.getMessage());
    }
    // A key that the owner lists by its id alone is not in the owner's document.
    ActorStore.addKey(db, seen.actor().id(), entry);
    return seen.actor();
  }

  /** The key of that id; an actor's bare id stands for its own RSA key. */
  private static @Nullable PublishedKey entry(AsObject document, String keyId) {
    var keys = PublishedKey.in(document.json());
    for (var key : keys) if (key.id().equals(keyId)) return key;
    if (!keyId.equals(document.id())) return null;
    for (var key : keys) {
      if (key.owner().equals(keyId) && key.key().getAlgorithm().equals("RSA")) return key;
    }
    return null;
  }

  private static boolean lists(AsObject owner, PublishedKey entry) {
    for (var key : PublishedKey.in(owner.json())) {
      if (key.id().equals(entry.id())) {
        return key.owner().equals(entry.owner()) && key.key().equals(entry.key());
      }
    }
    return owner.refs("publicKey").contains(entry.id())
        || owner.refs("assertionMethod").contains(entry.id());
  }

  private static KeyRefused refusal(FetchProblem e) {
    var reason =
        switch (e.reason()) {
          case PRIVATE_ADDRESS, BAD_URL, OWN_ORIGIN -> Reason.BAD_KEY_ID;
          case GONE, NOT_FOUND -> Reason.GONE;
          case BUDGET -> Reason.TOO_MANY;
          case STATUS -> e.status() / 100 == 4 ? Reason.NO_SUCH_KEY : Reason.UNREACHABLE;
          default -> e.reason().isPassing() ? Reason.UNREACHABLE : Reason.NO_SUCH_KEY;
        };
    return new KeyRefused(reason, String.valueOf(e.getMessage()));
  }
}
