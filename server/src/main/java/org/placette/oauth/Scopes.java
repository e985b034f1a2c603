package org.placette.oauth;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a token allows, in the words of the client API: {@code read}, {@code write}, their parts
 * such as {@code read:accounts}, {@code follow} (an older name for six of the parts), {@code push}
 * and {@code profile}.
 */
public final class Scopes {

  /** What can be read, each as {@code read:…}. */
  static final List<String> READ =
      List.of(
          "accounts",
          "blocks",
          "bookmarks",
          "favourites",
          "filters",
          "follows",
          "lists",
          "mutes",
          "notifications",
          "search",
          "statuses");

  /** What can be changed, each as {@code write:…}. */
  static final List<String> WRITE =
      List.of(
          "accounts",
          "blocks",
          "bookmarks",
          "conversations",
          "favourites",
          "filters",
          "follows",
          "lists",
          "media",
          "mutes",
          "notifications",
          "reports",
          "statuses");

  private static final Set<String> FOLLOW =
      Set.of(
          "read:blocks",
          "write:blocks",
          "read:follows",
          "write:follows",
          "read:mutes",
          "write:mutes");

  private static final Set<String> DEFAULT = Set.of("read");

  /** Every scope there is, in the order in which they are published. */
  public static final List<String> ALL =
      Stream.of(
              Stream.of("profile", "read"),
              READ.stream().map(part -> "read:" + part),
              Stream.of("write"),
              WRITE.stream().map(part -> "write:" + part),
              Stream.of("follow", "push"))
          .flatMap(scopes -> scopes)
          .toList();

  private static final Set<String> KNOWN = Set.copyOf(ALL);

  private Scopes() {}

  /** The known scopes of a text, which are separated by spaces; an app gets read for none. */
  static Set<String> ofApp(@Nullable String text) {
    var known = known(text);
    return known.isEmpty() ? DEFAULT : known;
  }

  /**
   * What an app asks for in one request; read for nothing, or all it has when it cannot read.
   *
   * @return null when it asks for more than it was registered for
   */
  static @Nullable Set<String> asked(@Nullable String text, Set<String> ofApp) {
    var known = known(text);
    if (known.isEmpty()) return within(DEFAULT, ofApp) ? DEFAULT : ofApp;
    return within(known, ofApp) ? known : null;
  }

  /** True when every wanted scope is covered by the given ones. */
  static boolean within(Collection<String> wanted, Set<String> granted) {
    return wanted.stream().allMatch(scope -> covers(granted, scope));
  }

  /**
   * True when the granted scopes allow what needs a certain one: {@code read} and {@code follow}
   * allow {@code read:follows}; all parts of {@code follow} together allow {@code follow}.
   *
   * @param granted what the token has
   * @param needed one scope, such as {@code write:statuses}
   */
  public static boolean covers(Set<String> granted, String needed) {
    if (granted.contains(needed)) return true;
    if (needed.equals("follow")) return within(FOLLOW, granted);
    var colon = needed.indexOf(':');
    if (colon < 0) return false;
    return granted.contains(needed.substring(0, colon))
        || (granted.contains("follow") && FOLLOW.contains(needed));
  }

  /** As a token's {@code scope}: in the published order, separated by spaces. */
  static String text(Set<String> scopes) {
    return String.join(" ", list(scopes));
  }

  /** In the published order. */
  static List<String> list(Set<String> scopes) {
    return ALL.stream().filter(scopes::contains).toList();
  }

  private static Set<String> known(@Nullable String text) {
    if (text == null) return Set.of();
    return Arrays.stream(text.split("[\\s,+]+", 200))
        .filter(KNOWN::contains)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
