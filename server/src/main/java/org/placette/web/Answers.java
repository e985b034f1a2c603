package org.placette.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/** Answers of the usual kinds, with the headers that belong to them. */
public final class Answers {

  /** The media type of everything that federates. */
  public static final String ACTIVITY_JSON = "application/activity+json; charset=utf-8";

  private static final String HEAD = "placette.head";
  private static final ObjectMapper JSON = new ObjectMapper();

  private Answers() {}

  /** ActivityStreams that anybody may see and keep for a short while. */
  public static void activity(RoutingContext ctx, JsonNode document) {
    ctx.response().putHeader("Vary", "Accept, Signature");
    if (!ctx.response().headers().contains("Cache-Control"))
      ctx.response().putHeader("Cache-Control", "max-age=60, public");
    send(ctx, ACTIVITY_JSON, bytes(document));
  }

  /** JSON of our own. */
  public static void json(RoutingContext ctx, JsonNode document) {
    send(ctx, "application/json; charset=utf-8", bytes(document));
  }

  /** JSON that is written already. */
  public static void json(RoutingContext ctx, Buffer document) {
    send(ctx, "application/json; charset=utf-8", document);
  }

  /** Any text under its media type. */
  public static void text(RoutingContext ctx, String mediaType, String text) {
    send(ctx, mediaType, Buffer.buffer(text));
  }

  /** Any bytes under their media type. */
  public static void bytes(RoutingContext ctx, String mediaType, Buffer body) {
    send(ctx, mediaType, body);
  }

  /** The bytes of a document. */
  public static Buffer bytes(JsonNode document) {
    try {
      return Buffer.buffer(JSON.writeValueAsBytes(document));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree that cannot be written", e);
    }
  }

  /** Sends the person on to another page of this site after a form (303). */
  public static void redirect(RoutingContext ctx, String path) {
    ctx.response().setStatusCode(303).putHeader("Location", path).end();
  }

  private static void send(RoutingContext ctx, String mediaType, Buffer body) {
    ctx.response()
        .putHeader("Content-Type", mediaType)
        .putHeader("X-Content-Type-Options", "nosniff");
    end(ctx, body);
  }

  /** Marks a request as a HEAD although it is answered as a GET. */
  static void asHead(RoutingContext ctx) {
    ctx.put(HEAD, true);
  }

  /** True when only the headers are asked for. */
  static boolean isHead(RoutingContext ctx) {
    return ctx.get(HEAD) != null || ctx.request().method() == HttpMethod.HEAD;
  }

  /** Sends the body, or, to a HEAD, only how long it is: over HTTP/2 Vert.x would send it. */
  static void end(RoutingContext ctx, Buffer body) {
    if (!isHead(ctx)) {
      ReadyPages.keep(ctx, body);
      ctx.response().end(body);
    } else {
      ctx.response().putHeader("Content-Length", String.valueOf(body.length())).end();
    }
  }
}
