package org.placette;

import java.util.List;
import org.placette.inbox.ActivityHandler;
import org.placette.mastodon.Api;
import org.placette.mastodon.Statuses;
import org.placette.web.Pages;
import org.placette.web.ReadyAnswers;
import org.placette.web.Routes;

/**
 * A feature that wires itself from the parts of a {@link Neighbourhood}: what it shows, what it
 * answers apps, what it receives and what it tends. Listed in {@link Features}.
 */
interface Feature {

  /** Pages for people; asked after sessions, before ActivityStreams. */
  default List<Routes> pages(Pages pages) {
    return List.of();
  }

  /** Calls for apps. */
  default List<Api.Calls> calls(Statuses statuses) {
    return List.of();
  }

  /** Who receives activities. */
  default List<ActivityHandler> handlers() {
    return List.of();
  }

  /**
   * ActivityStreams at the addresses of pages; asked after all pages.
   *
   * @param quick keeps answers that are the same for everybody
   */
  default List<Routes> objects(ReadyAnswers quick) {
    return List.of();
  }

  /** Starts what works by itself; what is started goes to {@link Neighbourhood#keep}. */
  default void start() {}
}
