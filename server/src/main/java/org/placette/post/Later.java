package org.placette.post;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.mastodon.Params;
import org.placette.web.Problem;

/** Keeps posts for their hour; {@code schedule} implements it. */
public interface Later {

  /**
   * The hour that a call asks for; null for now, which also an hour in the past means.
   *
   * @throws Problem.Invalid when it is none, or too soon
   */
  @Nullable Instant time(Params params);

  /**
   * Keeps a post for later.
   *
   * @param also what is stored with it, or nothing is
   * @return what its app is shown
   */
  Object add(Actor author, WantedPost wanted, Instant at, @Nullable JsonNode app, Extras.Also also);

  /** One of somebody's that waits, as its app is shown it; null when there is none. */
  @Nullable Object find(long actor, long id);
}
