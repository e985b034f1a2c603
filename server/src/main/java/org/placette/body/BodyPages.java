package org.placette.body;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.regex.Pattern;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.actor.Byline;
import org.placette.text.Html;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Permission;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/** The form for an association or the town hall, and the page of those who speak for one. */
public final class BodyPages implements Routes {

  private static final Pattern HANDLE = Pattern.compile("[a-z0-9_]{2,30}");

  private final Actors actors;
  private final Bodies bodies;
  private final Pages pages;

  public BodyPages(Actors actors, Bodies bodies, Pages pages) {
    this.actors = actors;
    this.bodies = bodies;
    this.pages = pages;
  }

  /** Those who speak for a body. */
  public record Speakers(Byline body, List<Bodies.Named> speakers, Form form) {}

  @Override
  public void mount(Router router) {
    Pages.get(router, "/compose/body", ctx -> form(ctx, Form.empty()));
    router.post("/bodies").handler(this::found);
    Pages.get(router, "/orgs/:name/speakers", ctx -> show(ctx, Form.empty()));
    router.post("/orgs/:name/speakers").handler(this::appoint);
  }

  private Actor person(RoutingContext ctx) {
    return actors.acting(Visitor.of(ctx).required());
  }

  private static void check(RoutingContext ctx) {
    var unused = Visitor.of(ctx).required();
    Visitor.of(ctx).require(Permission.ROLES);
  }

  private void form(RoutingContext ctx, Form form) {
    check(ctx);
    if (!form.ok()) ctx.response().setStatusCode(422);
    pages.show(ctx, "body/form.jte", form);
  }

  private void found(RoutingContext ctx) {
    var form = Form.of(ctx);
    var name = form.required("name", 100);
    var handle = form.required("handle", 30);
    if (!HANDLE.matcher(handle).matches()) form.wrong("handle", "error.username");
    var about = form.upTo("description", 2_000);
    if (form.ok()) {
      try {
        var words = about == null ? null : Html.compose(about);
        var made = bodies.found(person(ctx), handle, name, words);
        Answers.redirect(ctx, Byline.of(made).path() + "/speakers");
        return;
      } catch (Problem.Invalid refusal) {
        form.wrong(refusal);
      }
    }
    form(ctx, form);
  }

  private Actor body(RoutingContext ctx) {
    var body = bodies.byName(ctx.pathParam("name"));
    if (body == null) throw new Problem.NotFound();
    return body;
  }

  private void show(RoutingContext ctx, Form form) {
    check(ctx);
    if (!form.ok()) ctx.response().setStatusCode(422);
    var body = body(ctx);
    pages.show(
        ctx, "body/speakers.jte", new Speakers(Byline.of(body), bodies.speakers(body), form));
  }

  private void appoint(RoutingContext ctx) {
    var form = Form.of(ctx);
    var body = body(ctx);
    var who = actors.localByName(form.value("username").replaceFirst("^@", ""));
    try {
      bodies.appoint(person(ctx), body, who, form.value("what").isEmpty());
      Answers.redirect(ctx, Byline.of(body).path() + "/speakers");
    } catch (Problem.Invalid refusal) {
      form.wrong(refusal);
      show(ctx, form);
    }
  }
}
