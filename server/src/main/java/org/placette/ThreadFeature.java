package org.placette;

import java.util.List;
import org.placette.body.Bodies;
import org.placette.body.BodyPages;
import org.placette.document.DocumentPages;
import org.placette.inbox.ActivityHandler;
import org.placette.post.CarersVoice;
import org.placette.search.SearchPages;
import org.placette.thread.LockInbox;
import org.placette.thread.MissingReplies;
import org.placette.thread.MoveInbox;
import org.placette.thread.TopicPages;
import org.placette.thread.Topics;
import org.placette.web.Pages;
import org.placette.web.Routes;

/** The wiring of discussions, and of finding and keeping what was written. */
final class ThreadFeature implements Feature {

  private final Neighbourhood here;
  private final Bodies bodies;
  private final Topics topics;
  private final MissingReplies missing;

  ThreadFeature(Neighbourhood here) {
    this.here = here;
    bodies = new Bodies(here.db, here.actors, here.roles);
    var voice = new CarersVoice(here.actors, here.outbox, here.targets);
    topics =
        new Topics(here.db, here.actors, here.groups, here.posts, here.reactions, bodies, voice);
    here.posts.rules(topics);
    here.remotePosts.rules(topics);
    missing = new MissingReplies(here.actors, here.posts, here.remotePosts, here.documents);
  }

  @Override
  public List<ActivityHandler> handlers() {
    return List.of(
        new LockInbox(here.db, here.posts, topics),
        new MoveInbox(here.db, here.actors, here.posts, topics));
  }

  @Override
  public List<Routes> pages(Pages pages) {
    return List.of(
        new TopicPages(here.db, here.actors, topics, missing, pages),
        new BodyPages(here.actors, bodies, pages),
        new DocumentPages(here.db, pages),
        new SearchPages(here.db, here.actors, here.remotePosts, pages));
  }
}
