package org.placette;

import java.util.List;
import org.placette.directory.DirectoryPages;
import org.placette.directory.RobotRoutes;
import org.placette.visit.VisitPages;
import org.placette.web.Pages;
import org.placette.web.Routes;

/** What strangers find: the directory, the way to their own server, what robots may read. */
final class PublicFeature implements Feature {

  private final Neighbourhood here;

  PublicFeature(Neighbourhood here) {
    this.here = here;
  }

  @Override
  public List<Routes> pages(Pages pages) {
    return List.of(
        new DirectoryPages(here.db, pages),
        new RobotRoutes(here.db, here.instance, here.settings.origin()),
        new VisitPages(here.actors, here.remotePosts, here.http, here.settings, pages));
  }
}
