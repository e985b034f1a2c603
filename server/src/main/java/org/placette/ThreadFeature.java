package org.placette;

import java.util.List;
import org.placette.thread.MissingReplies;
import org.placette.thread.TopicPages;
import org.placette.thread.Topics;
import org.placette.web.Pages;
import org.placette.web.Routes;

/** The wiring of discussions. */
final class ThreadFeature implements Feature {

  private final Neighbourhood here;
  private final Topics topics;
  private final MissingReplies missing;

  ThreadFeature(Neighbourhood here) {
    this.here = here;
    topics = new Topics(here.db, here.actors, here.groups, here.posts, here.reactions);
    here.posts.rules(topics);
    here.remotePosts.rules(topics);
    missing = new MissingReplies(here.actors, here.posts, here.remotePosts, here.documents);
  }

  @Override
  public List<Routes> pages(Pages pages) {
    return List.of(new TopicPages(here.db, here.actors, topics, missing, pages));
  }
}
