package org.placette.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.db.Retention;
import org.placette.db.Tx;
import org.placette.federation.proof.DataIntegrity;
import org.placette.federation.vocab.AsObject;

/** The way out: activities are stored with their deliveries in the transaction that causes them. */
public final class Outbox {

  /** The end of the id of a server's ring of neighbours. */
  public static final String RING = "/neighbours";

  private static final String AS_CONTEXT = "https://www.w3.org/ns/activitystreams";
  private static final String PROOF_CONTEXT = "https://w3id.org/security/data-integrity/v1";

  private final Db db;
  private final Actors actors;
  private final Predicate<String> blocked;
  private final Runnable wake;

  /**
   * @param blocked whether a host, with its port if it has one, is blocked
   * @param wake called after a commit that left something to deliver
   */
  public Outbox(Db db, Actors actors, Predicate<String> blocked, Runnable wake) {
    this.db = db;
    this.actors = actors;
    this.blocked = blocked;
    this.wake = wake;
  }

  /** A fresh id for an activity. */
  public String newActivityUri() {
    return actors.urls().activity(Ids.next());
  }

  /**
   * Stores an activity and what is to be delivered; delivery begins after the commit. A public one,
   * and one that others pass on, gets the sender's proof (FEP-8b32). Inboxes are served once each,
   * blocked hosts and our own never: what local actors do to one another takes effect through the
   * use cases.
   *
   * @param sender a local actor
   * @param activity complete but for its proof; without {@code id}, {@code actor} or
   *     {@code @context} it gets them
   * @param targets may be empty: the activity is then only stored
   * @return the activity's id
   */
  public String send(Tx tx, Actor sender, ObjectNode activity, Collection<Target> targets) {
    if (!sender.local()) throw new IllegalArgumentException("not ours to send: " + sender.uri());
    var complete = complete(sender, activity);
    var read = new AsObject(complete);
    var uri = String.valueOf(read.id());
    var isPublic = read.isPublicIn("to", "cc", "audience");
    var body = isPublic || isPassedOn(read) ? proven(tx, sender, complete) : complete;
    var stored =
        OutboxStore.insert(
            tx,
            new SentActivity(Ids.next(), uri, sender.id(), read.type(), body.toString(), isPublic));
    var distinct = distinct(targets);
    if (!distinct.isEmpty()) {
      OutboxStore.enqueue(tx, stored, sender.id(), orderKey(read), distinct);
      tx.afterCommit(wake);
    }
    return uri;
  }

  /**
   * Passes on, as it came, what somebody elsewhere wrote and proved (FEP-8b32).
   *
   * @param by a local actor, which signs the requests
   */
  public void forward(Tx tx, Actor by, ObjectNode activity, Collection<Target> targets) {
    var read = new AsObject(activity);
    var uri = read.id();
    var distinct = distinct(targets);
    if (uri == null || distinct.isEmpty()) return;
    var sent = new SentActivity(Ids.next(), uri, by.id(), read.type(), activity.toString(), false);
    OutboxStore.enqueue(tx, OutboxStore.insert(tx, sent), by.id(), orderKey(read), distinct);
    tx.afterCommit(wake);
  }

  /** What is for the ring of a neighbour or for a Group, who pass it on to the others of it. */
  private static boolean isPassedOn(AsObject activity) {
    return activity.ref("audience") != null
        || activity.addressed("to").stream().anyMatch(uri -> uri.endsWith(RING));
  }

  private ObjectNode complete(Actor sender, ObjectNode activity) {
    var complete = activity.objectNode();
    complete.set("@context", context(activity.get("@context")));
    complete.setAll(activity);
    complete.set("@context", context(activity.get("@context")));
    if (!complete.hasNonNull("id")) complete.put("id", newActivityUri());
    if (!complete.hasNonNull("actor")) complete.put("actor", sender.uri());
    return complete;
  }

  private static JsonNode context(@Nullable JsonNode context) {
    return context == null || context.isNull()
        ? com.fasterxml.jackson.databind.node.TextNode.valueOf(AS_CONTEXT)
        : context;
  }

  private ObjectNode proven(Tx tx, Actor sender, ObjectNode activity) {
    var context = activity.get("@context");
    var extended = activity.arrayNode();
    if (context.isArray()) context.forEach(extended::add);
    else extended.add(context);
    boolean named = false;
    for (var entry : extended) named |= PROOF_CONTEXT.equals(entry.asText());
    if (!named) extended.insert(Math.min(1, extended.size()), PROOF_CONTEXT);
    activity.set("@context", extended);
    var key = actors.proofKey(tx, sender);
    return DataIntegrity.sign(activity, key.keyId(), key.key(), Instant.now());
  }

  private Collection<Target> distinct(Collection<Target> targets) {
    Map<String, Target> distinct = new LinkedHashMap<>();
    for (var target : targets) {
      if (target.host().isEmpty() || blocked.test(target.host())) continue;
      if (actors.urls().isOurs(target.inbox())) continue;
      distinct.putIfAbsent(target.inbox(), target);
    }
    return distinct.values();
  }

  /** One number for what the activity is about: what is about one thing arrives in order. */
  private static long orderKey(AsObject activity) {
    AsObject about = activity;
    // An Announce or Undo holds the activity that says what it is about.
    for (int level = 0; level < 3; level++) {
      var inner = about.object("object");
      if (inner == null || inner.ref("object") == null) break;
      about = inner;
    }
    var id = about.ref("object");
    var text = id == null ? String.valueOf(activity.id()) : id;
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    return hash;
  }

  /** A sent activity by its id; null when there is none any more. */
  public @Nullable SentActivity activity(String uri) {
    return OutboxStore.activity(db, uri);
  }

  /** Why the tables of this package exist, and how long their rows live. */
  public static List<Retention.Table> retention() {
    return new ArrayList<>(
        List.of(
            Retention.Table.aged(
                "delivery",
                "retention.delivery",
                Duration.ofDays(9),
                "id",
                "published < now() - :keep and holder is null"),
            Retention.Table.aged(
                "activity",
                "retention.activity",
                Duration.ofDays(30),
                "id",
                """
                published < now() - :keep
                and not exists (select from delivery where activity_id = activity.id)
                """),
            Retention.Table.aged(
                "peer",
                "retention.peer",
                Duration.ofDays(120),
                "host",
                """
                updated < now() - :keep and receiver is null
                and not exists (select from actor where actor.host = peer.host)
                """)));
  }
}
