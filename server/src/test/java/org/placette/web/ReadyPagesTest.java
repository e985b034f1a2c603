package org.placette.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.placette.config.Settings;

/** Each answer says how often it has been made. */
class ReadyPagesTest {

  private final Vertx vertx = Vertx.vertx();
  private final AtomicLong writes = new AtomicLong();
  private final AtomicInteger made = new AtomicInteger();
  private int port;

  @BeforeEach
  void start(@TempDir Path data) {
    var ready = new ReadyPages(writes::get);
    Routes page =
        router -> {
          router
              .get("/page")
              .handler(ctx -> Answers.text(ctx, "text/html", "made " + made.incrementAndGet()));
          router
              .get("/form")
              .handler(
                  ctx -> {
                    ReadyPages.isPersonal(ctx);
                    Answers.text(ctx, "text/html", "made " + made.incrementAndGet());
                  });
        };
    var site =
        new WebServer.Site(
            List.of(ready, page), ready, ProblemPage.PLAIN, () -> null, Duration.ofSeconds(5));
    port = WebServer.start(vertx, Settings.local(0, data), site).port();
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  void a_stranger_gets_what_was_made_for_the_stranger_before_until_something_is_written()
      throws Exception {
    // Long enough a second for both requests, on any machine that runs tests.
    assertEquals("made 1", get("/page"));
    var second = get("/page");
    writes.incrementAndGet();
    var third = get("/page");
    assertEquals(made.get(), number(third));
    assertEquals(true, number(second) < number(third));
  }

  @Test
  void whoever_may_get_an_answer_of_their_own_never_gets_a_ready_one() throws Exception {
    var before = number(get("/page"));
    for (var header :
        List.of("Cookie", "Authorization", "Signature", "Signature-Input", "If-None-Match")) {
      var own = number(get("/page", header, "x=1"));
      assertEquals(true, own > before, header);
      before = own;
    }
  }

  @Test
  void another_language_or_media_type_is_another_answer() throws Exception {
    var plain = number(get("/page"));
    assertEquals(true, number(get("/page", "Accept-Language", "en")) > plain);
    assertEquals(true, number(get("/page", "Accept", "application/activity+json")) > plain);
  }

  @Test
  void a_page_with_a_form_is_never_kept() throws Exception {
    assertEquals("made 1", get("/form"));
    assertEquals("made 2", get("/form"));
  }

  private static int number(String body) {
    return Integer.parseInt(body.substring("made ".length()));
  }

  private String get(String path, String... headers) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (headers.length > 0) request.headers(headers);
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    }
  }
}
