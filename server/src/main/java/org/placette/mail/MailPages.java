package org.placette.mail;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;

/**
 * Ending letters; they are chosen with all the rest that one is told. The link of a letter shows a
 * button, since programs that look for viruses follow links.
 */
public final class MailPages implements Routes {

  private final MailChoices choices;
  private final Pages pages;

  public MailPages(MailChoices choices, Pages pages) {
    this.choices = choices;
    this.pages = pages;
  }

  /** The end of letters. */
  public record EndPage(String action, boolean done) {}

  @Override
  public void mount(Router router) {
    Pages.get(router, "/unsubscribe/:secret", ctx -> end(ctx, false));
    router
        .post("/unsubscribe/:secret")
        .handler(
            ctx -> {
              choices.end(ctx.pathParam("secret"));
              end(ctx, true);
            });
  }

  private void end(RoutingContext ctx, boolean done) {
    var secret = ctx.pathParam("secret");
    if (!choices.known(secret)) throw new Problem.NotFound();
    ctx.response().putHeader("Cache-Control", "no-store");
    pages.show(ctx, "mail/end.jte", new EndPage("/unsubscribe/" + secret, done));
  }
}
