package org.placette.instance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.db.DbException;
import org.placette.federation.fetch.Budget;
import org.placette.federation.fetch.CollectionReader;
import org.placette.federation.fetch.Dereferencer;
import org.placette.federation.fetch.FetchProblem;
import org.placette.federation.vocab.AsObject;
import org.placette.inbox.Dispatch;
import org.placette.inbox.Effect;
import org.placette.inbox.Received;
import org.placette.inbox.Refused;

/**
 * Reads what a newly followed actor published before, from its outbox, as if it had been delivered:
 * coming events first, within a budget. What the outbox's own actor did is taken as its word; what
 * others of its server did, as passed on by it (FEP-1b12).
 */
public final class Backfill {

  private static final Logger LOG = Logger.getLogger(Backfill.class.getName());
  private static final int ITEMS = 60;
  private static final int FETCHES = 80;
  private static final int FETCHES_PER_ITEM = 4;

  private final Db db;
  private final Actors actors;
  private final Dispatch dispatch;
  private final Dereferencer documents;
  private final CollectionReader collections;

  public Backfill(Db db, Actors actors, Dispatch dispatch, Dereferencer documents) {
    this.db = db;
    this.actors = actors;
    this.dispatch = dispatch;
    this.documents = documents;
    this.collections = new CollectionReader(documents);
  }

  /**
   * Reads an actor's outbox; gives how many items had an effect.
   *
   * @throws FetchProblem when the outbox cannot be had
   */
  public int run(Actor actor) {
    var outbox = actor.outbox();
    if (outbox == null) return 0;
    var budget = new Budget(FETCHES);
    var key = actors.signingKey(actors.relay());
    var items = new ArrayList<>(collections.items(outbox, key, ITEMS, budget).items());
    items.sort(Comparator.comparingInt(Backfill::rank));
    var taken = 0;
    for (var item : items) if (take(actor, item, budget)) taken++;
    LOG.log(Level.INFO, "{0}: {1} of {2} items taken", new Object[] {outbox, taken, items.size()});
    return taken;
  }

  /** Coming events first, then what is not known yet, then the rest. */
  private static int rank(AsObject item) {
    var object = item.is("Event") ? item : item.object("object");
    if (object == null) return 1;
    var start = object.is("Event") ? object.time("startTime") : null;
    return start != null && start.isAfter(Instant.now()) ? 0 : 2;
  }

  private boolean take(Actor actor, AsObject item, Budget budget) {
    try {
      var activity = activity(actor, item, budget);
      if (activity == null) return false;
      var own = new Budget(Math.min(FETCHES_PER_ITEM, budget.left()));
      var before = own.left();
      var effect = dispatch.verify(new Received(activity, actor, Instant.now(), own));
      for (var spent = before - own.left(); spent > 0; spent--) {
        var unused = budget.spend();
      }
      if (effect == null || effect == Effect.NONE) return false;
      db.transact(effect::receive);
      return true;
    } catch (Refused | FetchProblem | DbException e) {
      LOG.log(Level.FINE, "an item of an outbox is left out: {0}", e.getMessage());
      return false;
    }
  }

  /** The item as something that the outbox's actor did; null when it cannot be that. */
  private @Nullable AsObject activity(Actor actor, AsObject item, Budget budget) {
    var whole = item;
    if (item.types().isEmpty()) {
      var id = item.id();
      if (id == null || !AsObject.sameOrigin(id, actor.uri())) return null;
      whole = documents.fetch(id, actors.signingKey(actors.relay()), budget);
    }
    if (whole.is("Create", "Announce")) {
      var doer = whole.ref("actor");
      if (doer == null || !AsObject.sameOrigin(doer, actor.uri())) return null;
      return doer.equals(actor.uri()) ? whole : passedOn(actor, whole.id(), whole);
    }
    // Some outboxes list bare objects.
    if (whole.raw("attributedTo") == null) return null;
    return passedOn(actor, null, AsObject.ofId(String.valueOf(whole.id())));
  }

  private static AsObject passedOn(Actor actor, @Nullable String id, AsObject object) {
    var announce = JsonNodeFactory.instance.objectNode().put("type", "Announce");
    if (id != null) announce.put("id", id);
    announce.put("actor", actor.uri()).set("object", object.json());
    return new AsObject(announce);
  }
}
