package org.placette.timeline;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Byline;
import org.placette.text.Excerpt;
import org.placette.web.Sieve;

/**
 * Something a resident is told.
 *
 * @param type Mention, Reply, Like, Announce or Follow
 * @param from who did it
 * @param path of the page it is about; null when it is about no post
 * @param about the beginning of that post; empty when there is none
 * @param post the number of that post; 0 when there is none
 * @param words all of it, as plain text
 * @param asked what somebody asks for that is to be answered here; null for everything else
 */
public record News(
    long id,
    String type,
    Byline from,
    @Nullable String path,
    String about,
    Instant published,
    long post,
    String words,
    @Nullable Asked asked)
    implements Sieve.Sifted {

  /** A Group that somebody asks to join, and the number of who asks. */
  public record Asked(Byline group, long who) {}

  private static final int LENGTH = 120;

  private static final int ALL = 10_000;

  @Override
  public long siftedId() {
    return post;
  }

  @Override
  public String siftedText() {
    return words;
  }

  static String words(@Nullable String title, @Nullable String html) {
    var text = html == null ? "" : Excerpt.of(html, ALL);
    return title == null ? text : title + "\n" + text;
  }

  static String beginning(@Nullable String html) {
    return html == null ? "" : Excerpt.of(html, LENGTH);
  }
}
