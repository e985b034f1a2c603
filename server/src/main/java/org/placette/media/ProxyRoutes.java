package org.placette.media;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.placette.web.FileAnswer;
import org.placette.web.MediaUrls;
import org.placette.web.Problem;
import org.placette.web.Routes;

/** Pictures of other servers, at the signed addresses that {@link MediaUrls#proxy} writes. */
public final class ProxyRoutes implements Routes {

  private static final String FOR_A_WEEK = "public, max-age=604800";
  private static final String FOR_A_MOMENT = "public, max-age=300";

  private final RemoteMedia remote;
  private final MediaUrls urls;

  public ProxyRoutes(RemoteMedia remote, MediaUrls urls) {
    this.remote = remote;
    this.urls = urls;
  }

  @Override
  public void mount(Router router) {
    router
        .route(MediaUrls.PROXY + "*")
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(this::serve);
  }

  private void serve(RoutingContext ctx) {
    var path = ctx.request().path();
    var url = path == null ? null : urls.proxied(path);
    if (url == null) throw new Problem.NotFound();
    try {
      try {
        send(ctx, url);
      } catch (Problem.NotFound removed) {
        // Somebody emptied the folder.
        remote.forget(url);
        send(ctx, url);
      }
    } catch (RemoteMedia.Unavailable why) {
      var cache = why.status == 503 ? "no-store" : FOR_A_MOMENT;
      ctx.response()
          .setStatusCode(why.status)
          .putHeader("Cache-Control", cache)
          .putHeader("Access-Control-Allow-Origin", "*")
          .putHeader("Content-Type", "text/plain; charset=utf-8")
          .putHeader("X-Content-Type-Options", "nosniff")
          .end("This picture cannot be had now.");
    }
  }

  private void send(RoutingContext ctx, String url) {
    var kept = remote.get(url);
    var tag = RemoteMedia.name(url).substring(0, 32) + "-" + kept.bytes();
    FileAnswer.send(ctx, kept.file(), kept.kind().mime(), true, tag, FOR_A_WEEK);
  }
}
