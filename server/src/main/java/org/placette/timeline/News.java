package org.placette.timeline;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Byline;
import org.placette.text.Excerpt;

/**
 * Something a resident is told.
 *
 * @param type Mention, Reply, Like, Announce or Follow
 * @param from who did it
 * @param path of the page it is about; null when it is about no post
 * @param about the beginning of that post; empty when there is none
 */
public record News(
    long id, String type, Byline from, @Nullable String path, String about, Instant published) {

  private static final int LENGTH = 120;

  static String beginning(@Nullable String html) {
    return html == null ? "" : Excerpt.of(html, LENGTH);
  }
}
