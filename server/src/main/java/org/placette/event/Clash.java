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
 */
public record Clash(
    boolean hard,
    String name,
    String path,
    ZonedDateTime start,
    ZonedDateTime end,
    @Nullable String place,
    @Nullable String source) {}
