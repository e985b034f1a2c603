package org.placette.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.db.Db;
import org.placette.testing.Eventually;
import org.placette.testing.PgExtension;

/** Uploads and files over real HTTP. */
@ExtendWith(PgExtension.class)
class MediaTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String BOUNDARY = "----0123456789";

  @TempDir static Path data;

  private static Village village;
  private static Db database;
  private static String nour;
  private static String jean;

  @BeforeAll
  static void start(Db db) {
    database = db;
    village = Village.start(db, data);
    nour = token("nour", "write:media");
    jean = token("jean", "write");
  }

  private static String token(String name, String scope) {
    return village.token(village.person(name).actor(), scope);
  }

  @AfterAll
  static void stop() {
    village.close();
  }

  private static HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + village.port() + path));
  }

  private static byte[] form(byte[] file, String... fields) {
    var out = new ByteArrayOutputStream();
    for (int i = 0; i < fields.length; i += 2) {
      out.writeBytes(
          ("--"
                  + BOUNDARY
                  + "\r\nContent-Disposition: form-data; name=\""
                  + fields[i]
                  + "\"\r\n\r\n"
                  + fields[i + 1]
                  + "\r\n")
              .getBytes(StandardCharsets.UTF_8));
    }
    out.writeBytes(
        ("--"
                + BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../x.svg\"\r\n"
                + "Content-Type: image/svg+xml\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    out.writeBytes(file);
    out.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  private static HttpResponse<String> upload(String token, byte[] file, String... fields)
      throws Exception {
    return CLIENT.send(
        to("/api/v2/media")
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(HttpRequest.BodyPublishers.ofByteArray(form(file, fields)))
            .build(),
        BodyHandlers.ofString());
  }

  private static JsonNode uploaded(byte[] file, String... fields) throws Exception {
    var answer = upload(nour, file, fields);
    assertEquals(200, answer.statusCode(), answer.body());
    return JSON.readTree(answer.body());
  }

  private static HttpResponse<byte[]> get(String url, String... headers) throws Exception {
    var path = url.replaceFirst("^https?://[^/]+", "");
    var request = to(path);
    for (int i = 0; i < headers.length; i += 2) request.header(headers[i], headers[i + 1]);
    return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static HttpResponse<String> call(String method, String path, String token, String json)
      throws Exception {
    return CLIENT.send(
        to(path)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(json))
            .build(),
        BodyHandlers.ofString());
  }

  private static long filesOnDisk() throws IOException {
    long count = 0;
    for (var folder : List.of("media", "tmp/uploads")) {
      if (!Files.isDirectory(data.resolve(folder))) continue;
      try (var files = Files.walk(data.resolve(folder))) {
        count += files.filter(Files::isRegularFile).count();
      }
    }
    return count;
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Test
  void an_uploaded_picture_is_answered_as_clients_expect_it_and_served_safely() throws Exception {
    var media =
        uploaded(
            TestPictures.jpegWithExif(1200, 800, 1),
            "description",
            "La place ",
            "focus",
            "0.5,-0.25");
    assertEquals("image", media.get("type").asText());
    assertEquals("La place", media.get("description").asText());
    assertEquals(28, media.get("blurhash").asText().length());
    assertTrue(media.get("remote_url").isNull());
    assertEquals("1200x800", media.at("/meta/original/size").asText());
    assertEquals(1.5, media.at("/meta/original/aspect").asDouble());
    assertTrue(media.at("/meta/small/width").asInt() <= 640);
    assertEquals(-0.25, media.at("/meta/focus/y").asDouble());
    var original = get(media.get("url").asText());
    assertEquals(200, original.statusCode());
    assertEquals("image/jpeg", header(original, "content-type"));
    assertEquals("nosniff", header(original, "x-content-type-options"));
    assertEquals("default-src 'none'; sandbox", header(original, "content-security-policy"));
    assertEquals("*", header(original, "access-control-allow-origin"));
    assertTrue(header(original, "cache-control").contains("immutable"));
    assertEquals(200, get(media.get("preview_url").asText()).statusCode());
    var again = get(media.get("url").asText(), "If-None-Match", header(original, "etag"));
    assertEquals(304, again.statusCode());
  }

  @Test
  void a_film_is_served_in_parts_and_a_document_to_be_saved() throws Exception {
    var film = TestPictures.mp4();
    var media = uploaded(film);
    assertEquals("video", media.get("type").asText());
    var url = media.get("url").asText();
    var part = get(url, "Range", "bytes=100-199");
    assertEquals(206, part.statusCode());
    assertEquals("bytes 100-199/" + film.length, header(part, "content-range"));
    assertTrue(Arrays.equals(Arrays.copyOfRange(film, 100, 200), part.body()));
    assertEquals(film.length - 100, get(url, "Range", "bytes=100-").body().length);
    assertEquals(7, get(url, "Range", "bytes=-7").body().length);
    assertEquals(416, get(url, "Range", "bytes=999999-").statusCode());
    assertTrue(Arrays.equals(film, get(url, "Accept-Encoding", "gzip").body()));
    var document = get(uploaded(TestPictures.odt()).get("url").asText());
    assertEquals("attachment", header(document, "content-disposition"));
  }

  @Test
  void what_is_refused_says_why_and_leaves_nothing() throws Exception {
    var before = filesOnDisk();
    for (var bad :
        List.of(
            "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.UTF_8),
            "<html>".getBytes(StandardCharsets.UTF_8),
            TestPictures.pngPromising(50_000, 50_000))) {
      var answer = upload(nour, bad);
      assertEquals(422, answer.statusCode(), answer.body());
      assertTrue(answer.body().startsWith("{\"error\":\"Validation failed"), answer.body());
    }
    assertEquals(413, upload(nour, new byte[(42 << 20)]).statusCode());
    var png = Arrays.copyOf(TestPictures.png(50, 50, false), 17 << 20);
    assertEquals(413, upload(nour, png).statusCode());
    assertEquals(401, upload("nobody", TestPictures.jpeg(9, 9)).statusCode());
    assertEquals(before, filesOnDisk());
  }

  @Test
  void an_upload_that_breaks_off_leaves_nothing() throws Exception {
    var before = filesOnDisk();
    var body = form(TestPictures.jpeg(900, 900));
    try (var socket = new Socket("127.0.0.1", village.port())) {
      var head =
          """
          POST /api/v2/media HTTP/1.1\r
          Host: localhost\r
          Authorization: Bearer %s\r
          Content-Type: multipart/form-data; boundary=%s\r
          Content-Length: %d\r
          \r
          """
              .formatted(nour, BOUNDARY, body.length);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().write(body, 0, body.length / 2);
      socket.getOutputStream().flush();
      Eventually.holds("the beginning of the file is written", () -> filesOnDisk() > before);
    }
    Eventually.holds("nothing of it is left", () -> filesOnDisk() == before);
  }

  @Test
  void others_see_nothing_of_what_is_not_published() throws Exception {
    var id = uploaded(TestPictures.jpeg(20, 20)).get("id").asText();
    var path = "/api/v1/media/" + id;
    assertEquals(200, call("GET", path, nour, "").statusCode());
    for (var method : List.of("GET", "PUT", "DELETE")) {
      assertEquals(404, call(method, path, jean, "{\"description\":\"x\"}").statusCode(), method);
    }
    var changed = call("PUT", path, nour, "{\"description\":\"Un banc\",\"focus\":\"1,1\"}");
    assertEquals("Un banc", JSON.readTree(changed.body()).get("description").asText());
  }

  @Test
  void a_deleted_or_forgotten_file_leaves_the_disk_and_an_attached_one_stays() throws Exception {
    var deleted = uploaded(TestPictures.jpeg(20, 20));
    assertEquals(
        200, call("DELETE", "/api/v1/media/" + deleted.get("id").asText(), nour, "").statusCode());
    assertEquals(404, get(deleted.get("url").asText()).statusCode());
    var forgotten = uploaded(TestPictures.jpeg(20, 20));
    var attached = uploaded(TestPictures.jpeg(20, 20));
    var owner = java.util.Objects.requireNonNull(village.actors().localByName("nour")).id();
    database.run(
        """
        insert into post (id, uri, type, actor_id, visibility, root_id, published)
        values (77, 'https://x.example/77', 'Note', $1, 'public', 77, now())
        """,
        owner);
    database.transact(
        tx -> village.media().attach(tx, owner, List.of(attached.get("id").asLong()), 77));
    database.run("update media set loose_since = now() - interval '25 hours'");
    village.media().sweep();
    assertEquals(404, get(forgotten.get("url").asText()).statusCode());
    assertEquals(200, get(attached.get("url").asText()).statusCode());
    assertEquals(
        422, call("DELETE", "/api/v1/media/" + attached.get("id").asText(), nour, "").statusCode());
    database.run("delete from post where id = 77");
    village.media().sweep();
    assertEquals(200, get(attached.get("url").asText()).statusCode(), "a day for writing it anew");
  }

  @Test
  void an_app_changes_name_words_and_face() throws Exception {
    var lea = token("lea", "write:accounts");
    var body =
        new String(
                form(
                    TestPictures.png(64, 64, false),
                    "display_name",
                    "Léa",
                    "note",
                    "Bonjour\nà tous",
                    "fields_attributes[0][name]",
                    "Site",
                    "fields_attributes[0][value]",
                    "https://lea.example"),
                StandardCharsets.ISO_8859_1)
            .replace("name=\"file\"", "name=\"avatar\"");
    var answer =
        CLIENT.send(
            to("/api/v1/accounts/update_credentials")
                .header("Authorization", "Bearer " + lea)
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .method(
                    "PATCH",
                    HttpRequest.BodyPublishers.ofByteArray(
                        body.getBytes(StandardCharsets.ISO_8859_1)))
                .build(),
            BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer.body());
    var account = JSON.readTree(answer.body());
    assertEquals("Léa", account.get("display_name").asText());
    assertTrue(account.get("avatar").asText().contains("/media/"), account.toString());
    assertTrue(account.at("/fields/0/value").asText().contains("lea.example"));
    assertEquals(200, get(account.get("avatar").asText()).statusCode());
    var renamed =
        call("PATCH", "/api/v1/accounts/update_credentials", lea, "{\"display_name\":\"L.\"}");
    assertEquals(account.get("avatar"), JSON.readTree(renamed.body()).get("avatar"));
    var bare = JSON.readTree(call("DELETE", "/api/v1/profile/avatar", lea, "").body());
    assertTrue(bare.get("avatar").asText().endsWith("/static/icon.png"), bare.toString());
  }

  @Test
  void nothing_but_files_is_served_below_media() throws Exception {
    var name = "0".repeat(32);
    for (var path :
        List.of(
            "/media/",
            "/media/" + name + "/original.jpg",
            "/media/..%2Fkeys%2Fkeyset.json",
            "/media/" + name + "/..%2f..%2f..%2fkeys%2fproxy.key",
            "/media/" + name + "/original.html")) {
      assertEquals(404, get(path).statusCode(), path);
    }
    assertFalse(get("/media/").body().length > 100_000);
  }
}
