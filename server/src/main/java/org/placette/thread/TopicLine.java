package org.placette.thread;

import java.time.Instant;
import org.placette.post.PostView;

/**
 * A discussion in the list of its Group.
 *
 * @param first what it began with
 * @param replies how many answers, as far as every reader may know
 * @param lastId by which the list goes on
 * @param last when somebody wrote there last
 * @param answered whether there is an official answer
 * @param unread whether it moved since the viewer looked
 */
public record TopicLine(
    PostView first,
    int replies,
    long lastId,
    Instant last,
    boolean closed,
    boolean answered,
    boolean unread) {

  /** Its title, or how it begins. */
  public String title() {
    var name = first.post().name();
    return name == null || name.isBlank() ? first.excerpt(90) : name;
  }
}
