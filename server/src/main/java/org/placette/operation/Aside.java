package org.placette.operation;

import io.vertx.core.Promise;
import java.util.concurrent.Callable;

/** Work that blocks, on a thread of its own, waited for without holding up anybody. */
final class Aside {

  private Aside() {}

  static <T> T run(String name, Callable<T> work) {
    Promise<T> done = Promise.promise();
    var unused =
        Thread.ofPlatform()
            .daemon()
            .name(name)
            .start(
                () -> {
                  try {
                    done.complete(work.call());
                  } catch (Throwable e) {
                    done.fail(e);
                  }
                });
    return done.future().await();
  }
}
