package org.placette.care;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Supplier;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/** What was decided about oneself, with its reason, and the one answer to it. */
public final class MeasurePages implements Routes {

  private final Measures measures;
  private final Supplier<List<String>> charter;
  private final Pages pages;

  public MeasurePages(Measures measures, Supplier<List<String>> charter, Pages pages) {
    this.measures = measures;
    this.charter = charter;
    this.pages = pages;
  }

  /**
   * The page.
   *
   * @param out true for somebody who cannot sign in any more
   * @param base what the address of an answer begins with
   */
  public record Page(List<Measure> measures, List<String> charter, boolean out, String base) {

    /** The rules of a measure, in words. */
    public List<String> broken(Measure measure) {
      return measure.rules().stream()
          .filter(rule -> rule.matches("[0-9]{1,3}") && !rule.equals("0"))
          .map(Integer::parseInt)
          .filter(rule -> rule >= 1 && rule <= charter.size())
          .map(rule -> charter.get(rule - 1))
          .toList();
    }
  }

  @Override
  public void mount(Router router) {
    Pages.get(router, "/measures", this::mine);
    router.post("/measures/:id/appeal").handler(this::appeal);
    Pages.get(router, "/measures/pass/:pass", this::passed);
    router.post("/measures/pass/:pass/:id/appeal").handler(this::appealOutside);
  }

  private void mine(RoutingContext ctx) {
    var me = Visitor.of(ctx).required();
    pages.show(ctx, "care/mine.jte", new Page(shown(me), charter.get(), false, "/measures/"));
  }

  /** What waits for a second person is nobody's business yet. */
  private List<Measure> shown(long person) {
    return measures.of(person).stream()
        .filter(one -> one.state() != Measure.State.PROPOSED)
        .filter(one -> one.state() != Measure.State.REFUSED)
        .toList();
  }

  private void appeal(RoutingContext ctx) {
    var me = Visitor.of(ctx).required();
    measures.appeal(me, number(ctx), Form.of(ctx).value("text"));
    Answers.redirect(ctx, "/measures");
  }

  private long known(RoutingContext ctx) {
    var measure = measures.passed(ctx.pathParam("pass"));
    if (measure == null) throw new Problem.NotFound();
    return measure.targetId();
  }

  private void passed(RoutingContext ctx) {
    var person = known(ctx);
    ctx.response().putHeader("Cache-Control", "no-store");
    var base = "/measures/pass/" + ctx.pathParam("pass") + "/";
    pages.show(ctx, "care/mine.jte", new Page(shown(person), charter.get(), true, base));
  }

  private void appealOutside(RoutingContext ctx) {
    measures.appeal(known(ctx), number(ctx), Form.of(ctx).value("text"));
    Answers.redirect(ctx, "/measures/pass/" + ctx.pathParam("pass"));
  }

  private static long number(RoutingContext ctx) {
    var id = ctx.pathParam("id");
    if (!id.matches("[0-9]{1,18}")) throw new Problem.NotFound();
    return Long.parseLong(id);
  }
}
