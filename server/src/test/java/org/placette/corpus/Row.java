package org.placette.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

/** A row of the database as JSON, with what may be said about it. */
record Row(JsonNode json) {

  /** The column, as text, equals {@code value}. */
  Row is(String column, Object value) {
    assertEquals(String.valueOf(value), text(column), () -> column + " of " + json);
    return this;
  }

  /** The column is null or empty: an empty text, list or object. */
  Row lacks(String column) {
    var value = column(column);
    var empty = value.isNull() || value.isTextual() && value.asText().isEmpty();
    assertTrue(empty || value.isContainerNode() && value.isEmpty(), () -> column + " of " + json);
    return this;
  }

  /** The column, written as text or JSON, contains {@code part}. */
  Row has(String column, String part) {
    assertTrue(text(column).contains(part), () -> column + " of " + json + " has no " + part);
    return this;
  }

  /** The column, written as text or JSON, does not contain {@code part} in any case. */
  Row hasNo(String column, String part) {
    var found = text(column).toLowerCase().contains(part.toLowerCase());
    assertFalse(found, () -> column + " of " + json + " has " + part);
    return this;
  }

  /** The column holds a list of {@code size} entries. */
  Row counts(String column, int size) {
    assertEquals(size, column(column).size(), () -> column + " of " + json);
    return this;
  }

  private String text(String column) {
    var value = column(column);
    return value.isValueNode() ? value.asText() : value.toString();
  }

  /** The value of a column that must be there. */
  JsonNode column(String name) {
    assertTrue(json.has(name), () -> "no column " + name + " in " + json);
    return json.get(name);
  }
}
