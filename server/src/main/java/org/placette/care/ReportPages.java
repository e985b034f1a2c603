package org.placette.care;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.actor.Byline;
import org.placette.post.Post;
import org.placette.post.Posts;
import org.placette.text.Excerpt;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/** The form with which a resident asks those who moderate to look. */
public final class ReportPages implements Routes {

  private final Actors actors;
  private final Posts posts;
  private final Reports reports;
  private final Supplier<List<String>> charter;
  private final Pages pages;

  public ReportPages(
      Actors actors, Posts posts, Reports reports, Supplier<List<String>> charter, Pages pages) {
    this.actors = actors;
    this.posts = posts;
    this.reports = reports;
    this.charter = charter;
    this.pages = pages;
  }

  /**
   * The form.
   *
   * @param post 0 when the whole account is reported
   * @param excerpt the beginning of the post; empty for none
   */
  public record Page(
      Byline who,
      long actor,
      long post,
      String excerpt,
      List<String> charter,
      boolean remote,
      Form form) {}

  private record About(Actor target, @Nullable Post post) {}

  @Override
  public void mount(Router router) {
    Pages.get(
        router,
        "/report",
        ctx ->
            show(
                ctx,
                about(ctx, ctx.request().getParam("post"), ctx.request().getParam("actor")),
                Form.empty()));
    router.post("/report").handler(this::send);
    Pages.get(router, "/report/done", ctx -> pages.show(ctx, "care/told.jte", Form.empty()));
  }

  private About about(RoutingContext ctx, @Nullable String post, @Nullable String actor) {
    var me = actors.acting(Visitor.of(ctx).required());
    if (post != null && post.matches("[1-9][0-9]{0,17}")) {
      var found = posts.shown(Long.parseLong(post), me);
      var author = actors.byId(found.actorId());
      if (author != null) return new About(author, found);
    }
    var who = ctx.request().getParam("who");
    var known = actor != null && actor.matches("[0-9]{1,18}");
    var target =
        known
            ? actors.byId(Long.parseLong(actor))
            : who == null ? null : PersonPages.found(actors, who);
    if (target == null || target.deleted()) throw new Problem.NotFound();
    return new About(target, null);
  }

  private void show(RoutingContext ctx, About about, Form form) {
    if (!form.ok()) ctx.response().setStatusCode(422);
    var post = about.post();
    var page =
        new Page(
            Byline.of(about.target()),
            about.target().id(),
            post == null ? 0 : post.id(),
            post == null ? "" : Excerpt.of(post.content(), 300),
            charter.get(),
            !about.target().local(),
            form);
    pages.show(ctx, "care/tell.jte", page);
  }

  private void send(RoutingContext ctx) {
    var form = Form.of(ctx);
    var about = about(ctx, form.optional("post"), form.optional("actor"));
    var comment = form.upTo("reportComment", 5_000);
    var rules = ctx.request().formAttributes().getAll("rule");
    if (!form.ok()) {
      show(ctx, about, form);
      return;
    }
    var post = about.post();
    var unused =
        reports.file(
            actors.acting(Visitor.of(ctx).required()),
            new Reports.Wanted(
                about.target(),
                post == null ? List.of() : List.of(post.id()),
                comment == null ? "" : comment,
                form.optional("category"),
                rules,
                form.value("forward").equals("yes")));
    ctx.response().putHeader("Cache-Control", "no-store");
    Answers.redirect(ctx, "/report/done");
  }
}
