package org.placette.event;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import org.placette.actor.Actors;
import org.placette.media.Drawn;
import org.placette.web.Answers;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;

/**
 * The pictures of events of ours that have none: light for pages, in the reader's language; as PNG
 * for everybody else, in the event's own.
 */
public final class BannerPages implements Routes {

  private final Actors actors;
  private final Events events;
  private final Drawn drawn;
  private final Pages pages;

  public BannerPages(Actors actors, Events events, Drawn drawn, Pages pages) {
    this.actors = actors;
    this.events = events;
    this.drawn = drawn;
    this.pages = pages;
  }

  @Override
  public void mount(Router router) {
    Pages.get(router, "/events/:uuid/banner.svg", this::svg);
    Pages.get(router, "/events/:uuid/banner.png", this::png);
  }

  private void svg(RoutingContext ctx) {
    var event = ours(ctx);
    ctx.response()
        .putHeader("Cache-Control", "private, max-age=3600")
        .putHeader("Content-Security-Policy", "default-src 'none'");
    var svg = EventBanner.svg(event, pages.view(ctx).dates());
    Answers.text(ctx, "image/svg+xml", svg);
  }

  private void png(RoutingContext ctx) {
    var picture = EventPicture.of(ours(ctx), pages.place());
    drawn.send(ctx, picture.toString(), picture::draw);
  }

  /** An event of this server that everybody may see. */
  private Event ours(RoutingContext ctx) {
    try {
      var event = events.shown(UUID.fromString(ctx.pathParam("uuid")), null);
      if (actors.urls().isOurs(event.uri())) return event;
    } catch (IllegalArgumentException e) {
      // No event has such a name.
    }
    throw new Problem.NotFound();
  }
}
