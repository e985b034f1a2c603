package org.placette.mastodon;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * A hashtag (entities/Tag).
 *
 * @param name lower case, without the hash sign
 * @param history the last seven days, today first
 */
public record Tag(
    String id, String name, String url, List<Day> history, boolean following, boolean featuring) {

  /** A day of its use; clients expect numbers as text. */
  public record Day(String day, String uses, String accounts) {}

  /** How much a tag was used in a day. */
  public record Use(LocalDate day, long uses, long accounts) {}

  /** A tag with what is known of its last seven days. */
  public static Tag of(
      Look look, String name, List<Use> uses, boolean following, boolean featuring) {
    return new Tag(name, name, look.tag(name), history(uses), following, featuring);
  }

  /** Seven days, today first; those without use are zero. */
  public static List<Day> history(List<Use> uses) {
    var today = LocalDate.now(ZoneOffset.UTC);
    return java.util.stream.IntStream.range(0, 7)
        .mapToObj(
            ago -> {
              var date = today.minusDays(ago);
              var use =
                  uses.stream()
                      .filter(one -> one.day().equals(date))
                      .findFirst()
                      .orElse(new Use(date, 0, 0));
              return new Day(
                  String.valueOf(date.atStartOfDay(ZoneOffset.UTC).toEpochSecond()),
                  String.valueOf(use.uses()),
                  String.valueOf(use.accounts()));
            })
        .toList();
  }
}
