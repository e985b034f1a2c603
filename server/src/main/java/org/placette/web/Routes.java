package org.placette.web;

import io.vertx.ext.web.Router;

/** The routes of one feature. Handlers run on virtual threads and may {@code await()}. */
public interface Routes {

  void mount(Router router);
}
