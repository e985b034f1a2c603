package org.placette.event;

import java.time.LocalTime;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;
import org.placette.web.Sieve;

/**
 * An event as lists show it.
 *
 * @param id of its post
 * @param path of its page
 * @param end null for an open one
 * @param place its name, or the town
 * @param category a word in capitals
 * @param host where it was published; null for here
 * @param remaining places; null when there is room for all
 * @param participants how many come
 */
public record EventCard(
    long id,
    String path,
    String name,
    ZonedDateTime start,
    @Nullable ZonedDateTime end,
    Status status,
    boolean moved,
    @Nullable String place,
    boolean online,
    @Nullable String category,
    @Nullable String host,
    @Nullable Integer remaining,
    int participants)
    implements Sieve.Sifted {

  @Override
  public long siftedId() {
    return id;
  }

  @Override
  public String siftedText() {
    return place == null ? name : name + "\n" + place;
  }

  public boolean cancelled() {
    return status == Status.CANCELLED;
  }

  /** True for what lasts whole days, as only calendars of elsewhere say: it has no hours. */
  public boolean wholeDay() {
    return path.startsWith("/imports/")
        && start.toLocalTime().equals(LocalTime.MIDNIGHT)
        && (end == null || end.toLocalTime().equals(LocalTime.MIDNIGHT));
  }

  /** The last of several whole days; null for one day, and for what has hours. */
  public @Nullable ZonedDateTime lastDay() {
    return end == null || !wholeDay() ? null : end.minusDays(1);
  }

  public boolean tentative() {
    return status == Status.TENTATIVE;
  }
}
