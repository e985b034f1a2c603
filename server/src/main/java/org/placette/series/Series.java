package org.placette.series;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that repeats.
 *
 * @param actorId who publishes it
 * @param rule RRULE on the wall clock of the zone
 * @param start wall time of the first one
 * @param template the fields of the event's form
 * @param language of its text, a BCP 47 tag
 * @param endsBefore nothing is planned at this wall time or later; null for no such end
 */
public record Series(
    long id,
    UUID uuid,
    long actorId,
    String rule,
    LocalDateTime start,
    ZoneId zone,
    Map<String, String> template,
    String language,
    boolean paused,
    @Nullable LocalDateTime endsBefore) {

  public Series {
    template = Map.copyOf(template);
  }

  public String name() {
    return template.getOrDefault("name", "");
  }

  public String path() {
    return "/series/" + uuid;
  }

  /** Whom its events are for: "ring", "group" for the members of its Group; else everybody. */
  public String audience() {
    return template.getOrDefault("audience", "");
  }

  /** Whether not everybody may know of it. */
  public boolean closed() {
    return audience().equals("ring") || audience().equals("group");
  }

  /** The number of the Group that it is posted to; empty for that of the whole place. */
  public String room() {
    return template.getOrDefault("room", "");
  }

  /** The choice of {@link Repeat#CHOICES} that made the rule. */
  public String choice() {
    return template.getOrDefault("repeat", "weekly");
  }

  /** Which one of the month it is, from 1 to 5. */
  public int nth() {
    return Repeat.nth(start.toLocalDate());
  }

  /** The same with the picture of this number, or with none. */
  Series showing(@Nullable Long picture) {
    Map<String, String> other = new HashMap<>(template);
    if (picture == null) other.remove("bannerId");
    else other.put("bannerId", String.valueOf(picture));
    return new Series(id, uuid, actorId, rule, start, zone, other, language, paused, endsBefore);
  }
}
