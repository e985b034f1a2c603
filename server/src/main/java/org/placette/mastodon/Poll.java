package org.placette.mastodon;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question with its answers (entities/Poll), as one viewer sees it.
 *
 * @param id that of the status
 * @param ownVotes the viewer's choices, by position
 */
public record Poll(
    String id,
    @Nullable Instant expiresAt,
    boolean expired,
    boolean multiple,
    int votesCount,
    int votersCount,
    boolean voted,
    List<Integer> ownVotes,
    List<Option> options,
    List<Account.Emoji> emojis) {

  /** One choice. */
  public record Option(String title, @Nullable Integer votesCount) {}

  Poll seen(List<Integer> own, boolean asks, Instant now) {
    var over = expired || (expiresAt != null && expiresAt.isBefore(now));
    return new Poll(
        id,
        expiresAt,
        over,
        multiple,
        votesCount,
        votersCount,
        asks || !own.isEmpty(),
        own,
        options,
        emojis);
  }
}
