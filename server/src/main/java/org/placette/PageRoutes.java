package org.placette;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Profile;
import org.placette.actor.Urls;
import org.placette.db.Tx;
import org.placette.event.EventPages;
import org.placette.follow.FollowPages;
import org.placette.follow.FollowRequestPages;
import org.placette.follow.Portraits;
import org.placette.follow.ProfilePages;
import org.placette.group.GroupPages;
import org.placette.instance.AppearancePages;
import org.placette.instance.Instance;
import org.placette.instance.InstancePages;
import org.placette.oauth.AuthorizePages;
import org.placette.oauth.ConnectionPages;
import org.placette.poll.PollPages;
import org.placette.post.PostPages;
import org.placette.signup.AdmissionPages;
import org.placette.signup.SignUpPages;
import org.placette.timeline.ActorPages;
import org.placette.timeline.HomePages;
import org.placette.user.Sessions;
import org.placette.user.Setup;
import org.placette.user.SetupPages;
import org.placette.user.SignInPages;
import org.placette.web.Language;
import org.placette.web.Pages;
import org.placette.web.Place;
import org.placette.web.Routes;

/** The wiring of everything that a person sees. */
final class PageRoutes {

  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(5);

  private record Known(Place place, long since) {}

  private final Neighbourhood here;
  private volatile @Nullable Known known;

  PageRoutes(Neighbourhood here) {
    this.here = here;
  }

  /** Every page; what asks for ActivityStreams is passed on. */
  List<Routes> routes(Pages pages, Sessions sessions) {
    var db = here.db;
    var actors = here.actors;
    var agenda = new AgendaRoutes(here, pages, this::place);
    return List.of(
        agenda,
        new HomePages(db, actors, pages),
        new InstancePages(here.instance, actors, Tables.all(here.settings), pages),
        new AppearancePages(
            here.instance, actors, here.profiles, new Portraits(here.media), pages, this::renamed),
        new EventPages(
            db, actors, here.events, here.rsvps.invitations(), here.media, agenda, pages),
        here.rsvps.pages(pages),
        here.rsvps.attendees(pages),
        new PostPages(db, actors, here.posts, here.reactions, pages),
        new PollPages(actors, here.posts, here.polls),
        new GroupPages(actors, here.groups, new Portraits(here.media), pages),
        new ActorPages(db, actors, here.follows, here.groups, pages),
        new FollowPages(db, actors, here.follows, pages),
        new FollowRequestPages(db, actors, here.follows, pages),
        new ProfilePages(actors, here.profiles, new Portraits(here.media), pages),
        new SignInPages(here.users, sessions, pages),
        new SignUpPages(here.signUps, sessions, pages, here.settings, here.instance::rules),
        new AdmissionPages(here.signUps, pages),
        new AuthorizePages(here.oauth, here.users, sessions, pages, here.settings),
        new ConnectionPages(here.oauth, here.users, sessions, pages),
        new SetupPages(here.setup, sessions, pages, this::name));
  }

  /** The neighbourhood as its pages show it; at most some seconds old. */
  Place place() {
    var last = known;
    if (last != null && System.nanoTime() - last.since() < FRESH_NANOS) return last.place();
    var place = stored();
    known = new Known(place, System.nanoTime());
    return place;
  }

  private Place stored() {
    var words = here.instance;
    var settings = here.settings;
    var locale = Language.of(words.word("instance.locale", settings.locale()));
    return new Place(
        words.name(),
        words.motto(),
        Place.colour(words.word("instance.colour", ""), words.word("instance.hue", "")),
        here.actors.village().icon(),
        locale == null ? Language.FR : locale,
        Place.zone(words.word("instance.zone", "")),
        settings.origin(),
        here.actors.urls().handle(Urls.VILLAGE));
  }

  private void call(Tx tx, Actor actor, String name) {
    var now = Profile.of(actor);
    var named =
        new Profile(
            name,
            now.summary(),
            now.icon(),
            now.image(),
            now.fields(),
            now.manuallyApprovesFollowers(),
            now.discoverable(),
            now.indexable());
    here.actors.updateProfile(tx, actor, named);
  }

  /** What the first owner said shows at once. */
  private void name(Setup.Place place) {
    here.instance.put(Instance.NAME, place.name());
    here.instance.put(Instance.MOTTO, place.motto());
    here.instance.put("instance.locale", place.locale());
    renamed();
  }

  /** The actors of the place bear its name. */
  private void renamed() {
    known = null;
    var actors = here.actors;
    var name = here.instance.name();
    if (name.equals(actors.village().name())) return;
    here.db.transact(
        tx -> {
          call(tx, actors.village(), name);
          call(tx, actors.agenda(), "Agenda – " + name);
          call(tx, actors.relay(), name);
        });
  }
}
