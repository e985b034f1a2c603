package org.placette.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Pages and objects as strangers see them, kept ready while this process has written nothing to the
 * database, and one second at most (another process may have written). A stranger's request has no
 * cookie, no token and no signature, so the answer is the same for everybody who sends the same
 * headers. When a link is shared, hundreds ask for one page within a second; then it is made once.
 */
public final class ReadyPages implements QuickAnswers, Routes {

  private static final String SLOT = "placette.ready";
  private static final int LONGEST_KEY = 600;
  private static final long BYTES = 8L * 1024 * 1024;

  /** Headers that make an answer one's own, or that ask for something else than the whole. */
  private static final List<String> OWN =
      List.of("Cookie", "Authorization", "Signature", "Signature-Input", "If-None-Match", "Range");

  private record Ready(long version, MultiMap headers, Buffer body) {}

  private record Slot(ReadyPages pages, String key, long version) {}

  private final LongSupplier writes;
  private final Cache<String, Ready> ready =
      Caffeine.newBuilder()
          .maximumWeight(BYTES)
          .weigher((String key, Ready page) -> key.length() + page.body.length() + 500)
          .expireAfterWrite(Duration.ofSeconds(1))
          .build();

  /**
   * @param writes counts what this process has written to the database
   */
  public ReadyPages(LongSupplier writes) {
    this.writes = writes;
  }

  @Override
  public boolean answer(HttpServerRequest request) {
    var key = key(request);
    var found = key == null ? null : ready.getIfPresent(key);
    if (found == null || found.version != writes.getAsLong()) return false;
    request.response().headers().setAll(found.headers);
    var unused = request.response().end(found.body);
    return true;
  }

  /** Before the other routes: what is made from now on shows at least what is written by now. */
  @Override
  public void mount(Router router) {
    router
        .route()
        .handler(
            ctx -> {
              var key = key(ctx.request());
              if (key != null) ctx.put(SLOT, new Slot(this, key, writes.getAsLong()));
              ctx.next();
            });
  }

  /** This answer is for one visitor alone, whatever the request looks like. */
  static void isPersonal(RoutingContext ctx) {
    ctx.remove(SLOT);
  }

  /** Keeps a whole answer that is about to be sent. */
  static void keep(RoutingContext ctx, Buffer body) {
    Slot slot = ctx.get(SLOT);
    if (slot == null || ctx.response().getStatusCode() != 200) return;
    var headers = MultiMap.caseInsensitiveMultiMap().setAll(ctx.response().headers());
    if (headers.contains("Set-Cookie")) return;
    slot.pages.ready.put(slot.key, new Ready(slot.version, headers, body));
  }

  private static @Nullable String key(HttpServerRequest request) {
    if (request.method() != HttpMethod.GET) return null;
    var headers = request.headers();
    for (var header : OWN) if (headers.contains(header)) return null;
    var uri = request.uri();
    // The choice of a language sets a cookie; health is asked to be told about now.
    if (uri.contains("lang=") || uri.startsWith("/health") || uri.startsWith("/static/"))
      return null;
    var key = uri + "\n" + headers.get("Accept") + "\n" + headers.get("Accept-Language");
    return key.length() > LONGEST_KEY ? null : key;
  }
}
