package org.placette.operation;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.placette.inbox.Inbox;
import org.placette.inbox.InboxWorker;
import org.placette.outbox.Queues;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Permission;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.View;
import org.placette.web.Visitor;

/** What waits on its way out and in, and what was turned away. */
public final class DeliveryPages implements Routes {

  private static final String HERE = "/admin/deliveries";
  private static final int HOSTS = 200;

  private final Queues queues;
  private final Supplier<Inbox> inbox;
  private final Pages pages;

  public DeliveryPages(Queues queues, Supplier<Inbox> inbox, Pages pages) {
    this.queues = queues;
    this.inbox = inbox;
    this.pages = pages;
  }

  /** What waits for one host. */
  public record Line(
      String host,
      long waiting,
      Instant oldest,
      @Nullable Trouble trouble,
      Instant next,
      boolean dead) {}

  /** How often something was turned away for one reason since the start. */
  public record Refusal(String reason, long count) {

    /** In words; the name itself where there are none. */
    public String words(View view) {
      var text = view.find("refusal." + reason);
      return text == null ? reason : text;
    }
  }

  /** The page. */
  public record Page(
      List<Line> hosts,
      long waiting,
      InboxWorker.Backlog in,
      List<Refusal> refusals,
      @Nullable String done,
      String doneTo) {}

  @Override
  public void mount(Router router) {
    Pages.get(router, HERE, this::show);
    router.post(HERE + "/again").handler(this::again);
    Pages.get(router, HERE + "/drop", this::askToDrop);
    router.post(HERE + "/drop").handler(this::drop);
  }

  private static long staff(RoutingContext ctx) {
    return Visitor.of(ctx).require(Permission.SETTINGS);
  }

  private void show(RoutingContext ctx) {
    var unused = staff(ctx);
    var hosts =
        queues.list(HOSTS).stream()
            .map(
                it ->
                    new Line(
                        it.host(),
                        it.waiting(),
                        it.oldest(),
                        Trouble.of(it.error()),
                        it.next(),
                        it.dead()))
            .toList();
    var in = inbox.get();
    var refusals =
        in.refusals().counts().entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
            .map(it -> new Refusal(it.getKey(), it.getValue()))
            .toList();
    var done = ctx.request().getParam("done");
    var known = done != null && done.matches("again|dropped|none") ? done : null;
    var host = ctx.request().getParam("host");
    var page =
        new Page(
            hosts,
            queues.waiting(),
            in.worker().backlog(),
            refusals,
            known,
            host == null ? "" : host);
    pages.show(ctx, "operation/deliveries.jte", page);
  }

  private static void done(RoutingContext ctx, String what, String host) {
    var name = URLEncoder.encode(host, StandardCharsets.UTF_8);
    Answers.redirect(ctx, HERE + "?done=" + what + "&host=" + name);
  }

  private void again(RoutingContext ctx) {
    var me = staff(ctx);
    var host = Form.of(ctx).value("host");
    done(ctx, queues.tryAgain(host, me) ? "again" : "none", host);
  }

  private void askToDrop(RoutingContext ctx) {
    var unused = staff(ctx);
    var host = ctx.request().getParam("host");
    if (host == null) {
      // Who switches the language here chooses again.
      Answers.redirect(ctx, HERE);
      return;
    }
    var view = pages.view(ctx);
    var question =
        new Pages.Question(
            view.t("deliveries.drop.title", host),
            view.t("deliveries.drop.text"),
            HERE + "/drop?host=" + URLEncoder.encode(host, StandardCharsets.UTF_8),
            view.t("deliveries.drop.yes"),
            view.t("form.back"),
            HERE);
    pages.show(ctx, view, "question.jte", question);
  }

  private void drop(RoutingContext ctx) {
    var me = staff(ctx);
    var host = ctx.request().getParam("host");
    if (host == null) throw new Problem.NotFound();
    done(ctx, queues.giveUp(host, me) > 0 ? "dropped" : "none", host);
  }
}
