package org.placette.radar;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.event.Clash;
import org.placette.event.NewEvent;
import org.placette.radar.Slot.Own;
import org.placette.radar.Slot.Time;
import org.placette.series.Repeat;

/**
 * Says what else happens at a time: before a date is chosen, not after. Both may repeat: each time
 * counts, those of our series also before they are published.
 */
public final class Radar {

  private static final int SHOWN = 10;
  private static final int SERIES = 200;
  private static final int TIMES = 500;
  private static final Duration LONGEST = Duration.ofDays(31);
  private static final Pattern TAG = Pattern.compile("#([\\p{L}\\p{N}_]{1,60})");
  private static final Comparator<Clash> ORDER =
      Comparator.comparing((Clash clash) -> !clash.hard()).thenComparing(Clash::start);

  private final Db db;

  public Radar(Db db) {
    this.db = db;
  }

  /**
   * What overlaps a slot at the same place (hard), or within 10 km for the same theme (soft); hard
   * ones first, each thing once, at most ten.
   */
  public List<Clash> clashes(Slot slot) {
    var known = RadarStore.clashes(db, slot, SHOWN);
    var rules = RadarStore.rules(db, slot, SERIES);
    if (rules.isEmpty()) return known.stream().map(RadarStore.Found::clash).toList();
    List<Clash> all = new ArrayList<>();
    var coming = planned(slot, rules);
    // What is published of a series and what is not yet are one thing.
    for (var found : known) {
      var more = found.series() == null ? null : coming.remove(found.series());
      all.add(more == null ? found.clash() : together(found.clash(), more));
    }
    all.addAll(coming.values());
    return all.stream().sorted(ORDER).limit(SHOWN).toList();
  }

  private static Clash together(Clash one, Clash other) {
    var first = one.start().isAfter(other.start()) ? other : one;
    return first.times(one.times() + other.times());
  }

  /** What series will bring that is not published, by their numbers. */
  private Map<Long, Clash> planned(Slot slot, List<RadarStore.Rule> rules) {
    var from = slot.times().getFirst().start();
    var until = slot.times().stream().map(Time::end).max(Instant::compareTo).orElse(from);
    var ids = rules.stream().map(RadarStore.Rule::series).toList();
    var settled = RadarStore.settled(db, ids, from.minus(LONGEST), until);
    Map<Long, Clash> all = new HashMap<>();
    for (var rule : rules) {
      var clash = planned(slot, rule, settled.getOrDefault(rule.series(), Set.of()), from, until);
      if (clash != null) all.put(rule.series(), clash);
    }
    return all;
  }

  private static @Nullable Clash planned(
      Slot slot, RadarStore.Rule rule, Set<LocalDateTime> settled, Instant from, Instant until) {
    var earliest = from.minus(rule.lasts()).atZone(rule.zone()).toLocalDateTime();
    var end = until.atZone(rule.zone()).toLocalDateTime().plusSeconds(1);
    var ends = rule.endsBefore();
    var before = ends != null && ends.isBefore(end) ? ends : end;
    Clash clash = null;
    int times = 0;
    for (var date : Repeat.dates(rule.rule(), rule.start(), earliest, before, TIMES)) {
      var start = date.atZone(rule.zone());
      var time = new Time(start.toInstant(), start.toInstant().plus(rule.lasts()));
      if (settled.contains(date) || slot.times().stream().noneMatch(time::overlaps)) continue;
      if (times++ == 0) clash = rule.clash(start);
    }
    return clash == null ? null : clash.times(times);
  }

  /** The same for an event of which somebody thinks, with a place and a time but once. */
  public List<Clash> clashes(long planner, NewEvent wanted) {
    var start = wanted.details().when().localStart().toLocalDateTime();
    return clashes(planner, wanted, List.of(start), Own.NOTHING);
  }

  /**
   * The same for an event that is about to be published or changed.
   *
   * @param planner who plans it, an actor's number
   * @param starts on the wall clock, the first first
   */
  public List<Clash> clashes(long planner, NewEvent wanted, List<LocalDateTime> starts, Own own) {
    var details = wanted.details();
    var place = details.place();
    List<String> themes = new ArrayList<>();
    var category = details.category();
    if (category != null) themes.add(category.toLowerCase(Locale.ROOT));
    for (var tag : wanted.tags()) themes.add(tag.toLowerCase(Locale.ROOT));
    TAG.matcher(wanted.text())
        .results()
        .limit(50)
        .forEach(tag -> themes.add(tag.group(1).toLowerCase(Locale.ROOT)));
    var when = details.when();
    var lasts = Duration.between(when.start(), when.endOrSupposed());
    return clashes(
        new Slot(
            planner,
            starts.stream()
                .map(start -> time(start.atZone(when.zone()).toInstant(), lasts))
                .toList(),
            place == null ? null : place.name(),
            place == null ? null : place.locality(),
            place == null ? null : place.latitude(),
            place == null ? null : place.longitude(),
            themes,
            own));
  }

  /** A time of bounded length. */
  static Time time(Instant start, Duration lasts) {
    return new Time(start, start.plus(lasts.compareTo(LONGEST) < 0 ? lasts : LONGEST));
  }
}
