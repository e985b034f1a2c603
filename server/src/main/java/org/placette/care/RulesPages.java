package org.placette.care;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.placette.audit.Audit;
import org.placette.db.Db;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Permission;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/** Where owners and admins choose the rules of care. */
public final class RulesPages implements Routes {

  private final Db db;
  private final Pages pages;

  public RulesPages(Db db, Pages pages) {
    this.db = db;
    this.pages = pages;
  }

  @Override
  public void mount(Router router) {
    Pages.get(router, "/admin/care", this::ask);
    router.post("/admin/care").handler(this::change);
  }

  private void ask(RoutingContext ctx) {
    Visitor.of(ctx).require(Permission.CARE);
    var now = CareRules.of(db);
    pages.show(
        ctx,
        "care/rules.jte",
        Form.empty()
            .with("hideAt", now.hideAt())
            .with("twoPersons", now.twoPersons() ? "yes" : "")
            .with("probationDays", now.probationDays())
            .with("postsPerHour", now.postsPerHour())
            .with("links", now.links())
            .with("newMentions", now.mentions())
            .with("vouchAdmits", now.vouchAdmits() ? "yes" : ""));
  }

  private void change(RoutingContext ctx) {
    var me = Visitor.of(ctx).require(Permission.CARE);
    var form = Form.of(ctx);
    var rules =
        new CareRules(
            number(form, "hideAt"),
            form.value("twoPersons").equals("yes"),
            number(form, "probationDays"),
            number(form, "postsPerHour"),
            number(form, "links"),
            number(form, "newMentions"),
            form.value("vouchAdmits").equals("yes"));
    if (!form.ok()) {
      ctx.response().setStatusCode(422);
      pages.show(ctx, "care/rules.jte", form);
      return;
    }
    db.transact(
        tx -> {
          Audit.write(tx, me, "care.rules", null, rules.changes(CareRules.of(tx)), "");
          rules.put(tx);
        });
    Answers.redirect(ctx, "/admin");
  }

  private static int number(Form form, String field) {
    var text = form.value(field);
    if (text.matches("[0-9]{1,3}")) return Integer.parseInt(text);
    form.wrong(field, "error.number");
    return 0;
  }
}
