package org.placette.web;

import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody typed into a form, and what is wrong with it. Used by one request only.
 *
 * <p>Errors are keys of messages by field name, in the order in which they were found.
 */
public final class Form {

  private static final int LONGEST = 60_000;

  private final Map<String, String> values = new HashMap<>();
  private final Map<String, String> errors = new LinkedHashMap<>();

  /** An empty form. */
  public static Form empty() {
    return new Form();
  }

  /** The fields of a POST, each without spaces around it. */
  public static Form of(RoutingContext ctx) {
    var form = new Form();
    for (var entry : ctx.request().formAttributes()) {
      if (entry.getValue().length() <= LONGEST) {
        form.values.putIfAbsent(entry.getKey(), entry.getValue().strip().replace("\r\n", "\n"));
      }
    }
    return form;
  }

  /** A form filled in before. */
  public static Form filled(Map<String, String> values) {
    var form = new Form();
    form.values.putAll(values);
    return form;
  }

  /** Everything that is filled in. */
  public Map<String, String> values() {
    return Map.copyOf(values);
  }

  /** Fills a field in; null leaves it empty. */
  public Form with(String field, @Nullable Object value) {
    if (value != null) values.put(field, value.toString());
    return this;
  }

  /** What a field holds; empty when it holds nothing. */
  public String value(String field) {
    return values.getOrDefault(field, "");
  }

  /** The same, or null for an empty field. */
  public @Nullable String optional(String field) {
    var value = value(field);
    return value.isEmpty() ? null : value;
  }

  /** Says what is wrong with a field; the first word about it counts. */
  public void wrong(String field, String key) {
    errors.putIfAbsent(field, key);
  }

  /** The same for what a use case refused. */
  public void wrong(Problem.Invalid refusal) {
    refusal.fields().forEach(this::wrong);
  }

  /** A field that may not be empty, nor longer than {@code longest}. */
  public String required(String field, int longest) {
    var value = value(field);
    if (value.isEmpty()) wrong(field, "error.required");
    if (value.length() > longest) wrong(field, "error.long");
    return value;
  }

  /** A field that may be empty. */
  public @Nullable String upTo(String field, int longest) {
    if (value(field).length() > longest) wrong(field, "error.long");
    return optional(field);
  }

  public @Nullable String error(String field) {
    return errors.get(field);
  }

  public Map<String, String> errors() {
    return errors;
  }

  public boolean ok() {
    return errors.isEmpty();
  }
}
