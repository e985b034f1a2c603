package org.placette.db;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Turns the values our code holds into those the driver takes. */
final class Arguments {

  private Arguments() {}

  static Tuple tuple(@Nullable Object... args) {
    var tuple = Tuple.tuple();
    for (var arg : args) tuple.addValue(convert(arg));
    return tuple;
  }

  private static @Nullable Object convert(@Nullable Object arg) {
    return switch (arg) {
      case null -> null;
      case Instant instant -> instant.atOffset(ZoneOffset.UTC);
      case JsonNode json -> json(json);
      case URI uri -> uri.toString();
      case Enum<?> word -> word.name();
      default -> arg;
    };
  }

  private static Object json(JsonNode node) {
    if (node.isObject()) return new JsonObject(node.toString());
    if (node.isArray()) return new JsonArray(node.toString());
    if (node.isTextual()) return node.textValue();
    if (node.isNumber()) return node.numberValue();
    return node.isBoolean() ? (Object) node.booleanValue() : Tuple.JSON_NULL;
  }
}
