package org.placette.stream;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be listened to.
 *
 * @param name as apps call it, such as {@code public:local}
 * @param detail the tag or the list's number; empty for others
 */
record Topic(String name, String detail) {

  private static final Set<String> NAMES =
      Set.of(
          "user",
          "user:notification",
          "public",
          "public:media",
          "public:local",
          "public:local:media",
          "public:remote",
          "public:remote:media",
          "hashtag",
          "hashtag:local",
          "list",
          "direct");

  /** Reads what an app asks for; null when there is no such thing. */
  static @Nullable Topic of(@Nullable String name, @Nullable String tag, @Nullable String list) {
    if (name == null || !NAMES.contains(name)) return null;
    if (name.startsWith("hashtag")) {
      if (tag == null || tag.isBlank()) return null;
      return new Topic(name, tag.strip().replaceFirst("^#", "").toLowerCase(Locale.ROOT));
    }
    if (!name.equals("list")) return new Topic(name, "");
    return list == null || !list.matches("[0-9]{1,18}") ? null : new Topic(name, list);
  }

  /** As it stands before each message. */
  List<String> words() {
    return detail.isEmpty() ? List.of(name) : List.of(name, detail);
  }

  String scope() {
    return switch (name) {
      case "user:notification" -> "read:notifications";
      case "list" -> "read:lists";
      default -> "read:statuses";
    };
  }

  long list() {
    return name.equals("list") ? Long.parseLong(detail) : 0;
  }

  /** Whether a public post belongs here. */
  boolean takes(StreamStore.Facts post) {
    if (name.startsWith("hashtag"))
      return post.tags().contains(detail) && (name.equals("hashtag") || post.local());
    if (!name.startsWith("public") || post.answer()) return false;
    if (name.startsWith("public:local") && !post.local()) return false;
    if (name.startsWith("public:remote") && post.local()) return false;
    return !name.endsWith(":media") || post.media();
  }

  /** True for what is taken from everything public. */
  boolean open() {
    return name.startsWith("public") || name.startsWith("hashtag");
  }
}
