package org.placette.portability;

import java.util.List;

/** The lists that one takes along, in the forms that Mastodon writes and reads (CSV). */
final class Carried {

  /** The files, by the names that Mastodon gives them. */
  static final List<String> FILES =
      List.of(
          "following_accounts",
          "followers",
          "blocked_accounts",
          "muted_accounts",
          "blocked_domains",
          "bookmarks",
          "lists");

  /** Those that can be brought, as the form names them. */
  static final List<String> KINDS =
      List.of("following", "blocks", "mutes", "bookmarks", "lists", "domains");

  private Carried() {}

  /** The first line; empty for files that have none. */
  static String header(String file) {
    return switch (file) {
      case "following_accounts" ->
          CsvLines.line("Account address", "Show boosts", "Notify on new posts", "Languages");
      case "followers" -> CsvLines.line("Account address");
      case "muted_accounts" -> CsvLines.line("Account address", "Hide notifications");
      case "answers" -> CsvLines.line("Event", "Answer");
      default -> "";
    };
  }

  static String line(String file, String first, String second) {
    return switch (file) {
      case "following_accounts" -> {
        var flags = second.split(",", 3);
        yield CsvLines.line(first, flags[0], flags[1], flags[2]);
      }
      case "muted_accounts", "answers" -> CsvLines.line(first, second);
      case "lists" -> CsvLines.line(second, first);
      default -> CsvLines.line(first);
    };
  }

  /**
   * What is brought with a line.
   *
   * @param what a handle, an address or a domain
   * @param extra a list's title, or flags
   */
  record Wanted(String what, String extra) {}

  /** What the lines of a file say; a first line of titles, and lines that say nothing, left out. */
  static List<Wanted> read(String kind, String text, int most) {
    return CsvLines.read(text, most + 1).stream()
        .filter(line -> !line.getFirst().equalsIgnoreCase("Account address"))
        .filter(line -> !kind.equals("lists") || line.size() > 1)
        .map(line -> wanted(kind, line))
        .filter(one -> !one.what().isEmpty() && one.what().length() <= 2_000)
        .limit(most)
        .toList();
  }

  private static Wanted wanted(String kind, List<String> line) {
    return switch (kind) {
      case "lists" -> new Wanted(line.get(1), line.get(0));
      case "following", "mutes" ->
          new Wanted(line.get(0), String.join(",", line.subList(1, Math.min(4, line.size()))));
      case "domains" -> new Wanted(line.get(0).replaceFirst("^[#].*", ""), "");
      default -> new Wanted(line.get(0), "");
    };
  }
}
