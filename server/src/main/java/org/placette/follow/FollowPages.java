package org.placette.follow;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.actor.Byline;
import org.placette.db.Db;
import org.placette.federation.fetch.Budget;
import org.placette.federation.fetch.FetchProblem;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/** Following somebody by their handle, and stopping. */
public final class FollowPages implements Routes {

  private final Db db;
  private final Actors actors;
  private final Follows follows;
  private final Pages pages;

  public FollowPages(Db db, Actors actors, Follows follows, Pages pages) {
    this.db = db;
    this.actors = actors;
    this.follows = follows;
    this.pages = pages;
  }

  @Override
  public void mount(Router router) {
    Pages.get(router, "/follow", this::ask);
    router.post("/follow").handler(this::follow);
    router.post("/unfollow").handler(this::unfollow);
  }

  private void ask(RoutingContext ctx) {
    var unused = Visitor.of(ctx).required();
    var handle = ctx.request().getParam("handle");
    pages.show(ctx, "follow/follow.jte", Form.empty().with("handle", handle));
  }

  private void follow(RoutingContext ctx) {
    var person = person(ctx);
    var form = Form.of(ctx);
    var handle = form.required("handle", 300);
    if (form.ok()) {
      try {
        var target = found(handle);
        var unused = db.inTransaction(tx -> follows.follow(tx, person, target));
        Answers.redirect(ctx, Byline.of(target).path());
        return;
      } catch (FetchProblem e) {
        form.wrong("handle", "follow.notFound");
      }
    }
    ctx.response().setStatusCode(422);
    pages.show(ctx, "follow/follow.jte", form);
  }

  private void unfollow(RoutingContext ctx) {
    var person = person(ctx);
    try {
      var target = found(Form.of(ctx).value("handle"));
      db.transact(tx -> follows.unfollow(tx, person, target));
      Answers.redirect(ctx, Byline.of(target).path());
    } catch (FetchProblem e) {
      throw new Problem.NotFound();
    }
  }

  private Actor found(String handle) {
    var bare = handle.startsWith("@") ? handle.substring(1) : handle;
    var ours = "@" + actors.urls().host();
    if (bare.endsWith(ours)) {
      var local = actors.localByName(bare.substring(0, bare.length() - ours.length()));
      if (local != null) return local;
    }
    var at = bare.indexOf('@');
    var stored =
        at < 0 ? null : actors.storedByHandle(bare.substring(0, at), bare.substring(at + 1));
    return stored != null ? stored : actors.byHandle(bare, Budget.perActivity());
  }

  private Actor person(RoutingContext ctx) {
    return actors.acting(Visitor.of(ctx).required());
  }
}
