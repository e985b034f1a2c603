package org.placette.outbox;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.db.DbException;
import org.placette.db.Sql;
import org.placette.federation.fetch.FetchProblem;
import org.placette.federation.fetch.NodeInfo;

/**
 * What other hosts run and how they fare. Nobody waits for an answer: hosts are asked in the
 * background, and until one has answered it counts as a microblog.
 */
public final class Peers implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Peers.class.getName());
  private static final int WAITING = 10_000;
  private static final int ASKERS = 3;
  private static final Duration HEARD_NOTED = Duration.ofMinutes(15);

  private final Db db;
  private final NodeInfo nodeInfo;
  private final Predicate<String> blocked;
  private final LinkedBlockingQueue<String> wanted = new LinkedBlockingQueue<>(WAITING);
  private final Set<String> queued = ConcurrentHashMap.newKeySet();
  private final Cache<String, Boolean> heardNoted =
      Caffeine.newBuilder().maximumSize(20_000).expireAfterWrite(HEARD_NOTED).build();
  private final List<Thread> threads = new ArrayList<>();

  public Peers(Db db, NodeInfo nodeInfo, Predicate<String> blocked) {
    this.db = db;
    this.nodeInfo = nodeInfo;
    this.blocked = blocked;
  }

  /** Starts to ask. */
  public void start() {
    for (int i = 0; i < ASKERS; i++) {
      threads.add(Thread.ofVirtual().name("peers-" + i).start(this::loop));
    }
  }

  /** What a host is sent, as far as is known now. */
  public Receiver receiver(String host) {
    var peer = peer(host);
    return peer == null ? Receiver.MICROBLOG : peer.receiver();
  }

  /** What is known of a host; null when nothing is. */
  public @Nullable Peer peer(String host) {
    return PeerStore.peer(db, host);
  }

  /** The same within a transaction. */
  public @Nullable Peer peer(Sql sql, String host) {
    return PeerStore.peer(sql, host);
  }

  /** Hosts that fail now, the longest dead first. */
  public List<Peer> failing(int limit) {
    return PeerStore.failing(db, limit);
  }

  /** The admin's choice of what a host is sent; null follows its software again. */
  public void choose(String host, @Nullable Receiver receiver) {
    choose(db, host, receiver);
  }

  /** The same within a transaction. */
  public void choose(Sql sql, String host, @Nullable Receiver receiver) {
    PeerStore.choose(sql, host, receiver);
  }

  /**
   * Notes, four times an hour at most, that a host sent us something, and asks it what it runs:
   * whoever answers its events has to know.
   */
  public void heard(String actorUri) {
    var host = host(actorUri);
    if (host == null || heardNoted.getIfPresent(host) != null) return;
    heardNoted.put(host, true);
    try {
      PeerStore.heard(db, host);
      learn(List.of(host));
    } catch (DbException e) {
      heardNoted.invalidate(host);
    }
  }

  /**
   * Asks the host of something that was fetched from there what it runs, some time soon: who
   * answers it speaks as that host understands.
   */
  public void fetched(String uri) {
    var host = host(uri);
    if (host != null) learn(List.of(host));
  }

  private static @Nullable String host(String uri) {
    var begin = uri.indexOf("://") + 3;
    var end = uri.indexOf('/', begin);
    return begin < 3 || end <= begin ? null : uri.substring(begin, end);
  }

  /** Asks these hosts what they run, some time soon, unless that is known. */
  public void learn(Collection<String> hosts) {
    for (var host : hosts) {
      if (queued.add(host) && !wanted.offer(host)) queued.remove(host);
    }
  }

  /** Asks a host what it runs and waits for it, unless that is known. */
  public void meet(String host) {
    if (!blocked.test(host) && !PeerStore.unknown(db, List.of(host)).isEmpty()) look(host);
  }

  /** Asks a host now and waits for it; the receiver follows at once. */
  public Receiver ask(String host) {
    if (!blocked.test(host)) look(host);
    return receiver(host);
  }

  private void loop() {
    try {
      while (true) {
        var host = wanted.take();
        try {
          meet(host);
        } catch (DbException e) {
          LOG.log(Level.FINE, "A host is asked another time", e);
        } finally {
          queued.remove(host);
        }
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  private void look(String host) {
    try {
      var software = nodeInfo.lookup(host);
      var name = software.name().isEmpty() ? null : software.name();
      PeerStore.learned(db, host, name, software.version().isEmpty() ? null : software.version());
    } catch (FetchProblem e) {
      LOG.log(Level.FINE, "{0} does not say what it runs: {1}", new Object[] {host, e.reason()});
      PeerStore.learned(db, host, null, null);
    }
  }

  @Override
  public void close() {
    for (var thread : threads) thread.interrupt();
  }
}
