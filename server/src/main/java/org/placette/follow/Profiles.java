package org.placette.follow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.placette.actor.Actor;
import org.placette.actor.ActorDocument;
import org.placette.actor.Actors;
import org.placette.actor.Profile;
import org.placette.db.Db;
import org.placette.db.Tx;
import org.placette.federation.vocab.AsObject;
import org.placette.outbox.Outbox;
import org.placette.outbox.Targets;

/** What a local actor says of itself, and its end; its followers' servers are told of both. */
public final class Profiles {

  private final Db db;
  private final Actors actors;
  private final Outbox outbox;
  private final Targets targets;
  private volatile Supplier<Map<String, String>> emoji = Map::of;

  public Profiles(Db db, Actors actors, Outbox outbox, Targets targets) {
    this.db = db;
    this.actors = actors;
    this.outbox = outbox;
    this.targets = targets;
  }

  /**
   * Says which custom emoji there are.
   *
   * @param known addresses of their pictures by code
   */
  public void emoji(Supplier<Map<String, String>> known) {
    emoji = known;
  }

  /** Stores a profile and sends it (Update of the actor). */
  public Actor change(Actor actor, Profile profile) {
    return change(actor, profile, tx -> {});
  }

  /**
   * The same.
   *
   * @param also what belongs to the change and happens in its transaction
   */
  public Actor change(Actor actor, Profile profile, Consumer<Tx> also) {
    // Read before: a transaction takes no second connection.
    var known = emoji.get();
    return db.inTransaction(
        tx -> {
          also.accept(tx);
          actors.updateProfile(tx, actor, profile);
          actors.updateEmoji(tx, actor, profile, known);
          var now = actors.byId(tx, actor.id());
          if (now == null) throw new IllegalStateException(actor.uri() + " is gone");
          var document = ActorDocument.of(actors, tx, now);
          var update = about("Update", now, document);
          var context = document.remove("@context");
          if (context != null) update.set("@context", context);
          var to = targets.followersOf(tx, Set.of(now.id()));
          var unused = outbox.send(tx, now, update, to);
          return now;
        });
  }

  /** Ends a local actor: its id answers 410, and its followers' servers forget it (Delete). */
  public void remove(Actor actor) {
    db.transact(tx -> remove(tx, actor));
  }

  /** The same within a transaction. */
  public void remove(Tx tx, Actor actor) {
    var id = JsonNodeFactory.instance.textNode(actor.uri());
    var to = targets.followersOf(tx, Set.of(actor.id()));
    var unused = outbox.send(tx, actor, about("Delete", actor, id), to);
    actors.retire(tx, actor);
  }

  /** Tells its followers' servers that a local actor is suspended here, or is so no more. */
  public void suspended(Tx tx, Actor actor, boolean suspended) {
    var document = ActorDocument.of(actors, tx, actor).put("suspended", suspended);
    if (suspended) document.remove(List.of("summary", "icon", "image", "attachment"));
    var update = about("Update", actor, document);
    var context = document.remove("@context");
    if (context != null) update.set("@context", context);
    var unused = outbox.send(tx, actor, update, targets.followersOf(tx, Set.of(actor.id())));
  }

  private ObjectNode about(String type, Actor actor, JsonNode object) {
    var activity =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", outbox.newActivityUri())
            .put("type", type)
            .put("actor", actor.uri());
    activity.putArray("to").add(AsObject.PUBLIC);
    if (actor.followers() != null) activity.putArray("cc").add(actor.followers());
    activity.set("object", object);
    return activity;
  }
}
