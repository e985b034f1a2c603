package org.placette.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.Semaphore;

/**
 * How many bytes of bodies may be in memory at once, whoever sends them. A few hundred strangers
 * who each send the largest body that is taken would otherwise fill the heap before anybody can
 * look at a signature. Who finds no room waits unread, and after some seconds is asked to come
 * again (503, RFC 9110 section 15.6.4).
 */
final class BodyRoom {

  private static final int KIB = 3 * 1024;

  /** Who waits holds what the system had read already: up to a MiB outside the heap. */
  private static final int WAITING = 100;

  private static final long LOOK_MILLIS = 50;
  private static final int LOOKS = 200;
  private static final String SECONDS = "5";

  private final Semaphore room = new Semaphore(KIB);
  private final Semaphore waiting = new Semaphore(WAITING);

  /** Goes on with the request once its body has room. */
  void enter(RoutingContext ctx) {
    int wanted = kib(ctx.request());
    if (room.tryAcquire(wanted)) {
      goOn(ctx, wanted);
      return;
    }
    if (!waiting.tryAcquire()) {
      refuse(ctx);
      return;
    }
    ctx.addEndHandler(ended -> waiting.release());
    ctx.request().pause();
    look(ctx, wanted, LOOKS);
  }

  private void look(RoutingContext ctx, int wanted, int left) {
    var unused =
        ctx.vertx()
            .setTimer(
                LOOK_MILLIS,
                id -> {
                  if (ctx.response().ended() || ctx.response().closed()) return;
                  if (room.tryAcquire(wanted)) {
                    ctx.request().resume();
                    goOn(ctx, wanted);
                  } else if (left > 0) {
                    look(ctx, wanted, left - 1);
                  } else {
                    refuse(ctx);
                  }
                });
  }

  private void goOn(RoutingContext ctx, int taken) {
    ctx.addEndHandler(ended -> room.release(taken));
    ctx.next();
  }

  private static void refuse(RoutingContext ctx) {
    BodyDeadline.giveUp(ctx);
    ctx.response().setStatusCode(503).putHeader(HttpHeaders.RETRY_AFTER, SECONDS);
    Answers.json(
        ctx, JsonNodeFactory.instance.objectNode().put("error", "Too busy, try again later"));
  }

  /** What a body may come to; one without a length may be as large as any. */
  private static int kib(HttpServerRequest request) {
    long bytes = 0;
    var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length != null) {
      try {
        bytes = Long.parseLong(length.strip());
      } catch (NumberFormatException e) {
        bytes = WebServer.MAX_BODY;
      }
    } else if (request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
      bytes = WebServer.MAX_BODY;
    }
    return 1 + (int) (Math.clamp(bytes, 0, (long) WebServer.MAX_BODY) / 1024);
  }
}
