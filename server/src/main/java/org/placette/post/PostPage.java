package org.placette.post;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page of a post shows.
 *
 * @param parent what it answers, when that is known and readable
 * @param replies what was written below it
 * @param next the id after which more comes; 0 when these are all
 */
public record PostPage(
    PostView shown, @Nullable PostView parent, List<PostView> replies, long next) {

  /** A picture for previews; null for none. */
  public @Nullable String picture() {
    if (shown.post().sensitive()) return null;
    return shown.post().attachment().stream()
        .filter(Attachment::picture)
        .map(Attachment::url)
        .findFirst()
        .orElse(null);
  }
}
