package org.placette.event;

import org.placette.post.Post;

/**
 * An event, local or remote.
 *
 * @param post its text, author and place in the discussion
 */
public record Event(Post post, Details details) {

  /** The id that this server knows it by. */
  public long id() {
    return post.id();
  }

  public String uri() {
    return post.uri();
  }

  /** The title; never null, since an event without one is refused. */
  public String name() {
    return post.name() == null ? "" : post.name();
  }
}
