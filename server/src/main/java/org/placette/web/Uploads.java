package org.placette.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The few addresses that take files: multipart forms larger than any other body. Files are written
 * to a folder while they arrive, never held in memory, and leave it when the answer is given,
 * unless somebody moved them; a body that breaks off leaves nothing. Whoever may not upload is told
 * so before the body is read.
 */
public final class Uploads {

  /** How long a body may take: a film from a village's slow line. */
  private static final Duration TIME = Duration.ofMinutes(10);

  private static final Set<HttpMethod> METHODS =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

  /**
   * An address that takes files.
   *
   * @param path a pattern for the whole path
   * @param bytes the largest body
   */
  public record Door(Pattern path, long bytes) {

    /** A door at every path that matches the expression. */
    public static Door at(String path, long bytes) {
      return new Door(Pattern.compile(path), bytes);
    }
  }

  private record Open(Door door, BodyHandler body) {}

  private final List<Open> doors;
  private final Predicate<RoutingContext> admitted;

  /**
   * @param folder where files wait; emptied now
   * @param admitted whether the sender of a request may upload at all; may wait for the database
   */
  public Uploads(Path folder, List<Door> doors, Predicate<RoutingContext> admitted) {
    clear(folder);
    this.admitted = admitted;
    this.doors =
        doors.stream()
            .map(
                door ->
                    new Open(
                        door,
                        BodyHandler.create(folder.toString())
                            .setBodyLimit(door.bytes())
                            .setDeleteUploadedFilesOnEnd(true)))
            .toList();
  }

  /** What a process that was killed left behind is nobody's. */
  private static void clear(Path folder) {
    try {
      Files.createDirectories(folder);
      try (var files = Files.list(folder)) {
        for (var file : files.toList()) Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + folder + " cannot be used: " + e, e);
    }
  }

  /** A file that came with a form under this name; null when none did. Gone after the answer. */
  public static @Nullable Path file(RoutingContext ctx, String name) {
    var all = files(ctx, name);
    return all.isEmpty() ? null : all.getFirst();
  }

  /** All files that came with a form under this name. Gone after the answer. */
  public static List<Path> files(RoutingContext ctx, String name) {
    return ctx.fileUploads().stream()
        .filter(one -> one.name().equals(name) && one.size() > 0)
        .map(one -> Path.of(one.uploadedFileName()))
        .toList();
  }

  /** How long the body of this request may take; null when it is no upload. */
  @Nullable Duration time(RoutingContext ctx) {
    return open(ctx) == null ? null : TIME;
  }

  /** Reads the body of an upload and goes on; false when it is none. */
  boolean handle(RoutingContext ctx) {
    var open = open(ctx);
    if (open == null) return false;
    ctx.request().pause();
    if (admitted.test(ctx)) {
      open.body().handle(ctx);
      ctx.request().resume();
    } else {
      BodyDeadline.giveUp(ctx);
      ctx.fail(new Problem.Unauthorized("The access token is invalid"));
    }
    return true;
  }

  private @Nullable Open open(RoutingContext ctx) {
    var request = ctx.request();
    if (!METHODS.contains(request.method())) return null;
    var type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data"))
      return null;
    var path = request.path();
    if (path == null) return null;
    for (var open : doors) {
      if (open.door().path().matcher(path).matches()) return open;
    }
    return null;
  }
}
