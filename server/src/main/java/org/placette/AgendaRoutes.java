package org.placette;

import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.placette.calendar.CalendarPages;
import org.placette.calendar.Feeds;
import org.placette.db.Retention;
import org.placette.web.Pages;
import org.placette.web.Place;
import org.placette.web.Routes;

/** The wiring of everything about dates beyond one event: calendars, feeds, series, the agenda. */
final class AgendaRoutes implements Routes {

  private final List<Routes> routes;

  AgendaRoutes(Neighbourhood here, Pages pages, Supplier<Place> village) {
    routes =
        List.of(
            new Feeds(here.db, here.actors, village),
            new CalendarPages(here.db, here.actors.urls(), pages));
  }

  @Override
  public void mount(Router router) {
    routes.forEach(part -> part.mount(router));
  }

  /** What is kept for them and why. */
  static List<Retention.Table> retention() {
    return new ArrayList<>(Feeds.retention());
  }
}
