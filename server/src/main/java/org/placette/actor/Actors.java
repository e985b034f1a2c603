package org.placette.actor;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.db.Retention;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.federation.fetch.Budget;
import org.placette.federation.fetch.Dereferencer;
import org.placette.federation.fetch.FetchProblem;
import org.placette.federation.fetch.WebFinger;
import org.placette.federation.signature.Keys;
import org.placette.federation.signature.SigningKey;
import org.placette.federation.vocab.AsObject;
import org.placette.web.Problem;

/**
 * Actors that this server knows, and the keys of its own. Lookups without a transaction go through
 * a small cache that is at most ten seconds old, because other processes may share the database.
 * Thread-safe; every call may wait for the database, so it belongs on a virtual thread. Inside a
 * transaction use the forms that take it, which never take a second connection.
 */
public final class Actors {

  /** The part of a key id after the actor's. */
  public static final String RSA_KEY = "#main-key";

  /** The same for the Ed25519 key, a Multikey (FEP-521a). */
  public static final String ED25519_KEY = "#ed25519-key";

  private static final Pattern LOCAL_NAME = Pattern.compile("[a-z0-9_]{1,30}");

  private final Vertx vertx;
  private final Db db;
  private final Urls urls;
  private final LocalKeys keys;
  private final RemoteActors remote;
  private final Founders founders;
  private final List<Runnable> localChanged = new CopyOnWriteArrayList<>();

  private final Cache<String, Actor> byUri = cache(4_000);
  private final Cache<Long, Actor> byId = cache(4_000);
  private final Cache<String, Actor> byName = cache(1_000);

  public Actors(
      Vertx vertx,
      Db db,
      Urls urls,
      KeyRing keyRing,
      Dereferencer dereferencer,
      WebFinger webFinger) {
    this.vertx = vertx;
    this.db = db;
    this.urls = urls;
    this.keys = new LocalKeys(db, keyRing);
    this.remote = new RemoteActors(this, db, dereferencer, webFinger);
    this.founders = new Founders(this, db);
  }

  private static <K, V> Cache<K, V> cache(int size) {
    return Caffeine.newBuilder().maximumSize(size).expireAfterWrite(Duration.ofSeconds(10)).build();
  }

  /** Why the tables of this package exist, and how long their rows live. */
  public static List<Retention.Table> retention() {
    return List.of(
        Retention.Table.owned("actor", "retention.actor"),
        Retention.Table.owned("actor_count", "retention.actor_count"),
        Retention.Table.owned("actor_key", "retention.actor_key"));
  }

  /** Adds to what is run after a local actor has changed, in this process. */
  public void whenLocalChanges(Runnable action) {
    localChanged.add(action);
  }

  /** The ids of this server. */
  public Urls urls() {
    return urls;
  }

  /**
   * The actor of that id, local or remote, suspended and deleted ones included; null if unknown.
   */
  public @Nullable Actor byUri(String uri) {
    var cached = byUri.getIfPresent(uri);
    return cached != null ? cached : remember(ActorStore.byUri(db, uri));
  }

  /** The same inside a transaction, past the cache. */
  public @Nullable Actor byUri(Sql sql, String uri) {
    return ActorStore.byUri(sql, uri);
  }

  /** The actor of that number, or null. */
  public @Nullable Actor byId(long id) {
    var cached = byId.getIfPresent(id);
    return cached != null ? cached : remember(ActorStore.byId(db, id));
  }

  /** Who signed in; {@link Problem.Unauthorized} when they are gone since. */
  public Actor acting(long id) {
    var actor = byId(id);
    if (actor == null) throw new Problem.Unauthorized("Sign in first");
    return actor;
  }

  /** Whom something is done to; {@link Problem.NotFound} when there is nobody, or no more. */
  public Actor present(long id) {
    var actor = byId(id);
    if (actor == null || actor.deleted()) throw new Problem.NotFound();
    return actor;
  }

  /** The same inside a transaction, past the cache. */
  public @Nullable Actor byId(Sql sql, long id) {
    return ActorStore.byId(sql, id);
  }

