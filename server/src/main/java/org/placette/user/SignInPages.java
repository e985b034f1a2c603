package org.placette.user;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/** Signing in with name and password, and out. */
public final class SignInPages implements Routes {

  private static final Pattern OWN_PATH =
      Pattern.compile("/[A-Za-z0-9@._~/-]*(\\?[A-Za-z0-9@._~%=&/-]*)?");

  private final Users users;
  private final Sessions sessions;
  private final Pages pages;

  public SignInPages(Users users, Sessions sessions, Pages pages) {
    this.users = users;
    this.sessions = sessions;
    this.pages = pages;
  }

  @Override
  public void mount(Router router) {
    Pages.get(router, "/sign-in", this::ask);
    router.post("/sign-in").handler(this::signIn);
    router.post("/sign-out").handler(this::signOut);
  }

  private void ask(RoutingContext ctx) {
    var next = next(ctx.request().getParam("next"));
    if (Visitor.of(ctx).signedIn()) Answers.redirect(ctx, next);
    else show(ctx, Form.empty().with("next", next));
  }

  private void signIn(RoutingContext ctx) {
    var form = Form.of(ctx);
    var login = form.required("login", 300);
    // Spaces may be part of a password.
    var password = ctx.request().getFormAttribute("password");
    if (password == null || password.isEmpty()) form.wrong("password", "error.required");
    if (form.ok()) {
      var account = users.signIn(login, String.valueOf(password), sessions.address(ctx));
      if (account != null) {
        sessions.enter(ctx, account, next(form.value("next")));
        return;
      }
      var outside = users.keptOut(login, String.valueOf(password));
      if (outside != null) {
        Answers.redirect(ctx, outside);
        return;
      }
      var waits = users.waits(login, String.valueOf(password));
      form.wrong("login", waits ? "error.waiting" : "error.signIn");
    }
    ctx.response().setStatusCode(422);
    show(ctx, form);
  }

  private void show(RoutingContext ctx, Form form) {
    pages.show(
        ctx, "user/sign-in.jte", form.with("letters", users.step().letters() ? "yes" : null));
  }

  private void signOut(RoutingContext ctx) {
    sessions.close(ctx);
    Answers.redirect(ctx, "/");
  }

  /** Only a path of this site: a link must not send anybody elsewhere through us. */
  public static String next(@Nullable String wanted) {
    if (wanted == null || wanted.startsWith("//")) return "/";
    return OWN_PATH.matcher(wanted).matches() ? wanted : "/";
  }
}
