package org.placette.signup;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.placette.config.Settings;
import org.placette.user.Sessions;
import org.placette.user.Users.NewAccount;
import org.placette.web.Answers;
import org.placette.web.ClientAddress;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/** The page on which somebody asks for an account. */
public final class SignUpPages implements Routes {

  private final SignUps signUps;
  private final Sessions sessions;
  private final Pages pages;
  private final Settings settings;
  private final Supplier<List<String>> charter;

  /**
   * @param charter the rules that everybody here keeps, one by one
   */
  public SignUpPages(
      SignUps signUps,
      Sessions sessions,
      Pages pages,
      Settings settings,
      Supplier<List<String>> charter) {
    this.signUps = signUps;
    this.sessions = sessions;
    this.pages = pages;
    this.settings = settings;
    this.charter = charter;
  }

  /**
   * The page.
   *
   * @param door ask, open, invited, unattended, closed, or done when somebody's wish was taken
   */
  public record Page(String door, Form form, List<String> charter) {}

  @Override
  public void mount(Router router) {
    Pages.get(router, "/signup", this::show);
    router.post("/signup").handler(this::ask);
  }

  private void show(RoutingContext ctx) {
    if (Visitor.of(ctx).signedIn()) {
      Answers.redirect(ctx, "/");
      return;
    }
    var invitation = ctx.request().getParam("invitation");
    var form = Form.empty().with("invitation", invitation == null ? "" : invitation);
    ctx.response().putHeader("Cache-Control", "no-store");
    show(ctx, door(invitation), form);
  }

  private String door(@Nullable String invitation) {
    var door = signUps.invites(invitation) ? SignUps.Door.OPEN : signUps.door();
    return door.name().toLowerCase(Locale.ROOT);
  }

  private void show(RoutingContext ctx, String door, Form form) {
    pages.show(ctx, "signup/sign-up.jte", new Page(door, form, charter.get()));
  }

  private void ask(RoutingContext ctx) {
    var form = Form.of(ctx);
    var invitation = form.optional("invitation");
    var password = ctx.request().getFormAttribute("password");
    var wanted =
        new NewAccount(
            form.required("username", 30).toLowerCase(Locale.ROOT),
            null,
            form.required("email", 254),
            password == null ? "" : password,
            "resident",
            pages.view(ctx).language().code());
    var address = ClientAddress.of(ctx, settings);
    if (!form.value("agreement").equals("yes")) form.wrong("agreement", "error.agreement");
    if (!form.ok()) {
      // Everything that is wrong is said at once.
      signUps.wrong(wanted, address).forEach(form::wrong);
    } else {
      try {
        var done =
            signUps.ask(
                wanted, form.optional("reason"), invitation, form.optional("sponsor"), address);
        if (done.waits()) show(ctx, "done", form);
        else {
          sessions.open(ctx, done.account());
          Answers.redirect(ctx, "/");
        }
        return;
      } catch (Problem.Invalid refusal) {
        form.wrong(refusal);
      }
    }
    ctx.response().setStatusCode(422);
    show(ctx, door(invitation), form);
  }
}
