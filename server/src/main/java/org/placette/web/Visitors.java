package org.placette.web;

import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Tells pages who asks for them. */
public interface Visitors {

  /** Who is signed in; null for a stranger. */
  View.@Nullable Person person(RoutingContext ctx);

  /** The CSRF token of this visit; may set a cookie. */
  String csrf(RoutingContext ctx);
}
