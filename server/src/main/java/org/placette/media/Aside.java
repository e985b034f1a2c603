package org.placette.media;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;

/** Work with files and pictures, done beside the event loop. */
final class Aside {

  private Aside() {}

  /**
   * Waits for it, on a virtual thread.
   *
   * @throws UncheckedIOException for an IOException of the work
   */
  static <T> T run(Vertx vertx, Callable<T> work) {
    return vertx
        .executeBlocking(
            () -> {
              try {
                return work.call();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            false)
        .await();
  }
}
