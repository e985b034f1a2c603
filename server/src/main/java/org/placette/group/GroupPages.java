package org.placette.group;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.actor.Byline;
import org.placette.follow.Portraits;
import org.placette.role.Role;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.View;
import org.placette.web.Visitor;

/** The list of groups, the form for one, its members; its own page is that of an actor. */
public final class GroupPages implements Routes {

  private static final int PAGE = 50;

  private final Actors actors;
  private final Groups groups;
  private final Portraits portraits;
  private final Pages pages;

  public GroupPages(Actors actors, Groups groups, Portraits portraits, Pages pages) {
    this.actors = actors;
    this.groups = groups;
    this.portraits = portraits;
    this.pages = pages;
  }

  /**
   * A group in the list.
   *
   * @param summary clean HTML; empty for none
   * @param latest when somebody wrote there last, as far as the viewer may know; null for never
   * @param mine accepted, pending or ""
   */
  public record Line(
      Byline who,
      String summary,
      String kind,
      String access,
      List<String> tags,
      long members,
      @Nullable Instant latest,
      String mine) {}

  /**
   * The list.
   *
   * @param next the query of the page after it; null for none
   */
  public record Index(List<Line> lines, boolean mayFound, @Nullable String next) {}

  /**
   * Somebody who belongs to a group or asks to.
   *
   * @param roles the words of those they have there; empty for none
   */
  public record Member(long id, long actorId, Byline who, List<String> roles) {}

  /**
   * Its members.
   *
   * @param asking those who wait; empty for viewers who do not decide
   * @param next the query of the page after it; null for none
   */
  public record Members(
      Byline group,
      List<Member> asking,
      List<Member> members,
      boolean mayCare,
      boolean mayEdit,
      @Nullable String next) {

    /** The words of the roles that a group gives. */
    public List<String> roles() {
      return Groups.OF_GROUPS.stream().map(Role::word).toList();
    }
  }

  @Override
  public void mount(Router router) {
    Pages.get(router, "/groups", this::list);
    router.post("/groups").handler(this::found);
    Pages.get(router, "/compose/group", this::compose);
    Pages.get(router, "/groups/:name/edit", this::edit);
    router.post("/groups/:name/edit").handler(this::change);
    Pages.get(router, "/groups/:name/members", this::members);
    router.post("/groups/:name/members").handler(this::decide);
    pin(router, "pin", true);
    pin(router, "unpin", false);
  }

  private void list(RoutingContext ctx) {
    var view = pages.view(ctx);
    var after = Objects.requireNonNullElse(ctx.request().getParam("after"), "");
    var lines = groups.list(view.viewer(), after, PAGE);
    var next = lines.size() < PAGE ? null : "after=" + encoded(lines.getLast().who());
    pages.show(ctx, view, "group/list.jte", new Index(lines, groups.mayFound(view.viewer()), next));
  }

  private static String encoded(Byline last) {
    return URLEncoder.encode(
        last.name().toLowerCase(Locale.ROOT) + " " + last.username(), StandardCharsets.UTF_8);
  }

  private void compose(RoutingContext ctx) {
    if (!groups.mayFound(person(ctx).id())) throw new Problem.Forbidden("Animators make groups");
    form(ctx, GroupForm.empty(), null);
  }

  private void form(RoutingContext ctx, Form form, @Nullable Actor group) {
    if (!form.ok()) ctx.response().setStatusCode(422);
    var view = pages.view(ctx);
    var page =
        group == null
            ? new GroupForm.Page(form, null, null, null)
            : new GroupForm.Page(
                form,
                Byline.of(group).path(),
                view.picture(group.icon()),
                view.picture(group.image()));
    pages.show(ctx, view, "group/form.jte", page);
  }

  private void found(RoutingContext ctx) {
    var founder = person(ctx);
    var form = Form.of(ctx);
    var wanted = GroupForm.read(form);
    var handle = GroupForm.handle(form);
    if (form.ok()) {
      try {
        Answers.redirect(ctx, Byline.of(groups.found(founder, handle, wanted)).path());
        return;
      } catch (Problem.Invalid refusal) {
        form.wrong(refusal);
      }
    }
    form(ctx, form, null);
  }

  private void edit(RoutingContext ctx) {
    var group = cared(ctx, true);
    form(ctx, GroupForm.of(group, Objects.requireNonNull(groups.theme(group))), group);
  }

