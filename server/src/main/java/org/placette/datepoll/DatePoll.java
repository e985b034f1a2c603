package org.placette.datepoll;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A question after the date.
 *
 * @param id names its page
 * @param postId the poll that apps and other servers see
 * @param actorId the organiser
 * @param content what the organiser wrote, HTML
 * @param guests whether people without an account may answer
 * @param endTime when answers end; null when they end with the choice
 * @param over whether nobody answers any more
 * @param chosen the position of the date that was chosen; null while none is
 * @param event names the event that came of it; null when there is none, or it was deleted
 */
public record DatePoll(
    long id,
    long postId,
    long actorId,
    String name,
    String content,
    @Nullable String language,
    String organiser,
    ZoneId zone,
    @Nullable String place,
    boolean guests,
    List<Slot> slots,
    @Nullable Instant endTime,
    boolean over,
    @Nullable Integer chosen,
    @Nullable UUID event) {

  /** A proposed date. */
  public record Slot(Instant start, @Nullable Instant end) {

    public ZonedDateTime start(ZoneId zone) {
      return start.atZone(zone);
    }

    public @Nullable ZonedDateTime end(ZoneId zone) {
      return end == null ? null : end.atZone(zone);
    }
  }

  public DatePoll {
    slots = List.copyOf(slots);
  }

  public String path() {
    return "/dates/" + id;
  }
}
