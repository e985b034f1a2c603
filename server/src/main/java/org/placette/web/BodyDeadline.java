package org.placette.web;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Set;

/**
 * How long a request may take to send its body. An idle limit alone lets a sender hold a connection
 * for ever with a byte now and then.
 */
final class BodyDeadline implements Routes {

  private static final Set<HttpMethod> WITH_BODY =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);
  private static final String TIMER = "placette.body-deadline";

  private final Duration limit;
  private final Handler<RoutingContext> body;

  /**
   * @param body reads the body and goes on
   */
  BodyDeadline(Duration limit, Handler<RoutingContext> body) {
    this.limit = limit;
    this.body = body;
  }

  @Override
  public void mount(Router router) {
    // Routes of certain methods would turn every unknown address into a 405.
    router
        .route()
        .handler(
            ctx -> {
              if (hasBody(ctx)) start(ctx);
              else ctx.next();
            });
    router
        .route()
        .handler(
            ctx -> {
              if (hasBody(ctx)) body.handle(ctx);
              else ctx.next();
            });
    router
        .route()
        .handler(
            ctx -> {
              if (hasBody(ctx)) done(ctx);
              else ctx.next();
            });
  }

  private static boolean hasBody(RoutingContext ctx) {
    return WITH_BODY.contains(ctx.request().method());
  }

  private void start(RoutingContext ctx) {
    var timer = ctx.vertx().setTimer(limit.toMillis(), id -> tooSlow(ctx));
    ctx.put(TIMER, timer);
    ctx.addEndHandler(ended -> ctx.vertx().cancelTimer(timer));
    ctx.next();
  }

  private static void done(RoutingContext ctx) {
    Long timer = ctx.get(TIMER);
    if (timer != null) ctx.vertx().cancelTimer(timer);
    ctx.next();
  }

  private static void tooSlow(RoutingContext ctx) {
    if (ctx.response().ended()) return;
    var request = ctx.request();
    if (request.version() != HttpVersion.HTTP_2) {
      ctx.response().putHeader("Connection", "close");
      // The rest of the body would be taken for the next request.
      ctx.addEndHandler(ended -> request.connection().close());
    }
    ctx.fail(408);
  }
}
