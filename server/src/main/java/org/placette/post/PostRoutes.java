package org.placette.post;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.web.Answers;
import org.placette.web.Negotiation;
import org.placette.web.Problem;
import org.placette.web.Routes;

/**
 * Local posts, their replies and threads as ActivityStreams. A browser's request goes on to the
 * next route, which is the page. What was deleted answers 410 with its Tombstone; what the asker
 * may not read looks as if it had never been.
 */
public final class PostRoutes implements Routes {

  private final Db db;
  private final Actors actors;
  private final Posts posts;
  private final Threads threads;
  private final Function<RoutingContext, @Nullable Actor> asker;

  /**
   * @param asker who signed the request; null for nobody
   */
  public PostRoutes(
      Db db, Actors actors, Posts posts, Function<RoutingContext, @Nullable Actor> asker) {
    this.db = db;
    this.actors = actors;
    this.posts = posts;
    this.threads = new Threads(db, actors);
    this.asker = asker;
  }

  @Override
  public void mount(Router router) {
    Negotiation.get(router, "/posts/:id", this::post);
    Negotiation.get(router, "/posts/:id/replies", this::replies);
    Negotiation.get(router, "/threads/:id", this::thread);
  }

  private void post(RoutingContext ctx) {
    var id = id(ctx);
    var buried = PostStore.tombstone(db, actors.urls().post(id));
    if (buried != null) {
      gone(ctx, buried);
      return;
    }
    var post = asked(ctx, id);
    if (!actors.urls().isOurs(post.uri()) || post.type().equals("Event")) {
      ctx.response().setStatusCode(302).putHeader("Location", post.uri()).end();
      return;
    }
    if (!post.visibility().open()) ctx.response().putHeader("Cache-Control", "private, no-store");
    var author = Objects.requireNonNull(actors.byId(post.actorId()));
    var audience = post.audienceId() == null ? null : actors.byId(post.audienceId());
    Answers.activity(ctx, posts.object(db, post, author, audience));
  }

  /**
   * What is public is given whoever asks: a signature that is not understood here, or whose key
   * cannot be fetched now, takes nothing away. What is not is refused as if it were not there.
   */
  private Post asked(RoutingContext ctx, long id) {
    Problem.Unauthorized refusal;
    try {
      return posts.shown(id, asker.apply(ctx));
    } catch (Problem.Unauthorized e) {
      refusal = e;
    }
    try {
      return posts.shown(id, null);
    } catch (Problem.NotFound notPublic) {
      throw refusal;
    }
  }

  /** Answers 410 with what is left of a deleted object. */
  private static void gone(RoutingContext ctx, PostStore.Tombstone buried) {
    ctx.response().setStatusCode(410);
    Answers.activity(
        ctx,
        PostObject.tombstone(
            buried.uri(), buried.formerType(), buried.published(), buried.deleted()));
  }

  /**
   * Answers for an id that was deleted.
   *
   * @return false when nothing of that id was deleted
   */
  public boolean gone(RoutingContext ctx, String uri) {
    var buried = PostStore.tombstone(db, uri);
    if (buried == null) return false;
    gone(ctx, buried);
    return true;
  }

  /** Who signed a request; null for nobody, or somebody whose signature does not hold now. */
  public @Nullable Actor asker(RoutingContext ctx) {
    try {
      return asker.apply(ctx);
    } catch (Problem.Unauthorized e) {
      return null;
    }
  }

  private void replies(RoutingContext ctx) {
    var post = open(ctx);
    threads.replies(ctx, post, actors.urls().post(post.id()) + "/replies");
  }

  private void thread(RoutingContext ctx) {
    var root = open(ctx);
    if (root.rootId() != root.id()) throw new Problem.NotFound();
    threads.thread(ctx, root, actors.urls().thread(root.id()));
  }

  private Post open(RoutingContext ctx) {
    var post = posts.shown(id(ctx), null);
    if (!post.visibility().open()) throw new Problem.NotFound();
    return post;
  }

  private static long id(RoutingContext ctx) {
    try {
      return Long.parseLong(ctx.pathParam("id"));
    } catch (NumberFormatException e) {
      throw new Problem.NotFound();
    }
  }
}
