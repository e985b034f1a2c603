package org.placette.operation;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.placette.instance.Numbers;
import org.placette.web.Pages;
import org.placette.web.Permission;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/** How lively the place is, week by week. */
public final class NumberPages implements Routes {

  private final Numbers numbers;
  private final Pages pages;

  public NumberPages(Numbers numbers, Pages pages) {
    this.numbers = numbers;
    this.pages = pages;
  }

  /** The page. */
  public record Page(List<Numbers.Week> weeks) {}

  @Override
  public void mount(Router router) {
    Pages.get(router, "/admin/numbers", this::show);
  }

  private void show(RoutingContext ctx) {
    var unused = Visitor.of(ctx).require(Permission.SETTINGS);
    var zone = pages.place().zone();
    pages.show(ctx, "operation/numbers.jte", new Page(numbers.weeks(zone)));
  }
}
