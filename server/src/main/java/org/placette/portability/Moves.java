package org.placette.portability;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.actor.Profile;
import org.placette.db.Db;
import org.placette.federation.fetch.Budget;
import org.placette.federation.fetch.FetchProblem;
import org.placette.follow.Follows;
import org.placette.follow.Profiles;
import org.placette.outbox.Outbox;
import org.placette.outbox.Targets;
import org.placette.web.Problem;

/**
 * Moving house: an account elsewhere that is to move here is named as an alias; an account here
 * that moves away sends {@code Move} once the new one names it, and its followers go along.
 */
public final class Moves {

  private static final int ALIASES = 5;

  private final Db db;
  private final Actors actors;
  private final Follows follows;
  private final Profiles profiles;
  private final Outbox outbox;
  private final Targets targets;

  public Moves(
      Db db, Actors actors, Follows follows, Profiles profiles, Outbox outbox, Targets targets) {
    this.db = db;
    this.actors = actors;
    this.follows = follows;
    this.profiles = profiles;
    this.outbox = outbox;
    this.targets = targets;
  }

  /**
   * Names another account as one's own ({@code alsoKnownAs}), so that it may move here.
   *
   * @param handle name@host, or its address
   * @throws Problem.Invalid when there is nobody of that name
   */
  void alias(Actor me, String handle) {
    var other = found(me, handle, "alias");
    List<String> all = new ArrayList<>(me.alsoKnownAs());
    if (all.contains(other.uri())) return;
    if (all.size() >= ALIASES) throw wrong("alias", "data.manyAliases");
    all.add(other.uri());
    known(me, all);
  }

  /** Names it no more. */
  void unalias(Actor me, String uri) {
    List<String> all = new ArrayList<>(me.alsoKnownAs());
    if (all.remove(uri)) known(me, all);
  }

  private void known(Actor me, List<String> all) {
    var unused =
        profiles.change(me, Profile.of(me), tx -> CarryStore.alsoKnownAs(tx, me.id(), all));
  }

  /**
   * Moves away: followers here follow the new account at once, those elsewhere by the {@code Move}
   * that is sent to their servers. The profile says where to; nothing of what was written moves.
   *
   * @throws Problem.Invalid when the new account does not name this one, or cannot be had
   */
  void away(Actor me, String handle) {
    var to = fresh(found(me, handle, "target"));
    if (!to.alsoKnownAs().contains(me.uri())) throw wrong("target", "data.notAliased");
    if (to.suspended() || to.deleted() || to.movedTo() != null)
      throw wrong("target", "data.nobody");
    db.transact(
        tx -> {
          var followers = targets.followersOf(tx, Set.of(me.id()));
          actors.moved(tx, me, to);
          var move =
              JsonNodeFactory.instance
                  .objectNode()
                  .put("type", "Move")
                  .put("actor", me.uri())
                  .put("object", me.uri())
                  .put("target", to.uri());
          move.putArray("to").add(Objects.requireNonNullElse(me.followers(), me.uri()));
          var unused = outbox.send(tx, me, move, followers);
          follows.moved(tx, me, to);
        });
    var now = Objects.requireNonNull(actors.byId(me.id()));
    var unused = profiles.change(now, Profile.of(now));
  }

  private Actor fresh(Actor to) {
    if (to.local()) return to;
    try {
      return actors.refresh(to.uri(), Budget.perActivity());
    } catch (FetchProblem e) {
      throw wrong("target", "data.nobody");
    }
  }

  private Actor found(Actor me, String handle, String field) {
    Actor found;
    try {
      found = actors.byHandle(handle, Budget.perActivity());
    } catch (FetchProblem e) {
      throw wrong(field, "data.nobody");
    }
    if (found.id() == me.id()) throw wrong(field, "data.yourself");
    return found;
  }

  private static Problem.Invalid wrong(String field, String why) {
    return new Problem.Invalid("This cannot be done", Map.of(field, why));
  }
}
