package org.placette.post;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.audience.AudienceStore;
import org.placette.db.Tx;
import org.placette.outbox.Target;
import org.placette.outbox.Targets;

/** Everybody elsewhere whom a post of this server concerns, by its visibility. */
final class Reach {

  private final Actors actors;
  private final Targets targets;

  Reach(Actors actors, Targets targets) {
    this.actors = actors;
    this.targets = targets;
  }

  /**
   * Their inboxes.
   *
   * @param audience the Group that it was posted to, or the neighbour whose post it answers
   */
  List<Target> of(Tx tx, Post post, Actor author, @Nullable Actor audience) {
    var named = new ArrayList<>(actors.byUris(tx, post.mentions()));
    return switch (post.visibility()) {
      case LOCAL, HIDDEN -> List.of();
      case DIRECT -> targets.personal(tx, named);
      // What answers a neighbour's post goes back to that neighbour alone.
      case RING ->
          targets.of(tx, audience == null || audience.local() ? ring(tx) : List.of(audience));
      case GROUP -> audience == null ? List.of() : members(tx, audience);
      case FOLLOWERS -> targets.followersAnd(tx, Set.of(author.id()), named);
      case PUBLIC, UNLISTED -> {
        if (audience != null) named.add(audience);
        if (post.rootId() != post.id())
          for (var id : ThreadStore.participants(tx, post.rootId())) add(tx, named, id);
        yield targets.followersAnd(tx, Set.of(author.id()), named);
      }
    };
  }

  /** The members' inboxes; a Group of another server is told itself, and passes it on. */
  private List<Target> members(Tx tx, Actor group) {
    return group.local() ? targets.membersOf(tx, group.id()) : targets.personal(tx, List.of(group));
  }

  private List<Actor> ring(Tx tx) {
    List<Actor> ring = new ArrayList<>();
    for (var id : AudienceStore.ring(tx)) add(tx, ring, id);
    return ring;
  }

  private void add(Tx tx, List<Actor> to, long id) {
    var actor = actors.byId(tx, id);
    if (actor != null) to.add(actor);
  }
}
