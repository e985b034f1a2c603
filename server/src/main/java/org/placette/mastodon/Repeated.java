package org.placette.mastodon;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.db.Ready;

/**
 * Pages of posts that one person's apps ask for again while nothing was written, within a second:
 * several columns, several devices that one notification woke, an app that runs wild. They are read
 * once. Only for calls that change nothing and whose answer follows from the person, the address
 * and what is stored.
 */
final class Repeated {

  private static final long BYTES = 2L * 1024 * 1024;
  private static final int LONGEST_ADDRESS = 600;

  private record Asked(long viewer, String address) {}

  private record Answer(Buffer body, @Nullable String link) {}

  private final Ready<Asked, Answer> ready;

  Repeated(Db db) {
    this.ready = new Ready<>(db, BYTES, answer -> answer.body.length() + 2_000);
  }

  /** What the handler answers, or has just answered to the same question. */
  Object answer(Call call, Api.Handler handler) {
    var request = call.http().request();
    var body = request.headers().contains("Content-Type");
    // Strangers have ready pages of their own; what comes in a body is not in the address.
    if (call.viewer() == 0 || body || request.uri().length() > LONGEST_ADDRESS)
      return handler.answer(call);
    var headers = request.response().headers();
    var given =
        ready.get(
            new Asked(call.viewer(), request.uri()),
            () -> new Answer(Json.buffer(handler.answer(call)), headers.get("Link")));
    if (given.link != null) headers.set("Link", given.link);
    return given.body;
  }
}
