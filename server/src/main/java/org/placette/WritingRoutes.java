package org.placette;

import java.time.Duration;
import org.placette.card.Cards;
import org.placette.db.DueWork;
import org.placette.mastodon.Api;
import org.placette.mastodon.Statuses;
import org.placette.poll.PollApi;
import org.placette.post.Desk;
import org.placette.post.PostApi;
import org.placette.post.PostMedia;
import org.placette.post.ReactionApi;
import org.placette.schedule.Schedule;
import org.placette.schedule.ScheduleApi;
import org.placette.timeline.ConversationApi;
import org.placette.timeline.MarkerApi;

/** The wiring of what apps call to write, and of what then falls due by itself. */
final class WritingRoutes implements Api.Calls {

  private static final Duration PAUSE = Duration.ofSeconds(3);

  private final Neighbourhood here;
  private final Statuses statuses;
  private final Desk desk;
  private final Schedule schedule;
  private final ConversationApi conversations;

  WritingRoutes(Neighbourhood here, Statuses statuses) {
    this.here = here;
    this.statuses = statuses;
    desk = new Desk(here.db, here.actors, here.posts, statuses, here.media);
    desk.heard(here.rsvps.replies()::wrote);
    var media = new PostMedia(here.media);
    schedule = new Schedule(here.db, here.actors, statuses, media, desk);
    conversations = new ConversationApi(here.db, statuses);
  }

  @Override
  public void into(Api api) {
    var unused =
        api.with(
            new PostApi(desk, schedule),
            new ReactionApi(desk, here.reactions),
            new PollApi(desk, here.polls),
            new ScheduleApi(schedule),
            conversations,
            new MarkerApi(here.db));
  }

  /** Threads of direct posts, for those who listen. */
  ConversationApi conversations() {
    return conversations;
  }

  /** Starts what falls due. */
  void start() {
    here.keep(DueWork.start("posts", PAUSE, schedule::publishDue, here.polls::tellDue));
    // A slow page keeps no post from its hour.
    here.keep(DueWork.start("cards", PAUSE, new Cards(here.db, here.http)::look));
  }
}
