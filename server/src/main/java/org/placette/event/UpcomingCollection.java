package org.placette.event;

import com.fasterxml.jackson.databind.node.TextNode;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.ActorCollection;

/** Coming events as ids, the soonest first (FEP-8a8e, upcomingEvents). */
public final class UpcomingCollection implements ActorCollection {

  private static final int MOST = 200;

  private final Events events;

  public UpcomingCollection(Events events) {
    this.events = events;
  }

  @Override
  public String name() {
    return "upcoming";
  }

  @Override
  public long totalItems(Actor actor) {
    return events.upcomingBy(actor, MOST).size();
  }

  @Override
  public Page page(Actor actor, @Nullable String cursor, int limit) {
    return new Page(
        events.upcomingBy(actor, MOST).stream()
            .map(event -> TextNode.valueOf(event.uri()))
            .toList(),
        null);
  }
}
