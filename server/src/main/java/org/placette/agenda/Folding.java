package org.placette.agenda;

import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.placette.agenda.AgendaStore.Entry;
import org.placette.event.EventCard;

/**
 * One card for what several sources tell: the same id or address, or a start within 15 minutes, a
 * similar title and no other place. Ours comes first, and nothing is hidden: all are linked.
 */
public final class Folding {

  private static final Duration CLOSE = Duration.ofMinutes(15);
  private static final double SIMILAR = 0.5;

  private Folding() {}

  /**
   * A card and the same thing as others tell it.
   *
   * @param apart those before it that would be the same, had somebody not said that they are not
   */
  public record Folded(EventCard card, List<EventCard> others, List<EventCard> apart) {}

  /**
   * Folds a list that is sorted by start.
   *
   * @param apart pairs of paths that are different, as {@link AgendaStore#apart} gives them
   */
  static List<Folded> fold(List<Entry> entries, Set<String> apart) {
    List<List<Entry>> groups = new ArrayList<>();
    for (var entry : entries) {
      List<Entry> home = null;
      for (int i = groups.size() - 1; i >= 0 && home == null; i--) {
        var first = groups.get(i).getFirst();
        var gap = Duration.between(first.card().start(), entry.card().start());
        if (gap.compareTo(Duration.ofDays(1)) > 0) break;
        if (groups.get(i).stream().allMatch(it -> same(it, entry, apart))) home = groups.get(i);
      }
      if (home == null) groups.add(new ArrayList<>(List.of(entry)));
      else if (entry.card().host() == null) home.addFirst(entry);
      else home.add(entry);
    }
    List<Folded> folded = new ArrayList<>();
    for (var group : groups) {
      var others = group.stream().skip(1).map(Entry::card).toList();
      var card = group.getFirst().card();
      folded.add(new Folded(card, others, kept(card, folded, apart)));
    }
    return folded;
  }

  private static List<EventCard> kept(EventCard card, List<Folded> before, Set<String> apart) {
    if (apart.isEmpty()) return List.of();
    return before.stream()
        .flatMap(it -> Stream.concat(Stream.of(it.card()), it.others().stream()))
        .filter(it -> apart(card, it, apart))
        .toList();
  }

  private static boolean apart(EventCard one, EventCard other, Set<String> apart) {
    return apart.contains(one.path() + " " + other.path())
        || apart.contains(other.path() + " " + one.path());
  }

  private static boolean same(Entry one, Entry other, Set<String> apart) {
    var first = one.card();
    var second = other.card();
    // Two of ours, or two of one neighbour, are two.
    if (String.valueOf(first.host()).equals(String.valueOf(second.host()))) return false;
    if (apart(first, second, apart)) return false;
    if (first.start().isEqual(second.start()) && sameId(one, other)) return true;
    var gap = Duration.between(first.start(), second.start()).abs();
    return gap.compareTo(CLOSE) <= 0
        && similarity(first.name(), second.name()) >= SIMILAR
        && placesAgree(first.place(), second.place());
  }

  private static boolean sameId(Entry one, Entry other) {
    return one.key().equals(other.key())
        || !one.link().isEmpty() && one.link().equals(other.link())
        || one.key().equals(other.link())
        || other.key().equals(one.link());
  }

  private static boolean placesAgree(@Nullable String one, @Nullable String other) {
    return one == null || other == null || similarity(one, other) >= 0.3;
  }

  /** Shared parts of three letters among all, as pg_trgm counts: 1 for the same words. */
  static double similarity(String one, String other) {
    var first = parts(one);
    var second = parts(other);
    if (first.isEmpty() || second.isEmpty()) return 0;
    var shared = new HashSet<>(first);
    shared.retainAll(second);
    return (double) shared.size() / (first.size() + second.size() - shared.size());
  }

  private static Set<String> parts(String text) {
    var plain =
        Normalizer.normalize(text, Normalizer.Form.NFD)
            .replaceAll("\\p{M}", "")
            .toLowerCase(Locale.ROOT);
    Set<String> all = new HashSet<>();
    for (var word : plain.split("[^\\p{L}\\p{N}]+")) {
      if (word.isEmpty()) continue;
      var padded = "  " + word + " ";
      for (int i = 0; i + 3 <= padded.length(); i++) all.add(padded.substring(i, i + 3));
    }
    return all;
  }
}
