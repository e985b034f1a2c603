package org.placette.actor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the people behind a local actor may change about it.
 *
 * @param name plain text
 * @param summary sanitised HTML
 * @param icon URL of a picture
 * @param image URL of a banner
 */
public record Profile(
    @Nullable String name,
    @Nullable String summary,
    @Nullable String icon,
    @Nullable String image,
    List<ActorField> fields,
    boolean manuallyApprovesFollowers,
    boolean discoverable,
    boolean indexable) {

  /** As the actor is now. */
  public static Profile of(Actor actor) {
    return new Profile(
        actor.name(),
        actor.summary(),
        actor.icon(),
        actor.image(),
        actor.fields(),
        actor.manuallyApprovesFollowers(),
        actor.discoverable(),
        actor.indexable());
  }
}
