package org.placette.digest;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.digest.Source.Pace;

/**
 * What somebody chose.
 *
 * @param letters whether anything comes by letter at all: nobody gets one who did not say so
 * @param agenda how often the agenda comes by letter: daily, weekly or never
 * @param quietFrom an hour of the day; null for no quiet hours
 * @param quietUntil the hour at which they end
 */
record Choice(
    boolean letters,
    Map<Source, Pace> paces,
    Pace agenda,
    @Nullable Integer quietFrom,
    @Nullable Integer quietUntil) {

  static Choice usual() {
    Map<Source, Pace> paces = new EnumMap<>(Source.class);
    for (var source : Source.values()) paces.put(source, source.usual());
    return new Choice(false, paces, Pace.WEEKLY, null, null);
  }

  Pace pace(Source source) {
    return Objects.requireNonNullElse(paces.get(source), Pace.NEVER);
  }

  /** The types that have a pace, as they are stored. */
  String[] types(Pace pace) {
    return paces.entrySet().stream()
        .filter(it -> it.getValue() == pace)
        .flatMap(it -> it.getKey().types().stream())
        .toArray(String[]::new);
  }

  /** From the stored lists of types: a source has the pace of its first type. */
  static Map<Source, Pace> paces(List<String> now, List<String> daily, List<String> weekly) {
    Map<Source, Pace> paces = new EnumMap<>(Source.class);
    for (var source : Source.values()) {
      var first = source.types().getFirst();
      paces.put(
          source,
          now.contains(first)
              ? Pace.NOW
              : daily.contains(first)
                  ? Pace.DAILY
                  : weekly.contains(first) ? Pace.WEEKLY : Pace.NEVER);
    }
    return paces;
  }
}
