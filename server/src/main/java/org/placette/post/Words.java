package org.placette.post;

import org.jspecify.annotations.Nullable;

/**
 * The text of a post.
 *
 * @param name title, plain text
 * @param summary content warning (plain text) or, for an Event, summary (sanitised HTML)
 * @param content sanitised HTML
 * @param language a BCP 47 tag
 */
public record Words(
    @Nullable String name,
    @Nullable String summary,
    String content,
    @Nullable String language,
    boolean sensitive) {

  /** Content alone. */
  public static Words of(String content, @Nullable String language) {
    return new Words(null, null, content, language, false);
  }

  public Words withName(@Nullable String title) {
    return new Words(title, summary, content, language, sensitive);
  }

  public Words withSummary(@Nullable String text) {
    return new Words(name, text, content, language, sensitive);
  }
}
