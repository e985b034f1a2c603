package org.placette.quote;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import org.placette.web.Answers;
import org.placette.web.Problem;
import org.placette.web.Routes;

/** The stamps that say who may quote what (FEP-044f), at their ids. */
public final class QuoteRoutes implements Routes {

  private final Quotes quotes;

  public QuoteRoutes(Quotes quotes) {
    this.quotes = quotes;
  }

  @Override
  public void mount(Router router) {
    router.get("/quotes/:id").handler(this::stamp);
  }

  private void stamp(RoutingContext ctx) {
    var found = quotes.authorization(number(ctx.pathParam("id")));
    if (found == null) throw new Problem.NotFound();
    Answers.activity(ctx, found);
  }

  private static UUID number(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new Problem.NotFound();
    }
  }
}
