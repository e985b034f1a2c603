package org.placette.place;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.db.Retention;
import org.placette.db.Sql;
import org.placette.event.Place;
import org.placette.event.Whereabouts;
import org.placette.web.Problem;

/** The list of the village's places. */
public final class Places implements Whereabouts {

  private final Db db;

  public Places(Db db) {
    this.db = db;
  }

  /** What is kept and why. */
  public static List<Retention.Table> retention() {
    return PlaceStore.retention();
  }

  /** All, by name; at most 500. */
  public List<VillagePlace> all() {
    return PlaceStore.all(db);
  }

  /** One, or null. */
  public @Nullable VillagePlace byId(long id) {
    return PlaceStore.byId(db, id);
  }

  @Override
  public @Nullable Place place(long id) {
    var found = byId(id);
    return found == null ? null : found.at();
  }

  /** Those whose name, street or town holds these words, by name; at most 20. */
  List<VillagePlace> search(String words) {
    var wanted = bare(words);
    return all().stream()
        .filter(
            place ->
                bare(place.name() + ' ' + String.join(" ", place.at().lines())).contains(wanted))
        .limit(20)
        .toList();
  }

  /** Without accents and capitals. */
  private static String bare(String words) {
    var letters = Normalizer.normalize(words.strip(), Normalizer.Form.NFD);
    return letters.replaceAll("\\p{M}+", "").toLowerCase(Locale.ROOT);
  }

  @Override
  public @Nullable Place known(@Nullable Place given) {
    return known(db, given);
  }

  private static @Nullable Place known(Sql sql, @Nullable Place given) {
    if (given == null || given.name() == null) return given;
    if (given.street() != null || given.locality() != null || given.latitude() != null)
      return given;
    var found = PlaceStore.byName(sql, given.name());
    return found == null ? given : found.at();
  }

  /**
   * The same for a place that may have taken another's: whoever writes another name over the old
   * one leaves the old address in the form.
   *
   * @param former where it was; null when it was nowhere
   */
  public @Nullable Place moved(Sql sql, @Nullable Place given, @Nullable Place former) {
    if (given == null || given.name() == null) return given;
    var named = PlaceStore.byName(sql, given.name());
    if (named == null) return known(sql, given);
    if (there(given, named.at())) return named.at();
    if (former != null && there(given, former))
      return bare(given.name()).equals(bare(String.valueOf(former.name()))) ? given : named.at();
    var another = PlaceStore.all(sql).stream().anyMatch(it -> there(given, it.at()));
    return another ? named.at() : known(sql, given);
  }

  private static boolean there(Place one, Place other) {
    return (one.street() != null || one.locality() != null)
        && Objects.equals(one.street(), other.street())
        && Objects.equals(one.locality(), other.locality());
  }

  /**
   * Adds or changes one.
   *
   * @param id of the one to change; 0 for a new one
   * @throws Problem.Invalid when another has that name
   */
  public VillagePlace save(long id, Place at, String note) {
    var name = String.valueOf(at.name());
    var same = PlaceStore.byName(db, name);
    if (same != null && same.id() != id)
      throw new Problem.Invalid("There is a place of that name", Map.of("name", "error.taken"));
    var place = new VillagePlace(id == 0 ? Ids.next() : id, at, note);
    db.transact(tx -> PlaceStore.put(tx, place));
    return place;
  }

  void delete(long id) {
    PlaceStore.delete(db, id);
  }
}
