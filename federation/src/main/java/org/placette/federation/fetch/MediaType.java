package org.placette.federation.fetch;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Content-Type, parsed as RFC 9110 section 8.3.1 says and not by looking for a word in it: {@code
 * text/plain; x="application/activity+json"} is plain text.
 *
 * @param name type/subtype in lower case
 * @param parameters by lower-case name, unquoted
 */
public record MediaType(String name, Map<String, String> parameters) {

  /** What to ask for where an ActivityStreams document is wanted. */
  public static final String ACTIVITY_ACCEPT =
      "application/activity+json, application/ld+json;"
          + " profile=\"https://www.w3.org/ns/activitystreams\"";

  private static final String PROFILE = "https://www.w3.org/ns/activitystreams";
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final Pattern NAME = Pattern.compile("\\s*(" + TOKEN + "/" + TOKEN + ")\\s*");
  private static final Pattern PARAMETER =
      Pattern.compile(
          ";\\s*(?:(" + TOKEN + ")=(?:(" + TOKEN + ")|\"((?:[^\"\\\\]|\\\\.)*)\"))?\\s*");

  /** Parses a header's value; null when absent or malformed (two values joined included). */
  public static @Nullable MediaType parse(@Nullable String header) {
    if (header == null || header.length() > 500) return null;
    var name = NAME.matcher(header);
    if (!name.lookingAt()) return null;
    Map<String, String> parameters = new HashMap<>();
    var parameter = PARAMETER.matcher(header);
    var position = name.end();
    while (position < header.length()) {
      if (!parameter.find(position) || parameter.start() != position) return null;
      position = parameter.end();
      if (parameter.group(1) == null) continue;
      var value = parameter.group(2);
      if (value == null) value = parameter.group(3).replaceAll("\\\\(.)", "$1");
      // The first of two equal parameters counts, so a second cannot change what was read.
      parameters.putIfAbsent(parameter.group(1).toLowerCase(Locale.ROOT), value);
    }
    return new MediaType(name.group(1).toLowerCase(Locale.ROOT), Map.copyOf(parameters));
  }

  /** True for the two media types of ActivityStreams documents (ActivityPub section 3.2). */
  public boolean isActivityStreams() {
    if (name.equals("application/activity+json")) return true;
    if (!name.equals("application/ld+json")) return false;
    return List.of(parameters.getOrDefault("profile", "").split("\\s+")).contains(PROFILE);
  }

  /** True for JSON of any kind, as JRD and NodeInfo are served. */
  public boolean isJson() {
    return name.equals("application/json")
        || name.equals("text/json")
        || name.startsWith("application/") && name.endsWith("+json");
  }
}