  /** Those of these numbers that exist, in no particular order, in at most one query. */
  public List<Actor> byIds(Collection<Long> ids) {
    List<Actor> found = new ArrayList<>();
    List<Long> missing = new ArrayList<>();
    for (var id : List.copyOf(ids).stream().distinct().toList()) {
      var cached = byId.getIfPresent(id);
      if (cached == null) missing.add(id);
      else found.add(cached);
    }
    if (!missing.isEmpty()) {
      for (var actor : ActorStore.byIds(db, missing)) {
        var unused = remember(actor);
        found.add(actor);
      }
    }
    return found;
  }

  /** Those of these ids that are known, inside a transaction. */
  public List<Actor> byUris(Sql sql, Collection<String> uris) {
    return uris.isEmpty() ? List.of() : ActorStore.byUris(sql, uris);
  }

  /** The local actor of that username, whatever its type and the case of the letters; or null. */
  public @Nullable Actor localByName(String username) {
    var key = username.toLowerCase(Locale.ROOT);
    var cached = byName.getIfPresent(key);
    if (cached != null) return cached;
    var found = remember(ActorStore.localByName(db, username));
    if (found != null) byName.put(key, found);
    return found;
  }

  /** The same as it was read in the last seconds, without asking the database; or null. */
  @Nullable Actor cachedByName(String username) {
    return byName.getIfPresent(username);
  }

  /** The same inside a transaction, past the cache. */
  public @Nullable Actor localByName(Sql sql, String username) {
    return ActorStore.localByName(sql, username);
  }

  /** The stored remote actor {@code username@host}, without asking anybody; null if unknown. */
  public @Nullable Actor storedByHandle(String username, String host) {
    return remember(ActorStore.byHandle(db, username, host));
  }

  /**
   * The actor of that id: the stored one while it is fresh enough (two days), else as fetched from
   * its id; when it cannot be fetched now, what is stored still counts. Not inside a transaction.
   *
   * @throws FetchProblem when it is unknown and cannot be fetched, or is no actor (WRONG_TYPE)
   */
  public Actor resolve(String uri, Budget budget) {
    return remote.resolve(uri, budget);
  }

  /**
   * Fetches a remote actor again and stores what it says now.
   *
   * @throws FetchProblem when that fails; GONE and NOT_FOUND mean that it is no more
   */
  public Actor refresh(String uri, Budget budget) {
    return remote.fetch(uri, budget).actor();
  }

  /**
   * Stores what a remote actor says of itself in a document that its own server vouches for: it was
   * fetched from its id, or sent and signed by the actor.
   *
   * @throws FetchProblem WRONG_TYPE when it describes no actor
   */
  public Actor learn(AsObject document) {
    return remote.store(document).actor();
  }

  /** Remembers that an actor has moved, after both sides have said so. */
  public void moved(Tx tx, Actor from, Actor to) {
    ActorStore.moved(tx, from.id(), to.uri());
    tx.afterCommit(() -> forget(from));
  }

  /**
   * The actor of a handle ({@code @name@host}, {@code acct:}, a bare local name) or an address. A
   * handle's own host must name the actor, and the actor must go by that handle.
   *
   * @throws FetchProblem NOT_FOUND when there is nobody, WRONG_ID when the hosts disagree
   */
  public Actor byHandle(String handle, Budget budget) {
    return remote.byHandle(handle, budget);
  }

  RemoteActors remote() {
    return remote;
  }

  /** Puts what was just stored in the place of what the cache may still hold. */
  void learned(Actor actor) {
    var unused = remember(actor);
  }

  /** Every local actor that is neither suspended nor deleted, by name. */
  public List<Actor> locals() {
    return ActorStore.locals(db);
  }

  /** The instance actor, which signs what nobody in particular asks for. */
  public Actor relay() {
    return founders.get(Urls.RELAY);
  }

  /** The neighbourhood's Group. */
  public Actor village() {
    return founders.get(Urls.VILLAGE);
  }

  /** The neighbourhood's own calendar account. */
  public Actor agenda() {
    return founders.get(Urls.AGENDA);
  }

  /**
   * Creates the instance actor, the neighbourhood's Group and its calendar account where they are
   * missing. Harmless when run again or by two processes at once.
   *
   * @param villageName the display name of the neighbourhood on its first start
   */
  public void found(String villageName) {
    founders.found(villageName);
  }

