package org.placette;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.placette.actor.ActorCollection;
import org.placette.actor.ActorRoutes;
import org.placette.audience.AudienceStore;
import org.placette.db.Signals.Signal;
import org.placette.emoji.EmojiApi;
import org.placette.emoji.EmojiPages;
import org.placette.event.OutboxCollection;
import org.placette.event.UpcomingCollection;
import org.placette.filter.FilterApi;
import org.placette.filter.FilterPages;
import org.placette.filter.Filters;
import org.placette.filter.OldFilterApi;
import org.placette.follow.ActorInbox;
import org.placette.follow.FollowApi;
import org.placette.follow.FollowCollection;
import org.placette.follow.FollowInbox;
import org.placette.follow.FollowPages;
import org.placette.follow.FollowRequestPages;
import org.placette.follow.PeopleApi;
import org.placette.follow.Portraits;
import org.placette.follow.ProfilePages;
import org.placette.inbox.ActivityHandler;
import org.placette.list.ListApi;
import org.placette.mastodon.Api;
import org.placette.mastodon.Statuses;
import org.placette.moderation.BlockApi;
import org.placette.moderation.BlockInbox;
import org.placette.moderation.BlockPages;
import org.placette.post.FeaturedCollection;
import org.placette.search.SearchApi;
import org.placette.search.TrendApi;
import org.placette.signup.SignUpApi;
import org.placette.tag.TagApi;
import org.placette.tag.Tags;
import org.placette.web.Pages;
import org.placette.web.ReadyAnswers;
import org.placette.web.Routes;

/** The wiring of what is about people: follows, blocks, lists, filters, tags, search. */
final class PeopleFeature implements Feature {

  private final Neighbourhood here;
  private final Filters filters;

  PeopleFeature(Neighbourhood here) {
    this.here = here;
    filters = new Filters(here.db);
    here.statuses.filtering(filters);
    filters.whenChanged(owner -> here.db.signals().send(new Signal("filters", owner, "")));
  }

  @Override
  public List<Routes> pages(Pages pages) {
    pages.sieve(filters);
    return List.of(
        new FollowPages(here.db, here.actors, here.follows, pages),
        new FollowRequestPages(here.db, here.actors, here.follows, pages),
        new EmojiPages(here.emojis, pages),
        new BlockPages(here.db, here.actors, here.blocks, pages),
        new FilterPages(here.db, filters, pages),
        new ProfilePages(here.actors, here.profiles, new Portraits(here.media), pages, usual()));
  }

  private ProfilePages.Usual usual() {
    return new ProfilePages.Usual() {
      @Override
      public String of(long actor) {
        return AudienceStore.usual(here.db, actor, 0);
      }

      @Override
      public void choose(long actor, String word) {
        here.users.usuallyFor(actor, word.equals("followers") ? "private" : word);
      }
    };
  }

  @Override
  public List<Api.Calls> calls(Statuses statuses) {
    var db = here.db;
    var actors = here.actors;
    var accounts = statuses.accounts();
    var tags = new Tags(db, accounts.look());
    return List.of(
        new FollowApi(db, actors, accounts, here.follows),
        new PeopleApi(db, accounts),
        new EmojiApi(here.emojis),
        new BlockApi(db, actors, accounts, here.blocks),
        new ListApi(db, accounts),
        new FilterApi(db, filters),
        new OldFilterApi(db, filters),
        new TagApi(db, tags),
        new SearchApi(db, actors, here.remotePosts, statuses, tags),
        new TrendApi(db, statuses, tags),
        new SignUpApi(here.signUps, here.settings, this::token));
  }

  private String token(long actor, List<String> scopes) {
    return here.tokens.create(actor, Set.copyOf(scopes));
  }

  @Override
  public List<ActivityHandler> handlers() {
    return List.of(
        new FollowInbox(here.actors, here.follows),
        new BlockInbox(here.db, here.actors, here.blocks),
        new ActorInbox(here.actors, here.follows));
  }

  @Override
  public List<Routes> objects(ReadyAnswers quick) {
    List<ActorCollection> collections = new ArrayList<>(FollowCollection.both(here.db));
    collections.add(new FeaturedCollection(here.db));
    collections.add(new UpcomingCollection(here.events));
    collections.add(new OutboxCollection(here.actors, here.posts, here.events, here.reactions));
    return List.of(new ActorRoutes(here.actors, quick, collections));
  }

  @Override
  public void start() {
    here.db.signals().listen(this::heard);
  }

  /** Hears what other processes changed. */
  private void heard(List<Signal> signals) {
    for (var signal : signals) if (signal.kind().equals("filters")) filters.forget(signal.id());
  }
}
