package org.placette.thread;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What holds for a whole discussion.
 *
 * @param rootId the post that it began with
 * @param groupId the Group it stands in
 * @param replies how many answers there are, as far as every reader may know
 * @param closedAt since when nobody answers any more; null while everybody may
 * @param slow how long everybody waits between two answers; null for not at all
 * @param answerId the official answer; null for none
 */
public record Topic(
    long rootId,
    long groupId,
    long lastId,
    int replies,
    @Nullable Instant closedAt,
    @Nullable Duration slow,
    @Nullable Long answerId) {

  public boolean closed() {
    return closedAt != null;
  }

  /** The wait in whole minutes, as the form has it; 0 for none. */
  public long slowMinutes() {
    return slow == null ? 0 : slow.toMinutes();
  }
}
