package org.placette.portability;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.event.Events;
import org.placette.federation.vocab.AsObject;
import org.placette.media.Media;
import org.placette.outbox.Outbox;
import org.placette.outbox.Target;
import org.placette.user.Users;
import org.placette.web.Problem;

/**
 * The end of an account: coming events are withdrawn and answers taken back, everything of it is
 * removed in one transaction, every server that may know it is told ({@code Delete} of the actor),
 * its id answers 410 and its name is never given again.
 */
public final class Farewell {

  private final Db db;
  private final Actors actors;
  private final Users users;
  private final Events events;
  private final Outbox outbox;
  private final Media media;
  private final Exports exports;
  private final BiConsumer<Long, Actor> declines;

  /**
   * @param declines takes back somebody's answer to an event
   */
  public Farewell(
      Db db,
      Actors actors,
      Users users,
      Events events,
      Outbox outbox,
      Media media,
      Exports exports,
      BiConsumer<Long, Actor> declines) {
    this.db = db;
    this.actors = actors;
    this.users = users;
    this.events = events;
    this.outbox = outbox;
    this.media = media;
    this.exports = exports;
    this.declines = declines;
  }

  /**
   * Ends an account of this server.
   *
   * @throws Problem.Conflict when nobody else owns the place
   */
  public void leave(long account) {
    var known = users.byId(account);
    var actor = actors.byId(account);
    if (known == null || actor == null || actor.deleted()) throw new Problem.NotFound();
    if (CarryStore.isLastOwner(db, account))
      throw new Problem.Conflict("Make somebody else an owner first");
    for (var event : CarryStore.events(db, account, true)) events.delete(actor, event);
    for (var event : CarryStore.events(db, account, false)) declines.accept(event, actor);
    exports.forget(account);
    db.transact(
        tx -> {
          List<Target> inboxes = CarryStore.inboxes(tx).stream().map(Target::of).toList();
          CarryStore.forget(tx, account);
          actors.retire(tx, actor);
          var delete =
              JsonNodeFactory.instance
                  .objectNode()
                  .put("id", actor.uri() + "#delete")
                  .put("type", "Delete")
                  .put("actor", actor.uri())
                  .put("object", actor.uri());
          delete.putArray("to").add(AsObject.PUBLIC);
          var unused = outbox.send(tx, actor, delete, inboxes);
        });
    users.ended(account);
    media.sweep();
  }

  /**
   * The same by name.
   *
   * @throws Problem.NotFound when nobody has that name
   */
  public void leave(String username) {
    var account = users.byLogin(username);
    if (account == null) throw new Problem.NotFound();
    leave(Objects.requireNonNull(account).actorId());
  }
}
