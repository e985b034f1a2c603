package org.placette;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.agenda.AgendaPages;
import org.placette.calendar.CalendarPages;
import org.placette.calendar.Feeds;
import org.placette.db.DueWork;
import org.placette.db.Retention;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.event.BannerPages;
import org.placette.event.Clash;
import org.placette.event.Event;
import org.placette.event.EventApi;
import org.placette.event.EventDesk;
import org.placette.event.EventDraftApi;
import org.placette.event.EventDrafts;
import org.placette.event.EventHistory;
import org.placette.event.EventPages;
import org.placette.event.NewEvent;
import org.placette.event.Planning;
import org.placette.event.SeriesBanners;
import org.placette.imports.ImportPages;
import org.placette.imports.Imports;
import org.placette.mastodon.Api;
import org.placette.mastodon.Statuses;
import org.placette.place.PlaceApi;
import org.placette.place.PlacePages;
import org.placette.place.Places;
import org.placette.place.VillagePlace;
import org.placette.radar.ClashApi;
import org.placette.radar.Radar;
import org.placette.radar.Slot;
import org.placette.series.Recurrence;
import org.placette.series.Regulars;
import org.placette.series.Repeat;
import org.placette.series.SeriesApi;
import org.placette.series.SeriesGuestPages;
import org.placette.series.SeriesPages;
import org.placette.series.SeriesRules;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Routes;

/** The wiring of everything about dates beyond one event: calendars, feeds, series, the agenda. */
final class AgendaFeature implements Feature, Planning {

  private static final Duration SERIES = Duration.ofMinutes(1);
  private static final Duration WAITING = Duration.ofSeconds(10);

  private final Neighbourhood here;
  private final Recurrence recurrence;
  private final Regulars regulars;
  private final Places places;
  private final Radar radar;
  private final Imports imports;
  private final EventDrafts drafts;

  AgendaFeature(Neighbourhood here) {
    this.here = here;
    var db = here.db;
    var actors = here.actors;
    places = new Places(db);
    radar = new Radar(db);
    recurrence =
        new Recurrence(
            db, actors, here.events, (sql, it) -> placed(sql, it, null), Clock.systemUTC());
    regulars = new Regulars(db, actors, here.events, here.rsvps.rsvps, Clock.systemUTC());
    recurrence.regulars(regulars);
    recurrence.banners(new SeriesBanners(db, here.media));
    drafts = new EventDrafts(db, actors, here.media, this);
    imports =
        new Imports(here.vertx, db, actors, here.events, here.http, () -> here.place.now().zone());
  }

  @Override
  public List<Routes> pages(Pages pages) {
    var db = here.db;
    var actors = here.actors;
    var events =
        new EventPages(
            db, actors, here.events, here.rsvps.invitations(), here.media, this, drafts, pages);
    return List.of(
        new Feeds(db, actors, new SeriesRules(db), places, here.place::now),
        new CalendarPages(db, actors.urls(), pages),
        new AgendaPages(db, places, here.instance::word, pages),
        new PlacePages(places, pages),
        new ImportPages(imports, actors, pages),
        new SeriesPages(
            db, actors, recurrence, regulars, here.rsvps.letters, this, pages, here.asker()),
        new SeriesGuestPages(
            db, regulars, here.rsvps.letters, here.rsvps.limit, here.settings, pages),
        new BannerPages(actors, here.events, here.drawn, pages),
        new EventHistory(db, events, pages),
        events);
  }

  @Override
  public List<Api.Calls> calls(Statuses statuses) {
    var desk = new EventDesk(here.actors, here.events, statuses);
    var means =
        new EventApi.Means(here.db, here.media, places, () -> here.place.now().zone(), drafts);
    return List.of(
        new EventApi(here.actors, here.events, statuses, desk, means),
        new EventDraftApi(drafts, desk),
        new ClashApi(radar, here.settings.origin(), () -> here.place.now().zone()),
        new PlaceApi(places, here.settings.origin()),
        new SeriesApi(here.db, here.actors, regulars));
  }

  @Override
  public void start() {
    here.keep(imports.start());
    here.keep(DueWork.start("series", SERIES, recurrence::publishDue));
    here.keep(DueWork.start("waiting events", WAITING, drafts::publishDue));
  }

  @Override
  public Event publish(Tx tx, Actor author, Form form, NewEvent wanted) {
    return recurrence.publish(tx, author, form, placed(tx, wanted, null));
  }

  @Override
  public List<Clash> clashes(Actor planner, Form form, NewEvent wanted, @Nullable Event before) {
    var start = wanted.details().when().localStart().toLocalDateTime();
    return radar.clashes(
        planner.id(),
        placed(wanted, before),
        before == null ? Repeat.times(form, start) : List.of(start),
        before == null ? Slot.Own.NOTHING : new Slot.Own(before.id(), 0));
  }

  @Override
  public List<Clash> clashes(Actor planner, Form form, NewEvent wanted, long series) {
    var start = wanted.details().when().localStart().toLocalDateTime();
    var out = new SeriesRules(here.db).out(series);
    var starts =
        Repeat.times(form, start).stream()
            .filter(date -> date.equals(start) || !out.contains(date.toLocalDate()))
            .toList();
    return radar.clashes(planner.id(), placed(wanted, null), starts, new Slot.Own(0, series));
  }

  @Override
  public NewEvent placed(NewEvent wanted, @Nullable Event before) {
    return placed(here.db, wanted, before);
  }

  private NewEvent placed(Sql sql, NewEvent wanted, @Nullable Event before) {
    var former = before == null ? null : before.details().place();
    return wanted.with(wanted.details().at(places.moved(sql, wanted.details().place(), former)));
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
