package org.placette.follow;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.actor.Byline;
import org.placette.db.Db;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/** Who asks to follow a resident that wants to be asked, and the resident's answers. */
public final class FollowRequestPages implements Routes {

  private static final int PAGE = 40;

  private final Db db;
  private final Actors actors;
  private final Follows follows;
  private final Pages pages;

  public FollowRequestPages(Db db, Actors actors, Follows follows, Pages pages) {
    this.db = db;
    this.actors = actors;
    this.follows = follows;
    this.pages = pages;
  }

  /** Somebody who asks. */
  public record Request(long actorId, Byline who, Instant since) {}

  /**
   * The page.
   *
   * @param next the query of the page after it; null for none
   */
  public record Page(List<Request> requests, @Nullable String next) {}

  @Override
  public void mount(Router router) {
    Pages.get(router, "/follow-requests", this::show);
    router.post("/follow-requests/accept").handler(ctx -> answer(ctx, true));
    router.post("/follow-requests/reject").handler(ctx -> answer(ctx, false));
  }

  private void show(RoutingContext ctx) {
    var me = person(ctx);
    var waiting = follows.waiting(me, number(ctx.request().getParam("after")), PAGE);
    var known =
        actors.byIds(waiting.stream().map(Follow::actorId).toList()).stream()
            .collect(Collectors.toMap(Actor::id, actor -> actor));
    List<Request> requests = new ArrayList<>();
    for (var follow : waiting) {
      var who = known.get(follow.actorId());
      if (who != null) requests.add(new Request(who.id(), Byline.of(who), follow.published()));
    }
    var next = waiting.size() < PAGE ? null : "after=" + waiting.getLast().id();
    pages.show(ctx, "follow/requests.jte", new Page(requests, next));
  }

  private void answer(RoutingContext ctx, boolean accepted) {
    var me = person(ctx);
    var follower = actors.byId(number(Form.of(ctx).value("actor")));
    if (follower == null) throw new Problem.NotFound();
    db.transact(
        tx -> {
          if (accepted) follows.accept(tx, me, follower);
          else follows.reject(tx, me, follower);
        });
    Answers.redirect(ctx, "/follow-requests");
  }

  private static long number(@Nullable String text) {
    if (text == null) return 0;
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new Problem.BadRequest("not a number");
    }
  }

  private Actor person(RoutingContext ctx) {
    return actors.acting(Visitor.of(ctx).required());
  }
}