  private void change(RoutingContext ctx) {
    var group = cared(ctx, true);
    var form = Form.of(ctx);
    var wanted = GroupForm.read(form);
    var chosen = portraits.read(ctx, form, group);
    if (form.ok()) {
      try {
        groups.change(
            person(ctx),
            group,
            wanted,
            chosen.icon(),
            chosen.image(),
            tx -> portraits.settle(tx, chosen, group));
        Answers.redirect(ctx, Byline.of(group).path());
        return;
      } catch (Problem.Invalid refusal) {
        form.wrong(refusal);
      }
    }
    form(ctx, form, group);
  }

  private void members(RoutingContext ctx) {
    var group = known(ctx);
    var view = pages.view(ctx);
    var part = groups.part(group, view.viewer());
    var care = groups.mayCare(group, view.viewer());
    // Who belongs to a group is the members' own matter.
    if (!care && (part.isEmpty() || part.equals("pending"))) throw new Problem.NotFound();
    var before = ctx.request().getParam("before");
    var members =
        groups.members(group, "accepted", before == null ? Long.MAX_VALUE : number(before), PAGE);
    var asking = care ? groups.members(group, "pending", Long.MAX_VALUE, PAGE) : List.<Member>of();
    var next = members.size() < PAGE ? null : "before=" + members.getLast().id();
    var edit = groups.mayEdit(group, view.viewer());
    var page = new Members(Byline.of(group), asking, members, care, edit, next);
    pages.show(ctx, view, "group/members.jte", page);
  }

  private void decide(RoutingContext ctx) {
    var group = known(ctx);
    var me = person(ctx);
    var form = Form.of(ctx);
    var who = actors.byId(number(form.value("actor")));
    if (who == null) throw new Problem.NotFound();
    switch (form.value("what")) {
      case "accept" -> groups.decide(me, group, who, true);
      case "reject" -> groups.decide(me, group, who, false);
      default -> groups.appoint(me, group, who, form.value("what"));
    }
    var members = Byline.of(group).path() + "/members";
    Answers.redirect(ctx, form.value("back").equals("news") ? "/notifications" : members);
  }

  private void pin(Router router, String verb, boolean pinned) {
    BiConsumer<RoutingContext, Actor> act =
        (ctx, group) -> {
          var post = number(Form.of(ctx).value("post"));
          groups.pin(person(ctx), group, post, pinned);
          Answers.redirect(ctx, Byline.of(group).path());
        };
    router.post("/groups/:name/" + verb).handler(ctx -> act.accept(ctx, known(ctx)));
  }

  /** The group of the path, if the viewer may know of it. */
  private Actor known(RoutingContext ctx) {
    var group = actors.localByName(ctx.pathParam("name"));
    var theme = group == null ? null : groups.theme(group);
    if (group == null || theme == null || group.deleted()) throw new Problem.NotFound();
    if (theme.isPrivate() && !Visitor.of(ctx).signedIn()) throw new Problem.NotFound();
    return group;
  }

  private Actor cared(RoutingContext ctx, boolean edit) {
    var group = known(ctx);
    var me = person(ctx).id();
    if (edit ? !groups.mayEdit(group, me) : !groups.mayCare(group, me))
      throw new Problem.Forbidden("Not your group");
    return group;
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new Problem.BadRequest("not a number");
    }
  }

  private Actor person(RoutingContext ctx) {
    return actors.acting(Visitor.of(ctx).required());
  }

  /** What the page of a group shows beyond that of any actor. */
  public record Side(
      Theme theme,
      String charter,
      String part,
      boolean mayCare,
      boolean mayEdit,
      boolean mayPost) {}

  /** That, for a viewer; null when the actor is no group of this server. */
  public static @Nullable Side side(Groups groups, Actor actor, View view) {
    var theme = groups.theme(actor);
    if (theme == null) return null;
    var part = groups.part(actor, view.viewer());
    var member = !part.isEmpty() && !part.equals("pending");
    var open = theme.access() == Theme.Access.PUBLIC;
    return new Side(
        theme,
        theme.charter().isEmpty() ? "" : org.placette.text.Html.compose(theme.charter()),
        part,
        groups.mayCare(actor, view.viewer()),
        groups.mayEdit(actor, view.viewer()),
        view.signedIn() && (open || member));
  }
}
