package org.placette.oauth;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.placette.config.Settings;
import org.placette.user.Sessions;
import org.placette.user.Users;
import org.placette.web.Answers;
import org.placette.web.ClientAddress;
import org.placette.web.Csrf;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/**
 * The page on which a person lets an app in (RFC 6749, section 4.1). It works in the web view of an
 * app and without script; who is not signed in signs in on it.
 */
public final class AuthorizePages implements Routes {

  private static final Pattern WEB = Pattern.compile("https?://([^/?#]+).*");

  private final OauthParts parts;
  private final Users users;
  private final Sessions sessions;
  private final Pages pages;
  private final Settings settings;

  public AuthorizePages(
      OauthParts parts, Users users, Sessions sessions, Pages pages, Settings settings) {
    this.parts = parts;
    this.users = users;
    this.sessions = sessions;
    this.pages = pages;
    this.settings = settings;
  }

  /**
   * The question.
   *
   * @param app what the app calls itself
   * @param words what it would be allowed, in sentences
   * @param back the host that the person is sent to; null when that is no web page
   * @param fields go along in the form
   * @param here the address of this page
   * @param signIn whether the person signs in first
   */
  public record Question(
      String app,
      @Nullable String website,
      List<String> words,
      @Nullable String back,
      Map<String, String> fields,
      String here,
      boolean signIn,
      Form form) {}

  /**
   * The end, where there is nowhere to go back to.
   *
   * @param code to be carried over by hand; null when there is none
   */
  public record End(String title, String text, @Nullable String code) {}

  @Override
  public void mount(Router router) {
    Pages.get(router, "/oauth/authorize", this::ask);
    router.route("/oauth/authorize").method(HttpMethod.POST).handler(this::answer);
  }

  private void ask(RoutingContext ctx) {
    headers(ctx);
    try {
      var asked = Asked.of(ctx.queryParams(), parts.apps());
      if (asked.error() != null) refuse(ctx, asked, asked.error());
      else show(ctx, asked, asked.force() || !Visitor.of(ctx).signedIn(), Form.empty());
    } catch (Asked.Unanswerable e) {
      unanswerable(ctx, e);
    }
  }

  private void answer(RoutingContext ctx) {
    headers(ctx);
    try {
      var asked = Asked.of(ctx.request().formAttributes(), parts.apps());
      var form = Form.of(ctx);
      if (Csrf.isStale(ctx)) askAnew(ctx, asked);
      else if (asked.error() != null) refuse(ctx, asked, asked.error());
      else if (form.value("answer").equals("deny")) refuse(ctx, asked, "access_denied");
      else if (form.value("answer").equals("sign-in")) signIn(ctx, asked, form);
      else if (!Visitor.of(ctx).signedIn()) show(ctx, asked, true, Form.empty());
      else accept(ctx, asked, Visitor.of(ctx).required());
    } catch (Asked.Unanswerable e) {
      unanswerable(ctx, e);
    }
  }

  /** The popup of an app in a browser must stay connected to the window that opened it. */
  private static void headers(RoutingContext ctx) {
    Pages.formsMayLeadElsewhere(ctx);
    ctx.response()
        .putHeader("Cross-Origin-Opener-Policy", "unsafe-none")
        .putHeader("Cache-Control", "no-store");
  }

  private void show(RoutingContext ctx, Asked asked, boolean signIn, Form form) {
    var view = pages.view(ctx);
    var web = WEB.matcher(asked.redirectUri());
    var question =
        new Question(
            asked.app().name(),
            asked.app().website(),
            ScopeWords.of(asked.scopes(), view),
            web.matches() ? web.group(1) : null,
            asked.fields(),
            asked.path(),
            signIn,
            form);
    pages.show(ctx, view, "oauth/authorize.jte", question);
  }

  /** Whatever was answered on a page of long ago, or of another site, counts for nothing. */
  private void askAnew(RoutingContext ctx, Asked asked) {
    ctx.response().setStatusCode(422);
    var signIn = !Visitor.of(ctx).signedIn();
    var form = Form.empty();
    if (signIn) form.wrong("login", "oauth.again");
    show(ctx, asked, signIn, form);
  }

  private void signIn(RoutingContext ctx, Asked asked, Form form) {
    var login = form.required("login", 300);
    // Spaces may be part of a password.
    var password = ctx.request().getFormAttribute("password");
    if (password == null || password.isEmpty()) form.wrong("password", "error.required");
    if (form.ok()) {
      var address = ClientAddress.of(ctx, settings);
      var account = users.signIn(login, String.valueOf(password), address);
      if (account != null) {
        if (Visitor.of(ctx).signedIn()) sessions.close(ctx);
        sessions.enter(ctx, account, asked.path());
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
    show(ctx, asked, true, form);
  }

  private void accept(RoutingContext ctx, Asked asked, long actorId) {
    var code =
        parts
            .codes()
            .issue(
                new Codes.Consent(
                    asked.app(), actorId, asked.redirectUri(), asked.scopes(), asked.challenge()));
    if (asked.outOfBand()) end(ctx, 200, "oauth.code", code, asked.app().name());
    else leave(ctx, asked.back("code", code));
  }

  private void refuse(RoutingContext ctx, Asked asked, String error) {
    var denied = error.equals("access_denied");
    if (!asked.outOfBand()) leave(ctx, asked.back("error", error));
    else if (denied) end(ctx, 200, "oauth.denied", null, asked.app().name());
    else end(ctx, 400, "oauth.wrong", null, asked.app().name());
  }

  private static void leave(RoutingContext ctx, String address) {
    ctx.response().setStatusCode(302).putHeader("Location", address).end();
  }

  private void unanswerable(RoutingContext ctx, Asked.Unanswerable why) {
    end(ctx, 400, why.key(), null, "");
  }

  private void end(RoutingContext ctx, int status, String key, @Nullable String code, String app) {
    var view = pages.view(ctx);
    ctx.response().setStatusCode(status);
    var end = new End(view.t(key + ".title", app), view.t(key + ".text", app), code);
    pages.show(ctx, view, "oauth/end.jte", end);
  }
}
