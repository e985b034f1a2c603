package org.placette.outbox;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.placette.actor.Actors;
import org.placette.web.Problem;
import org.placette.web.Routes;

/** Public activities of local actors at their ids, as they were delivered, proof included. */
public final class ActivityRoutes implements Routes {

  private final Outbox outbox;
  private final Actors actors;

  public ActivityRoutes(Outbox outbox, Actors actors) {
    this.outbox = outbox;
    this.actors = actors;
  }

  @Override
  public void mount(Router router) {
    router.getWithRegex("/activities/[0-9]+").handler(this::activity);
  }

  private void activity(RoutingContext context) {
    var sent = outbox.activity(actors.urls().at(context.request().path()));
    // What is not public looks as if it were not there.
    if (sent == null || !sent.isPublic()) throw new Problem.NotFound();
    var unused =
        context
            .response()
            .putHeader("content-type", "application/activity+json; charset=utf-8")
            .putHeader("vary", "Accept, Signature")
            .putHeader("access-control-allow-origin", "*")
            .end(sent.body());
  }
}
