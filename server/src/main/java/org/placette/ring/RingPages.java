package org.placette.ring;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actors;
import org.placette.instance.Neighbours;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Permission;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/** Where the owner and admins add neighbours and take them into the ring. */
public final class RingPages implements Routes {

  private static final int LONGEST = 255;

  private final Ring ring;
  private final Neighbours neighbours;
  private final Actors actors;
  private final Pages pages;

  public RingPages(Ring ring, Neighbours neighbours, Actors actors, Pages pages) {
    this.ring = ring;
    this.neighbours = neighbours;
    this.actors = actors;
    this.pages = pages;
  }

  /**
   * The page.
   *
   * @param form what was typed, with its errors
   * @param about the host whose form was sent; null for none
   */
  public record Page(List<Ring.Member> members, Form form, @Nullable String about) {

    /** What was typed for this one. */
    public Form of(Ring.Member member) {
      return member.host().equals(about) ? form : Form.empty();
    }

    /** What was typed for a new one. */
    public Form fresh() {
      return about == null ? form : Form.empty();
    }
  }

  @Override
  public void mount(Router router) {
    Pages.get(router, "/admin/ring", ctx -> show(ctx, Form.empty(), null));
    router.post("/admin/ring").handler(this::add);
    router.post("/admin/ring/confirm").handler(this::confirm);
    router.post("/admin/ring/leave").handler(this::leave);
    router.post("/admin/ring/remove").handler(this::remove);
  }

  private static long admin(RoutingContext ctx) {
    return Visitor.of(ctx).require(Permission.SETTINGS);
  }

  private void show(RoutingContext ctx, Form form, @Nullable String about) {
    var unused = admin(ctx);
    if (!form.ok()) ctx.response().setStatusCode(422);
    ctx.response().putHeader("Cache-Control", "no-store");
    pages.show(ctx, "ring/ring.jte", new Page(ring.members(), form, about));
  }

  private void add(RoutingContext ctx) {
    var unused = admin(ctx);
    var form = Form.of(ctx);
    var host = form.required("host", LONGEST);
    if (form.ok()) {
      try {
        var added = neighbours.add(host);
      } catch (Problem.BadRequest | Problem.NotFound e) {
        form.wrong("host", "ring.noHost");
      }
    }
    if (form.ok()) Answers.redirect(ctx, "/admin/ring");
    else show(ctx, form, null);
  }

  private void confirm(RoutingContext ctx) {
    var me = actors.acting(admin(ctx));
    var form = Form.of(ctx);
    var host = form.value("host");
    var words = form.required("words", LONGEST);
    if (form.ok()) {
      try {
        ring.confirm(me, host, words);
      } catch (Problem.Invalid e) {
        form.wrong(e);
      }
    }
    if (form.ok()) Answers.redirect(ctx, "/admin/ring");
    else show(ctx, form, host);
  }

  private void leave(RoutingContext ctx) {
    ring.leave(actors.acting(admin(ctx)), Form.of(ctx).value("host"));
    Answers.redirect(ctx, "/admin/ring");
  }

  private void remove(RoutingContext ctx) {
    var unused = admin(ctx);
    if (!neighbours.remove(Form.of(ctx).value("host"))) throw new Problem.NotFound();
    Answers.redirect(ctx, "/admin/ring");
  }
}
