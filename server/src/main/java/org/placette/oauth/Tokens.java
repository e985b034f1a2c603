package org.placette.oauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.db.DbException;
import org.placette.db.Ids;
import org.placette.db.Retention;
import org.placette.db.Tx;
import org.placette.web.Problem;
import org.placette.web.Secrets;

/**
 * Bearer tokens (RFC 6750), stored as their SHA-256. They do not expire: no client of this API can
 * renew one. What a token grants is remembered for seconds; what is revoked here is forgotten at
 * once, what another process revokes within five seconds.
 */
public final class Tokens implements AutoCloseable {

  /** Every scope that a token may have at its top level. */
  public static final Set<String> SCOPES = Set.of("read", "write", "follow", "push", "profile");

  private static final Logger LOG = System.getLogger("placette.oauth");

  private static final Duration REMEMBERED = Duration.ofSeconds(4);
  private static final Duration LOOK = Duration.ofSeconds(2);

  private volatile LongFunction<String> keptOut = actor -> "";
  private final Db db;

  private final Cache<ByteBuffer, Grant> known =
      Caffeine.newBuilder().maximumSize(5_000).expireAfterWrite(REMEMBERED).build();

  /** Counts revocations, so that a grant read before one is not remembered after it. */
  private final AtomicLong revocations = new AtomicLong();

  private final ConcurrentHashMap<Long, Watch> watches = new ConcurrentHashMap<>();
  private final AtomicLong watchNumber = new AtomicLong();
  private volatile @Nullable Thread looking;

  public Tokens(Db db) {
    this.db = db;
  }

  /**
   * Whose token, of which app, and what for.
   *
   * @param tokenId the token's number
   * @param actorId the person's actor; 0 for an app's own token
   * @param appId the app; null for a token made on the command line
   * @param appName what the app calls itself; null without an app
   * @param appWebsite the app's own page; may be null
   */
  public record Grant(
      long tokenId,
      long actorId,
      @Nullable Long appId,
      Set<String> scopes,
      @Nullable String appName,
      @Nullable String appWebsite) {

    /** True when this token allows what needs a certain scope, such as {@code read:statuses}. */
    public boolean allows(String needed) {
      return Scopes.covers(scopes, needed);
    }
  }

  /** A token as its owner sees it; name and website are null for one of the command line. */
  public record Connection(
      long tokenId,
      @Nullable String name,
      @Nullable String website,
      Set<String> scopes,
      Instant since,
      @Nullable Instant lastUsed) {}

  /** Why the tables of this package exist, and how long their rows live. */
  public static List<Retention.Table> retention() {
    return List.of(
        Retention.Table.aged(
            "authorization_code",
            "retention.authorization_code",
            Duration.ofDays(1),
            "hash",
            "created < now() - :keep"),
        Retention.Table.aged(
            "access_token",
            "retention.access_token",
            Duration.ofDays(30),
            "id",
            "revoked < now() - :keep"
                + " or (actor_id is null and coalesce(last_used, created) < now() - :keep)"),
        Retention.Table.aged(
            "app",
            "retention.app",
            Duration.ofDays(3),
            "id",
            "created < now() - :keep"
                + " and not exists (select 1 from access_token t where t.app_id = app.id)"));
  }

  /** Makes a token without an app; it is given this once and stored nowhere. */
  public String create(long actorId, Set<String> scopes) {
    var token = Secrets.random();
    TokenStore.insert(db, Ids.next(), Secrets.hash(token), actorId, null, scopes);
    return token;
  }

  /** Sets what says, by the actor's number, why somebody may not come in any more. */
  public void whenKeptOut(LongFunction<String> reason) {
    keptOut = reason;
  }

  private void refuseKeptOut(byte[] hash) {
    if (TokenStore.waiting(db, hash))
      throw new Problem.Forbidden("Your login is currently pending approval");
    var person = TokenStore.suspended(db, hash);
    if (person == null) return;
    var reason = keptOut.apply(person);
    throw new Problem.Forbidden(
        "Your login is currently disabled" + (reason.isEmpty() ? "" : ": " + reason));
  }

