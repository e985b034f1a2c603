package org.placette.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A host this server has talked to.
 *
 * @param software as its NodeInfo says, in lower case; null when not known
 * @param receiver what it is sent
 * @param chosen true when the admin chose the receiver
 * @param failures since the last successful delivery
 * @param failedDays on how many different days since then; from 7 on it is tried once a day
 * @param retryAt until when it rests; null when it does not
 */
public record Peer(
    String host,
    @Nullable String software,
    @Nullable String version,
    Receiver receiver,
    boolean chosen,
    @Nullable Instant lastSuccess,
    @Nullable Instant lastFailure,
    int failures,
    int failedDays,
    @Nullable Instant retryAt,
    @Nullable String lastError) {

  /** True when the host has failed for so long that it counts as gone. */
  public boolean isDead() {
    return failedDays >= Backoff.DEAD_AFTER_DAYS;
  }
}
