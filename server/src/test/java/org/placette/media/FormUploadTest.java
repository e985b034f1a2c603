package org.placette.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.db.Db;
import org.placette.testing.PgExtension;
import org.placette.user.Users;

/** Pictures that come with forms of pages. */
@ExtendWith(PgExtension.class)
class FormUploadTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String BOUNDARY = "----0123456789";

  @TempDir static Path data;

  private static Village village;
  private static String cookie;

  @BeforeAll
  static void start(Db db) {
    village = Village.start(db, data);
    var nour =
        village
            .users()
            .create(
                new Users.NewAccount(
                    "nour", null, "nour@saint-just.example", "vent du large 42", "owner", "fr"));
    cookie = "session=" + village.users().openSession(nour, "test");
  }

  @AfterAll
  static void stop() {
    village.close();
  }

  private static HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + village.port() + path))
        .header("Cookie", cookie);
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return CLIENT.send(to(path).build(), BodyHandlers.ofString());
  }

  /** Sends a page's form as a browser does. */
  private static HttpResponse<String> send(
      String page, Map<String, String> fields, @Nullable String file, byte[] bytes)
      throws Exception {
    return send(get(page), null, fields, file, bytes);
  }

  private static HttpResponse<String> send(
      String page, String action, Map<String, String> fields, @Nullable String file, byte[] bytes)
      throws Exception {
    return send(get(page), action, fields, file, bytes);
  }

  /** The same to where one of its other buttons leads. */
  private static HttpResponse<String> send(
      HttpResponse<String> page,
      @Nullable String action,
      Map<String, String> fields,
      @Nullable String file,
      byte[] bytes)
      throws Exception {
    var html = Jsoup.parse(page.body());
    var form = Objects.requireNonNull(html.selectFirst("form[enctype]"), page.body());
    Map<String, String> all = new LinkedHashMap<>();
    for (var field : form.select("input[name], textarea[name]")) {
      var type = field.attr("type");
      if (!type.equals("file")
          && (!type.equals("checkbox") && !type.equals("radio") || field.hasAttr("checked")))
        all.put(field.attr("name"), field.val());
    }
    all.putAll(fields);
    var out = new ByteArrayOutputStream();
    for (var one : all.entrySet()) {
      part(out, "name=\"" + one.getKey() + "\"", one.getValue().getBytes(StandardCharsets.UTF_8));
    }
    if (file != null) part(out, "name=\"" + file + "\"; filename=\"a.jpg\"", bytes);
    out.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return CLIENT.send(
        to(action == null ? form.attr("action") : action)
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(HttpRequest.BodyPublishers.ofByteArray(out.toByteArray()))
            .build(),
        BodyHandlers.ofString());
  }

  private static void part(ByteArrayOutputStream out, String name, byte[] value) {
    out.writeBytes(
        ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + name + "\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    out.writeBytes(value);
    out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
  }

  private static String location(HttpResponse<String> answer) {
    assertEquals(303, answer.statusCode(), answer.body());
    return answer.headers().firstValue("location").orElse("");
  }

  private static int statusOf(String url) throws Exception {
    return get(url.replaceFirst("^https?://[^/]+", "")).statusCode();
  }

  @Test
  void an_event_gets_a_banner_with_words_keeps_it_and_loses_it() throws Exception {
    var fields =
        Map.of(
            "name",
            "Fête du pain",
            "startDate",
            "2030-06-01",
            "startTime",
            "10:00",
            "bannerText",
            "Un four à bois");
    var refused =
        send("/compose/event", fields, "banner", "<svg/>".getBytes(StandardCharsets.US_ASCII));
    assertEquals(422, refused.statusCode());
    var event = location(send("/compose/event", fields, "banner", TestPictures.jpeg(800, 400)));
    var shown =
        Objects.requireNonNull(Jsoup.parse(get(event).body()).selectFirst("img.banner"), event);
    assertEquals("Un four à bois", shown.attr("alt"));
    var url = shown.attr("src");
    assertEquals(200, statusOf(url));
    var kept = location(send(event + "/edit", Map.of("bannerText", "Le four"), null, new byte[0]));
    var again = Jsoup.parse(get(kept).body()).selectFirst("img.banner");
    assertTrue(
        again != null && again.attr("alt").equals("Le four") && again.attr("src").equals(url));
    village.media().sweep();
    assertEquals(200, statusOf(url));
    var bare = location(send(event + "/edit", Map.of("noBanner", "yes"), null, new byte[0]));
    assertFalse(get(bare).body().contains("img class=\"banner\""));
  }

  @Test
  void a_person_shows_a_face_and_another_one_later() throws Exception {
    var saved =
        send(
            "/settings/profile",
            Map.of("displayName", "Nour B."),
            "avatar",
            TestPictures.png(90, 90, false));
    var page = Jsoup.parse(get(location(saved)).body());
    var face = Objects.requireNonNull(page.selectFirst("img.face"), page.html());
    var first = face.attr("src");
    assertEquals(200, statusOf(first));
    assertEquals("Nour B.", page.select("h1").text());
    var next = send("/settings/profile", Map.of(), "avatar", TestPictures.png(80, 80, false));
    var second = Jsoup.parse(get(location(next)).body()).select("img.face").attr("src");
    assertFalse(second.equals(first));
    var none = send("/settings/profile", Map.of("noAvatar", "yes"), null, new byte[0]);
    assertEquals(0, Jsoup.parse(get(location(none)).body()).select("img.face").size());
  }

  @Test
  void an_emoji_that_is_added_stands_in_messages_and_is_known_to_apps_and_servers()
      throws Exception {
    var picture = TestPictures.png(32, 32, true);
    var added = send("/admin/emoji", Map.of("code", ":Lavoir:"), "picture", picture);
    assertEquals("/admin/emoji", location(added));
    for (var refused : List.of("lavoir", "30", "é"))
      assertEquals(
          422,
          send("/admin/emoji", Map.of("code", refused), "picture", picture).statusCode(),
          refused);
    assertTrue(get("/api/v1/custom_emojis").body().contains("\"shortcode\":\"lavoir\""));
    var words = Map.of("text", "Au :lavoir: à 10:30:45, :inconnu:");
    var post = location(send(get("/compose/note"), "/posts", words, null, new byte[0]));
    var shown = Jsoup.parse(get(post).body()).select(".prose img");
    assertEquals(List.of(":lavoir:"), shown.eachAttr("alt"));
    assertEquals(200, statusOf(shown.attr("src")));
    var sent = to(post).header("Accept", "application/activity+json").build();
    var activity = CLIENT.send(sent, BodyHandlers.ofString()).body();
    assertTrue(activity.contains("{\"type\":\"Emoji\",\"name\":\":lavoir:\",\"icon\":{"), activity);
    send("/admin/emoji", "/admin/emoji/lavoir/delete", Map.of(), null, new byte[0]);
    var left = Jsoup.parse(get(post).body()).select(".prose");
    assertEquals(List.of(), left.select("img").eachAttr("alt"));
    assertTrue(left.text().startsWith("Au :lavoir: à"), left.text());
    assertFalse(CLIENT.send(sent, BodyHandlers.ofString()).body().contains("\"Emoji\",\"name"));
  }

  @Test
  void a_document_comes_with_a_message_and_is_found_among_the_documents() throws Exception {
    var pdf = "%PDF-1.4 …".getBytes(StandardCharsets.UTF_8);
    var first = Map.of("text", "Voici ce qui fut dit.");
    var added = send("/compose/note", "/compose/files", first, "file", pdf);
    var words = Map.of(only(added, ".files textarea"), "Compte rendu du conseil");
    var post = location(send(added, "/posts", words, null, new byte[0]));
    assertTrue(get(post).body().contains("Compte rendu du conseil"));
    var listed = Jsoup.parse(get("/documents?q=compte+rendu").body()).select(".topics li");
    assertEquals(1, listed.size());
    assertEquals(200, statusOf(listed.select("a").attr("href")));
    assertEquals(0, Jsoup.parse(get("/documents?year=1999").body()).select(".topics li").size());
    // The numbers of Groups have 64 bits; cut to 32 this one would be 0, which is all of them.
    var other = Jsoup.parse(get("/documents?group=4294967296").body());
    assertEquals(0, other.select(".topics li").size());
    var found = Jsoup.parse(get("/search?q=conseil").body());
    assertTrue(found.text().contains("Compte rendu du conseil"), found.text());
    var refused =
        send("/compose/note", first, "file", "<svg/>".getBytes(StandardCharsets.US_ASCII));
    assertEquals(422, refused.statusCode());
    assertTrue(refused.body().contains("Voici ce qui fut dit."));
  }

  @Test
  void pictures_are_described_one_by_one_and_an_edit_keeps_changes_and_removes_them()
      throws Exception {
    var text = Map.of("text", "Deux photos du four.");
    var one = send("/compose/note", "/compose/files", text, "file", TestPictures.jpeg(300, 200));
    var two = send(one, "/compose/preview", Map.of(), "file", TestPictures.jpeg(200, 300));
    var cards = Jsoup.parse(two.body()).select(".files textarea").eachAttr("name");
    assertEquals(2, cards.size());
    var left = cards.getFirst().replace("fileText", "focus");
    var said = Map.of(cards.getFirst(), "La voûte", cards.getLast(), "La porte", left, "-0.7,0.7");
    var post = location(send(two, "/posts", said, null, new byte[0]));
    var shown = Jsoup.parse(get(post).body()).select(".pictures img");
    assertEquals(List.of("La voûte", "La porte"), shown.eachAttr("alt"));
    assertEquals("x0 y0", shown.getFirst().className());
    var edited = Jsoup.parse(get(post + "/edit").body());
    assertEquals(
        List.of("-0.7,0.7", "0.0,0.0"),
        edited.select(".files [type=radio][checked]").eachAttr("value"));
    var gone = cards.getFirst().replace("fileText", "drop");
    var change = Map.of(gone, "on", cards.getLast(), "La porte, ouverte");
    var changed = location(send(post + "/edit", change, "file", TestPictures.jpeg(90, 90)));
    var now = Jsoup.parse(get(changed).body()).select(".pictures img").eachAttr("alt");
    assertEquals(2, now.size());
    assertEquals("La porte, ouverte", now.getFirst());
  }

  private static String only(HttpResponse<String> page, String selector) {
    return Objects.requireNonNull(Jsoup.parse(page.body()).selectFirst(selector)).attr("name");
  }
}
