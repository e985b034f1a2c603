package org.placette.mastodon;

import java.util.List;

/** Finds which of a viewer's filters a status meets. */
@FunctionalInterface
public interface Filtering {

  /** Nobody has filters. */
  Filtering NONE = viewer -> (context, id, text) -> List.of();

  /** The filters of a viewer, read once for a page. */
  Matcher of(long viewer);

  /** Tries one status. */
  @FunctionalInterface
  interface Matcher {

    /**
     * Tries one status.
     *
     * @param context home, notifications, public, thread or account
     * @param text its warning, text and descriptions, plain
     */
    List<Status.Filtered> match(String context, long statusId, String text);
  }
}
