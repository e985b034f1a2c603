package org.placette;

import java.time.Clock;
import java.util.List;
import org.placette.mastodon.Api;
import org.placette.mastodon.Statuses;
import org.placette.series.Regulars;
import org.placette.series.SeriesApi;

/** The wiring of series for apps; their pages and their worker belong to the agenda. */
final class SeriesFeature implements Feature {

  private final Neighbourhood here;

  SeriesFeature(Neighbourhood here) {
    this.here = here;
  }

  @Override
  public List<Api.Calls> calls(Statuses statuses) {
    var regulars =
        new Regulars(here.db, here.actors, here.events, here.rsvps.rsvps, Clock.systemUTC());
    return List.of(new SeriesApi(here.db, here.actors, regulars));
  }
}
