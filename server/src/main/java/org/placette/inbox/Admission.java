package org.placette.inbox;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.actor.KeyLookup;
import org.placette.actor.KeyRefused;
import org.placette.actor.KnownKey;
import org.placette.db.Ids;
import org.placette.federation.proof.DataIntegrity;
import org.placette.federation.proof.ProofCheck;
import org.placette.federation.signature.ClaimedSignature;
import org.placette.federation.signature.IncomingRequest;
import org.placette.federation.signature.SignatureProblem;
import org.placette.federation.signature.SignatureVerifier;
import org.placette.federation.vocab.AsObject;
import org.placette.federation.vocab.BoundedJson;
import org.placette.federation.vocab.JsonProblem;

/**
 * Decides whether a delivery is taken: cheap checks first, then those that need a key, so that a
 * stranger cannot make this server visit anybody by sending rubbish. Writes nothing.
 */
final class Admission {

  private static final int BUSY_SECONDS = 60;

  /**
   * KiB of bodies that are worked on at the same time. Each holds a processor as long as it is
   * large, and while such hold them all nobody gets a page. Never held while somebody is asked.
   */
  private static final int TOGETHER_KIB = 64;

  private final Actors actors;
  private final KeyLookup keys;
  private final SignatureVerifier signatures;
  private final Predicate<String> blocked;
  private final HostBuckets buckets;
  private final Semaphore room = new Semaphore(TOGETHER_KIB, true);

  Admission(
      Actors actors,
      KeyLookup keys,
      SignatureVerifier signatures,
      Predicate<String> blocked,
      HostBuckets buckets) {
    this.actors = actors;
    this.keys = keys;
    this.signatures = signatures;
    this.blocked = blocked;
    this.buckets = buckets;
  }

  /**
   * What a delivery says before anything about it is certain.
   *
   * @param actor the id in {@code actor}
   */
  record Claim(AsObject activity, String actor) {

    @Nullable String host() {
      return Verification.host(actor);
    }
  }

  /**
   * Reads the body.
   *
   * @throws Rejection when it is nothing that could be an activity of its actor
   */
  Claim read(byte[] body) {
    AsObject activity;
    try {
      activity = inTurn(body, () -> new AsObject(BoundedJson.read(body)));
    } catch (JsonProblem e) {
      var status = e.reason() == JsonProblem.Reason.TOO_LARGE ? 413 : 400;
      throw new Rejection(status, name("json", e.reason()), words(e));
    }
    var actor = activity.ref("actor");
    if (actor == null) throw new Rejection(400, "no-actor", "The activity has no actor");
    if (activity.type().isEmpty()) throw new Rejection(400, "no-type", "The activity has no type");
    return new Claim(activity, actor);
  }

  /**
   * Verifies who sent it.
   *
   * @return the row to store, or null when it is to be taken without any effect
   * @throws Rejection with what to answer
   */
  @Nullable Entry admit(IncomingRequest request, Claim claim, byte[] body) {
    checkOrigins(claim);
    if (isBlocked(claim.actor())) {
      throw new Rejection(403, "blocked-domain", "This server does not federate with yours");
    }
    ClaimedSignature signature;
    try {
      signature = signatures.read(request);
    } catch (SignatureProblem e) {
      throw new Rejection(401, name("signature", e.reason()), words(e));
    }
    if (isFarewell(claim)) return null;
    if (isBlocked(signature.keyId())) {
      throw new Rejection(403, "blocked-domain", "This server does not federate with yours");
    }
    var signer = signer(signature, claim);
    if (signer == null) return null;
    pay(signer);
    if (signer.uri().equals(claim.actor())) {
      refuseBrokenProof(claim);
      return entry(claim, signature, body, true);
    }
    if (isProven(claim)) return entry(claim, signature, body, true);
    if (isForwarded(claim.activity())) return entry(claim, signature, body, false);
    throw new Rejection(401, "signer-is-not-the-actor", "The signer is not the activity's actor");
  }

  private void checkOrigins(Claim claim) {
    var activity = claim.activity();
    if (AsObject.origin(claim.actor()) == null) {
      throw new Rejection(401, "actor-without-origin", "The actor is no http(s) id");
    }
    if (actors.urls().isOurs(claim.actor())) {
      throw new Rejection(401, "actor-is-ours", "The actor is one of this server");
    }
    var id = activity.id();
    if (id != null && !AsObject.sameOrigin(id, claim.actor())) {
      throw new Rejection(401, "id-of-another-origin", "The id is not of the actor's origin");
    }
    var object = activity.object("object");
    var objectId = object == null ? null : object.id();
    if (objectId != null
        && activity.is("Create", "Update")
        && !AsObject.sameOrigin(objectId, claim.actor())) {
      throw new Rejection(401, "object-of-another-origin", "The object is not the actor's");
    }
  }

