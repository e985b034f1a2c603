package org.placette;

import java.util.List;
import org.placette.after.After;
import org.placette.after.AfterPages;
import org.placette.web.Pages;
import org.placette.web.Routes;

/** The wiring of thanks and of how it was. */
final class AfterFeature implements Feature {

  private final Neighbourhood here;

  AfterFeature(Neighbourhood here) {
    this.here = here;
  }

  @Override
  public List<Routes> pages(Pages pages) {
    var after = new After(here.db, here.actors, here.posts, here.rsvps.rsvps, here.media);
    return List.of(new AfterPages(after, here.actors, here.events, here.media, pages));
  }
}
