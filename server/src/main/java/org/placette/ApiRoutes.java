package org.placette;

import java.time.Clock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.placette.announcement.AnnouncementApi;
import org.placette.announcement.Announcements;
import org.placette.follow.CredentialsApi;
import org.placette.follow.Portraits;
import org.placette.instance.InstanceApi;
import org.placette.mastodon.Api;
import org.placette.mastodon.Caller;
import org.placette.mastodon.RateLimit;
import org.placette.media.MediaApi;
import org.placette.notification.GroupApi;
import org.placette.notification.NotificationApi;
import org.placette.notification.PolicyApi;
import org.placette.oauth.AppApi;
import org.placette.push.PushApi;
import org.placette.stream.Hub;
import org.placette.stream.StreamApi;
import org.placette.timeline.AccountApi;
import org.placette.timeline.ConversationApi;
import org.placette.timeline.MarkerApi;
import org.placette.timeline.ThreadApi;
import org.placette.timeline.TimelineApi;
import org.placette.user.ProfileApi;
import org.placette.web.ClientAddress;
import org.placette.web.Routes;

/** The wiring of what apps call, whatever feature brings it. */
final class ApiRoutes {

  private final Neighbourhood here;
  private final Api api;
  private final Hub hub;

  ApiRoutes(Neighbourhood here, String version) {
    this.here = here;
    var db = here.db;
    var statuses = here.statuses;
    var accounts = statuses.accounts();
    var conversations = new ConversationApi(db, statuses);
    var tags = here.actors.urls().at("/tags/");
    var announcements = new AnnouncementApi(db, new Announcements(db, here.roles, tags));
    var limit = new RateLimit(Clock.systemUTC(), ctx -> ClientAddress.of(ctx, here.settings));
    var own = new ProfileApi(db, accounts, here.roles, tags);
    hub = new Hub(db, statuses);
    hub.conversations((viewer, about) -> conversations.words(viewer, about.id()));
    for (var event : AnnouncementApi.EVENTS)
      hub.announcements(
          event, (viewer, about) -> announcements.words(viewer, event, about.id(), about.about()));
    var notifications = new NotificationApi(db, statuses);
    api =
        new Api(this::caller, limit, here.settings.origin(), db)
            .with(
                new AppApi(here.oauth, here.actors, here.settings, here.vapid::publicKey),
                new InstanceApi(
                    db,
                    here.instance,
                    here.domains,
                    accounts,
                    here.settings,
                    version,
                    here.vapid::publicKey),
                new MediaApi(here.media),
                own,
                new CredentialsApi(
                    here.actors,
                    here.profiles,
                    new Portraits(here.media),
                    own::choose,
                    own::entity),
                announcements,
                conversations,
                new MarkerApi(db),
                here.features.calls(statuses),
                new TimelineApi(db, statuses),
                new ThreadApi(db, statuses),
                new StreamApi(here.vertx, db, here.tokens, hub),
                notifications,
                new PushApi(db, here.ring, here.vapid, here.http.rules().allowPlainHttp()),
                new GroupApi(db, statuses, notifications),
                new PolicyApi(db, statuses),
                new AccountApi(db, here.actors, statuses));
  }

  Routes routes() {
    return api;
  }

  /**
   * Starts to hear what happens, and to tell those who listen.
   *
   * @param alone true while no other process works on this database
   */
  Hub listening(BooleanSupplier alone) {
    hub.start(alone);
    return hub;
  }

  /** Where a portrait is shown from; our own picture for nobody's. */
  String portrait(@Nullable String icon) {
    return icon == null || icon.isBlank()
        ? here.actors.urls().at("/static/icon.png")
        : here.picture(icon);
  }

  /** Every call, for the paper about them. */
  Api api() {
    return api;
  }

  private @Nullable Caller caller(String token) {
    var grant = here.tokens.verify(token);
    if (grant == null) return null;
    return new Caller(
        grant.actorId(), grant.tokenId(), grant.appName(), grant.appWebsite(), grant::allows);
  }
}
