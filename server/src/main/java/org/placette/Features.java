package org.placette;

import java.util.List;
import org.placette.inbox.ActivityHandler;
import org.placette.mastodon.Api;
import org.placette.mastodon.Statuses;
import org.placette.portability.Farewell;
import org.placette.web.Pages;
import org.placette.web.ReadyAnswers;
import org.placette.web.Routes;

/** The features that wire themselves, in the order in which they are asked. */
final class Features {

  private final List<Feature> all;
  private final PortabilityFeature portability;

  Features(Neighbourhood here) {
    portability = new PortabilityFeature(here);
    all =
        List.of(
            // one a line
            new CareFeature(here),
            new OperationFeature(here),
            new DatePollFeature(here),
            new MailFeature(here),
            new AfterFeature(here),
            new ThreadFeature(here),
            new BoardFeature(here),
            new PublicFeature(here),
            new ResidentFeature(here),
            new NeighbourFeature(here),
            new PeopleFeature(here),
            here.rsvps,
            new WritingFeature(here),
            new AgendaFeature(here),
            new RingFeature(here),
            portability);
  }

  /** The end of accounts, for the command. */
  Farewell farewell() {
    return portability.farewell();
  }

  List<Routes> pages(Pages pages) {
    return all.stream().flatMap(feature -> feature.pages(pages).stream()).toList();
  }

  Api.Calls calls(Statuses statuses) {
    return api -> all.forEach(f -> f.calls(statuses).forEach(calls -> calls.into(api)));
  }

  List<ActivityHandler> handlers() {
    return all.stream().flatMap(feature -> feature.handlers().stream()).toList();
  }

  List<Routes> objects(ReadyAnswers quick) {
    return all.stream().flatMap(feature -> feature.objects(quick).stream()).toList();
  }

  void start() {
    all.forEach(Feature::start);
  }
}
