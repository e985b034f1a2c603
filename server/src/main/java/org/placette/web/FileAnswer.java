package org.placette.web;

import io.vertx.core.file.FileSystemException;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers with a file of the data folder, whole or in part (RFC 9110, section 14). Whatever is in
 * it, a browser is told to take it for nothing but the type that is stated.
 */
public final class FileAnswer {

  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  private FileAnswer() {}

  /**
   * Sends the file.
   *
   * @param type the Content-Type, from what was found in the file
   * @param inline false to have it saved and not shown
   * @param tag names this content for ever
   * @throws Problem.NotFound when there is no such file
   */
  public static void send(
      RoutingContext ctx, Path file, String type, boolean inline, String tag, String cache) {
    var size = size(ctx, file);
    var etag = "\"" + tag + "\"";
    var response = ctx.response();
    response
        .putHeader("Content-Type", type)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Content-Security-Policy", "default-src 'none'; sandbox")
        .putHeader("Content-Disposition", inline ? "inline" : "attachment")
        .putHeader("Cache-Control", cache)
        .putHeader("Access-Control-Allow-Origin", "*")
        .putHeader("Cross-Origin-Resource-Policy", "cross-origin")
        .putHeader("Accept-Ranges", "bytes")
        .putHeader("ETag", etag)
        // Pictures do not shrink further, and parts of a packed body would be parts of something
        // else.
        .putHeader("Content-Encoding", "identity");
    var known = ctx.request().getHeader("If-None-Match");
    if (known != null && (known.contains(etag) || known.equals("*"))) {
      response.setStatusCode(304).end();
      return;
    }
    var part = part(ctx, size, etag);
    if (part == null) {
      body(ctx, file, 0, size);
    } else if (part.length() <= 0) {
      response.setStatusCode(416).putHeader("Content-Range", "bytes */" + size).end();
    } else {
      response
          .setStatusCode(206)
          .putHeader(
              "Content-Range",
              "bytes %d-%d/%d".formatted(part.from(), part.from() + part.length() - 1, size));
      body(ctx, file, part.from(), part.length());
    }
  }

  private static void body(RoutingContext ctx, Path file, long from, long length) {
    ctx.response().putHeader("Content-Length", String.valueOf(length));
    if (Answers.isHead(ctx) || length == 0) {
      ctx.response().end();
    } else {
      var unused =
          ctx.response().sendFile(file.toString(), from, length).onFailure(gone -> ctx.fail(404));
    }
  }

  private static long size(RoutingContext ctx, Path file) {
    try {
      var props = ctx.vertx().fileSystem().props(file.toString()).await();
      if (!props.isRegularFile()) throw new Problem.NotFound();
      return props.size();
    } catch (FileSystemException e) {
      throw new Problem.NotFound();
    }
  }

  /**
   * A piece of a file.
   *
   * @param length 0 when it lies outside
   */
  private record Part(long from, long length) {}

  /** What is asked for; null for all of it, also when several parts are. */
  private static @Nullable Part part(RoutingContext ctx, long size, String etag) {
    var range = ctx.request().getHeader("Range");
    if (range == null) return null;
    var state = ctx.request().getHeader("If-Range");
    if (state != null && !state.equals(etag)) return null;
    var matcher = RANGE.matcher(range);
    if (!matcher.matches()) return null;
    var first = matcher.group(1);
    var last = matcher.group(2);
    if (first.isEmpty() && last.isEmpty()) return null;
    if (first.isEmpty()) {
      var length = Math.min(size, Long.parseLong(last));
      return new Part(size - length, length);
    }
    var from = Long.parseLong(first);
    var to = last.isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(last));
    if (!last.isEmpty() && Long.parseLong(last) < from) return null;
    return new Part(from, Math.max(0, to - from + 1));
  }
}
