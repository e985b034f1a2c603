package org.placette.visit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.placette.federation.fetch.FetchProblem;
import org.placette.federation.fetch.GuardedHttp;
import org.placette.federation.fetch.WebUrl;

/**
 * Where somebody's own server wants to be sent what they would like to act on: what it says in
 * WebFinger (FEP-3b86, or the older subscribe template), or else the address that most have.
 */
final class HomeServer {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String JRD = "application/jrd+json, application/json";
  private static final String INTENT = "https://w3id.org/fep/3b86/";
  private static final String SUBSCRIBE = "http://ostatus.org/schema/1.0/subscribe";

  private final GuardedHttp http;

  HomeServer(GuardedHttp http) {
    this.http = http;
  }

  /**
   * Somebody's server as they typed it: {@code @name@host}, {@code name@host}, a host, or the
   * address of a page there.
   *
   * @param name empty when only the server was given
   */
  record Typed(String name, String host) {

    /** Null when it names no server. */
    static @Nullable Typed of(String text) {
      var bare = text.strip();
      if (bare.length() > 300) return null;
      try {
        if (bare.contains("://")) {
          var url = WebUrl.parse(bare);
          var path = url.getRawPath();
          return new Typed(
              path.matches("/@[^/@]+") ? path.substring(2) : "", url.getRawAuthority());
        }
        if (bare.startsWith("@")) bare = bare.substring(1);
        var at = bare.lastIndexOf('@');
        var host = WebUrl.host(bare.substring(at + 1).replaceFirst("/.*", ""));
        var name = at < 0 ? "" : bare.substring(0, at).replaceFirst("^acct:", "");
        var odd = !host.contains(".") && !host.contains(":") || !name.matches("[\\w.-]*");
        return odd ? null : new Typed(name.toLowerCase(Locale.ROOT), host);
      } catch (FetchProblem e) {
        return null;
      }
    }

    /** As it is remembered. */
    @Override
    public String toString() {
      return name.isEmpty() ? host : "@" + name + "@" + host;
    }
  }

  /**
   * The address there at which to go on.
   *
   * @param about an actor's or an object's id, or an {@code acct:} address
   * @param actor whether it is somebody to follow
   */
  URI door(Typed home, String about, boolean actor) {
    var scheme = http.rules().allowPlainHttp() ? "http" : "https";
    var usual = scheme + "://" + home.host() + "/authorize_interaction?uri={uri}";
    var said = home.name().isEmpty() ? null : said(scheme, home, actor);
    var found = filled(said == null ? usual : said, about);
    return found == null
        ? WebUrl.parse(java.util.Objects.requireNonNull(fill(usual, about)))
        : found;
  }

  private @Nullable String said(String scheme, Typed home, boolean actor) {
    var resource = "acct:" + home.name() + "@" + home.host();
    var url = scheme + "://" + home.host() + "/.well-known/webfinger?resource=" + encoded(resource);
    try {
      var answer = http.get(WebUrl.parse(url), Map.of("Accept", JRD)).successful();
      return template(JSON.readTree(answer.body()), actor);
    } catch (FetchProblem | IOException e) {
      return null;
    }
  }

  /** The best template of a JRD; null when it has none. */
  static @Nullable String template(JsonNode jrd, boolean actor) {
    String second = null;
    var wanted = INTENT + (actor ? "Follow" : "Object");
    for (var link : jrd.path("links")) {
      var rel = link.path("rel").asText();
      var template = link.path("template").asText("");
      if (template.isEmpty()) continue;
      if (rel.equals(wanted)) return template;
      if (rel.equals(SUBSCRIBE)) second = template;
    }
    return second;
  }

  private static @Nullable URI filled(String template, String about) {
    return WebUrl.parseOrNull(fill(template, about));
  }

  private static @Nullable String fill(String template, String about) {
    var text = encoded(about);
    var filled = template.replace("{uri}", text).replace("{object}", text);
    // What else the template asks for has no answer here.
    return filled.equals(template) ? null : filled.replaceAll("\\{[a-zA-Z.-]*}", "");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
