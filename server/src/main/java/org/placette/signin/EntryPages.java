package org.placette.signin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.placette.user.Sessions;
import org.placette.user.SignInPages;
import org.placette.web.Answers;
import org.placette.web.ClientAddress;
import org.placette.web.Form;
import org.placette.web.Limit;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;

/** The doors beside the password: the second step, the link by e-mail, the passkey. */
public final class EntryPages implements Routes {

  private final SignIns signIns;
  private final Sessions sessions;
  private final Pages pages;
  private final Limit tries = new Limit(30, Duration.ofMinutes(10));

  EntryPages(SignIns signIns, Sessions sessions, Pages pages) {
    this.signIns = signIns;
    this.sessions = sessions;
    this.pages = pages;
  }

  /**
   * The page that asks for an address, or says that a letter is under way.
   *
   * @param sent whether one is, if there is such an account
   * @param able whether letters can be sent at all
   */
  public record LetterPage(Form form, boolean sent, boolean able) {}

  @Override
  public void mount(Router router) {
    Pages.get(router, "/sign-in/code", this::askCode);
    router.post("/sign-in/code").handler(this::takeCode);
    Pages.get(router, "/sign-in/letter", this::askLetter);
    router.post("/sign-in/letter").handler(this::sendLetter);
    Pages.get(router, "/sign-in/letter/:secret", this::showLetter);
    router.post("/sign-in/letter/:secret").handler(this::openLetter);
    router.post("/sign-in/passkey/begin").handler(this::challenge);
    router.post("/sign-in/passkey").handler(this::enterWithKey);
  }

  private void count(RoutingContext ctx) {
    tries.count(ClientAddress.network(sessions.address(ctx)));
  }

  private void askCode(RoutingContext ctx) {
    var step = ctx.request().getParam("step");
    if (step == null || !signIns.waitsForCode(step)) {
      Answers.redirect(ctx, "/sign-in");
      return;
    }
    ctx.response().putHeader("Cache-Control", "no-store");
    pages.show(ctx, "signin/code.jte", Form.empty().with("step", step));
  }

  private void takeCode(RoutingContext ctx) {
    count(ctx);
    var form = Form.of(ctx);
    var code = form.required("code", 40);
    var entry = form.ok() ? signIns.enter(form.value("step"), code) : null;
    if (entry != null) {
      open(ctx, entry);
      return;
    }
    form.wrong("code", "error.code");
    ctx.response().setStatusCode(422);
    pages.show(ctx, "signin/code.jte", form);
  }

  private void open(RoutingContext ctx, SignIns.Entry entry) {
    var account = entry.account();
    if (account != null) {
      sessions.close(ctx);
      sessions.open(ctx, account);
    }
    Answers.redirect(ctx, entry.next());
  }

  private void askLetter(RoutingContext ctx) {
    var form = Form.empty().with("next", SignInPages.next(ctx.request().getParam("next")));
    pages.show(ctx, "signin/letter.jte", new LetterPage(form, false, signIns.letters()));
  }

  private void sendLetter(RoutingContext ctx) {
    count(ctx);
    var form = Form.of(ctx);
    var login = form.required("login", 300);
    if (form.ok()) signIns.sendLetter(login, SignInPages.next(form.optional("next")));
    else ctx.response().setStatusCode(422);
    pages.show(ctx, "signin/letter.jte", new LetterPage(form, form.ok(), signIns.letters()));
  }

  /** A page with a button: what scans letters follows links, and would use this one up. */
  private void showLetter(RoutingContext ctx) {
    var secret = ctx.pathParam("secret");
    if (!signIns.opens(secret)) throw used();
    ctx.response().putHeader("Cache-Control", "no-store");
    pages.show(ctx, "signin/open.jte", secret);
  }

  private void openLetter(RoutingContext ctx) {
    count(ctx);
    var entry = signIns.open(ctx.pathParam("secret"));
    var account = entry.account();
    if (account == null) Answers.redirect(ctx, entry.next());
    else sessions.enter(ctx, account, entry.next());
  }

  private static Problem used() {
    return new Problem.Forbidden("This link has been used or is too old. Ask for another one");
  }

  private void challenge(RoutingContext ctx) {
    count(ctx);
    var next = SignInPages.next(Form.of(ctx).optional("next"));
    ctx.response().putHeader("Cache-Control", "no-store");
    Answers.json(ctx, options(signIns.challenge(null, next), signIns.host()));
  }

  static ObjectNode options(String challenge, String host) {
    return JsonNodeFactory.instance.objectNode().put("challenge", challenge).put("host", host);
  }

  private void enterWithKey(RoutingContext ctx) {
    count(ctx);
    var form = Form.of(ctx);
    SignIns.@Nullable Entry entry =
        signIns.enterWithKey(form.value("challenge"), form.value("answer"));
    if (entry == null) Answers.redirect(ctx, "/sign-in?passkey=no");
    else open(ctx, entry);
  }
}
