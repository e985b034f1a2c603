package org.placette;

import java.util.List;
import org.placette.datepoll.DatePollPages;
import org.placette.datepoll.DatePolls;
import org.placette.event.NewEvent;
import org.placette.place.Places;
import org.placette.place.VillagePlace;
import org.placette.post.PersonalNotes;
import org.placette.radar.Radar;
import org.placette.web.Pages;
import org.placette.web.Routes;

/** The wiring of date polls. */
final class DatePollFeature implements Feature {

  private final Neighbourhood here;
  private final Places places;
  private final DatePolls polls;

  DatePollFeature(Neighbourhood here) {
    this.here = here;
    places = new Places(here.db);
    polls =
        new DatePolls(
            here.db,
            here.actors,
            here.posts,
            new PersonalNotes(here.actors, here.posts, here.outbox, here.targets),
            here.polls,
            here.events,
            here.rsvps.rsvps,
            this::placed);
    here.polls.answers(polls);
  }

  private NewEvent placed(NewEvent wanted) {
    return wanted.with(wanted.details().at(places.known(wanted.details().place())));
  }

  @Override
  public List<Routes> pages(Pages pages) {
    var radar = new Radar(here.db);
    var around =
        new DatePollPages.Around(
            radar::clashes, () -> places.all().stream().map(VillagePlace::at).toList());
    return List.of(new DatePollPages(polls, here.actors, around, here.settings, pages));
  }
}
