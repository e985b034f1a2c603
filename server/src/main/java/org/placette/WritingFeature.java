package org.placette;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.card.Cards;
import org.placette.card.Creators;
import org.placette.db.DueWork;
import org.placette.event.EventEditions;
import org.placette.event.EventRoutes;
import org.placette.event.OwnLinks;
import org.placette.federation.fetch.Budget;
import org.placette.federation.fetch.CollectionReader;
import org.placette.federation.fetch.FetchProblem;
import org.placette.inbox.ActivityHandler;
import org.placette.mastodon.Api;
import org.placette.mastodon.Statuses;
import org.placette.outbox.ActivityRoutes;
import org.placette.poll.PollApi;
import org.placette.poll.PollPages;
import org.placette.poll.VoteInbox;
import org.placette.post.AnnounceInbox;
import org.placette.post.Desk;
import org.placette.post.GroupVoice;
import org.placette.post.ModeratorInbox;
import org.placette.post.PostApi;
import org.placette.post.PostDrafts;
import org.placette.post.PostInbox;
import org.placette.post.PostMedia;
import org.placette.post.PostPages;
import org.placette.post.PostRoutes;
import org.placette.post.QuoteApi;
import org.placette.post.ReactionApi;
import org.placette.post.ReactionInbox;
import org.placette.post.Threads;
import org.placette.quote.QuoteInbox;
import org.placette.quote.QuoteRoutes;
import org.placette.quote.Quotes;
import org.placette.quote.RevokeApi;
import org.placette.schedule.Schedule;
import org.placette.schedule.ScheduleApi;
import org.placette.schedule.SchedulePages;
import org.placette.unsent.UnsentPages;
import org.placette.web.Pages;
import org.placette.web.ReadyAnswers;
import org.placette.web.Routes;

/** The wiring of what is written: posts, reactions, polls, and what of them falls due. */
final class WritingFeature implements Feature {

  private static final Duration PAUSE = Duration.ofSeconds(3);

  private final Neighbourhood here;
  private final Desk desk;
  private final Quotes quotes;
  private final PostDrafts drafts;
  private final Schedule schedule;

  WritingFeature(Neighbourhood here) {
    this.here = here;
    desk = new Desk(here.db, here.actors, here.posts, here.statuses, here.media);
    desk.heard(here.rsvps.replies());
    desk.editions(new EventEditions(here.db, here.events, here.statuses));
    quotes = new Quotes(here.db, here.actors, here.posts, here.outbox, here.targets);
    desk.quoting(quotes::wrote);
    var media = new PostMedia(here.media);
    drafts = new PostDrafts(here.db, here.actors, here.posts, here.media, here::zone);
    schedule = new Schedule(here.db, here.actors, here.statuses, media, desk, drafts);
  }

  @Override
  public List<Routes> pages(Pages pages) {
    return List.of(
        new PostPages(here.db, here.actors, here.posts, here.reactions, here.media, drafts, pages),
        new PollPages(here.actors, here.posts, here.polls),
        new UnsentPages(here.db, here.media, schedule::timed, pages),
        new SchedulePages(schedule, pages));
  }

  @Override
  public List<Api.Calls> calls(Statuses statuses) {
    return List.of(
        new PostApi(desk, schedule),
        new QuoteApi(desk, here.posts),
        new RevokeApi(here.db, desk, quotes),
        new ReactionApi(desk, here.reactions),
        new PollApi(desk, here.polls),
        new ScheduleApi(schedule));
  }

  @Override
  public List<ActivityHandler> handlers() {
    var db = here.db;
    var voice = new GroupVoice(here.outbox, here.targets);
    return List.of(
        new VoteInbox(db, here.polls),
        new QuoteInbox(db, here.actors, here.posts, quotes),
        new PostInbox(db, here.actors, here.remotePosts, voice, here.groups),
        new ReactionInbox(db, here.remotePosts),
        new ModeratorInbox(here.actors, new CollectionReader(here.documents)),
        new AnnounceInbox(db, here.actors, here.keys, here.remotePosts, here.dispatch::verify));
  }

  @Override
  public List<Routes> objects(ReadyAnswers quick) {
    var actors = here.actors;
    var posts = new PostRoutes(here.db, actors, here.posts, here.asker());
    return List.of(
        new ActivityRoutes(here.outbox, actors),
        new QuoteRoutes(quotes),
        posts,
        new EventRoutes(actors, here.events, posts, new Threads(here.db, actors)));
  }

  /** Whom a page may name as its author: somebody whose profile lets the page's site do so. */
  private Creators.@Nullable Creator creator(String handle, String site) {
    try {
      var actor = here.actors.byHandle(handle, Budget.perActivity());
      if (actor.suspended() || actor.deleted() || !actor.allowsAuthorship(site)) return null;
      var page = actor.url() == null ? actor.uri() : actor.url();
      return new Creators.Creator(actor.id(), actor.displayName(), page);
    } catch (FetchProblem e) {
      return null;
    }
  }

  @Override
  public void start() {
    here.keep(
        DueWork.start(
            "posts", PAUSE, schedule::publishDue, drafts::publishDue, here.polls::tellDue));
    var own = new OwnLinks(here.actors, here.events, here.posts, here.place::now);
    // A slow page keeps no post from its hour.
    here.keep(
        DueWork.start(
            "cards", PAUSE, new Cards(here.db, here.http, own::ours, own, this::creator)::look));
  }
}
