package org.placette.user;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Argon2id with 7 MiB and five passes: of the settings that OWASP's password storage advice holds
 * equal, the one with the least memory. With 19 MiB and two passes each hash made the collector
 * stop everybody for 70 ms. One at a time: a second hash waits, so that a flood of sign-ins costs
 * time and not memory.
 */
final class Passwords {

  /** Characters that a password has at least and at most. */
  static final int MIN_LENGTH = 10;

  static final int MAX_LENGTH = 200;

  private final WorkerExecutor worker;
  private final String nobodys;

  Passwords(Vertx vertx) {
    worker = vertx.createSharedWorkerExecutor("passwords", 1, 30, TimeUnit.SECONDS);
    // Any well-formed hash: an unknown name must take as long as a known one.
    nobodys =
        "$argon2id$v=19$m=7168,t=5,p=1$c29tZXNhbHRzb21lc2FsdA"
            + "$c5bXRpUZDVgkGFwMuV0UbhzvMP0qSSjY6nQW5qs6QFs";
  }

  String hash(String password) {
    return worker
        .executeBlocking(
            () ->
                with(
                    () -> Argon2Function.getInstance(7 * 1024, 5, 1, 32, Argon2.ID),
                    argon -> Password.hash(password).addRandomSalt(16).with(argon).getResult()),
            false)
        .await();
  }

  /** A hash says itself what it was made with. */
  boolean check(String password, String hash) {
    return worker
        .executeBlocking(
            () ->
                with(
                    () -> Argon2Function.getInstanceFromHash(hash),
                    argon -> Password.check(password, hash).with(argon)),
            false)
        .await();
  }

  /**
   * The library keeps each of its functions, with all its memory, for ever in a map that it does
   * not open. So the map is emptied each time.
   */
  private static <T> T with(Supplier<Argon2Function> argon, Function<Argon2Function, T> work) {
    try {
      return work.apply(argon.get());
    } finally {
      KEPT.clear();
    }
  }

  private static final Map<?, ?> KEPT = kept();

  private static Map<?, ?> kept() {
    try {
      var field = Argon2Function.class.getDeclaredField("INSTANCES");
      field.setAccessible(true);
      return field.get(null) instanceof Map<?, ?> map ? map : new HashMap<>();
    } catch (ReflectiveOperationException e) {
      // Another version of the library: sign-ins work, and the memory is kept.
      return new HashMap<>();
    }
  }

  /** Takes the time of a check and says no. */
  boolean checkNobody(String password) {
    return check(password, nobodys) && false;
  }
}
