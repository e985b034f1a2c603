package org.placette.care;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.actor.Byline;
import org.placette.care.Measure.Action;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Permission;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/** Where those who moderate work: the queue of reports, one report, what waits. */
public final class QueuePages implements Routes {

  private static final int PAGE = 30;
  private static final int LONGEST = 2_000;

  private final Actors actors;
  private final Reports reports;
  private final Measures measures;
  private final Supplier<List<String>> charter;
  private final Pages pages;

  /**
   * @param charter the rules that everybody here keeps, one by one
   */
  public QueuePages(
      Actors actors,
      Reports reports,
      Measures measures,
      Supplier<List<String>> charter,
      Pages pages) {
    this.actors = actors;
    this.reports = reports;
    this.measures = measures;
    this.charter = charter;
    this.pages = pages;
  }

  /**
   * The queue.
   *
   * @param next the query of the page after it; null for none
   */
  public record Queue(String which, List<ReportCase.Line> lines, @Nullable String next) {}

  /** Measures that wait for somebody, with the handles of those they are about. */
  public record Waiting(boolean appeals, List<Measure> measures, Map<Long, Byline> people) {}

  /**
   * What the form for a measure needs.
   *
   * @param report null for a measure without one
   */
  public record Decision(
      long target,
      @Nullable Long report,
      List<ReportCase.Post> posts,
      List<String> charter,
      List<String> broken,
      List<Action> actions,
      Form form) {}

  /** One report. */
  public record Case(ReportCase report, List<Measure> measures, Decision decision) {}

  @Override
  public void mount(Router router) {
    Pages.get(router, "/admin/reports", this::queue);
    Pages.get(router, "/admin/measures", this::waiting);
    Pages.get(router, "/admin/reports/:id", ctx -> one(ctx, number(ctx), Form.empty()));
    router.post("/admin/reports/:id/assign").handler(ctx -> assign(ctx, true));
    router.post("/admin/reports/:id/release").handler(ctx -> assign(ctx, false));
    router.post("/admin/reports/:id/note").handler(this::note);
    router.post("/admin/reports/:id/dismiss").handler(this::dismiss);
    router.post("/admin/reports/:id/reopen").handler(this::reopen);
    router.post("/admin/measures").handler(this::decide);
    router.post("/admin/measures/:id/lift").handler(this::lift);
    router.post("/admin/measures/:id/second").handler(this::second);
    router.post("/admin/measures/:id/appeal").handler(this::answer);
  }

  private Actor me(RoutingContext ctx) {
    var me = Visitor.of(ctx).required();
    if (!reports.moderates(me))
      throw new Problem.Forbidden("Only those who moderate this neighbourhood may do this");
    return actors.acting(me);
  }

  private static long number(RoutingContext ctx) {
    return number(ctx.pathParam("id"));
  }

  private static long number(@Nullable String text) {
    if (text == null || !text.matches("[0-9]{1,18}")) throw new Problem.NotFound();
    return Long.parseLong(text);
  }

  private void queue(RoutingContext ctx) {
    var me = me(ctx);
    var which = Objects.requireNonNullElse(ctx.request().getParam("which"), "open");
    var before = ctx.request().getParam("before");
    var lines =
        reports.queue(me.id(), which, before == null ? Long.MAX_VALUE : number(before), PAGE);
    var tab = List.of("mine", "closed").contains(which) ? which : "open";
    var next = lines.size() < PAGE ? null : "which=" + tab + "&before=" + lines.getLast().id();
    pages.show(ctx, "care/queue.jte", new Queue(tab, lines, next));
  }

  private void waiting(RoutingContext ctx) {
    Visitor.of(ctx).require(Permission.MODERATE);
    var appeals = !"proposals".equals(ctx.request().getParam("which"));
    var waiting = measures.waiting(appeals);
    Map<Long, Byline> people =
        waiting.stream()
            .map(Measure::targetId)
            .distinct()
            .map(actors::byId)
            .filter(Objects::nonNull)
            .collect(Collectors.toMap(Actor::id, Byline::of));
    pages.show(ctx, "care/waiting.jte", new Waiting(appeals, waiting, people));
  }

