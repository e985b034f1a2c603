package org.placette.web;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.util.Set;

/**
 * Runs something after each answer to a request that may have changed what is stored: who cancels
 * an event or asks for a letter need not wait until somebody looks again.
 */
public final class AfterWrites implements Routes {

  private static final Set<HttpMethod> READS =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final Runnable then;

  /**
   * @param then quick, never waits; may run on any thread
   */
  public AfterWrites(Runnable then) {
    this.then = then;
  }

  @Override
  public void mount(Router router) {
    router
        .route()
        .handler(
            ctx -> {
              if (!READS.contains(ctx.request().method())) ctx.addEndHandler(ended -> then.run());
              ctx.next();
            });
  }
}
