package org.placette.mastodon;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.placette.web.Problem;

/**
 * What a call brings, whichever way it was sent: query, form, multipart fields or JSON, all under
 * one name. Lists are {@code name[]}, {@code name} repeated, {@code name[0]} or a JSON array;
 * nested names are {@code a[b][c]}.
 */
public final class Params {

  /** A tree takes many times its text: what has too many values is not read to its end. */
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxTokenCount(20_000).maxNestingDepth(50).build())
              .build());

  private static final Pattern HALF = Pattern.compile("\\p{Cs}");
  private static final int DEEPEST = 6;
  private static final int MOST = 2_000;

  private final MultiMap values;

  Params(MultiMap values) {
    this.values = values;
  }

  /**
   * Reads them once for a request.
   *
   * @throws Problem.BadRequest when a JSON body cannot be read, or a form does not say where its
   *     parts end (RFC 7578, section 4.1)
   */
  public static Params of(RoutingContext ctx) {
    var all = MultiMap.caseInsensitiveMultiMap();
    all.addAll(ctx.queryParams());
    var header = ctx.request().getHeader("Content-Type");
    var type = header == null ? "" : header.toLowerCase(Locale.ROOT);
    if (type.startsWith("multipart/") && !type.contains("boundary="))
      throw new Problem.BadRequest("The form has no boundary");
    all.addAll(ctx.request().formAttributes());
    if (type.contains("json")) {
      var body = ctx.body().buffer();
      if (body != null && body.length() > 0) flatten("", parse(body.getBytes()), all, 0);
    }
    return new Params(all);
  }

  private static JsonNode parse(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (java.io.IOException e) {
      throw new Problem.BadRequest(
          e instanceof JsonProcessingException ? "The body is not JSON" : "The body is broken");
    }
  }

  private static void flatten(String name, JsonNode node, MultiMap into, int depth) {
    if (depth > DEEPEST || into.size() > MOST) throw new Problem.BadRequest("The body is too deep");
    if (node.isObject()) {
      node.properties()
          .forEach(
              e ->
                  flatten(
                      name.isEmpty() ? e.getKey() : name + "[" + e.getKey() + "]",
                      e.getValue(),
                      into,
                      depth + 1));
    } else if (node.isArray()) {
      var plain = true;
      for (var one : node) plain &= one.isValueNode();
      for (int i = 0; i < node.size(); i++)
        flatten(name + (plain ? "[]" : "[" + i + "]"), node.get(i), into, depth + 1);
      if (node.isEmpty()) into.add(name + "[]", "");
    } else {
      // Half a character, which JSON can name, can be written nowhere.
      into.add(name, node.isNull() ? "" : HALF.matcher(node.asText()).replaceAll("\uFFFD"));
    }
  }

  /** Every name with its value, as sent. */
  List<Map.Entry<String, String>> entries() {
    return values.entries();
  }

  /** True when it was sent, even empty. */
  public boolean has(String name) {
    if (values.contains(name) || values.contains(name + "[]")) return true;
    for (var key : values.names())
      if (key.startsWith(name) && key.startsWith("[", name.length())) return true;
    return false;
  }

  /** The first value; null when it was not sent. */
  public @Nullable String text(String name) {
    return values.get(name);
  }

  /** The first value; null when it was not sent or is empty. */
  public @Nullable String filled(String name) {
    var value = values.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  /**
   * A value that must be there.
   *
   * @throws Problem.Invalid when it is not
   */
  public String required(String name) {
    var value = filled(name);
    if (value == null)
      throw new Problem.Invalid(
          "Validation failed: " + name + " can't be blank", Map.of(name, "ERR_BLANK"));
    return value;
  }

  /** A yes or no: true, 1, on, yes, t; anything else is no; null when it was not sent. */
  public @Nullable Boolean flag(String name) {
    var value = filled(name);
    if (value == null) return null;
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true", "1", "on", "yes", "t" -> true;
      default -> false;
    };
  }

  /** The same; {@code otherwise} when it was not sent. */
  public boolean flag(String name, boolean otherwise) {
    var value = flag(name);
    return value == null ? otherwise : value;
  }

  /** A whole number; null when it was not sent or is none. */
  public @Nullable Long number(String name) {
    var value = filled(name);
    if (value == null) return null;
    try {
      return Long.valueOf(value);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** An id that must be there; one that is no number belongs to nothing. */
  public long id(String name) {
    var id = number(name);
    if (id == null) {
      var unused = required(name);
      throw new Problem.NotFound();
    }
    return id;
  }

  /** All values of a list, without empty ones; empty when it was not sent. */
  public List<String> list(String name) {
    List<String> all = new ArrayList<>(values.getAll(name + "[]"));
    if (all.isEmpty()) all.addAll(values.getAll(name));
    if (all.isEmpty()) {
      for (int i = 0; i < 100; i++) {
        var value = values.get(name + "[" + i + "]");
        if (value == null) break;
        all.add(value);
      }
    }
    all.removeIf(String::isBlank);
    return all;
  }

  /** The numbers of a list; what is no number is left out. */
  public List<Long> ids(String name) {
    List<Long> ids = new ArrayList<>();
    for (var value : list(name)) {
      try {
        ids.add(Long.valueOf(value.strip()));
      } catch (NumberFormatException e) {
        continue;
      }
    }
    return ids;
  }

  /**
   * The rows of a list of objects, such as {@code fields_attributes[0][name]}, in the order of
   * their keys when these are numbers; also {@code keywords_attributes[][keyword]} with one row.
   */
  public List<Params> rows(String name) {
    Map<String, MultiMap> rows =
        new TreeMap<>(
            (a, b) -> a.length() == b.length() ? a.compareTo(b) : a.length() - b.length());
    for (var entry : values.entries()) {
      var key = entry.getKey();
      if (!key.startsWith(name + "[")) continue;
      var end = key.indexOf(']', name.length());
      if (end < 0 || end + 1 >= key.length() || key.charAt(end + 1) != '[') continue;
      var close = key.indexOf(']', end + 2);
      if (close < 0) continue;
      var field = key.substring(end + 2, close) + key.substring(close + 1);
      rows.computeIfAbsent(
              key.substring(name.length() + 1, end), k -> MultiMap.caseInsensitiveMultiMap())
          .add(field, entry.getValue());
    }
    return rows.values().stream().map(Params::new).toList();
  }
}
