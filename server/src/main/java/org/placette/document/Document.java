package org.placette.document;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Byline;

/**
 * A document beside a post.
 *
 * @param postId the post it came with
 * @param url where it is
 * @param kind its media type
 * @param name what it is, in words; null when its author did not say
 * @param title how the post is called or begins
 * @param group the name of the Group it was posted to; null for none
 * @param path of the page of the post
 */
public record Document(
    long postId,
    String url,
    String kind,
    @Nullable String name,
    String title,
    Byline author,
    @Nullable String group,
    Instant published,
    String path) {

  /** What it is called in a list. */
  public String label() {
    return name == null || name.isBlank() ? title : name;
  }

  /** The word for its kind: pdf, text, sheet or slides. */
  public String letters() {
    return switch (kind) {
      case "application/pdf" -> "pdf";
      case "application/rtf" -> "text";
      default ->
          kind.contains("sheet") || kind.contains("excel")
              ? "sheet"
              : kind.contains("presentation") || kind.contains("powerpoint") ? "slides" : "text";
    };
  }
}