  /**
   * Creates a local actor with its two key pairs.
   *
   * @param type Person, Service, Group or Application
   * @param username 1 to 30 of a to z, 0 to 9 and underscore
   * @param name display name, plain text
   * @param summary sanitised HTML
   * @throws IllegalArgumentException when the username has another form
   * @throws org.placette.db.DbException a unique violation when the name is taken
   */
  public Actor createLocal(
      Tx tx, String type, String username, @Nullable String name, @Nullable String summary) {
    if (!LOCAL_NAME.matcher(username).matches()) {
      throw new IllegalArgumentException("not a local username: " + username);
    }
    var uri = urls.actor(type, username);
    var actor =
        new Actor(
            Ids.next(),
            uri,
            type,
            username,
            null,
            name,
            summary,
            profileUrl(type, username),
            uri + "/inbox",
            urls.sharedInbox(),
            uri + "/outbox",
            uri + "/followers",
            uri + "/following",
            uri + "/featured",
            uri + "/upcoming",
            null,
            null,
            List.of(),
            List.of(),
            false,
            true,
            false,
            false,
            false,
            List.of(),
            null,
            Instant.now().truncatedTo(ChronoUnit.MICROS),
            null,
            false,
            false,
            List.of());
    // Making an RSA key takes a few hundred milliseconds of CPU.
    var rsa = vertx.executeBlocking(Keys::rsa, false).await();
    ActorStore.insert(tx, actor);
    keys.insert(tx, actor, RSA_KEY, rsa);
    keys.insert(tx, actor, ED25519_KEY, Keys.ed25519());
    return actor;
  }

  private String profileUrl(String type, String username) {
    return type.equals("Application") ? urls.at("/about") : urls.actor(type, username);
  }

  /** Which sites may name a local actor as the author of their pages; host names. */
  public void attribute(Tx tx, Actor actor, List<String> domains) {
    ActorStore.attribute(tx, actor.id(), domains);
  }

  /** Stores what a local actor says of itself. Telling its followers is the caller's part. */
  public void updateProfile(Tx tx, Actor actor, Profile profile) {
    ActorStore.updateProfile(tx, actor.id(), profile);
    tx.afterCommit(() -> forget(actor));
  }

  /** Keeps which custom emoji stand in a profile, after it; {@code known} are addresses by code. */
  public void updateEmoji(Tx tx, Actor actor, Profile profile, Map<String, String> known) {
    ActorStore.emoji(tx, actor.id(), ActorEmoji.in(profile.words(), known));
  }

  /** Hides everything of an actor, or shows it again. */
  public void suspend(Tx tx, Actor actor, boolean suspended) {
    ActorStore.suspend(tx, actor.id(), suspended);
    tx.afterCommit(() -> forget(actor));
  }

  /** Ends a local actor: its id answers 410 from now on, its name stays taken. */
  public void retire(Tx tx, Actor actor) {
    ActorStore.retire(tx, actor.id());
    tx.afterCommit(() -> forget(actor));
  }

  /** Removes a local actor that was never shown to anybody; its name is free again. */
  public void withdraw(Tx tx, Actor actor) {
    ActorStore.withdraw(tx, actor.id());
    tx.afterCommit(() -> forget(actor));
  }

  /** Removes a remote actor and, with it, everything it published. */
  public void remove(Tx tx, Actor actor) {
    ActorStore.delete(tx, actor.id());
    tx.afterCommit(() -> forget(actor));
  }

  /** The RSA key that signs requests of a local actor. */
  public SigningKey signingKey(Actor actor) {
    return keys.signing(actor.uri() + RSA_KEY);
  }

  /** The Ed25519 key that signs documents of a local actor (FEP-8b32). */
  public SigningKey proofKey(Sql sql, Actor actor) {
    return keys.signing(sql, actor.uri() + ED25519_KEY);
  }

  LocalKeys.Published publicKeys(Actor actor) {
    return publicKeys(db, actor);
  }

  LocalKeys.Published publicKeys(Sql sql, Actor actor) {
    return keys.published(sql, actor);
  }

  private @Nullable Actor remember(@Nullable Actor actor) {
    if (actor != null) {
      byUri.put(actor.uri(), actor);
      byId.put(actor.id(), actor);
    }
    return actor;
  }

  private void forget(Actor actor) {
    byUri.invalidate(actor.uri());
    byId.invalidate(actor.id());
    if (!actor.local()) return;
    byName.invalidate(actor.username().toLowerCase(Locale.ROOT));
    localChanged.forEach(Runnable::run);
  }
}
