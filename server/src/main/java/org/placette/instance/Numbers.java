package org.placette.instance;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;

/**
 * How lively the place is, week by week: counts only, at most an hour old, and none so small that
 * it could be about somebody. Thread-safe.
 */
public final class Numbers {

  /** A count below this is not told. */
  static final int LEAST = 5;

  private static final int WEEKS = 13;

  private final Db db;
  private final Cache<ZoneId, List<Week>> known =
      Caffeine.newBuilder().maximumSize(4).expireAfterWrite(Duration.ofHours(1)).build();

  public Numbers(Db db) {
    this.db = db;
  }

  /**
   * One week, from Monday on. Each count is null when it is smaller than five.
   *
   * @param people who wrote or answered something here
   * @param events published here
   * @param answers to events of this place, by anybody
   * @param posts written here, private ones left out
   * @param neighbours servers that let us follow them, at the end of the week
   */
  public record Week(
      LocalDate monday,
      @Nullable Long people,
      @Nullable Long events,
      @Nullable Long answers,
      @Nullable Long posts,
      @Nullable Long neighbours) {

    /** What is counted, by the names of the messages. */
    public static final List<String> KINDS =
        List.of("people", "events", "answers", "posts", "neighbours");

    /** One of the counts. */
    public @Nullable Long of(String kind) {
      return switch (kind) {
        case "people" -> people;
        case "events" -> events;
        case "answers" -> answers;
        case "posts" -> posts;
        default -> neighbours;
      };
    }

    /** Whether there is anything at all to tell. */
    public boolean some() {
      return KINDS.stream().anyMatch(kind -> of(kind) != null);
    }
  }

  /** The last weeks, the newest first; the first one is not over yet. */
  public List<Week> weeks(ZoneId zone) {
    // Not loaded inside the cache, which would hold a lock while it waits for the database.
    var found = known.getIfPresent(zone);
    if (found != null) return found;
    var counted = NumberStore.weeks(db, zone, WEEKS);
    known.put(zone, counted);
    return counted;
  }

  /** The last week that is over; null when there is nothing to tell of it. */
  public @Nullable Week last(ZoneId zone) {
    var weeks = weeks(zone);
    if (weeks.size() < 2) return null;
    var week = weeks.get(1);
    return week.some() ? week : null;
  }

  /** A count that may be told; null for a small one. */
  static @Nullable Long told(long count) {
    return count < LEAST ? null : count;
  }
}
