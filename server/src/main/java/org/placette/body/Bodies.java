package org.placette.body;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.actor.Byline;
import org.placette.db.Db;
import org.placette.db.Retention;
import org.placette.role.Roles;
import org.placette.web.Permission;
import org.placette.web.Problem;

/** Makes associations and the town hall, and says who speaks for them. */
public final class Bodies {

  private final Db db;
  private final Actors actors;
  private final Roles roles;

  public Bodies(Db db, Actors actors, Roles roles) {
    this.db = db;
    this.actors = actors;
    this.roles = roles;
  }

  /** Why the table exists, and how long its rows live. */
  public static List<Retention.Table> retention() {
    return List.of(Retention.Table.owned("speaker", "retention.speaker"));
  }

  /** Somebody, or a body, with its number. */
  public record Named(long id, Byline who) {}

  /** The bodies that somebody speaks for. */
  public List<Named> of(long actor) {
    return actor == 0 ? List.of() : SpeakerStore.of(db, actor);
  }

  /**
   * The body that somebody speaks for.
   *
   * @throws Problem.Forbidden when they do not
   */
  public Actor spokenFor(Actor by, long body) {
    var found = actors.byId(body);
    if (found == null || found.deleted() || !SpeakerStore.speaks(db, by.id(), body))
      throw new Problem.Forbidden("You do not speak for it");
    return found;
  }

  /** The body of this server with that name; null when there is none. */
  @Nullable Actor byName(String name) {
    var body = actors.localByName(name);
    return body == null || !body.isType("Service") || body.deleted() ? null : body;
  }

  List<Named> speakers(Actor body) {
    return SpeakerStore.speakers(db, body.id());
  }

  /**
   * Makes a body; its maker is the first who speaks for it.
   *
   * @throws Problem.Invalid when the name is taken
   */
  Actor found(Actor founder, String username, String name, @Nullable String summary) {
    roles.require(founder.id(), Permission.ROLES);
    if (actors.localByName(username) != null)
      throw new Problem.Invalid("The name is taken", Map.of("handle", "error.username.taken"));
    return db.inTransaction(
        tx -> {
          var made = actors.createLocal(tx, "Service", username, name, summary);
          var unused = SpeakerStore.add(tx, made.id(), founder.id());
          return made;
        });
  }

  /**
   * Lets a resident speak for a body, or no more. Those may decide who give roles.
   *
   * @throws Problem.Invalid when it is no resident
   */
  void appoint(Actor by, Actor body, @Nullable Actor who, boolean speaks) {
    roles.require(by.id(), Permission.ROLES);
    db.transact(
        tx -> {
          if (who != null && !speaks) SpeakerStore.remove(tx, body.id(), who.id());
          else if (who == null || !SpeakerStore.add(tx, body.id(), who.id()))
            throw new Problem.Invalid("No such resident", Map.of("username", "error.noResident"));
        });
  }
}
