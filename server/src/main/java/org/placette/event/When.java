package org.placette.event;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * The time of an event.
 *
 * @param end null when it is open-ended
 * @param displayEnd false when an end was sent that only machines need (FEP-8a8e, displayEndTime)
 * @param zone where its wall time is told
 * @param previousStart when it should have begun, if it was moved (FEP-8a8e, previousStartTime)
 */
public record When(
    Instant start,
    @Nullable Instant end,
    boolean displayEnd,
    ZoneId zone,
    @Nullable Instant previousStart) {

  /** What machines are told when nobody knows the end. */
  private static final Duration SUPPOSED = Duration.ofHours(2);

  public static When of(ZonedDateTime start, @Nullable ZonedDateTime end) {
    return new When(
        start.toInstant(),
        end == null ? null : end.toInstant(),
        end != null,
        start.getZone(),
        null);
  }

  /** The end, or a supposed one that is not to be shown. */
  public Instant endOrSupposed() {
    return end == null ? start.plus(SUPPOSED) : end;
  }

  /** True when people should see the end. */
  public boolean showsEnd() {
    return end != null && displayEnd;
  }

  public ZonedDateTime localStart() {
    return start.atZone(zone);
  }

  public ZonedDateTime localEnd() {
    return endOrSupposed().atZone(zone);
  }
}
