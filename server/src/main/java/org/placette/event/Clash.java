package org.placette.event;

import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Something that happens at the same time as what somebody plans.
 *
 * @param hard at the same place; otherwise near by and for the same people
 * @param path of its page, here or elsewhere
 * @param place its name, or null
 * @param source the host or the calendar that it comes from; null for here
 * @param times how often, when one of them repeats; start and end are those of the first time
 */
public record Clash(
    boolean hard,
    String name,
    String path,
    ZonedDateTime start,
    ZonedDateTime end,
    @Nullable String place,
    @Nullable String source,
    int times) {

  /** The same, so often. */
  public Clash times(int often) {
    return new Clash(hard, name, path, start, end, place, source, often);
  }
}
