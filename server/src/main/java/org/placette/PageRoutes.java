package org.placette;

import java.util.List;
import org.placette.follow.Portraits;
import org.placette.group.GroupPages;
import org.placette.instance.AppearancePages;
import org.placette.instance.InstancePages;
import org.placette.oauth.AuthorizePages;
import org.placette.oauth.ConnectionPages;
import org.placette.signup.AdmissionPages;
import org.placette.signup.SignUpPages;
import org.placette.timeline.ActorPages;
import org.placette.timeline.HomePages;
import org.placette.user.Sessions;
import org.placette.user.SetupPages;
import org.placette.user.SignInPages;
import org.placette.web.Pages;
import org.placette.web.Routes;

/** The wiring of pages that no feature brings along: home, actors, sessions, the first setup. */
final class PageRoutes {

  private final Neighbourhood here;

  PageRoutes(Neighbourhood here) {
    this.here = here;
  }

  /** Every page; what asks for ActivityStreams is passed on. */
  List<Routes> routes(Pages pages, Sessions sessions) {
    var db = here.db;
    var actors = here.actors;
    return List.of(
        new HomePages(db, actors, pages),
        new InstancePages(
            here.instance, actors, here.numbers, here.domains, Tables.all(here.settings), pages),
        new AppearancePages(
            here.instance,
            actors,
            here.profiles,
            new Portraits(here.media),
            pages,
            here.place::renamed),
        new GroupPages(actors, here.groups, new Portraits(here.media), pages),
        new ActorPages(db, actors, here.follows, here.groups, pages),
        new SignInPages(here.users, sessions, pages),
        new SignUpPages(here.signUps, sessions, pages, here.settings, here.instance::rules),
        new AdmissionPages(here.signUps, pages),
        new AuthorizePages(here.oauth, here.users, sessions, pages, here.settings),
        new ConnectionPages(here.oauth, here.users, sessions, pages),
        new SetupPages(here.setup, sessions, pages, here.place::opened));
  }
}
