package org.placette.actor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the collections that hang below an actor's id: the feature that owns the content
 * implements it, Main hands it to the routes. What it gives is public.
 */
public interface ActorCollection {

  /** The last part of its address: outbox, followers, following, featured or upcoming. */
  String name();

  /** How many items there are. */
  long totalItems(Actor actor);

  /**
   * One page, newest first unless the collection has another order of its own.
   *
   * @param cursor what the page before gave; null for the first page
   * @param limit how many items at most
   */
  Page page(Actor actor, @Nullable String cursor, int limit);

  /**
   * Items of a page.
   *
   * @param items ids or whole objects
   * @param next the cursor of the next page; null at the end
   */
  record Page(List<? extends JsonNode> items, @Nullable String next) {

    /** Nothing. */
    public static final Page EMPTY = new Page(List.of(), null);
  }
}
