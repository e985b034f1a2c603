package org.placette.follow;

import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.db.Tx;
import org.placette.mastodon.Call;
import org.placette.mastodon.Relationship;
import org.placette.mastodon.RelationshipStore;
import org.placette.web.Problem;

/** Calls about somebody else that answer how the caller then stands to them. */
public final class Standing {

  private final Db db;
  private final Actors actors;

  public Standing(Db db, Actors actors) {
    this.db = db;
    this.actors = actors;
  }

  /** What is changed between two, in one transaction. */
  @FunctionalInterface
  public interface Change {
    /** Changes it. */
    void make(Tx tx, Actor me, Actor other);
  }

  /**
   * Anybody who still is, of the number in the path.
   *
   * @throws Problem.NotFound when there is nobody
   */
  public Actor other(Call call) {
    return actors.present(call.id());
  }

  /** Who calls. */
  public Actor me(Call call) {
    return actors.acting(call.person().actorId());
  }

  /** Changes it, and answers how they stand now. */
  public Relationship change(Call call, Change change) {
    var other = other(call);
    var me = me(call);
    db.transact(tx -> change.make(tx, me, other));
    return now(call);
  }

  /** How the caller stands to the one of the number in the path. */
  public Relationship now(Call call) {
    return RelationshipStore.one(db, call.viewer(), call.id());
  }
}
