package org.placette;

import io.vertx.ext.web.Router;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.agenda.AgendaPages;
import org.placette.calendar.CalendarPages;
import org.placette.calendar.Feeds;
import org.placette.db.Retention;
import org.placette.event.Clash;
import org.placette.event.Event;
import org.placette.event.NewEvent;
import org.placette.event.Planning;
import org.placette.imports.ImportPages;
import org.placette.imports.Imports;
import org.placette.place.PlacePages;
import org.placette.place.Places;
import org.placette.place.VillagePlace;
import org.placette.radar.Radar;
import org.placette.series.Recurrence;
import org.placette.series.Regulars;
import org.placette.series.SeriesPages;
import org.placette.series.SeriesWorker;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Place;
import org.placette.web.Routes;

/** The wiring of everything about dates beyond one event: calendars, feeds, series, the agenda. */
final class AgendaRoutes implements Routes, Planning {

  private final List<Routes> routes;
  private final Recurrence recurrence;
  private final Places places;
  private final Radar radar;
  private final Imports imports;

  AgendaRoutes(Neighbourhood here, Pages pages, Supplier<Place> village) {
    var db = here.db;
    var actors = here.actors;
    places = new Places(db);
    radar = new Radar(db);
    recurrence = new Recurrence(db, actors, here.events, this::placed, Clock.systemUTC());
    var regulars = new Regulars(db, actors, here.events, here.rsvps.rsvps, Clock.systemUTC());
    recurrence.regulars(regulars);
    imports =
        new Imports(here.vertx, db, actors, here.events, here.http, () -> village.get().zone());
    here.keep(imports.start());
    routes =
        List.of(
            new Feeds(db, actors, recurrence, places, village),
            new CalendarPages(db, actors.urls(), pages),
            new AgendaPages(db, places, pages),
            new PlacePages(places, pages),
            new ImportPages(imports, actors, pages),
            new SeriesPages(db, actors, recurrence, regulars, this, pages));
    here.keep(new SeriesWorker(recurrence).start());
  }

  @Override
  public void mount(Router router) {
    routes.forEach(part -> part.mount(router));
  }

  @Override
  public Event publish(Actor author, Form form, NewEvent wanted) {
    return recurrence.publish(author, form, placed(wanted));
  }

  @Override
  public List<Clash> clashes(NewEvent wanted, @Nullable Event before) {
    return radar.clashes(placed(wanted), before);
  }

  @Override
  public NewEvent placed(NewEvent wanted) {
    return wanted.with(wanted.details().at(places.known(wanted.details().place())));
  }

  @Override
  public List<org.placette.event.Place> places() {
    return places.all().stream().map(VillagePlace::at).toList();
  }

  /** What is kept for them and why. */
  static List<Retention.Table> retention() {
    var all = new ArrayList<>(Feeds.retention());
    all.addAll(Recurrence.retention());
    all.addAll(Places.retention());
    all.addAll(Imports.retention());
    all.addAll(AgendaPages.retention());
    return all;
  }
}
