package org.placette.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.placette.config.Settings;
import org.placette.config.StartFailure;
import org.placette.federation.fetch.Cidr;

/** What any route can rely on, over real HTTP. */
class WebServerTest {

  private static final Vertx VERTX = Vertx.vertx();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final AtomicReference<@Nullable String> NOT_READY = new AtomicReference<>();
  private static int port;

  @BeforeAll
  static void start(@TempDir Path data) {
    var settings = Settings.local(0, data);
    Routes routes =
        router -> {
          router.get("/hello").handler(ctx -> Answers.text(ctx, "text/plain", "hello"));
          router
              .get("/bug")
              .handler(
                  ctx -> {
                    throw new IllegalStateException("the password is 1234");
                  });
          router
              .get("/wrong")
              .handler(
                  ctx -> {
                    throw new Problem.Invalid("Some fields are not right", Map.of("name", "empty"));
                  });
          router
              .get("/busy")
              .handler(
                  ctx -> {
                    throw new Problem.TooMany(90);
                  });
          router
              .post("/size")
              .handler(ctx -> Answers.text(ctx, "text/plain", "" + ctx.body().length()));
          router
              .get("/long")
              .handler(
                  ctx ->
                      Answers.json(
                          ctx, JsonNodeFactory.instance.objectNode().put("a", "a".repeat(9_000))));
        };
    port = WebServer.start(VERTX, settings, site(List.of(routes))).port();
  }

  private static WebServer.Site site(List<Routes> routes) {
    return new WebServer.Site(
        routes, QuickAnswers.NONE, ProblemPage.PLAIN, NOT_READY::get, Duration.ofMillis(2_500));
  }

  @AfterAll
  static void stop() {
    VERTX.close().await();
  }

