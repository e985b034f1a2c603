package org.placette.user;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
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
  private final BiConsumer<Account, Setup.Place> opened;

  /**
   * @param opened hears who opened which place, to show its name at once and make its themes
   */
  public SetupPages(
      Setup setup, Sessions sessions, Pages pages, BiConsumer<Account, Setup.Place> opened) {
    this.setup = setup;
    this.sessions = sessions;
    this.pages = pages;
    this.opened = opened;
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
    var view = pages.view(ctx);
    var asked = ctx.request().getParam("kind");
    var kind = Preset.of(asked == null ? "" : asked);
    var form =
        Form.empty()
            .with("token", token)
            .with("locale", view.language().code())
            .with("kind", kind.word())
            .with("rules", view.t("preset." + kind.word() + ".rules"));
    for (var theme : kind.themes()) form.with(theme(theme), "on");
    show(ctx, form);
  }

  /** The five questions and what was answered. */
  public record Page(Form form, Preset kind) {

    /** The name of the box of a theme. */
    public String box(String theme) {
      return theme(theme);
    }
  }

  private static String theme(String name) {
    return "theme-" + name;
  }

  private void show(RoutingContext ctx, Form form) {
    ctx.response().putHeader("Cache-Control", "no-store");
    pages.show(ctx, "user/setup.jte", new Page(form, Preset.of(form.value("kind"))));
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
    var rules = form.upTo("rules", Setup.LONGEST_RULES);
    var place =
        new Setup.Place(
            form.required("place", 100),
            motto == null ? "" : motto,
            locale,
            rules == null ? "" : rules,
            themes(form));
    if (owner.password().length() < Passwords.MIN_LENGTH) form.wrong("password", "error.password");
    if (form.ok()) {
      try {
        var account = setup.complete(token, owner, place);
        opened.accept(account, place);
        sessions.open(ctx, account);
        Answers.redirect(ctx, "/");
        return;
      } catch (Problem.Invalid refusal) {
        form.wrong(refusal);
      }
    }
    ctx.response().setStatusCode(422);
    show(ctx, form);
  }

  private static List<String> themes(Form form) {
    return Preset.of(form.value("kind")).themes().stream()
        .filter(theme -> form.optional(theme(theme)) != null)
        .toList();
  }
}
