package org.placette.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import java.util.UUID;
import org.placette.actor.Actors;
import org.placette.post.PostRoutes;
import org.placette.post.Threads;
import org.placette.web.Answers;
import org.placette.web.Negotiation;
import org.placette.web.Problem;
import org.placette.web.Routes;

/**
 * Local events and what hangs below them as ActivityStreams; a browser's request goes on to the
 * next route. Attendees are counted and never named.
 */
public final class EventRoutes implements Routes {

  private final Actors actors;
  private final Events events;
  private final PostRoutes posts;
  private final Threads threads;

  public EventRoutes(Actors actors, Events events, PostRoutes posts, Threads threads) {
    this.actors = actors;
    this.events = events;
    this.posts = posts;
    this.threads = threads;
  }

  @Override
  public void mount(Router router) {
    Negotiation.get(router, "/events/:uuid", this::event);
    Negotiation.get(router, "/events/:uuid/attendees", this::attendees);
    Negotiation.get(router, "/events/:uuid/organizers", this::organizers);
    Negotiation.get(
        router,
        "/events/:uuid/context",
        ctx -> {
          var event = local(ctx);
          threads.thread(ctx, event.post(), event.uri() + "/context");
        });
    Negotiation.get(
        router,
        "/events/:uuid/replies",
        ctx -> {
          var event = local(ctx);
          threads.replies(ctx, event.post(), event.uri() + "/replies");
        });
  }

  private void event(RoutingContext ctx) {
    var uuid = uuid(ctx);
    var event = events.open(uuid);
    if (event == null) {
      event = events.readable(uuid, posts.asker(ctx));
      ctx.response().putHeader("Cache-Control", "private, no-store");
    }
    if (event == null) {
      if (posts.gone(ctx, actors.urls().event(uuid))) return;
      throw new Problem.NotFound();
    }
    if (!actors.urls().isOurs(event.uri())) {
      ctx.response().setStatusCode(302).putHeader("Location", event.uri()).end();
      return;
    }
    var author = Objects.requireNonNull(actors.byId(event.post().actorId()));
    var audienceId = event.post().audienceId();
    var audience = audienceId == null ? null : actors.byId(audienceId);
    Answers.activity(ctx, EventObject.of(event, author, audience, actors.urls()));
  }

  private void attendees(RoutingContext ctx) {
    var event = local(ctx);
    var count = event.details().joining().participants();
    Answers.activity(ctx, collection(event, "attendees").put("totalItems", count));
  }

  private void organizers(RoutingContext ctx) {
    var event = local(ctx);
    var author = Objects.requireNonNull(actors.byId(event.post().actorId()));
    var collection = collection(event, "organizers");
    var items = JsonNodeFactory.instance.arrayNode().add(author.uri());
    event.details().organizers().forEach(items::add);
    collection.put("totalItems", items.size()).set("items", items);
    Answers.activity(ctx, collection);
  }

  private static ObjectNode collection(Event event, String name) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("@context", "https://www.w3.org/ns/activitystreams")
        .put("id", event.uri() + "/" + name)
        .put("type", "Collection");
  }

  /** The local event of the path, if everybody may see it. */
  private Event local(RoutingContext ctx) {
    var uuid = uuid(ctx);
    var known = events.open(uuid);
    // Tells what was deleted from what never was.
    var event = known != null ? known : events.shown(uuid, null);
    if (!actors.urls().isOurs(event.uri())) throw new Problem.NotFound();
    return event;
  }

  private static UUID uuid(RoutingContext ctx) {
    try {
      return UUID.fromString(ctx.pathParam("uuid"));
    } catch (IllegalArgumentException e) {
      throw new Problem.NotFound();
    }
  }
}
