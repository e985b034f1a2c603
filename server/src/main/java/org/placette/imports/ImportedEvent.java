package org.placette.imports;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * An event of another's calendar; all texts are plain and short.
 *
 * @param uid names it in its calendar
 * @param recurrence which one of a repeated event; empty for a single one
 * @param status CONFIRMED, TENTATIVE or CANCELLED
 */
public record ImportedEvent(
    String uid,
    String recurrence,
    String name,
    Instant start,
    Instant end,
    ZoneId zone,
    boolean allDay,
    @Nullable String place,
    @Nullable Double latitude,
    @Nullable Double longitude,
    @Nullable String url,
    String description,
    @Nullable String category,
    String status,
    int sequence) {

  public ZonedDateTime localStart() {
    return start.atZone(zone);
  }

  public ZonedDateTime localEnd() {
    return end.atZone(zone);
  }
}