  /**
   * What a token grants; null when it is unknown or revoked.
   *
   * @throws Problem.Forbidden with the reason when its person was suspended, or still waits to be
   *     let in
   */
  public @Nullable Grant verify(String token) {
    var hash = Secrets.hash(token);
    var key = ByteBuffer.wrap(hash);
    var grant = known.getIfPresent(key);
    if (grant != null) return grant;
    var before = revocations.get();
    var found = TokenStore.find(db, hash);
    if (found == null) {
      refuseKeptOut(hash);
      return null;
    }
    known.put(key, found.grant());
    if (revocations.get() != before) known.invalidate(key);
    if (!found.noted()) note(found.grant());
    return found.grant();
  }

  /** When a token was last used matters to its owner, and never to the request. */
  private void note(Grant grant) {
    try {
      TokenStore.used(db, grant.tokenId());
    } catch (DbException e) {
      LOG.log(Level.DEBUG, "the use of a token was not noted: {0}", e.getMessage());
    }
  }

  /** The tokens of a person that are good, the newest first, at most 200. */
  public List<Connection> connections(long actorId) {
    return TokenStore.ofPerson(db, actorId);
  }

  /** Revokes a token of a person; false when the person has no such token. */
  public boolean revoke(long actorId, long tokenId) {
    var done = TokenStore.revokeOwn(db, actorId, tokenId) > 0;
    forget(grant -> grant.tokenId() == tokenId);
    return done;
  }

  /** Revokes a token as part of a transaction. */
  void revoke(Tx tx, long tokenId) {
    var unused = TokenStore.revoke(tx, tokenId);
    tx.afterCommit(() -> forget(grant -> grant.tokenId() == tokenId));
  }

  /**
   * Revokes a token at its app's wish (RFC 7009); without effect when there is none.
   *
   * @return false when it is another's token
   */
  boolean revoke(String token, long appId) {
    var hash = Secrets.hash(token);
    var owner = TokenStore.ofApp(db, hash);
    if (owner == null) return true;
    if (owner != appId) return false;
    for (var id : TokenStore.revokeByHash(db, hash)) forget(grant -> grant.tokenId() == id);
    return true;
  }

  /** A person's tokens ended or may have: what is remembered of them is forgotten at once. */
  public void forget(long actorId) {
    forget(grant -> grant.actorId() == actorId);
  }

  /**
   * Some people may have been suspended: nothing is remembered, and watched tokens are looked for.
   */
  public void recheck() {
    revocations.incrementAndGet();
    known.invalidateAll();
    if (!watches.isEmpty()) Thread.startVirtualThread(this::look);
  }

  private void forget(Predicate<Grant> which) {
    revocations.incrementAndGet();
    known.asMap().values().removeIf(which);
    for (var watch : watches.values()) if (which.test(watch.grant)) watch.end();
  }

  /**
   * Runs an action once when a token stops being good, for whatever reason and in whichever
   * process: at once for what happens here, else within five seconds. Close it when the token is
   * used no longer.
   *
   * @param ended must not wait for long
   */
  public Watch watch(Grant grant, Runnable ended) {
    var watch = new Watch(this, watchNumber.incrementAndGet(), grant, ended);
    watches.put(watch.number, watch);
    return watch;
  }

  /** A wait for the end of a token. */
  public static final class Watch implements AutoCloseable {

    private final Tokens tokens;
    private final long number;
    private final Grant grant;
    private final Runnable ended;

    private Watch(Tokens tokens, long number, Grant grant, Runnable ended) {
      this.tokens = tokens;
      this.number = number;
      this.grant = grant;
      this.ended = ended;
    }

    private void end() {
      if (tokens.watches.remove(number) == null) return;
      try {
        ended.run();
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "at the end of a token", e);
      }
    }

    /** Ends the wait; the action will not run. */
    @Override
    public void close() {
      tokens.watches.remove(number);
    }
  }

  /** Starts to look for tokens that other processes revoked, for those who watch one. */
  public void start() {
    looking = Thread.ofVirtual().name("tokens").start(this::loop);
  }

  private void loop() {
    try {
      while (true) {
        Thread.sleep(LOOK);
        if (!watches.isEmpty()) look();
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  private void look() {
    try {
      var watched = List.copyOf(watches.values());
      var ids = watched.stream().map(watch -> watch.grant.tokenId()).distinct().toList();
      var good = TokenStore.good(db, ids);
      for (var watch : watched) if (!good.contains(watch.grant.tokenId())) watch.end();
    } catch (DbException e) {
      LOG.log(Level.DEBUG, "tokens were not looked for: {0}", e.getMessage());
    }
  }

  @Override
  public void close() {
    var thread = looking;
    if (thread != null) thread.interrupt();
  }
}
