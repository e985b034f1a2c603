package org.placette.federation.vocab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Any ActivityStreams object, activity or actor, read by its short keys. A property may be absent,
 * null, one value or an array, an id or an embedded object: every reader here takes all of these
 * forms, and gives null or an empty list for what is missing or of a foreign shape.
 *
 * @param json the document as it was received; not copied, not to be changed
 */
public record AsObject(ObjectNode json) {

  /** The collection that means everybody (Activity Vocabulary, section 5.6 of ActivityPub). */
  public static final String PUBLIC = "https://www.w3.org/ns/activitystreams#Public";

  private static final Set<String> PUBLIC_SPELLINGS = Set.of(PUBLIC, "as:Public", "Public");

  /** An object with no property at all, for where a peer gave only an id. */
  public static AsObject ofId(String id) {
    return new AsObject(JsonNodeFactory.instance.objectNode().put("id", id));
  }

  /** An object with nothing in it. */
  public static AsObject empty() {
    return new AsObject(JsonNodeFactory.instance.objectNode());
  }

  /** The {@code id}, or null for an anonymous object. */
  public @Nullable String id() {
    return text("id");
  }

  /** The first {@code type}, or the empty string. */
  public String type() {
    return types().stream().findFirst().orElse("");
  }

  /** Every {@code type}: usually one, sometimes an array. */
  public List<String> types() {
    return texts("type");
  }

  /** True when one of the types is {@code type}. */
  public boolean is(String... type) {
    var own = types();
    for (var wanted : type) if (own.contains(wanted)) return true;
    return false;
  }

  /** The raw value, or null when absent or JSON null. */
  public @Nullable JsonNode raw(String key) {
    var node = json.get(key);
    return node == null || node.isNull() ? null : node;
  }

  /** The first text or number of {@code key} as text; null when absent or blank. */
  public @Nullable String text(String key) {
    for (var value : values(raw(key))) {
      if (value.isValueNode() && !value.isNull() && !value.asText().isBlank())
        return value.asText();
    }
    return null;
  }

  /** Every text value of {@code key}. */
  public List<String> texts(String key) {
    List<String> found = new ArrayList<>();
    for (var value : values(raw(key))) if (value.isTextual()) found.add(value.asText());
    return found;
  }

  /** The first id that {@code key} refers to: a string, an object's {@code id} or a Link's href. */
  public @Nullable String ref(String key) {
    return refs(key).stream().findFirst().orElse(null);
  }

  /** Every id that {@code key} refers to, in order, without repeats. */
  public List<String> refs(String key) {
    Set<String> found = new LinkedHashSet<>();
    for (var value : values(raw(key))) {
      var id = idOf(value);
      if (id != null) found.add(id);
    }
    return List.copyOf(found);
  }

  /** The first embedded object of {@code key}; null when there is none (an id alone is none). */
  public @Nullable AsObject object(String key) {
    return objects(key).stream().findFirst().orElse(null);
  }

  /** Every embedded object of {@code key}. */
  public List<AsObject> objects(String key) {
    List<AsObject> found = new ArrayList<>();
    for (var value : values(raw(key))) {
      if (value instanceof ObjectNode object) found.add(new AsObject(object));
    }
    return found;
  }

  /** What {@code key} refers to: the embedded object, or one that has only the id; null if none. */
  public @Nullable AsObject target(String key) {
    var embedded = object(key);
    if (embedded != null) return embedded;
    var id = ref(key);
    return id == null ? null : ofId(id);
  }

  /** The truth of {@code key}: a JSON boolean, or the texts "true" and "false". */
  public boolean flag(String key, boolean otherwise) {
    var value = raw(key);
    if (value == null) return otherwise;
    if (value.isBoolean()) return value.booleanValue();
    return Optional.ofNullable(text(key)).map(Boolean::parseBoolean).orElse(otherwise);
  }

  /** The whole number of {@code key}, clamped to int; null when it is none. */
  public @Nullable Integer integer(String key) {
    var value = raw(key);
    if (value == null) return null;
    if (value.isNumber())
      return (int) Math.clamp(value.asLong(), Integer.MIN_VALUE, Integer.MAX_VALUE);
    try {
      return value.isTextual() ? Integer.valueOf(value.asText().trim()) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** The decimal number of {@code key}; null when it is none or not finite. */
  public @Nullable Double decimal(String key) {
    var value = raw(key);
    if (value == null) return null;
    try {
      var number =
          value.isNumber() ? value.doubleValue() : Double.parseDouble(value.asText().trim());
      return Double.isFinite(number) ? number : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** The instant of {@code key}, leniently parsed; null when absent or unreadable. */
  public @Nullable Instant time(String key) {
    var text = text(key);
    return text == null ? null : Times.instant(text);
  }

  /** Everybody addressed in {@code key} (to, cc, audience...), public spelled one way. */
  public Set<String> addressed(String... keys) {
    Set<String> found = new LinkedHashSet<>();
    for (var key : keys) {
      for (var id : refs(key)) found.add(PUBLIC_SPELLINGS.contains(id) ? PUBLIC : id);
    }
    return found;
  }

  /** True when the public collection is in {@code key}. */
  public boolean isPublicIn(String... keys) {
    return addressed(keys).contains(PUBLIC);
  }

  /** The id that a value stands for: itself when text, else its {@code id} or {@code href}. */
  public static @Nullable String idOf(@Nullable JsonNode value) {
    if (value == null || value.isNull()) return null;
    if (value.isTextual()) return value.asText().isBlank() ? null : value.asText();
    if (!value.isObject()) return null;
    for (var key : List.of("id", "href", "@id")) {
      var id = value.get(key);
      if (id != null && id.isTextual() && !id.asText().isBlank()) return id.asText();
    }
    return null;
  }

  /** The scheme, host and port of an http(s) id in canonical form; null when it has none. */
  public static @Nullable String origin(@Nullable String id) {
    if (id == null) return null;
    try {
      var uri = URI.create(id);
      if (uri.getScheme() == null || uri.getHost() == null || uri.getUserInfo() != null)
        return null;
      var scheme = uri.getScheme().toLowerCase(java.util.Locale.ROOT);
      if (!scheme.equals("https") && !scheme.equals("http")) return null;
      var port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
      return scheme + "://" + uri.getHost().toLowerCase(java.util.Locale.ROOT) + ":" + port;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** True when both ids are http(s) URLs of one origin (FEP-fe34). */
  public static boolean sameOrigin(@Nullable String one, @Nullable String other) {
    var origin = origin(one);
    return origin != null && origin.equals(origin(other));
  }

  private static Iterable<JsonNode> values(@Nullable JsonNode value) {
    if (value == null) return List.of();
    return value.isArray() ? value : List.of(value);
  }
}
