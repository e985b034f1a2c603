package org.placette.actor;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.federation.fetch.Budget;
import org.placette.federation.fetch.Dereferencer;
import org.placette.federation.fetch.FetchProblem;
import org.placette.federation.fetch.FetchProblem.Reason;
import org.placette.federation.fetch.WebFinger;
import org.placette.federation.fetch.WebUrl;
import org.placette.federation.signature.PublishedKey;
import org.placette.federation.vocab.AsObject;

/** Fetches actors of other servers and keeps what they say of themselves. */
final class RemoteActors {

  private static final Duration FRESH = Duration.ofDays(2);

  /** Keys kept of one actor; more would only be a way to fill our disk. */
  private static final int KEYS_KEPT = 8;

  private final Actors actors;
  private final Db db;
  private final Dereferencer dereferencer;
  private final WebFinger webFinger;
  private final Map<String, Future<Seen>> underWay = new ConcurrentHashMap<>();

  RemoteActors(Actors actors, Db db, Dereferencer dereferencer, WebFinger webFinger) {
    this.actors = actors;
    this.db = db;
    this.dereferencer = dereferencer;
    this.webFinger = webFinger;
  }

  /**
   * An actor as just fetched from its id.
   *
   * @param document what its server said
   */
  record Seen(Actor actor, AsObject document) {}

  Actor resolve(String uri, Budget budget) {
    var stored = actors.byUri(uri);
    if (stored != null && (stored.local() || isFresh(stored))) return stored;
    if (actors.urls().isOurs(uri)) throw new FetchProblem(Reason.NOT_FOUND, "nobody here: " + uri);
    try {
      return fetch(uri, budget).actor();
    } catch (FetchProblem e) {
      // What we know is better than nothing; its end is told by a Delete, not by a failed look.
      if (stored != null) return stored;
      throw e;
    }
  }

  private static boolean isFresh(Actor actor) {
    var fetched = actor.fetchedAt();
    return fetched != null && fetched.isAfter(Instant.now().minus(FRESH));
  }

  /** Fetches and stores; callers that ask for one actor at the same time share one request. */
  Seen fetch(String uri, Budget budget) {
    Promise<Seen> promise = Promise.promise();
    var other = underWay.putIfAbsent(uri, promise.future());
    if (other != null) return other.await();
    try {
      var seen = store(document(uri, budget));
      promise.complete(seen);
      return seen;
    } catch (RuntimeException | Error e) {
      promise.fail(e);
      throw e;
    } finally {
      underWay.remove(uri);
    }
  }

  /** The document at {@code id}, asked for in the name of the instance. */
  AsObject document(String id, Budget budget) {
    return dereferencer.fetch(id, actors.signingKey(actors.relay()), budget);
  }

  /**
   * Keeps an actor from its own document, which was fetched from its id.
   *
   * @throws FetchProblem WRONG_TYPE when it describes no actor that can be talked to, WRONG_ID when
   *     it claims a key of another host
   */
  Seen store(AsObject document) {
    var candidate = ActorObject.read(document, actors.urls());
    if (ActorStore.isBuried(db, candidate.uri()))
      throw new FetchProblem(Reason.GONE, candidate.uri() + " was deleted");
    refuseForeignKeys(document, candidate.uri());
    var keys = keysOf(document, candidate.uri());
    List<String> listed = new ArrayList<>(document.refs("publicKey"));
    listed.addAll(document.refs("assertionMethod"));
    var stored =
        db.inTransaction(
            tx -> {
              var actor = ActorStore.upsertRemote(tx, candidate);
              ActorStore.replaceKeys(tx, actor.id(), keys, listed);
              return actor;
            });
    actors.learned(stored);
    return new Seen(stored, document);
  }

  /** Whoever lists another host's key as its own wants to be taken for somebody (FEP-fe34). */
  private static void refuseForeignKeys(AsObject document, String uri) {
    for (var id : document.refs("publicKey")) {
      if (!id.startsWith("#") && !AsObject.sameOrigin(id, uri))
        throw new FetchProblem(Reason.WRONG_ID, uri + " claims a key of another host");
    }
  }

  private static List<PublishedKey> keysOf(AsObject document, String uri) {
    Map<String, PublishedKey> own = new LinkedHashMap<>();
    for (var key : PublishedKey.in(document.json())) {
      if (key.owner().equals(uri) && AsObject.sameOrigin(key.id(), uri) && own.size() < KEYS_KEPT) {
        own.putIfAbsent(key.id(), key);
      }
    }
    return List.copyOf(own.values());
  }

  Actor byHandle(String text, Budget budget) {
    var handle = text.strip();
    if (handle.contains("://")) return byAddress(handle, budget);
    var local = ourName(handle);
    if (local != null) return local;
    return found(webFinger.resolve(handle), budget);
  }

  /** Ids first; a profile's address that serves no ActivityStreams may have a WebFinger answer. */
  private Actor byAddress(String url, Budget budget) {
    if (actors.urls().isOurs(url)) return resolve(url, budget);
    try {
      return resolve(url, budget);
    } catch (FetchProblem e) {
      if (e.reason() != Reason.WRONG_TYPE && e.reason() != Reason.WRONG_ID) throw e;
      return found(webFinger.resolve(url), budget);
    }
  }

  private Actor found(WebFinger.Found found, Budget budget) {
    if (actors.urls().isOurs(found.actorId())) {
      // Another host may not hand out our actors under its own names.
      throw new FetchProblem(Reason.WRONG_ID, found.subject() + " leads to this server");
    }
    var document = document(found.actorId(), budget);
    webFinger.confirm(found, document);
    return store(document).actor();
  }

  private @Nullable Actor ourName(String handle) {
    var text = handle.startsWith("acct:") ? handle.substring(5) : handle;
    if (text.startsWith("@")) text = text.substring(1);
    var at = text.lastIndexOf('@');
    if (at < 0) return known(text, handle);
    var ours = text.substring(at + 1).toLowerCase(Locale.ROOT).equals(actors.urls().host());
    return ours ? known(text.substring(0, at), handle) : null;
  }

  private Actor known(String username, String handle) {
    var actor = actors.localByName(username);
    if (actor == null || actor.deleted()) {
      throw new FetchProblem(Reason.NOT_FOUND, "nobody here: " + handle);
    }
    return actor;
  }

  /** The canonical host of an actor's id. */
  static String hostOf(String uri) {
    return WebUrl.parse(uri).getRawAuthority();
  }
}
