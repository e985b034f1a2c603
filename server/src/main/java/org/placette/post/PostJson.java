package org.placette.post;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Attachments, tags and polls in the jsonb columns of {@code post}. */
public final class PostJson {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private PostJson() {}

  /** Files as they are stored beside a post. */
  public static ArrayNode attachments(List<Attachment> attachments) {
    var array = JSON.arrayNode();
    for (var one : attachments) {
      var node = array.addObject().put("type", one.type()).put("url", one.url());
      if (one.mediaType() != null) node.put("mediaType", one.mediaType());
      if (one.name() != null) node.put("name", one.name());
      if (one.width() != null) node.put("width", one.width());
      if (one.height() != null) node.put("height", one.height());
      if (one.focusX() != null && one.focusY() != null)
        node.putArray("focalPoint").add(one.focusX()).add(one.focusY());
      if (one.banner()) node.put("isBannerImage", true);
      if (one.mediaId() != null) node.put("mediaId", one.mediaId());
      if (one.preview() != null) node.put("preview", one.preview());
      if (one.blurhash() != null) node.put("blurhash", one.blurhash());
    }
    return array;
  }

  static List<Attachment> attachments(@Nullable String json) {
    if (json == null || json.equals("[]")) return List.of();
    List<Attachment> found = new ArrayList<>();
    for (var node : read(json)) {
      var focus = node.path("focalPoint");
      found.add(
          new Attachment(
              node.path("type").asText(),
              node.path("url").asText(),
              text(node, "mediaType"),
              text(node, "name"),
              number(node, "width"),
              number(node, "height"),
              focus.size() == 2 ? (Double) focus.get(0).asDouble() : null,
              focus.size() == 2 ? (Double) focus.get(1).asDouble() : null,
              node.path("isBannerImage").asBoolean(),
              node.has("mediaId") ? (Long) node.get("mediaId").asLong() : null,
              text(node, "preview"),
              text(node, "blurhash")));
    }
    return found;
  }

  static ArrayNode tags(List<Tag> tags) {
    var array = JSON.arrayNode();
    for (var tag : tags) {
      var node = array.addObject().put("type", tag.type()).put("name", tag.name());
      if (tag.href() != null) node.put("href", tag.href());
    }
    return array;
  }

  static List<Tag> tags(@Nullable String json) {
    if (json == null || json.equals("[]")) return List.of();
    List<Tag> found = new ArrayList<>();
    for (var node : read(json)) {
      found.add(
          new Tag(node.path("type").asText(), node.path("name").asText(), text(node, "href")));
    }
    return found;
  }

  static @Nullable ObjectNode poll(@Nullable Poll poll) {
    if (poll == null) return null;
    var node = JSON.objectNode().put("multiple", poll.multiple()).put("voters", poll.voters());
    if (poll.endTime() != null) node.put("endTime", poll.endTime().toString());
    if (poll.closed() != null) node.put("closed", poll.closed().toString());
    var ballot = poll.ballot();
    if (ballot != null) {
      var held = node.putObject("ballot").put("hidden", ballot.hidden());
      held.put("consensus", ballot.consensus()).put("residents", ballot.residents());
      held.put("quorum", ballot.quorum());
      var outside = held.putArray("outside");
      ballot.outside().forEach(outside::add);
    }
    var options = node.putArray("options");
    for (var option : poll.options())
      options.addObject().put("name", option.name()).put("votes", option.votes());
    return node;
  }

  static @Nullable Poll poll(@Nullable String json) {
    if (json == null) return null;
    var node = read(json);
    List<Poll.Option> options = new ArrayList<>();
    for (var option : node.path("options"))
      options.add(new Poll.Option(option.path("name").asText(), option.path("votes").asInt()));
    return new Poll(
        node.path("multiple").asBoolean(),
        options,
        node.path("voters").asInt(),
        instant(node, "endTime"),
        instant(node, "closed"),
        node.has("ballot") ? ballot(node.path("ballot")) : null);
  }

  private static Poll.Ballot ballot(JsonNode node) {
    List<Integer> outside = new ArrayList<>();
    for (var votes : node.path("outside")) outside.add(votes.asInt());
    return new Poll.Ballot(
        node.path("hidden").asBoolean(),
        node.path("consensus").asBoolean(),
        node.path("residents").asBoolean(),
        node.path("quorum").asInt(),
        outside);
  }

  private static @Nullable Instant instant(JsonNode node, String key) {
    var text = text(node, key);
    return text == null ? null : Instant.parse(text);
  }

  private static @Nullable String text(JsonNode node, String key) {
    var value = node.get(key);
    return value == null || value.isNull() ? null : value.asText();
  }

  private static @Nullable Integer number(JsonNode node, String key) {
    var value = node.get(key);
    return value == null || value.isNull() ? null : value.asInt();
  }

  private static JsonNode read(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a jsonb column that is no JSON", e);
    }
  }
}
