package org.placette.web;

import io.vertx.ext.web.RoutingContext;

/** Shows a problem to a person. The status is already set on the response. */
@FunctionalInterface
public interface ProblemPage {

  /** The message alone, for as long as no page is there. */
  ProblemPage PLAIN =
      (ctx, status, message) -> Answers.text(ctx, "text/plain; charset=utf-8", message);

  void show(RoutingContext ctx, int status, String message);
}
