package org.placette.federation.vocab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.github.jsonldjava.core.JsonLdError;
import com.github.jsonldjava.core.JsonLdProcessor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings documents in expanded JSON-LD, whose keys are full IRIs, back to the short keys that the
 * rest of the code reads.
 *
 * <p>Only the two bundled contexts count. A document's own context is ignored, so that it can
 * neither rename a property nor turn another member into its id.
 */
public final class Expansion {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Set<String> REFUSED = Set.of("@graph", "@included", "@reverse");
  private static final List<String> PREFIXES = List.of("as:", "sec:", "toot:", "ldp:", "dc:");

  /** Most nodes of a document that is worth it; an actor has about 100. */
  private static final int MAX_NODES = 5_000;

  private Expansion() {}

  /**
   * The document with short keys. One that has them already, and one that cannot be understood, is
   * returned as it is, the same instance.
   */
  public static ObjectNode shortKeys(ObjectNode document) {
    if (document.has("type") || !looksExpanded(document) || !isPlain(document, new int[1])) {
      return document;
    }
    try {
      JsonNode plain = withoutContexts(document);
      Object input = MAPPER.convertValue(plain, Object.class);
      List<Object> expanded = JsonLdProcessor.expand(input, Contexts.options());
      if (expanded.size() != 1) {
        return document;
      }
      Map<String, Object> compacted =
          JsonLdProcessor.compact(expanded, Contexts.terms(), Contexts.options());
      compacted.remove("@context");
      if (!(tidy(MAPPER.valueToTree(compacted)) instanceof ObjectNode short_)) {
        return document;
      }
      ObjectNode result = document.objectNode();
      result.putArray("@context").add(Contexts.ACTIVITY_STREAMS).add(Contexts.SECURITY);
      result.setAll(short_);
      return result;
    } catch (JsonLdError | IllegalArgumentException notUnderstood) {
      return document;
    }
  }

  private static boolean looksExpanded(ObjectNode document) {
    if (document.has("@type")) {
      return true;
    }
    for (Map.Entry<String, JsonNode> member : document.properties()) {
      if (member.getKey().startsWith(Contexts.ACTIVITY_STREAMS + "#")) {
        return true;
      }
    }
    return false;
  }

  /** Whether the document is small and no keyword that moves content about stands in it. */
  private static boolean isPlain(JsonNode node, int[] nodes) {
    if (++nodes[0] > MAX_NODES) {
      return false;
    }
    if (node.isObject()) {
      for (String keyword : REFUSED) {
        if (node.has(keyword)) {
          return false;
        }
      }
    }
    for (JsonNode child : node) {
      if (!isPlain(child, nodes)) {
        return false;
      }
    }
    return true;
  }

  private static JsonNode withoutContexts(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode copy = object.objectNode();
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        if (!member.getKey().equals("@context")) {
          copy.set(member.getKey(), withoutContexts(member.getValue()));
        }
      }
      return copy;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = array.arrayNode(array.size());
      array.forEach(item -> copy.add(withoutContexts(item)));
      return copy;
    }
    return node;
  }

  /**
   * Finishes what compaction leaves when a value's kind differs from the term's: {@code as:url}
   * becomes {@code url}, {@code as:Public} its full IRI, a value object its value.
   */
  private static JsonNode tidy(JsonNode node) {
    if (node instanceof ArrayNode array) {
      ArrayNode copy = array.arrayNode(array.size());
      array.forEach(item -> copy.add(tidy(item)));
      return copy;
    }
    if (node.isTextual() && node.textValue().equals("as:Public")) {
      return TextNode.valueOf(AsObject.PUBLIC);
    }
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    if (object.has("@value")) {
      return object.get("@value");
    }
    Map<String, JsonNode> members = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      members.putIfAbsent(shortName(member.getKey()), tidy(member.getValue()));
    }
    return object.objectNode().setAll(members);
  }

  private static String shortName(String key) {
    for (String prefix : PREFIXES) {
      if (key.startsWith(prefix)) {
        String name = key.substring(prefix.length());
        return name.equals("id") || name.equals("type") ? key : name;
      }
    }
    return key;
  }
}
