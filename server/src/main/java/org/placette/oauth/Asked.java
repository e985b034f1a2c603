package org.placette.oauth;

import io.vertx.core.MultiMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an app asks a person for (RFC 6749, section 4.1.1).
 *
 * @param scopes what it would get; empty when {@code error} is set
 * @param error why it gets nothing, for the app; null when the person may be asked
 * @param force whether the person must sign in again
 * @param fields the parameters as they came, for the form and for coming back
 */
record Asked(
    App app,
    String redirectUri,
    Set<String> scopes,
    @Nullable String challenge,
    @Nullable String error,
    boolean force,
    Map<String, String> fields) {

  private static final List<String> FIELDS =
      List.of(
          "response_type",
          "client_id",
          "redirect_uri",
          "scope",
          "state",
          "code_challenge",
          "code_challenge_method");

  private static final int LONGEST = 2_000;

  private static final Pattern S256 = Pattern.compile("[A-Za-z0-9_-]{43}");

  /** A request that must not be answered by sending the person anywhere. */
  static final class Unanswerable extends RuntimeException {

    private static final long serialVersionUID = 1;

    Unanswerable(String key) {
      super(key, null, false, false);
    }

    /** The message that tells the person. */
    String key() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * Reads the parameters.
   *
   * @throws Unanswerable when the app or its address is unknown
   */
  static Asked of(MultiMap parameters, Apps apps) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (var name : FIELDS) {
      var value = parameters.get(name);
      if (value != null && value.length() <= LONGEST) fields.put(name, value);
    }
    var app = apps.byClientId(fields.get("client_id"));
    if (app == null) throw new Unanswerable("oauth.unknownApp");
    var redirectUri = fields.get("redirect_uri");
    if (redirectUri == null || !app.redirectUris().contains(redirectUri))
      throw new Unanswerable("oauth.unknownRedirect");
    var scopes = Scopes.asked(fields.get("scope"), app.scopes());
    var error = error(parameters, fields, scopes);
    return new Asked(
        app,
        redirectUri,
        scopes == null ? Set.of() : scopes,
        fields.get("code_challenge"),
        error,
        isTrue(parameters.get("force_login")),
        fields);
  }

  /** Whatever else is wrong; a challenge that cannot be kept must not be dropped silently. */
  private static @Nullable String error(
      MultiMap parameters, Map<String, String> fields, @Nullable Set<String> scopes) {
    if (!"code".equals(fields.get("response_type"))) return "unsupported_response_type";
    if (scopes == null) return "invalid_scope";
    if (parameters.contains("code_challenge")) {
      var whole = S256.matcher(Objects.requireNonNullElse(fields.get("code_challenge"), ""));
      if (!"S256".equals(fields.get("code_challenge_method")) || !whole.matches())
        return "invalid_request";
    }
    return null;
  }

  private static boolean isTrue(@Nullable String value) {
    return value != null && (value.equalsIgnoreCase("true") || value.equals("1"));
  }

  boolean outOfBand() {
    return redirectUri.equals(Redirects.OUT_OF_BAND);
  }

  /** Where the person goes with the answer; the app's state goes along. */
  String back(String name, String value) {
    Map<String, String> answer = new LinkedHashMap<>();
    answer.put(name, value);
    var state = fields.get("state");
    if (state != null) answer.put("state", state);
    return Redirects.with(redirectUri, answer);
  }

  /** The address of this question. */
  String path() {
    return "/oauth/authorize?"
        + fields.entrySet().stream()
            .map(field -> field.getKey() + "=" + Redirects.encoded(field.getValue()))
            .collect(Collectors.joining("&"));
  }
}
