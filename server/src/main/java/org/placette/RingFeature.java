package org.placette;

import java.util.List;
import org.placette.ring.Ring;
import org.placette.ring.RingPages;
import org.placette.web.Pages;
import org.placette.web.Routes;

/** The ring of neighbours: its page. */
final class RingFeature implements Feature {

  private final Neighbourhood here;

  RingFeature(Neighbourhood here) {
    this.here = here;
  }

  @Override
  public List<Routes> pages(Pages pages) {
    var ring = new Ring(here.db, here.actors);
    return List.of(new RingPages(ring, here.neighbours, here.actors, pages));
  }
}