  private void one(RoutingContext ctx, long id, Form form) {
    var me = me(ctx);
    var found = reports.one(me.id(), id);
    if (!form.ok()) ctx.response().setStatusCode(422);
    var decision =
        new Decision(
            found.targetId(),
            id,
            found.posts(),
            charter.get(),
            found.line().rules(),
            actions(ctx, !found.posts().isEmpty()),
            form);
    var before = found.target() == null ? List.<Measure>of() : measures.of(found.targetId());
    pages.show(ctx, "care/report.jte", new Case(found, before, decision));
  }

  static List<Action> actions(RoutingContext ctx, boolean posts) {
    var everywhere = Visitor.of(ctx).may(Permission.MODERATE);
    return Arrays.stream(Action.values())
        .filter(one -> (everywhere || one.inGroups()) && (posts || !one.ofPost()))
        .toList();
  }

  private void assign(RoutingContext ctx, boolean mine) {
    reports.assign(me(ctx), number(ctx), mine);
    Answers.redirect(ctx, "/admin/reports/" + number(ctx));
  }

  private void note(RoutingContext ctx) {
    reports.note(me(ctx), number(ctx), Form.of(ctx).value("note"));
    Answers.redirect(ctx, "/admin/reports/" + number(ctx) + "#notes");
  }

  private void dismiss(RoutingContext ctx) {
    reports.dismiss(me(ctx), number(ctx), Form.of(ctx).value("why"));
    Answers.redirect(ctx, "/admin/reports");
  }

  private void reopen(RoutingContext ctx) {
    reports.reopen(me(ctx), number(ctx));
    Answers.redirect(ctx, "/admin/reports/" + number(ctx));
  }

  private void decide(RoutingContext ctx) {
    var me = me(ctx);
    var form = Form.of(ctx);
    var target = actors.byId(number(form.value("target")));
    if (target == null) throw new Problem.NotFound();
    var report = form.optional("report");
    var found = report == null ? null : reports.one(me.id(), number(report));
    if (found != null && found.targetId() != target.id()) throw new Problem.NotFound();
    var action = action(form);
    var reason = form.required("reason", LONGEST);
    var post = action != null && action.ofPost() && found != null ? post(form, found) : null;
    if (action != null && action.ofPost() && post == null) form.wrong("post", "error.choice");
    if (!form.ok() || action == null) {
      if (found == null) throw new Problem.BadRequest("A measure needs a reason");
      one(ctx, number(report), form);
      return;
    }
    var rules = ctx.request().formAttributes().getAll("rule").stream().limit(50).toList();
    var unused =
        measures.take(
            me,
            new Measures.Order(
                target,
                post == null ? null : post.id(),
                post == null ? "" : post.text(),
                found == null ? null : found.line().id(),
                found == null ? 0 : found.group(),
                action,
                reason,
                rules));
    Answers.redirect(
        ctx,
        found != null
            ? "/admin/reports/" + found.line().id()
            : "/admin/people?who=" + Byline.of(target).handle());
  }

  private static @Nullable Action action(Form form) {
    for (var one : Action.values()) if (one.word().equals(form.value("action"))) return one;
    form.wrong("action", "error.choice");
    return null;
  }

  private static ReportCase.@Nullable Post post(Form form, ReportCase found) {
    var id = form.value("post");
    for (var one : found.posts())
      if (found.posts().size() == 1 || id.equals(String.valueOf(one.id()))) return one;
    return null;
  }

  private void lift(RoutingContext ctx) {
    var form = Form.of(ctx);
    measures.lift(me(ctx), number(ctx), form.value("why"));
    back(ctx, form);
  }

  private void second(RoutingContext ctx) {
    var form = Form.of(ctx);
    measures.second(me(ctx), number(ctx), form.value("answer").equals("yes"));
    Answers.redirect(ctx, "/admin/measures?which=proposals");
  }

  private void answer(RoutingContext ctx) {
    var form = Form.of(ctx);
    var granted = form.value("answer").toLowerCase(Locale.ROOT).equals("grant");
    measures.decide(me(ctx), number(ctx), granted, form.value("why"));
    Answers.redirect(ctx, "/admin/measures");
  }

  private static void back(RoutingContext ctx, Form form) {
    var back = form.value("back");
    var ours = back.matches("/admin/[a-z]+(/[0-9]{1,18}|\\?who=[A-Za-z0-9@._-]{1,300})?");
    Answers.redirect(ctx, ours ? back : "/admin/reports");
  }
}
