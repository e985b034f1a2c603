package org.placette.datepoll;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.placette.text.Html;

/**
 * A question after the date.
 *
 * @param id names its page
 * @param postId the poll that apps and other servers see
 * @param actorId the organiser
 * @param visibility whom it is for: the word in {@code post.visibility}
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
    String visibility,
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

  /** The content without the lines that lead here from elsewhere. */
  public String description() {
    var link = content.indexOf(path());
    var from = link < 0 ? -1 : content.lastIndexOf("<p>", link);
    if (from < 0) return content;
    var text = content.substring(0, from);
    var last = text.lastIndexOf("<p>");
    var names = place != null && last >= 0 && text.substring(last).contains(Html.escape(place));
    return names ? text.substring(0, last) : text;
  }

  /** True when everybody may answer, and not the neighbourhood alone. */
  public boolean open() {
    return visibility.equals("public");
  }

  public String path() {
    return "/dates/" + id;
  }
}
