package org.placette.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a payload names, and small documents to put beside it. */
final class Documents {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String AS = "https://www.w3.org/ns/activitystreams";
  static final String PUBLIC = AS + "#Public";

  private Documents() {}

  /** The id of a value in any of its usual forms; "" for none. */
  static String idOf(JsonNode value) {
    if (value.isTextual()) return value.asText();
    if (value.isArray() && !value.isEmpty()) return idOf(value.get(0));
    return value.path("id").asText("");
  }

  /** Every id under actor or attributedTo, however deep. */
  static Set<String> actors(JsonNode json) {
    Set<String> found = new LinkedHashSet<>();
    collectActors(json, found);
    found.removeIf(id -> !id.startsWith("http"));
    return found;
  }

  private static void collectActors(JsonNode json, Set<String> found) {
    if (json.isObject()) {
      for (var key : List.of("actor", "attributedTo")) {
        var value = json.path(key);
        for (var one : value.isArray() ? value : List.of(value)) found.add(idOf(one));
      }
    }
    for (var child : json) collectActors(child, found);
  }

  /** Public documents that stand inside others under {@code object} and have an id. */
  static List<ObjectNode> embedded(JsonNode json) {
    List<ObjectNode> found = new ArrayList<>();
    for (var at = json.path("object"); at instanceof ObjectNode object; at = at.path("object")) {
      if (object.path("id").asText().startsWith("http")) found.add(object.deepCopy());
    }
    return found;
  }

  /** What an id, by the paths that servers use, is likely to be. */
  static String actorType(String id) {
    if (id.matches(".*/(c|m|category|video-channels)/[^/]+") || id.endsWith("@group"))
      return "Group";
    return id.endsWith("/actor") || id.endsWith("/relay") ? "Application" : "Person";
  }

  static ObjectNode note(String id, String author) {
    var note = JSON.objectNode().put("@context", AS).put("id", id).put("type", "Note");
    note.put("attributedTo", author).put("content", "<p>What was there before</p>");
    note.putArray("to").add(PUBLIC);
    return note.put("published", "2018-01-01T00:00:00Z");
  }

  /** A collection of ids. */
  static ObjectNode collection(String id, String... items) {
    var all = JSON.objectNode().put("@context", AS).put("id", id).put("type", "OrderedCollection");
    for (var item : items) all.withArray("orderedItems").add(item);
    return all;
  }

  /** The Create of an object by its author. */
  static ObjectNode create(ObjectNode object) {
    var author = object.path("attributedTo").asText();
    var activity = activity("Create", object.path("id").asText() + "#created-before", author);
    activity.putArray("to").add(PUBLIC);
    activity.set("object", object);
    return activity;
  }

  static ObjectNode activity(String type, String id, String actor) {
    return JSON.objectNode()
        .put("@context", AS)
        .put("id", id)
        .put("type", type)
        .put("actor", actor);
  }
}
