package org.placette.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The files of {@code web-static} under {@code /static/}. An address with a version is kept for
 * ever by browsers; each file is read once and kept in memory (all of them are some 200 KB).
 */
public final class StaticFiles implements Routes {

  private static final Pattern NAME =
      Pattern.compile("[a-z0-9][a-z0-9-]*(/[a-z0-9-]+)*\\.[a-z0-9]+");
  private static final Map<String, String> TYPES =
      Map.of(
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "jpg", "image/jpeg",
          "woff2", "font/woff2",
          "txt", "text/plain; charset=utf-8",
          "webmanifest", "application/manifest+json");

  private static final Map<String, File> FILES = new ConcurrentHashMap<>();

  private record File(Buffer bytes, String type, String version) {}

  @Override
  public void mount(Router router) {
    router
        .route("/static/*")
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(StaticFiles::serve);
    router.get("/theme.css").handler(StaticFiles::theme);
  }

  /** Where a file is, with its version; without one when there is no such file. */
  static String address(String name) {
    var file = file(name);
    return "/static/" + name + (file == null ? "" : "?v=" + file.version());
  }

  private static void serve(RoutingContext ctx) {
    var name = ctx.request().path().substring("/static/".length());
    var lasting = ctx.request().getParam("v") != null || name.startsWith("fonts/");
    ctx.response()
        .putHeader(
            "Cache-Control", lasting ? "public, max-age=31536000, immutable" : "max-age=3600");
    serve(ctx, name);
  }

  /** Answers with a file; how long it may be kept is for the caller to say. */
  public static void serve(RoutingContext ctx, String name) {
    var file = file(name);
    if (file == null) throw new Problem.NotFound();
    ctx.response()
        .putHeader("ETag", "\"" + file.version() + "\"")
        .putHeader("Access-Control-Allow-Origin", "*")
        .putHeader("Content-Type", file.type())
        .putHeader("X-Content-Type-Options", "nosniff");
    if (ctx.request().headers().contains("If-None-Match", "\"" + file.version() + "\"", false)) {
      ctx.response().setStatusCode(304).end();
    } else {
      Answers.end(ctx, file.bytes());
    }
  }

  /** The place's own colour; beside the style sheet because pages hold no styles. */
  private static void theme(RoutingContext ctx) {
    var chosen = Colour.of(ctx.request().getParam("c"));
    ctx.response().putHeader("Cache-Control", "public, max-age=31536000, immutable");
    Answers.text(ctx, "text/css; charset=utf-8", (chosen == null ? Colour.USUAL : chosen).theme());
  }

  /** Our own files, and those of the one library that comes as a WebJar. */
  private static String resource(String name) {
    return name.startsWith("leaflet/")
        ? "/META-INF/resources/webjars/leaflet/1.9.4/dist/" + name.substring("leaflet/".length())
        : "/static/" + name;
  }

  private static @Nullable File file(String name) {
    var known = FILES.get(name);
    if (known != null) return known;
    if (!NAME.matcher(name).matches()) return null;
    var type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null) return null;
    try (var in = StaticFiles.class.getResourceAsStream(resource(name))) {
      if (in == null) return null;
      var bytes = in.readAllBytes();
      var sum = new CRC32();
      sum.update(bytes);
      var version = HexFormat.of().toHexDigits(sum.getValue(), 8);
      var file = new File(Buffer.buffer(bytes), type, version);
      FILES.put(name, file);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
