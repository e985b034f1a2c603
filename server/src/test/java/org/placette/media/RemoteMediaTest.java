package org.placette.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.db.Db;
import org.placette.testing.PgExtension;

/** Pictures of another server, seen through this one. */
@ExtendWith(PgExtension.class)
class RemoteMediaTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Vertx VERTX = Vertx.vertx();

  @TempDir static Path data;

  private static final Map<String, byte[]> PICTURES = new ConcurrentHashMap<>();
  private static final AtomicInteger ASKED = new AtomicInteger();
  private static HttpServer other;
  private static Village village;

  @BeforeAll
  static void start(Db db) {
    other =
        VERTX
            .createHttpServer()
            .requestHandler(
                request -> {
                  ASKED.incrementAndGet();
                  var bytes = PICTURES.get(request.path());
                  var response = request.response().setStatusCode(bytes == null ? 404 : 200);
                  response.putHeader("content-type", "text/html");
                  VERTX.setTimer(
                      50,
                      later -> response.end(Buffer.buffer(bytes == null ? new byte[0] : bytes)));
                })
            .listen(0, "127.0.0.1")
            .await();
    village = Village.start(db, data, Map.of("PLACETTE_REMOTE_MEDIA_MB", "1"));
  }

  @AfterAll
  static void stop() {
    village.close();
    VERTX.close().await();
  }

  private static String address(String path) {
    var proxied = village.media().urls().proxy("http://127.0.0.1:" + other.actualPort() + path);
    assertNotNull(proxied);
    return proxied.replaceFirst("^http://[^/]+", "http://127.0.0.1:" + village.port());
  }

  private static HttpResponse<byte[]> get(String address) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofByteArray());
  }

  @Test
  void a_picture_is_fetched_once_however_many_look_and_shown_as_what_it_is() throws Exception {
    PICTURES.put("/face", TestPictures.png(40, 40, true));
    var before = ASKED.get();
    List<CompletableFuture<HttpResponse<byte[]>>> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      var request = HttpRequest.newBuilder(URI.create(address("/face"))).build();
      all.add(CLIENT.sendAsync(request, BodyHandlers.ofByteArray()));
    }
    for (var one : all) {
      var answer = one.get();
      assertEquals(200, answer.statusCode());
      assertEquals("image/png", answer.headers().firstValue("content-type").orElse(""));
      assertEquals("nosniff", answer.headers().firstValue("x-content-type-options").orElse(""));
    }
    assertEquals(before + 1, ASKED.get());
  }

  @Test
  void nothing_is_shown_of_a_server_whose_files_are_not_wanted_and_all_again_after(Db db) {
    var owner = village.person("zoe", "owner");
    var walker = village.walker("zoe");
    var fields = Map.of("text", "Vu ailleurs", "visibility", "public");
    var post = walker.submit("/compose/note", "/posts", fields).path();
    var file = "{\"type\":\"Document\",\"mediaType\":\"%s\",\"url\":\"https://pics.example/%s\"}";
    db.update(
        "update post set attachment = $2::text::jsonb where id = $1",
        Long.parseLong(post.substring(post.lastIndexOf('/') + 1)),
        "[" + file.formatted("image/png", "a.png") + "," + file.formatted("video/mp4", "b") + "]");
    var call = post.replace("/posts/", "/api/v1/statuses/");
    assertEquals("image", owner.app().get(call).at("/media_attachments/0/type").asText());
    assertEquals(1, walker.get(post).count(".pictures img"));

    var limit = Map.of("domain", "pics.example", "severity", "noop", "rejectMedia", "yes");
    walker.submit("/admin/domains", "/admin/domains", limit);
    var seen = owner.app().get(call).path("media_attachments");
    for (var one : seen) {
      assertEquals("unknown", one.path("type").asText());
      assertTrue(one.path("url").isNull() && one.path("preview_url").isNull(), one.toString());
    }
    assertEquals("https://pics.example/a.png", seen.at("/0/remote_url").asText());
    assertEquals(0, walker.get(post).count(".pictures img"));

    walker.submit("/admin/domains", "/admin/domains/end", Map.of());
    assertEquals("video", owner.app().get(call).at("/media_attachments/1/type").asText());
    assertEquals(1, walker.get(post).count(".pictures img"));
  }

  @Test
  void a_large_picture_is_kept_small() throws Exception {
    PICTURES.put("/large", TestPictures.jpeg(4000, 3000));
    var answer = get(address("/large"));
    assertEquals(200, answer.statusCode());
    var seen = javax.imageio.ImageIO.read(new java.io.ByteArrayInputStream(answer.body()));
    assertTrue(seen.getWidth() <= 1290, "width " + seen.getWidth());
  }

  @Test
  void a_large_picture_arrives_whole_although_its_server_closes_the_connection() throws Exception {
    var picture = TestPictures.encoded("png", noise(1000));
    var head = "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n".formatted(picture.length);
    try (var hasty = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var answering =
          CompletableFuture.runAsync(
              () -> {
                try (var connection = hasty.accept()) {
                  var unused = connection.getInputStream().read(new byte[9000]);
                  connection.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                  connection.getOutputStream().write(picture);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      var path = proxied("http://127.0.0.1:" + hasty.getLocalPort() + "/noise");
      assertEquals(200, get("http://127.0.0.1:" + village.port() + path).statusCode());
      answering.join();
    }
  }

  @Test
  void what_is_no_picture_or_not_there_is_not_asked_for_twice() throws Exception {
    PICTURES.put("/page", "<html><script>".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    PICTURES.put("/bomb", TestPictures.pngPromising(40_000, 40_000));
    for (var path : List.of("/page", "/bomb", "/missing")) {
      assertEquals(404, get(address(path)).statusCode(), path);
      var asked = ASKED.get();
      assertEquals(404, get(address(path)).statusCode(), path);
      assertEquals(asked, ASKED.get(), path);
    }
    int nobody;
    try (var free = new java.net.ServerSocket(0)) {
      nobody = free.getLocalPort();
    }
    var silent = proxied("http://127.0.0.1:" + nobody + "/x");
    assertEquals(502, get("http://127.0.0.1:" + village.port() + silent).statusCode());
  }

  private static BufferedImage noise(int side) {
    var noise = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    var random = new Random(1);
    for (int i = 0; i < side * side; i++) noise.setRGB(i % side, i / side, random.nextInt());
    return noise;
  }

  private static String proxied(String url) {
    return java.util.Objects.requireNonNull(village.media().urls().proxy(url))
        .replaceFirst("^http://[^/]+", "");
  }

  @Test
  void only_addresses_written_here_are_fetched() throws Exception {
    var before = ASKED.get();
    var good = address("/face");
    var slash = good.indexOf("/proxy/") + 7;
    var other = good.charAt(slash) == 'A' ? 'B' : 'A';
    assertEquals(
        404, get(good.substring(0, slash) + other + good.substring(slash + 1)).statusCode());
    assertEquals(404, get(good + "A").statusCode());
    assertEquals(404, get(good.substring(0, slash) + "x").statusCode());
    assertEquals(before, ASKED.get());
    assertNull(village.media().urls().proxy(null));
    assertEquals("/static/icon.png", village.media().urls().proxy("/static/icon.png"));
  }

  @Test
  void the_longest_unseen_pictures_leave_when_there_is_no_room() throws Exception {
    var bytes = TestPictures.encoded("png", noise(300));
    for (int i = 0; i < 8; i++) {
      PICTURES.put("/noise" + i, bytes);
      assertEquals(200, get(address("/noise" + i)).statusCode());
    }
    long kept = 0;
    try (var files = Files.walk(data.resolve("cache/remote"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) kept += Files.size(file);
    }
    assertTrue(kept <= 1_000_000, kept + " bytes");
    var before = ASKED.get();
    assertEquals(200, get(address("/noise7")).statusCode());
    assertEquals(before, ASKED.get());
    assertEquals(200, get(address("/noise0")).statusCode());
    assertEquals(before + 1, ASKED.get());
    assertFalse(Files.exists(data.resolve("cache/remote/never")));
  }
}
