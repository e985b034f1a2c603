package org.placette.media;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Pattern;
import org.placette.web.FileAnswer;
import org.placette.web.Problem;
import org.placette.web.Routes;

/**
 * The files themselves, at {@code /media/NAME/original.ENDING} and {@code small.ENDING}. Names are
 * known to whoever was shown them; no database is asked. The type is that of the ending, which this
 * server chose when it looked into the file.
 */
public final class MediaRoutes implements Routes {

  private static final Pattern PATH =
      Pattern.compile("/media/([0-9a-f]{32})/((?:original|small)\\.([a-z0-9]{2,5}))");
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private final Media media;

  public MediaRoutes(Media media) {
    this.media = media;
  }

  @Override
  public void mount(Router router) {
    router.route("/media/*").method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::serve);
  }

  private void serve(RoutingContext ctx) {
    var path = ctx.request().path();
    var matcher = PATH.matcher(path == null ? "" : path);
    if (!matcher.matches()) throw new Problem.NotFound();
    var kind = FileKind.ofEnding(matcher.group(3));
    if (kind == null) throw new Problem.NotFound();
    var name = matcher.group(1);
    var file = media.intake().folder(name).resolve(matcher.group(2));
    var inline = kind.family() != FileKind.Family.DOCUMENT;
    var tag = name + (matcher.group(2).startsWith("small") ? "-s" : "");
    FileAnswer.send(ctx, file, kind.mime(), inline, tag, FOR_EVER);
  }
}
