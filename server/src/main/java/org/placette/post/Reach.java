package org.placette.post;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Tx;
import org.placette.outbox.Target;
import org.placette.outbox.Targets;

/** Everybody elsewhere whom a post concerns. */
final class Reach {

  private final Actors actors;
  private final Targets targets;

  Reach(Actors actors, Targets targets) {
    this.actors = actors;
    this.targets = targets;
  }

  List<Target> of(Tx tx, Post post, Actor author, @Nullable Actor audience) {
    var named = new ArrayList<>(actors.byUris(tx, post.mentions()));
    switch (post.visibility()) {
      case LOCAL, HIDDEN -> {
        return List.of();
      }
      case DIRECT -> {
        return targets.personal(tx, named);
      }
      case GROUP -> {
        return audience == null ? List.of() : targets.membersOf(tx, audience.id());
      }
      default -> {}
    }
    if (post.visibility() != Visibility.FOLLOWERS) {
      if (audience != null) named.add(audience);
      if (post.rootId() != post.id())
        for (var id : ThreadStore.participants(tx, post.rootId())) {
          var other = actors.byId(tx, id);
          if (other != null) named.add(other);
        }
    }
    return targets.followersAnd(tx, Set.of(author.id()), named);
  }
}
