package org.placette.web;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;

/**
 * Which of its forms a URL shows: a page to a browser, ActivityStreams to a server (ActivityPub,
 * section 3.2).
 */
public final class Negotiation {

  private static final String PROFILE = "https://www.w3.org/ns/activitystreams";

  private Negotiation() {}

  /** Mounts ActivityStreams for GET and HEAD; a browser's request goes on to the next route. */
  public static void get(Router router, String path, Handler<RoutingContext> handler) {
    router
        .route(path)
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(
            ctx -> {
              if (wantsActivity(ctx)) handler.handle(ctx);
              else ctx.next();
            });
  }

  /**
   * True when the request prefers ActivityStreams to HTML. Ties and {@code *}{@code /*} go to HTML,
   * a missing Accept header as well.
   */
  public static boolean wantsActivity(RoutingContext ctx) {
    return prefersActivity(ctx.request().headers().getAll("Accept"));
  }

  /** True when the request prefers JSON of any kind to HTML: for errors. */
  public static boolean wantsJson(RoutingContext ctx) {
    var path = ctx.request().path();
    if (path == null || path.startsWith("/api/") || path.equals("/api")) return true;
    if (path.startsWith("/oauth/") && !path.startsWith("/oauth/authorize")) return true;
    if (path.endsWith("/inbox") || path.startsWith("/.well-known/")) return true;
    return wantsActivity(ctx) || weight(ctx.request().headers().getAll("Accept"), false, true) > 0;
  }

  static boolean prefersActivity(List<String> accept) {
    var activity = weight(accept, true, false);
    return activity > 0 && activity > weight(accept, false, false);
  }

  /** The best q of the wanted kind: activity types, plain JSON, or HTML. */
  private static double weight(List<String> accept, boolean activity, boolean json) {
    double best = 0;
    for (var header : accept) {
      for (var part : header.split(",", 32)) {
        var range = part.trim().toLowerCase(Locale.ROOT);
        var semicolon = range.indexOf(';');
        var type = (semicolon < 0 ? range : range.substring(0, semicolon)).trim();
        var matches =
            activity ? isActivity(type, range) : json ? isJson(type) : type.equals("text/html");
        if (matches) best = Math.max(best, quality(range));
      }
    }
    return best;
  }

  private static boolean isActivity(String type, String range) {
    return type.equals("application/activity+json")
        || (type.equals("application/ld+json") && range.contains(PROFILE));
  }

  private static boolean isJson(String type) {
    return type.equals("application/json") || type.endsWith("+json");
  }

  private static double quality(String range) {
    var at = range.indexOf(";q=");
    if (at < 0) at = range.indexOf("; q=");
    if (at < 0) return 1;
    var text = range.substring(range.indexOf('=', at) + 1).trim();
    var end = text.indexOf(';');
    try {
      return Double.parseDouble(end < 0 ? text : text.substring(0, end).trim());
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
