package org.placette.outbox;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.placette.actor.Actors;
import org.placette.db.Claims;
import org.placette.db.Db;
import org.placette.db.DbException;
import org.placette.db.Presence;
import org.placette.federation.fetch.FetchProblem;
import org.placette.federation.fetch.SignedHttp;
import org.placette.federation.fetch.Slots;
import org.placette.federation.fetch.WebUrl;

/**
 * Delivers what is due. Rows are claimed and completed many at a time; per host at most two
 * requests are under way, and those that last longer than a second give their place to others, so
 * hosts that do not answer hold nobody up. Rows of a killed process become free by its {@link
 * Presence}.
 */
public final class DeliveryWorker implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(DeliveryWorker.class.getName());

  private static final int CLAIM = 200;

  /** A host with so many claimed rows gets no more of them for now. */
  private static final int FULL = 10;

  /** Rows are claimed while fewer hosts than this could be sent something at once. */
  private static final int HOSTS_AHEAD = 64;

  /** At most so many rows are held, most of them for hosts that do not answer. */
  private static final int HELD = 5_000;

  private static final int SLOW = 200;
  private static final int TOGETHER = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration SUCCESS_NOTED = Duration.ofHours(1);

  private final Db db;
  private final Presence presence;
  private final Claims claims;
  private final Actors actors;
  private final SignedHttp http;
  private final Predicate<String> blocked;
  private final Slots slots;
  private final DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

  private final Lanes lanes = new Lanes();
  private final LinkedBlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
  private final Cache<Long, byte[]> bodies = Caffeine.newBuilder().maximumSize(100).build();
  private final Cache<String, Boolean> wellNoted =
      Caffeine.newBuilder().maximumSize(20_000).expireAfterWrite(SUCCESS_NOTED).build();
  private final Map<Outcome.Kind, LongAdder> counts = new ConcurrentHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;

  /**
   * @param presence lists the table {@code delivery}
   * @param blocked whether a host, with its port if it has one, is blocked
   * @param atOnce how many requests may be under way, not counting slow ones
   */
  public DeliveryWorker(
      Db db,
      Presence presence,
      Actors actors,
      SignedHttp http,
      Predicate<String> blocked,
      int atOnce) {
    this.db = db;
    this.presence = presence;
    claims = new Claims(db, presence, "delivery");
    this.actors = actors;
    this.http = http;
    this.blocked = blocked;
    this.slots = new Slots(atOnce, SLOW, PATIENCE);
  }

  /** Starts to deliver. */
  public void start() {
    claims.start(this::claim);
    threads.add(Thread.ofVirtual().name("delivery-send").start(this::sendLoop));
    threads.add(Thread.ofVirtual().name("delivery-complete").start(this::completeLoop));
  }

  /** Says that something may be due. */
  public void wake() {
    claims.wake();
  }

  /** How many attempts ended how since the start, by the names of {@link Outcome.Kind}. */
  public Map<String, Long> counts() {
    return counts.entrySet().stream()
        .collect(Collectors.toMap(e -> e.getKey().name(), e -> e.getValue().sum()));
  }

  /** The counts as Prometheus text. */
  public String metrics() {
    var text = new StringBuilder("# TYPE placette_deliveries_total counter\n");
    counts()
        .forEach(
            (outcome, count) ->
                text.append(
                    "placette_deliveries_total{outcome=\"%s\"} %d\n".formatted(outcome, count)));
    return text.append("# TYPE placette_deliveries_waiting gauge\n")
        .append("placette_deliveries_waiting %d\n".formatted(waiting()))
        .toString();
  }

  /** How many deliveries wait, due or not. */
  public long waiting() {
    return OutboxStore.waiting(db);
  }

  private boolean claim() {
    // Rows of hosts that are busy or silent do not count: others must not wait for them.
    if (lanes.startable() >= HOSTS_AHEAD || lanes.waiting() >= HELD) return false;
    var claimed = OutboxStore.claim(db, presence.id(), lanes.full(FULL), CLAIM);
    Set<Long> missing = new HashSet<>();
    for (var delivery : claimed) {
      if (bodies.getIfPresent(delivery.activityId()) == null) missing.add(delivery.activityId());
    }
    if (!missing.isEmpty()) {
      OutboxStore.bodies(db, missing)
          .forEach((id, body) -> bodies.put(id, body.getBytes(StandardCharsets.UTF_8)));
    }
    claims.hold(claimed.stream().map(Delivery::id).toList());
    lanes.add(claimed);
    return claimed.size() == CLAIM;
  }

  private void sendLoop() {
    try {
      while (!closed) {
        var delivery = lanes.next();
        var slot = slots.take();
        Thread.ofVirtual()
            .name("delivery-" + delivery.id())
            .start(
                () -> {
                  try (slot) {
                    finished(attempt(delivery));
                  }
                });
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  private Outcome attempt(Delivery delivery) {
    try {
      if (blocked.test(delivery.host())) return Outcome.dropped(delivery, "blocked");
      if (delivery.published().plus(Backoff.LONGEST).isBefore(Instant.now())) {
        return Outcome.dropped(delivery, "too old");
      }
      var sender = actors.byId(delivery.actorId());
      if (sender == null) return Outcome.dropped(delivery, "no sender");
      var body = body(delivery);
      var answer = http.post(WebUrl.parse(delivery.inbox()), body, actors.signingKey(sender));
      return Outcome.of(delivery, answer, random);
    } catch (FetchProblem e) {
      return Outcome.of(delivery, e, random);
    } catch (DbException e) {
      Claims.pause();
      return Outcome.untried(delivery);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "A delivery to " + delivery.host() + " failed unexpectedly", e);
      var delay = Backoff.after(delivery.tries(), random);
      return new Outcome(delivery, Outcome.Kind.RETRY, delay, e.toString());
    }
  }

  private byte[] body(Delivery delivery) {
    var cached = bodies.getIfPresent(delivery.activityId());
    if (cached != null) return cached;
    var body = OutboxStore.bodies(db, List.of(delivery.activityId())).get(delivery.activityId());
    var bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
    bodies.put(delivery.activityId(), bytes);
    return bytes;
  }

  private void finished(Outcome outcome) {
    var delivery = outcome.delivery();
    switch (outcome.kind()) {
      case DELIVERED -> {}
      case REFUSED, DROPPED ->
          LOG.info(
              "not delivered to "
                  + delivery.host()
                  + ": "
                  + outcome.reason()
                  + " ("
                  + outcome.kind()
                  + ")");
      case RETRY, HOST_AWAY, UNTRIED ->
          LOG.fine(() -> "later to " + delivery.host() + ": " + outcome.reason());
    }
    counts.computeIfAbsent(outcome.kind(), kind -> new LongAdder()).increment();
    outcomes.add(outcome);
    boolean away = outcome.kind() == Outcome.Kind.HOST_AWAY;
    for (var waiting : lanes.done(delivery, away)) outcomes.add(Outcome.untried(waiting));
  }

  private void completeLoop() {
    List<Outcome> batch = new ArrayList<>(TOGETHER);
    try {
      while (!closed) {
        batch.clear();
        batch.add(outcomes.take());
        var unused = outcomes.drainTo(batch, TOGETHER - 1);
        complete(batch);
        wake();
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  private void complete(List<Outcome> batch) {
    while (!closed) {
      try {
        var unused =
            db.inRelaxedTransaction(
                tx -> {
                  OutboxStore.complete(tx, batch, presence.id());
                  noteHosts(tx, batch);
                  return true;
                });
        claims.drop(batch.stream().map(outcome -> outcome.delivery().id()).toList());
        return;
      } catch (DbException e) {
        LOG.log(Level.WARNING, "Deliveries cannot be completed: {0}", e.getMessage());
        Claims.pause();
      }
    }
  }

  /** Writes about a healthy host once an hour, about an ailing one each time. */
  private void noteHosts(org.placette.db.Tx tx, List<Outcome> batch) {
    Set<String> answered = new HashSet<>();
    List<Outcome> failed = new ArrayList<>();
    for (var outcome : batch) {
      var delivery = outcome.delivery();
      switch (outcome.kind()) {
        case DELIVERED -> {
          if (delivery.hostFailures() > 0 || wellNoted.getIfPresent(delivery.host()) == null) {
            answered.add(delivery.host());
          }
        }
        case HOST_AWAY -> failed.add(outcome);
        case REFUSED, DROPPED, RETRY, UNTRIED -> {}
      }
    }
    if (!failed.isEmpty()) OutboxStore.hostsFailed(tx, failed);
    if (!answered.isEmpty()) OutboxStore.hostsAnswered(tx, answered);
    tx.afterCommit(
        () -> {
          for (var outcome : failed) wellNoted.invalidate(outcome.delivery().host());
          for (var host : answered) wellNoted.put(host, true);
        });
  }

  @Override
  public void close() {
    closed = true;
    claims.close();
    for (var thread : threads) thread.interrupt();
    slots.close();
  }
}