  private boolean isBlocked(String id) {
    var host = Verification.host(id);
    return host != null && blocked.test(host);
  }

  /**
   * A stranger's Delete or Update of itself: there is nothing to delete or update here, and for a
   * deleted actor there is no key left to check with. Servers tell everybody for months.
   */
  private boolean isFarewell(Claim claim) {
    var activity = claim.activity();
    return activity.is("Delete", "Update")
        && claim.actor().equals(activity.ref("object"))
        && actors.byUri(claim.actor()) == null;
  }

  /** The actor who really signed; null when the actor is gone and says nothing but that. */
  private @Nullable Actor signer(ClaimedSignature signature, Claim claim) {
    try {
      var known = keys.find(signature.keyId(), false);
      if (signatures.verify(signature, known.key())) return known.owner();
      var fresh = again(signature.keyId());
      if (fresh != null && signatures.verify(signature, fresh.key())) return fresh.owner();
      throw new Rejection(401, "signature-does-not-verify", "The signature does not verify");
    } catch (KeyRefused e) {
      var gone = e.reason() == KeyRefused.Reason.GONE;
      if (gone && claim.activity().is("Delete")) return null;
      throw refusal(e);
    }
  }

  private @Nullable KnownKey again(String keyId) {
    try {
      return keys.find(keyId, true);
    } catch (KeyRefused e) {
      if (e.reason() == KeyRefused.Reason.ALREADY_FRESH) return null;
      throw e;
    }
  }

  private static Rejection refusal(KeyRefused e) {
    var reason = name("key", e.reason());
    if (e.isPassing()) {
      return new Rejection(503, reason, "The key cannot be fetched now", BUSY_SECONDS);
    }
    if (e.reason() == KeyRefused.Reason.SUSPENDED) {
      return new Rejection(403, reason, "The actor is suspended here");
    }
    return new Rejection(401, reason, "The key cannot be used: " + e.reason());
  }

  private void pay(Actor signer) {
    int wait = buckets.take(String.valueOf(signer.host()));
    if (wait > 0) {
      throw new Rejection(429, "too-many-from-host", "Too many activities, slow down", wait);
    }
  }

  /** Whether the document itself bears a valid proof of its actor (FEP-8b32). */
  private boolean isProven(Claim claim) {
    try {
      return keys.isProven(claim.activity().json(), claim.actor());
    } catch (KeyRefused e) {
      throw refusal(e);
    }
  }

  /**
   * A proof counts for more than the request's signature (FEP-8b32): what was changed after it was
   * proven is refused whoever sends it. Only a key that is known already is tried, so that a proof
   * never makes this server visit anybody.
   */
  private void refuseBrokenProof(Claim claim) {
    var document = claim.activity().json();
    var method = DataIntegrity.verificationMethod(document);
    if (method == null || !AsObject.sameOrigin(method, claim.actor())) return;
    var known = keys.knownProofKey(method);
    if (known == null) return;
    var check = DataIntegrity.verify(document, id -> known.key());
    if (check.outcome() == ProofCheck.Outcome.BAD_SIGNATURE)
      throw new Rejection(401, "proof-does-not-verify", "The proof does not verify");
  }

  /** Mastodon and its like pass replies and deletions on with a linked-data signature. */
  private static boolean isForwarded(AsObject activity) {
    return activity.object("signature") != null && activity.is("Create", "Update", "Delete");
  }

  private Entry entry(Claim claim, ClaimedSignature signature, byte[] body, boolean trusted) {
    var activity = claim.activity();
    var id = activity.id();
    return new Entry(
        Ids.next(),
        inTurn(body, () -> fingerprint(activity, signature)),
        id == null ? "" : id,
        claim.actor(),
        OrderKeys.of(activity),
        OrderKeys.number(activity),
        trusted,
        body,
        Instant.now(),
        0);
  }

  /**
   * A Follow and an Undo may come again, signed anew: Gancio names each of its follows of one actor
   * alike, and each end of one, and a Follow that is asked again wants its answer again.
   */
  private static UUID fingerprint(AsObject activity, ClaimedSignature signature) {
    return activity.is("Follow", "Undo")
        ? Fingerprint.of(activity, signature.signature())
        : Fingerprint.of(activity);
  }

  private <T> T inTurn(byte[] body, Supplier<T> work) {
    int kib = Math.clamp(body.length / 1024, 1, TOGETHER_KIB);
    room.acquireUninterruptibly(kib);
    try {
      return work.get();
    } finally {
      room.release(kib);
    }
  }

  private static String name(String prefix, Enum<?> reason) {
    return prefix + "-" + reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String words(RuntimeException e) {
    return String.valueOf(e.getMessage());
  }
}
