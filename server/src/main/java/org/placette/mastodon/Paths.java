package org.placette.mastodon;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what belongs to a path such as {@code /api/v1/accounts/:id/follow}. A word in the path wins
 * over a {@code :name}; a slash at the end changes nothing.
 */
final class Paths<T> {

  /** What was found, with the values of the names. */
  record Found<T>(T value, Map<String, String> names) {}

  private static final class Node<T> {
    final Map<String, Node<T>> words = new HashMap<>();
    @Nullable Node<T> any;
    List<String> names = List.of();
    @Nullable T value;
  }

  private final Node<T> root = new Node<>();

  /** Each path may be put once. */
  void put(String path, T value) {
    var node = root;
    List<String> names = new ArrayList<>();
    for (var part : path.substring(1).split("/")) {
      if (part.startsWith(":")) {
        if (node.any == null) node.any = new Node<>();
        node = node.any;
        names.add(part.substring(1));
      } else {
        node = node.words.computeIfAbsent(part, key -> new Node<>());
      }
    }
    if (node.value != null) throw new IllegalStateException(path + " is there already");
    node.value = value;
    node.names = names;
  }

  @Nullable Found<T> find(String path) {
    var end = path.endsWith("/") ? path.length() - 1 : path.length();
    List<String> parts = new ArrayList<>(4);
    var node = end < 2 ? null : find(root, path, 1, end, parts);
    if (node == null || node.value == null) return null;
    Map<String, String> names = new HashMap<>(4);
    for (int i = 0; i < parts.size(); i++) names.put(node.names.get(i), decode(parts.get(i)));
    return new Found<>(node.value, names);
  }

  private static <T> @Nullable Node<T> find(
      Node<T> node, String path, int from, int end, List<String> parts) {
    if (from > end) return node.value == null ? null : node;
    var slash = path.indexOf('/', from);
    var to = slash < 0 || slash > end ? end : slash;
    var part = path.substring(from, to);
    var word = node.words.get(part);
    if (word != null) {
      var found = find(word, path, to + 1, end, parts);
      if (found != null) return found;
    }
    if (node.any == null || part.isEmpty()) return null;
    parts.add(part);
    var found = find(node.any, path, to + 1, end, parts);
    if (found == null) parts.removeLast();
    return found;
  }

  private static String decode(String part) {
    if (part.indexOf('%') < 0) return part;
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return part;
    }
  }
}
