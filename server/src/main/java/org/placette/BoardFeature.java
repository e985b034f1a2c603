package org.placette;

import java.util.List;
import org.placette.announcement.AnnouncementPages;
import org.placette.announcement.Announcements;
import org.placette.board.BoardPages;
import org.placette.help.HelpPages;
import org.placette.web.Pages;
import org.placette.web.Routes;

/** What hangs on walls: notices, screen, kiosk, posters, bulletin; and the guides. */
record BoardFeature(Neighbourhood here) implements Feature {

  @Override
  public List<Routes> pages(Pages pages) {
    var tags = here.actors.urls().at("/tags/");
    return List.of(
        new AnnouncementPages(here.db, new Announcements(here.db, here.roles, tags), pages),
        new HelpPages(pages),
        new BoardPages(here.db, here.events, pages));
  }
}
