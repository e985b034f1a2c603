package org.placette.oauth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.placette.web.Problem;

/** The fields of a request, whether they came in the query, a form, a multipart form or JSON. */
final class Input {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, List<String>> values = new HashMap<>();

  private Input() {}

  static Input of(RoutingContext ctx) {
    var input = new Input();
    for (var field : ctx.queryParams()) input.add(field.getKey(), field.getValue());
    for (var field : ctx.request().formAttributes()) input.add(field.getKey(), field.getValue());
    var type = ctx.request().getHeader("Content-Type");
    if (type != null && type.toLowerCase(Locale.ROOT).contains("json")) input.json(ctx);
    return input;
  }

  private void json(RoutingContext ctx) {
    var body = ctx.body().buffer();
    if (body == null || body.length() == 0) return;
    JsonNode root;
    try {
      root = JSON.readTree(new String(body.getBytes(), StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new Problem.BadRequest("The body is not valid JSON");
    }
    for (var field : root.properties()) {
      if (field.getValue().isArray()) {
        for (var item : field.getValue()) addScalar(field.getKey(), item);
      } else {
        addScalar(field.getKey(), field.getValue());
      }
    }
  }

  private void addScalar(String name, JsonNode value) {
    if (value.isValueNode() && !value.isNull()) add(name, value.asText());
  }

  private void add(String name, String value) {
    var bare = name.endsWith("[]") ? name.substring(0, name.length() - 2) : name;
    values.computeIfAbsent(bare, key -> new ArrayList<>()).add(value);
  }

  /** The value of a field; null when it is missing or empty. */
  @Nullable String value(String name) {
    var all = values.getOrDefault(name, List.of());
    return all.isEmpty() || all.getFirst().isEmpty() ? null : all.getFirst();
  }

  /** Every value of a field. */
  List<String> values(String name) {
    return values.getOrDefault(name, List.of());
  }
}
