package org.placette;

import java.util.List;
import java.util.Set;
import org.placette.announcement.AnnouncementApi;
import org.placette.db.Signals.Signal;
import org.placette.filter.FilterApi;
import org.placette.filter.Filters;
import org.placette.filter.OldFilterApi;
import org.placette.follow.FollowApi;
import org.placette.follow.PeopleApi;
import org.placette.list.ListApi;
import org.placette.mastodon.Api;
import org.placette.mastodon.Statuses;
import org.placette.moderation.BlockApi;
import org.placette.moderation.ReportApi;
import org.placette.search.SearchApi;
import org.placette.search.TrendApi;
import org.placette.signup.SignUpApi;
import org.placette.tag.TagApi;
import org.placette.tag.Tags;

/** The wiring of what apps call about people: follows, blocks, lists, filters, tags, search. */
final class PeopleRoutes implements Api.Calls {

  private final Neighbourhood here;
  private final Statuses statuses;
  private final Filters filters;
  private final Tags tags;
  private final AnnouncementApi announcements;

  PeopleRoutes(Neighbourhood here, Statuses statuses) {
    this.here = here;
    this.statuses = statuses;
    filters = new Filters(here.db);
    statuses.filtering(filters);
    filters.whenChanged(owner -> here.db.signals().send(new Signal("filters", owner, "")));
    announcements = new AnnouncementApi(here.db, here.roles);
    tags = new Tags(here.db, statuses.accounts().look());
  }

  /** Hears what other processes changed. */
  void heard(List<Signal> signals) {
    for (var signal : signals) if (signal.kind().equals("filters")) filters.forget(signal.id());
  }

  /** The village's notices, for those who listen. */
  AnnouncementApi announcements() {
    return announcements;
  }

  @Override
  public void into(Api api) {
    var db = here.db;
    var actors = here.actors;
    var accounts = statuses.accounts();
    var unused =
        api.with(
            new FollowApi(db, actors, accounts, here.follows),
            new PeopleApi(db, accounts),
            new BlockApi(db, actors, accounts, here.blocks, here.follows),
            new ReportApi(db, actors, accounts, here.outbox),
            new ListApi(db, accounts),
            new FilterApi(db, filters),
            new OldFilterApi(db, filters),
            new TagApi(db, tags),
            new SearchApi(db, actors, here.remotePosts, statuses, tags),
            new TrendApi(db, statuses, tags),
            announcements,
            new SignUpApi(here.signUps, here.settings, this::token));
  }

  private String token(long actor, List<String> scopes) {
    return here.tokens.create(actor, Set.copyOf(scopes));
  }
}
