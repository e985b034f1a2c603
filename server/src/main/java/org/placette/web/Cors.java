package org.placette.web;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * Lets web apps of other origins call what is meant for apps (Fetch standard, CORS protocol). No
 * cookie is ever allowed across, so any origin may. Mounted before everything that may refuse:
 * errors need the headers too.
 */
final class Cors implements Routes {

  private static final List<String> PATHS =
      List.of(
          "/api/*",
          "/oauth/token",
          "/oauth/token/",
          "/oauth/revoke",
          "/oauth/revoke/",
          "/oauth/userinfo",
          "/.well-known/*",
          "/nodeinfo/*",
          "/media/*",
          "/proxy/*");

  @Override
  public void mount(Router router) {
    for (var path : PATHS) router.route(path).handler(Cors::allow);
  }

  private static void allow(RoutingContext ctx) {
    var headers = ctx.response().headers();
    headers.set("Access-Control-Allow-Origin", "*");
    headers.set(
        "Access-Control-Expose-Headers",
        "Link, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, X-Request-Id,"
            + " Idempotency-Key");
    if (ctx.request().method() != HttpMethod.OPTIONS) {
      ctx.next();
      return;
    }
    headers.set("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE, OPTIONS");
    headers.set("Access-Control-Allow-Headers", "Authorization, Content-Type, Idempotency-Key");
    headers.set("Access-Control-Max-Age", "86400");
    ctx.response().setStatusCode(204).end();
  }
}
