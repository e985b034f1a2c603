package org.placette.event;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.media.Drawn;
import org.placette.web.Answers;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Visitor;

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
    var me = Visitor.of(ctx).actorId();
    var event = ours(ctx, me == null ? null : actors.byId(me));
    ctx.response()
        .putHeader("Cache-Control", "private, max-age=3600")
        .putHeader("Content-Security-Policy", "default-src 'none'");
    var svg = EventBanner.svg(event, pages.view(ctx).dates());
    Answers.text(ctx, "image/svg+xml", svg);
  }

  private void png(RoutingContext ctx) {
    var picture = EventPicture.of(ours(ctx, null), pages.place());
    drawn.send(ctx, picture.toString(), picture::draw);
  }

  /** An event of this server that the viewer may see; null for strangers. */
  private Event ours(RoutingContext ctx, @Nullable Actor viewer) {
    try {
      var event = events.shown(UUID.fromString(ctx.pathParam("uuid")), viewer);
      if (actors.urls().isOurs(event.uri())) return event;
    } catch (IllegalArgumentException e) {
      // No event has such a name.
    }
    throw new Problem.NotFound();
  }
}
