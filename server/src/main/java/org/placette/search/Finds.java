package org.placette.search;

import java.time.ZonedDateTime;
import java.util.List;
import org.placette.actor.Byline;
import org.placette.document.Document;
import org.placette.post.PostView;

/**
 * What a search found, for its page.
 *
 * @param q what was asked for
 * @param alike whether the people and the groups are only of similar names
 */
public record Finds(
    String q,
    List<Byline> people,
    boolean alike,
    List<Byline> groups,
    List<Happening> events,
    List<PostView> posts,
    List<Document> documents,
    List<String> tags) {

  /** An event with its start, in its own zone. */
  public record Happening(PostView it, ZonedDateTime start) {}

  public Finds {
    people = List.copyOf(people);
    groups = List.copyOf(groups);
    events = List.copyOf(events);
    posts = List.copyOf(posts);
    documents = List.copyOf(documents);
    tags = List.copyOf(tags);
  }

  /** Nothing, before anything was asked for. */
  static Finds nothing(String q) {
    return new Finds(q, List.of(), false, List.of(), List.of(), List.of(), List.of(), List.of());
  }

  /** True when there is nothing to show. */
  public boolean empty() {
    return people.isEmpty()
        && groups.isEmpty()
        && events.isEmpty()
        && posts.isEmpty()
        && documents.isEmpty()
        && tags.isEmpty();
  }
}
