package org.placette.web;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How long a request may take to send its body. An idle limit alone lets a sender hold a connection
 * for ever with a byte now and then.
 */
final class BodyDeadline implements Routes {

  private static final Set<HttpMethod> WITH_BODY =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);
  private static final String TIMER = "placette.body-deadline";
  private static final String READ = "placette.body-read";

  /** How long what has arrived whole may take to be read to its end. */
  private static final Duration WRITTEN = Duration.ofSeconds(5);

  private final Duration limit;
  private final Handler<RoutingContext> body;
  private final @Nullable Uploads uploads;
  private final BodyRoom room = new BodyRoom();

  /**
   * @param body reads the body and goes on
   * @param uploads where larger bodies are taken; null for nowhere
   */
  BodyDeadline(Duration limit, Handler<RoutingContext> body, @Nullable Uploads uploads) {
    this.limit = limit;
    this.body = body;
    this.uploads = uploads;
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
              if (!hasBody(ctx)) {
                ctx.next();
                return;
              }
              var unused = ctx.request().end().onSuccess(ended -> cutOff(ctx));
              if (uploads == null || !uploads.handle(ctx)) body.handle(ctx);
            });
    router
        .route()
        .handler(
            ctx -> {
              if (hasBody(ctx)) done(ctx);
              else ctx.next();
            });
  }

  /** Some apps send what they ask with a GET as its body. */
  private static boolean hasBody(RoutingContext ctx) {
    var request = ctx.request();
    if (WITH_BODY.contains(request.method())) return true;
    if (request.method() != HttpMethod.GET) return false;
    var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    var path = request.path();
    return length != null && !length.equals("0") && path != null && path.startsWith("/api/");
  }

  private void start(RoutingContext ctx) {
    var longer = uploads == null ? null : uploads.time(ctx);
    var time = longer == null ? limit : longer;
    var timer = ctx.vertx().setTimer(time.toMillis(), id -> tooSlow(ctx));
    ctx.put(TIMER, timer);
    ctx.addEndHandler(ended -> ctx.vertx().cancelTimer(timer));
    // Files go to the disk as they come.
    if (longer == null) room.enter(ctx);
    else ctx.next();
  }

  private static void done(RoutingContext ctx) {
    Long timer = ctx.get(TIMER);
    if (timer != null) ctx.vertx().cancelTimer(timer);
    ctx.put(READ, true);
    ctx.next();
  }

  /** A form whose last boundary never comes is waited for by its reader for ever. */
  private static void cutOff(RoutingContext ctx) {
    if (ctx.get(READ) != null) return;
    var timer =
        ctx.vertx()
            .setTimer(
                WRITTEN.toMillis(),
                id -> {
                  if (ctx.get(READ) != null || ctx.failed() || ctx.response().ended()) return;
                  giveUp(ctx);
                  ctx.fail(new Problem.BadRequest("The form breaks off"));
                });
    ctx.addEndHandler(ended -> ctx.vertx().cancelTimer(timer));
  }

  private static void tooSlow(RoutingContext ctx) {
    if (ctx.response().ended()) return;
    giveUp(ctx);
    ctx.fail(408);
  }

  /** The rest of a body that nobody reads would be taken for the next request. */
  static void giveUp(RoutingContext ctx) {
    var request = ctx.request();
    if (request.version() == HttpVersion.HTTP_2) return;
    ctx.response().putHeader("Connection", "close");
    ctx.addEndHandler(ended -> request.connection().close());
  }
}
