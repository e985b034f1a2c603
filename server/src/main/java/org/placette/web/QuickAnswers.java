package org.placette.web;

import io.vertx.core.http.HttpServerRequest;

/** Answers that are ready in memory, given before any routing. Must not wait for anything. */
@FunctionalInterface
public interface QuickAnswers {

  /** No quick answer to anything. */
  QuickAnswers NONE = request -> false;

  /**
   * Answers the request at once, or leaves it untouched.
   *
   * @return true when it has been answered
   */
  boolean answer(HttpServerRequest request);
}
