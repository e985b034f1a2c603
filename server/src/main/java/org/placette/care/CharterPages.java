package org.placette.care;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Permission;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/** Where keepers change the charter, and nothing else. */
public final class CharterPages implements Routes {

  private final Supplier<List<String>> charter;
  private final BiConsumer<Long, Map<String, String>> change;
  private final Pages pages;

  /**
   * @param change stores settings in somebody's name
   */
  public CharterPages(
      Supplier<List<String>> charter, BiConsumer<Long, Map<String, String>> change, Pages pages) {
    this.charter = charter;
    this.change = change;
    this.pages = pages;
  }

  @Override
  public void mount(Router router) {
    Pages.get(router, "/admin/charter", this::ask);
    router.post("/admin/charter").handler(this::store);
  }

  private void ask(RoutingContext ctx) {
    Visitor.of(ctx).require(Permission.CHARTER);
    var form = Form.empty().with("charter", String.join("\n", charter.get()));
    pages.show(ctx, "care/charter.jte", form);
  }

  private void store(RoutingContext ctx) {
    var me = Visitor.of(ctx).require(Permission.CHARTER);
    var form = Form.of(ctx);
    var rules = form.upTo("charter", 10_000);
    if (form.ok()) {
      change.accept(me, Map.of("instance.rules", Objects.requireNonNullElse(rules, "")));
      Answers.redirect(ctx, "/about");
      return;
    }
    ctx.response().setStatusCode(422);
    pages.show(ctx, "care/charter.jte", form);
  }
}
