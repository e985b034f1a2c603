package org.placette.filter;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A filter (entities/Filter).
 *
 * @param context where it looks: home, notifications, public, thread, account
 * @param filterAction warn, hide or blur
 * @param expiresAt null when it does not end
 */
record Filter(
    String id,
    String title,
    List<String> context,
    @Nullable Instant expiresAt,
    String filterAction,
    List<Keyword> keywords,
    List<Post> statuses) {

  /** A word or phrase (entities/FilterKeyword). */
  record Keyword(String id, String keyword, boolean wholeWord) {}

  /** A single post (entities/FilterStatus). */
  record Post(String id, String statusId) {}

  /** What results of filtering tell of the filter. */
  record Brief(
      String id,
      String title,
      List<String> context,
      @Nullable Instant expiresAt,
      String filterAction) {}

  Brief brief() {
    return new Brief(id, title, context, expiresAt, filterAction);
  }

  /**
   * A keyword as the first version of the API knows it (entities/V1_Filter).
   *
   * @param irreversible whether what matches is hidden
   */
  record Old(
      String id,
      String phrase,
      List<String> context,
      boolean wholeWord,
      @Nullable Instant expiresAt,
      boolean irreversible) {}
}
