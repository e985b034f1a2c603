package org.placette;

import java.util.List;
import org.placette.board.BoardPages;
import org.placette.web.Pages;
import org.placette.web.Routes;

/** What hangs on walls: screen, kiosk, posters, bulletin. */
record BoardFeature(Neighbourhood here) implements Feature {

  @Override
  public List<Routes> pages(Pages pages) {
    return List.of(new BoardPages(here.db, here.events, pages));
  }
}
