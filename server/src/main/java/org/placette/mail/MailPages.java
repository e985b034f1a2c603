package org.placette.mail;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/**
 * Choosing letters, and ending them. The link of a letter shows a button, since programs that look
 * for viruses follow links.
 */
public final class MailPages implements Routes {

  private final MailChoices choices;
  private final boolean enabled;
  private final Pages pages;

  /**
   * @param enabled whether letters can be sent at all
   */
  public MailPages(MailChoices choices, boolean enabled, Pages pages) {
    this.choices = choices;
    this.enabled = enabled;
    this.pages = pages;
  }

  /** What one chooses. */
  public record Page(boolean enabled, boolean events, boolean saved) {}

  /** The end of letters. */
  public record EndPage(String action, boolean done) {}

  @Override
  public void mount(Router router) {
    Pages.get(router, "/settings/mail", ctx -> show(ctx, ctx.request().getParam("saved") != null));
    router.post("/settings/mail").handler(this::save);
    Pages.get(router, "/unsubscribe/:secret", ctx -> end(ctx, false));
    router
        .post("/unsubscribe/:secret")
        .handler(
            ctx -> {
              choices.end(ctx.pathParam("secret"));
              end(ctx, true);
            });
  }

  private void show(RoutingContext ctx, boolean saved) {
    var events = choices.wants(Visitor.of(ctx).required());
    pages.show(ctx, "mail/mail.jte", new Page(enabled, events, saved));
  }

  private void save(RoutingContext ctx) {
    var actor = Visitor.of(ctx).required();
    choices.choose(actor, !Form.of(ctx).value("events").isEmpty());
    Answers.redirect(ctx, "/settings/mail?saved=1");
  }

  private void end(RoutingContext ctx, boolean done) {
    var secret = ctx.pathParam("secret");
    if (!choices.known(secret)) throw new Problem.NotFound();
    ctx.response()
        .putHeader("Cache-Control", "no-store")
        .putHeader("Referrer-Policy", "no-referrer");
    pages.show(ctx, "mail/end.jte", new EndPage("/unsubscribe/" + secret, done));
  }
}
