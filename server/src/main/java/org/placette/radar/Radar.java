package org.placette.radar;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.event.Clash;
import org.placette.event.Event;
import org.placette.event.NewEvent;

/** Says what else happens at a time: before a date is chosen, not after. */
public final class Radar {

  private static final int SHOWN = 10;
  private static final Duration LONGEST = Duration.ofDays(31);
  private static final Pattern TAG = Pattern.compile("#([\\p{L}\\p{N}_]{1,60})");

  private final Db db;

  public Radar(Db db) {
    this.db = db;
  }

  /**
   * What overlaps a slot at the same place (hard), or within 10 km for the same theme (soft); hard
   * ones first, at most ten.
   */
  public List<Clash> clashes(Slot slot) {
    var end = slot.start().plus(LONGEST);
    var bounded =
        slot.end().isBefore(end)
            ? slot
            : new Slot(
                slot.viewer(),
                slot.start(),
                end,
                slot.place(),
                slot.town(),
                slot.latitude(),
                slot.longitude(),
                slot.themes(),
                slot.except());
    return RadarStore.clashes(db, bounded, SHOWN);
  }

  /**
   * The same for an event that is about to be published or changed.
   *
   * @param planner who plans it, an actor's number
   */
  public List<Clash> clashes(long planner, NewEvent wanted, @Nullable Event before) {
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
    return clashes(
        new Slot(
            planner,
            details.when().start(),
            details.when().endOrSupposed(),
            place == null ? null : place.name(),
            place == null ? null : place.locality(),
            place == null ? null : place.latitude(),
            place == null ? null : place.longitude(),
            themes,
            before == null ? 0 : before.id()));
  }
}