  @Test
  void a_port_that_another_program_has_is_one_line_that_names_the_setting(@TempDir Path data)
      throws Exception {
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var settings = Settings.local(other.getLocalPort(), data);
      var refusal =
          assertThrows(StartFailure.class, () -> WebServer.start(VERTX, settings, site(List.of())));
      assertTrue(
          String.valueOf(refusal.getMessage())
              .startsWith(
                  "PLACETTE_LISTEN is wrong: 127.0.0.1:%d cannot be listened on"
                      .formatted(other.getLocalPort())));
    }
  }

  @Test
  void health_says_ok_only_when_the_server_can_serve() throws Exception {
    assertEquals(200, get("/health").statusCode());
    assertEquals("{\"status\":\"ok\"}", get("/health").body());
    NOT_READY.set("migrating");
    try {
      assertEquals(503, get("/health").statusCode());
    } finally {
      NOT_READY.set(null);
    }
  }

  /** RFC 9110, section 6.6.1: caches and apps count from it. */
  @Test
  void every_answer_says_what_time_it_is() throws Exception {
    var head = request("/health").method("HEAD", HttpRequest.BodyPublishers.noBody());
    for (var answer : List.of(get("/health"), get("/nothing-here"), send(head))) {
      var date = answer.headers().firstValue("Date").orElse("");
      var said = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      assertTrue(Duration.between(said, Instant.now()).abs().toSeconds() < 60, date);
    }
  }

  @Test
  void a_bug_shows_an_incident_number_and_nothing_else() throws Exception {
    for (var accept : List.of("text/html", "application/json")) {
      var answer = get("/bug", "Accept", accept);
      assertEquals(500, answer.statusCode());
      assertTrue(answer.body().matches("(?s).*Incident [0-9a-f]{8}\\b.*"), answer.body());
      assertFalse(answer.body().contains("1234"), answer.body());
      assertFalse(answer.body().contains("java"), answer.body());
    }
  }

  @Test
  void a_problem_is_json_for_a_program_and_text_for_a_person() throws Exception {
    var json = get("/wrong", "Accept", "application/json");
    assertEquals(422, json.statusCode());
    assertEquals(
        "{\"error\":\"Some fields are not right\",\"details\":{\"name\":"
            + "[{\"error\":\"ERR_INVALID\",\"description\":\"empty\"}]}}",
        json.body());
    assertEquals("Some fields are not right", get("/wrong", "Accept", "text/html").body());
    assertEquals("{\"error\":\"Record not found\"}", get("/api/v1/nothing").body());
    assertEquals(404, get("/nothing").statusCode());
    assertEquals("90", get("/busy").headers().firstValue("Retry-After").orElse(""));
  }

  @Test
  void the_wrong_method_is_405_and_a_head_is_a_get_without_its_body() throws Exception {
    var wrong = send(request("/hello").DELETE());
    assertEquals(405, wrong.statusCode());
    for (var version : HttpClient.Version.values()) {
      var head =
          HttpClient.newBuilder()
              .version(version)
              .build()
              .send(
                  request("/hello").method("HEAD", HttpRequest.BodyPublishers.noBody()).build(),
                  HttpResponse.BodyHandlers.ofString());
      assertEquals(200, head.statusCode());
      assertEquals("5", head.headers().firstValue("Content-Length").orElse(""));
      assertEquals("", head.body());
    }
  }

  @Test
  void a_body_above_the_limit_is_413_with_and_without_a_stated_length() throws Exception {
    var big = new byte[WebServer.MAX_BODY + 1];
    var stated = send(request("/size").POST(HttpRequest.BodyPublishers.ofByteArray(big)));
    assertEquals(413, stated.statusCode());
    var fits = new byte[WebServer.MAX_BODY];
    var right = send(request("/size").POST(HttpRequest.BodyPublishers.ofByteArray(fits)));
    assertEquals("" + WebServer.MAX_BODY, right.body());
    var chunked = "POST /size HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    var chunk = "110000\r\n" + "a".repeat(0x110000) + "\r\n0\r\n\r\n";
    assertTrue(raw(chunked + chunk).startsWith("HTTP/1.1 413"));
  }

  @Test
  void a_sender_that_drips_its_body_is_sent_away_in_time() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(60_000);
      var out = socket.getOutputStream();
      out.write("POST /size HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n".getBytes("UTF-8"));
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  for (int i = 0; i < 100; i++) {
                    out.write('a');
                    Thread.sleep(50);
                  }
                } catch (IOException | InterruptedException closed) {
                  // That is what this test wants.
                }
              });
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 408"), answer);
    } catch (SocketException reset) {
      // Closed with bytes unread: as good.
    }
  }

  @Test
  void large_bodies_of_many_senders_at_once_wait_or_are_sent_away_and_others_are_served()
      throws Exception {
    var head = "POST /size HTTP/1.1\r\nHost: here\r\nContent-Length: 900000\r\n\r\n";
    List<Socket> senders = new ArrayList<>();
    for (int i = 0; i < 110; i++) {
      var sender = new Socket(InetAddress.getLoopbackAddress(), port);
      senders.add(sender);
      sender.setSoTimeout(60_000);
      sender.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    }
    assertEquals("hello", get("/hello").body());
    List<String> answers = new ArrayList<>();
    for (var sender : senders) {
      try (sender) {
        answers.add(new String(sender.getInputStream().readNBytes(12), StandardCharsets.US_ASCII));
      } catch (IOException closed) {
        answers.add("");
      }
    }
    // Three have room and a hundred wait, all of them in vain since no body comes.
    assertEquals(7, answers.stream().filter("HTTP/1.1 503"::equals).count(), answers::toString);
    assertTrue(answers.contains("HTTP/1.1 408"), answers::toString);
    var small = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/size"));
    var after = small.POST(HttpRequest.BodyPublishers.ofString("abc")).build();
    assertEquals("3", CLIENT.send(after, HttpResponse.BodyHandlers.ofString()).body());
  }

  @Test
  void long_text_is_compressed_for_who_asks_for_it() throws Exception {
    var plain = get("/long");
    var packed =
        CLIENT.send(
            request("/long").header("Accept-Encoding", "gzip").build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertEquals("gzip", packed.headers().firstValue("Content-Encoding").orElse(""));
    assertTrue(packed.body().length < plain.body().length() / 10);
  }

  @Test
  void a_forwarded_address_counts_only_from_trusted_proxies() throws Exception {
    var proxies = Cidr.parseList("127.0.0.0/8, 10.0.0.0/8");
    var proxy = InetAddress.ofLiteral("127.0.0.1");
    var stranger = InetAddress.ofLiteral("192.0.2.7");
    assertEquals(stranger, ClientAddress.of(stranger, List.of("198.51.100.1"), proxies));
    assertEquals(proxy, ClientAddress.of(proxy, List.of("198.51.100.1"), List.of()));
    assertAddress("198.51.100.1", List.of("203.0.113.9, 198.51.100.1"), proxies);
    assertAddress("198.51.100.1", List.of("203.0.113.9", "198.51.100.1, 10.0.0.2"), proxies);
    assertAddress("2001:db8:0:0:0:0:0:1", List.of("[2001:db8::1]:443"), proxies);
    assertAddress("198.51.100.1", List.of("198.51.100.1:5000"), proxies);
    assertAddress("127.0.0.1", List.of("unknown"), proxies);
  }

  private static void assertAddress(String expected, List<String> forwarded, List<Cidr> trusted) {
    var proxy = InetAddress.ofLiteral("127.0.0.1");
    assertEquals(expected, ClientAddress.of(proxy, forwarded, trusted).getHostAddress());
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private static HttpResponse<String> get(String path, String... headers) throws Exception {
    var request = request(path);
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String raw(String request) throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5_000);
      var out = socket.getOutputStream();
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  out.write(request.getBytes(StandardCharsets.UTF_8));
                } catch (IOException closed) {
                  // The answer may come before the whole request is sent.
                }
              });
      return new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8);
    }
  }
}
