package org.placette.series;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;

/** What calendars tell of series: their rules, as they stand. */
public final class SeriesRules {

  private final Db db;

  public SeriesRules(Db db) {
    this.db = db;
  }

  /**
   * A series as calendars tell it.
   *
   * @param rule RRULE with what ends it; null when nothing of it takes place by the rule
   * @param left wall times that are left out
   * @param before nothing takes place by the rule at this wall time or later; null for no such end
   * @param sequence how often its dates were changed
   * @param updated when they were, last; null for never
   */
  public record Told(
      Series series,
      @Nullable String rule,
      List<LocalDateTime> left,
      @Nullable LocalDateTime before,
      int sequence,
      @Nullable Instant updated) {

    public Told {
      left = List.copyOf(left);
    }
  }

  /** The series of that name that a viewer may know of, or null; 0 is a stranger. */
  public @Nullable Series readable(UUID uuid, long viewer) {
    return SeriesStore.byUuid(db, viewer, uuid);
  }

  /** The days on which a series leaves a date out; what goes on in its place does so too. */
  public Set<LocalDate> out(long series) {
    return SeriesStore.left(db, List.of(series)).getOrDefault(series, List.of()).stream()
        .map(LocalDateTime::toLocalDate)
        .collect(Collectors.toSet());
  }

  /** Those with these numbers, in three queries. */
  public Map<Long, Told> told(Collection<Long> ids) {
    if (ids.isEmpty()) return Map.of();
    var left = SeriesStore.left(db, ids);
    var changes = SeriesStore.changes(db, ids);
    Map<Long, Told> all = new HashMap<>();
    for (var series : SeriesStore.byIds(db, ids)) {
      var changed = changes.get(series.id());
      if (changed == null) continue;
      var end = end(series, changed);
      all.put(
          series.id(),
          new Told(
              series,
              rule(series, end),
              left.getOrDefault(series.id(), List.of()),
              end,
              changed.sequence(),
              changed.updated()));
    }
    return all;
  }

  /** While a series is paused, what is published is all that takes place. */
  private static @Nullable LocalDateTime end(Series series, SeriesStore.Changes changed) {
    var end = series.endsBefore();
    if (!series.paused()) return end;
    var last = changed.last() == null ? series.start() : changed.last().plusSeconds(1);
    return end == null || last.isBefore(end) ? last : end;
  }

  private static @Nullable String rule(Series series, @Nullable LocalDateTime end) {
    if (end == null) return Repeat.exported(series.rule(), series.zone());
    if (!end.isAfter(series.start())) return null;
    return Repeat.exported(Repeat.ending(series.rule(), end), series.zone());
  }
}
