package org.placette.user;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.function.Consumer;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;

/** The one-time page that makes the first owner and names the place. */
public final class SetupPages implements Routes {

  private final Setup setup;
  private final Sessions sessions;
  private final Pages pages;
  private final Consumer<Setup.Place> named;

  /**
   * @param named hears what the place is called, so that it shows at once
   */
  public SetupPages(Setup setup, Sessions sessions, Pages pages, Consumer<Setup.Place> named) {
    this.setup = setup;
    this.sessions = sessions;
    this.pages = pages;
    this.named = named;
  }

  @Override
  public void mount(Router router) {
    Pages.get(router, "/setup", this::ask);
    router.post("/setup").handler(this::complete);
  }

  private void ask(RoutingContext ctx) {
    var token = ctx.request().getParam("token");
    if (token == null || !setup.isOpen(token))
      throw new Problem.Forbidden("This link has been used or replaced by a newer one");
    var language = pages.view(ctx).language().code();
    ctx.response().putHeader("Cache-Control", "no-store");
    pages.show(ctx, "user/setup.jte", Form.empty().with("token", token).with("locale", language));
  }

  private void complete(RoutingContext ctx) {
    var form = Form.of(ctx);
    var token = form.value("token");
    if (!setup.isOpen(token))
      throw new Problem.Forbidden("This link has been used or replaced by a newer one");
    var locale = form.value("locale").equals("en") ? "en" : "fr";
    var password = ctx.request().getFormAttribute("password");
    var owner =
        new Users.NewAccount(
            form.required("username", 30).toLowerCase(Locale.ROOT),
            form.upTo("displayName", 100),
            form.required("email", 254),
            password == null ? "" : password,
            "owner",
            locale);
    var motto = form.upTo("motto", 200);
    var place = new Setup.Place(form.required("place", 100), motto == null ? "" : motto, locale);
    if (owner.password().length() < Passwords.MIN_LENGTH) form.wrong("password", "error.password");
    if (form.ok()) {
      try {
        var account = setup.complete(token, owner, place);
        named.accept(place);
        sessions.open(ctx, account);
        Answers.redirect(ctx, "/");
        return;
      } catch (Problem.Invalid refusal) {
        form.wrong(refusal);
      }
    }
    ctx.response().setStatusCode(422);
    pages.show(ctx, "user/setup.jte", form);
  }
}
