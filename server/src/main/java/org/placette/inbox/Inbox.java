package org.placette.inbox;

import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.placette.actor.Actors;
import org.placette.actor.KeyLookup;
import org.placette.db.Db;
import org.placette.db.Presence;
import org.placette.db.Retention;
import org.placette.federation.fetch.Dereferencer;
import org.placette.federation.signature.SignatureVerifier;
import org.placette.web.Routes;

/** The way in: its routes, its worker, its counters. */
public final class Inbox implements Routes, AutoCloseable {

  /** How long ids of accepted activities, and of those undone before they came, are kept. */
  public static final Duration MEMORY = Duration.ofDays(40);

  private static final int BURST_PER_HOST = 50_000;
  private static final int PER_HOST_AND_SECOND = 500;

  /**
   * One: what comes during a commit goes into the next, and the larger that is the less each costs.
   */
  private static final int WRITERS = 1;

  private static final int RECEIVERS = 2;

  private final Refusals refusals = new Refusals();
  private final InboxWorker worker;
  private final InboxWriter writer;
  private final InboxRoutes routes;

  /**
   * What the inbox stands on.
   *
   * @param presence lists the table {@code inbox}
   * @param documents asks other servers for what was forwarded
   * @param blocked whether a host, with its port if it has one, is blocked
   * @param dispatch gets its handlers from Main
   */
  public record Parts(
      Db db,
      Presence presence,
      Actors actors,
      KeyLookup keys,
      Dereferencer documents,
      Predicate<String> blocked,
      Dispatch dispatch,
      Clock clock) {}

  public Inbox(Parts parts) {
    var actors = parts.actors();
    var verification =
        new Verification(
            actors,
            parts.dispatch(),
            refusals,
            parts.documents(),
            () -> actors.signingKey(actors.relay()),
            actors::resolve);
    worker = new InboxWorker(parts.db(), parts.presence(), verification, refusals, RECEIVERS);
    writer = new InboxWriter(parts.db(), parts.presence(), worker);
    var signatures = new SignatureVerifier(actors.urls().publicOrigin(), parts.clock());
    var buckets = new HostBuckets(BURST_PER_HOST, PER_HOST_AND_SECOND, System::nanoTime);
    var admission = new Admission(actors, parts.keys(), signatures, parts.blocked(), buckets);
    routes = new InboxRoutes(actors, admission, writer, refusals);
  }

  @Override
  public void mount(Router router) {
    routes.mount(router);
  }

  /** Starts to store and to process. */
  public void start() {
    writer.start(WRITERS);
    worker.start();
  }

  /** Sets who is told, by the id of its actor, that something came; it must be quick. */
  public void whenHeard(Consumer<String> listener) {
    writer.whenHeard(listener);
  }

  /** Takes in without processing, for tests. */
  void writeOnly() {
    writer.start(WRITERS);
  }

  /** What was refused, by reason. */
  public Refusals refusals() {
    return refusals;
  }

  /** The part that processes what was accepted. */
  public InboxWorker worker() {
    return worker;
  }

  /** Why the tables of this package exist, and how long their rows live. */
  public static List<Retention.Table> retention() {
    return List.of(
        Retention.Table.owned("inbox", "retention.inbox"),
        Retention.Table.aged(
            "inbox_seen",
            "retention.inbox_seen",
            MEMORY,
            "fingerprint",
            "received < now() - :keep"),
        Retention.Table.aged(
            "undone", "retention.undone", MEMORY, "ctid", "received < now() - :keep"));
  }

  /** Stops; what was accepted and not processed stays in the table. */
  @Override
  public void close() {
    writer.close();
    worker.close();
  }
}
