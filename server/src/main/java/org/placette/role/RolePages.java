package org.placette.role;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.actor.Byline;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Permission;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/** Where owners and admins give and take roles. */
public final class RolePages implements Routes {

  private final Actors actors;
  private final Roles roles;
  private final Pages pages;

  public RolePages(Actors actors, Roles roles, Pages pages) {
    this.actors = actors;
    this.roles = roles;
    this.pages = pages;
  }

  /** Somebody with roles. */
  public record Holder(long id, Byline who, List<Role> roles) {}

  /** The page. */
  public record Page(List<Holder> holders, Map<Role, EnumSet<Permission>> table, Form form) {

    /** Those that can be given, the least powerful first. */
    public List<Role> choices() {
      var all = Arrays.stream(Role.values()).filter(role -> role != Role.RESIDENT).toList();
      return all.reversed();
    }

    /** Whether a role includes something. */
    public boolean includes(Role role, Permission what) {
      return Objects.requireNonNull(table.get(role)).contains(what);
    }
  }

  @Override
  public void mount(Router router) {
    Pages.get(router, "/admin/roles", ctx -> show(ctx, Form.empty()));
    router.post("/admin/roles").handler(this::give);
    router.post("/admin/roles/take").handler(this::take);
  }

  private void show(RoutingContext ctx, Form form) {
    Visitor.of(ctx).require(Permission.ROLES);
    if (!form.ok()) ctx.response().setStatusCode(422);
    pages.show(ctx, "role/roles.jte", new Page(roles.holders(), roles.table(), form));
  }

  private void give(RoutingContext ctx) {
    var me = me(ctx);
    var form = Form.of(ctx);
    var name = form.required("person", 60);
    var role = Role.of(form.value("role"));
    var reason = form.upTo("why", 1_000);
    var who = actors.localByName(name.startsWith("@") ? name.substring(1) : name);
    if (form.ok() && (who == null || !who.isType("Person"))) form.wrong("person", "error.person");
    if (role == null || role == Role.RESIDENT) form.wrong("role", "error.choice");
    if (!form.ok() || who == null || role == null) {
      show(ctx, form);
      return;
    }
    roles.give(me, who, role, reason == null ? "" : reason);
    Answers.redirect(ctx, "/admin/roles");
  }

  private void take(RoutingContext ctx) {
    var me = me(ctx);
    var form = Form.of(ctx);
    var role = Role.of(form.value("role"));
    var id = form.value("person");
    var who = id.matches("[0-9]{1,18}") ? actors.byId(Long.parseLong(id)) : null;
    if (who == null || role == null) throw new Problem.NotFound();
    roles.take(me, who, role, "");
    Answers.redirect(ctx, "/admin/roles");
  }

  private Actor me(RoutingContext ctx) {
    Visitor.of(ctx).require(Permission.ROLES);
    return actors.acting(Visitor.of(ctx).required());
  }
}
