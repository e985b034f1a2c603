package org.placette.signup;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Permission;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/** Where those who moderate let people in, refuse them and make invitations. */
public final class AdmissionPages implements Routes {

  private static final int PAGE = 40;
  private static final int MOST_USES = 100;
  private static final Duration LIFE = Duration.ofDays(14);

  private final SignUps signUps;
  private final Pages pages;

  public AdmissionPages(SignUps signUps, Pages pages) {
    this.signUps = signUps;
    this.pages = pages;
  }

  /**
   * Who waits.
   *
   * @param next the query of the page after it; null for none
   */
  public record Waiting(List<SignUp> people, @Nullable String next) {}

  /**
   * The invitations that still let somebody in.
   *
   * @param made the address of one just made, shown this once; null for none
   */
  public record Invitations(List<Invitation> all, @Nullable String made, Form form) {}

  @Override
  public void mount(Router router) {
    Pages.get(router, "/admin/signups", this::waiting);
    router.post("/admin/signups/accept").handler(ctx -> answer(ctx, true));
    router.post("/admin/signups/refuse").handler(ctx -> answer(ctx, false));
    Pages.get(
        router, "/admin/invites", ctx -> invitations(ctx, null, Form.empty().with("uses", 1)));
    router.post("/admin/invites").handler(this::invite);
    router.post("/admin/invites/end").handler(this::end);
    Pages.get(router, "/vouch", this::sponsored);
    router.post("/vouch").handler(this::vouch);
  }

  private static long staff(RoutingContext ctx) {
    return Visitor.of(ctx).require(Permission.ADMIT);
  }

  private void waiting(RoutingContext ctx) {
    var unused = staff(ctx);
    var people = signUps.waiting(number(ctx.request().getParam("after")), PAGE);
    var next = people.size() < PAGE ? null : "after=" + people.getLast().actorId();
    pages.show(ctx, "signup/waiting.jte", new Waiting(people, next));
  }

  private void answer(RoutingContext ctx, boolean accepted) {
    var me = staff(ctx);
    var form = Form.of(ctx);
    var person = number(form.value("person"));
    var why = form.upTo("why", 1_000);
    if (!form.ok()) throw new Problem.BadRequest("The reason is too long");
    if (!(accepted ? signUps.accept(me, person) : signUps.refuse(me, person, why)))
      throw new Problem.NotFound();
    Answers.redirect(ctx, "/admin/signups");
  }

  private void invitations(RoutingContext ctx, @Nullable String made, Form form) {
    var unused = Visitor.of(ctx).require(Permission.INVITE);
    ctx.response().putHeader("Cache-Control", "no-store");
    pages.show(ctx, "signup/invites.jte", new Invitations(signUps.invitations(), made, form));
  }

  private void invite(RoutingContext ctx) {
    var me = Visitor.of(ctx).require(Permission.INVITE);
    var form = Form.of(ctx);
    var uses = number(form.required("uses", 3));
    if (uses < 1 || uses > MOST_USES) form.wrong("uses", "error.uses");
    if (form.ok()) invitations(ctx, signUps.invite(me, (int) uses, LIFE), form);
    else {
      ctx.response().setStatusCode(422);
      invitations(ctx, null, form);
    }
  }

  private void end(RoutingContext ctx) {
    var me = Visitor.of(ctx).require(Permission.INVITE);
    signUps.uninvite(me, number(Form.of(ctx).value("invitation")));
    Answers.redirect(ctx, "/admin/invites");
  }

  private void sponsored(RoutingContext ctx) {
    var me = Visitor.of(ctx).required();
    pages.show(ctx, "signup/vouch.jte", new Waiting(signUps.sponsored(me), null));
  }

  private void vouch(RoutingContext ctx) {
    var me = Visitor.of(ctx).required();
    var form = Form.of(ctx);
    signUps.vouch(me, number(form.value("person")), form.value("answer").equals("yes"));
    Answers.redirect(ctx, "/vouch");
  }

  private static long number(@Nullable String text) {
    try {
      return text == null || text.isEmpty() ? 0 : Long.parseLong(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
