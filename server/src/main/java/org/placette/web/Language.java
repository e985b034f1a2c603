package org.placette.web;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A language that the pages speak. */
public enum Language {
  FR("Français"),
  EN("English");

  private static final String COOKIE = "lang";
  private static final long A_YEAR = Duration.ofDays(365).toSeconds();

  private final String ownName;

  Language(String ownName) {
    this.ownName = ownName;
  }

  /** The code that HTML and Accept-Language use. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What the language calls itself. */
  public String ownName() {
    return ownName;
  }

  /** For the names of days and months. */
  public Locale locale() {
    return this == FR ? Locale.FRANCE : Locale.UK;
  }

  /** The one to switch to. */
  public Language other() {
    return this == FR ? EN : FR;
  }

  /** The language of a tag such as {@code fr} or {@code en-GB}; null for one we do not speak. */
  public static @Nullable Language of(@Nullable String tag) {
    if (tag == null || tag.length() < 2) return null;
    var known = tag.length() == 2 || tag.charAt(2) == '-' || tag.charAt(2) == '_';
    if (!known) return null;
    return switch (tag.substring(0, 2).toLowerCase(Locale.ROOT)) {
      case "fr" -> FR;
      case "en" -> EN;
      default -> null;
    };
  }

  /**
   * The language for a request: what its {@code lang} parameter asks for, which a cookie then
   * keeps; the cookie; the person's own; what the browser prefers; the instance's.
   */
  static Language of(RoutingContext ctx, @Nullable Language own, Language otherwise) {
    var asked = of(ctx.request().getParam("lang"));
    if (asked != null) {
      var cookie =
          Cookie.cookie(COOKIE, asked.code())
              .setPath("/")
              .setMaxAge(A_YEAR)
              .setHttpOnly(true)
              .setSameSite(CookieSameSite.LAX);
      ctx.response().addCookie(cookie);
      return asked;
    }
    if (ctx.request().headers().contains("Cookie")) {
      var cookie = ctx.request().getCookie(COOKIE);
      var kept = cookie == null ? null : of(cookie.getValue());
      if (kept != null) return kept;
    }
    if (own != null) return own;
    var preferred = preferred(ctx.request().getHeader("Accept-Language"));
    return preferred == null ? otherwise : preferred;
  }

  /** The best of our languages in an Accept-Language header (RFC 9110, section 12.5.4). */
  static @Nullable Language preferred(@Nullable String header) {
    if (header == null) return null;
    Language best = null;
    double weight = 0;
    for (var part : header.split(",", 16)) {
      var semicolon = part.indexOf(';');
      var language = of((semicolon < 0 ? part : part.substring(0, semicolon)).trim());
      if (language == null) continue;
      var q = semicolon < 0 ? 1 : quality(part.substring(semicolon + 1).trim());
      if (q > weight) {
        best = language;
        weight = q;
      }
    }
    return best;
  }

  private static double quality(String parameter) {
    if (!parameter.startsWith("q=")) return 1;
    try {
      return Double.parseDouble(parameter.substring(2).trim());
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
