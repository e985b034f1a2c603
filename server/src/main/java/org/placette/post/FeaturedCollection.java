package org.placette.post;

import com.fasterxml.jackson.databind.node.TextNode;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.ActorCollection;
import org.placette.db.Db;

/** What an actor pinned, as ids. */
public final class FeaturedCollection implements ActorCollection {

  private final Db db;

  public FeaturedCollection(Db db) {
    this.db = db;
  }

  @Override
  public String name() {
    return "featured";
  }

  @Override
  public long totalItems(Actor actor) {
    return ReactionStore.featured(db, actor.id()).size();
  }

  @Override
  public Page page(Actor actor, @Nullable String cursor, int limit) {
    return new Page(
        ReactionStore.featured(db, actor.id()).stream().map(TextNode::valueOf).toList(), null);
  }
}
