package org.placette.care;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.placette.db.SettingStore;
import org.placette.db.Sql;
import org.placette.db.Tx;

/**
 * What the place chose for its care.
 *
 * @param hideAt a post is hidden until somebody decides once so many trusted people reported it; 0
 *     for never
 * @param twoPersons whether suspending and deleting need a second person's word
 * @param probationDays how long newcomers are watched; 0 for not at all
 * @param postsPerHour how much newcomers may write
 * @param links how many links a newcomer's post may hold
 * @param mentions how many people who do not follow them a newcomer's post may name
 * @param vouchAdmits whether a sponsor's word lets somebody in at once
 */
public record CareRules(
    int hideAt,
    boolean twoPersons,
    int probationDays,
    int postsPerHour,
    int links,
    int mentions,
    boolean vouchAdmits) {

  /** What counts until somebody chooses. */
  public static final CareRules FIRST = new CareRules(3, false, 7, 10, 2, 3, false);

  private static final String KEY = "care.rules";

  /** What counts now. */
  public static CareRules of(Sql sql) {
    var stored = SettingStore.get(sql, KEY);
    if (stored == null) return FIRST;
    var parts = stored.split(" ", -1);
    if (parts.length < 7) return FIRST;
    return new CareRules(
        number(parts[0]),
        parts[1].equals("true"),
        number(parts[2]),
        number(parts[3]),
        number(parts[4]),
        number(parts[5]),
        parts[6].equals("true"));
  }

  private static int number(String text) {
    return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
  }

  /** What became of what, as the log tells it: the field, its value before and its value now. */
  String changes(CareRules before) {
    var fields =
        List.of(
            "hideAt",
            "twoPersons",
            "probationDays",
            "postsPerHour",
            "links",
            "newMentions",
            "vouchAdmits");
    var was = before.toString().split(" ");
    var is = toString().split(" ");
    return IntStream.range(0, is.length)
        .filter(i -> !was[i].equals(is[i]))
        .mapToObj(i -> fields.get(i) + "=" + was[i] + "→" + is[i])
        .collect(Collectors.joining(" "));
  }

  void put(Tx tx) {
    SettingStore.put(tx, KEY, toString());
  }

  @Override
  public String toString() {
    return "%d %b %d %d %d %d %b"
        .formatted(hideAt, twoPersons, probationDays, postsPerHour, links, mentions, vouchAdmits);
  }
}
