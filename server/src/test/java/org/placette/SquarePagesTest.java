package org.placette;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.config.Settings;
import org.placette.db.Db;
import org.placette.demo.Cast;
import org.placette.federation.fetch.AddressGuard.Resolver;
import org.placette.instance.Instance;
import org.placette.testing.PgExtension;
import org.placette.testing.Ports;
import org.placette.testing.Walker;

/** The demo village's pages, as strangers and residents walk them without script. */
@ExtendWith(PgExtension.class)
class SquarePagesTest {

  private static Vertx vertx;
  private static Neighbourhood here;
  private static String origin;

  @BeforeAll
  static void open(Db db, @TempDir Path data) {
    vertx = Vertx.vertx();
    var port = Ports.free();
    Map<String, String> values = new HashMap<>();
    values.put("PLACETTE_DOMAIN", "localhost:" + port);
    values.put("PLACETTE_LISTEN", "127.0.0.1:" + port);
    values.put("PLACETTE_DATA", data.toString());
    values.put("PLACETTE_ALLOW_PRIVATE", "127.0.0.0/8,::1/128");
    // Nobody listens there: letters stay in the table, where tests read them.
    values.put("PLACETTE_SMTP_URL", "smtp://127.0.0.1:" + Ports.free());
    var settings = Settings.load(values, null);
    here = new Neighbourhood(vertx, db, settings, Resolver.system());
    Main.fill(here);
    here.serve();
    origin = settings.origin();
  }

  @AfterAll
  static void close() {
    here.close();
    vertx.close().await();
  }

  private static Walker as(String username) {
    return new Walker(origin).as(username, Cast.PASSWORD);
  }

  // --- what strangers find

  @Test
  void the_home_page_weighs_little_and_asks_for_few_things_all_of_them_from_here()
      throws IOException, InterruptedException {
    var client = HttpClient.newHttpClient();
    var home = get(client, "/");
    var html = Jsoup.parse(new String(unzipped(home), StandardCharsets.UTF_8), origin);
    var asked =
        html.select("link[rel=stylesheet], link[rel=manifest], script[src], img").stream()
            .map(it -> it.hasAttr("href") ? it.attr("href") : it.attr("src"))
            .toList();
    assertTrue(asked.size() + 2 <= 10, asked.toString());
    var weight = home.length;
    for (var address : asked) {
      assertTrue(address.startsWith("/"), address);
      if (!address.matches(".*\\.(png|svg|webp).*")) weight += get(client, address).length;
    }
    assertTrue(weight <= 60_000, "the home page weighs " + weight);
  }

  private static byte[] get(HttpClient client, String path)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(origin + path)).header("Accept-Encoding", "gzip");
    return client.send(request.build(), BodyHandlers.ofByteArray()).body();
  }

  private static byte[] unzipped(byte[] body) throws IOException {
    return new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
  }

  @Test
  void search_engines_see_what_people_let_them_see() {
    try (var walker = new Walker(origin)) {
      var map = walker.raw("/sitemap.xml").body();
      assertTrue(map.contains("<loc>" + origin + "/orgs/mairie</loc>"), map);
      assertFalse(map.contains("/users/nour"), map);
      var robots = walker.raw("/robots.txt").body();
      assertTrue(robots.contains("GPTBot") && robots.contains("Sitemap: " + origin), robots);
      assertFalse(robots.contains("nour"), robots);
      assertEquals(1, walker.get("/users/nour").count("meta[name=robots][content=noindex]"));
      assertEquals(0, walker.get("/orgs/mairie").count("meta[name=robots]"));
    }
  }

  @Test
  void the_directory_lists_associations_and_only_people_who_want_to_be_found() {
    try (var lucie = as("lucie")) {
      assertTrue(lucie.get("/people").text("main").contains("Lucie Ferrand"));
      var profile = lucie.get("/settings/profile");
      Objects.requireNonNull(profile.html().selectFirst("[name=discoverable]"))
          .removeAttr("checked");
      lucie.submit(profile, "/settings/profile", Map.of());
      var all = lucie.get("/people").text("main");
      assertFalse(all.contains("Lucie Ferrand"), all);
      assertTrue(all.contains("Mairie de Saint-Just") && all.contains("Odette Vial"), all);
      assertFalse(lucie.get("/people?q=odette").text("main").contains("Paul"));
    }
  }

  @Test
  void going_to_one_s_own_server_names_its_host_and_never_happens_by_itself_t26() {
    try (var walker = new Walker(origin)) {
      var to = "village@" + origin.substring(7);
      var asked = walker.get("/from-my-app?to=" + to);
      assertEquals(1, asked.count("form[action=/from-my-app] input[name=server]"));
      var there = walker.raw("/from-my-app?to=" + to + "&server=piaille.example");
      assertEquals(200, there.statusCode());
      var link = Objects.requireNonNull(Jsoup.parse(there.body()).selectFirst("main a.button"));
      assertEquals("piaille.example", URI.create(link.attr("href")).getHost());
      assertTrue(link.text().contains("piaille.example"), link.text());
      for (var evil : List.of("https://evil.example/x", "javascript:alert(1)", "//evil.example"))
        assertEquals(404, walker.get("/from-my-app?to=" + encoded(evil)).status(), evil);
    }
  }

  @Test
  void people_who_come_from_elsewhere_sign_in_and_find_what_they_came_for() {
    try (var walker = new Walker(origin)) {
      var uri = origin + "/users/nour";
      var asked = walker.get("/authorize_interaction?uri=" + encoded(uri));
      assertEquals("/sign-in", asked.path());
      var done =
          walker.submit(asked, "/sign-in", Map.of("login", "paul", "password", Cast.PASSWORD));
      assertEquals("/users/nour", done.path());
      var known = walker.get("/authorize_interaction?uri=acct%3Amairie%40" + origin.substring(7));
      assertEquals("/orgs/mairie", known.path());
      var finger = walker.raw("/.well-known/webfinger?resource=acct:nour@" + origin.substring(7));
      assertTrue(finger.body().contains(origin + "/authorize_interaction?uri={uri}"));
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void an_event_is_counted_once_for_others_whatever_poll_stands_beside_it() {
    var polls = "select count(*) from post where companion_of is not null";
    assertTrue(Objects.requireNonNull(here.db.one(polls, row -> row.getLong(0))) > 0);
    var written =
        """
        select count(*) from post p join actor a on a.id = p.actor_id
        where a.host is null and p.in_reply_to is null and p.companion_of is null
          and p.visibility in ('public', 'unlisted')
        """;
    var counted = Objects.requireNonNull(here.db.one(written, row -> row.getLong(0)));
    assertEquals(counted, new Instance(here.db).counts().posts());
  }

  // --- signing in

  @Test
  void after_a_second_factor_a_password_alone_opens_nothing_and_a_recovery_code_works_once() {
    try (var emma = as("emma");
        var thief = new Walker(origin)) {
      var page = emma.get("/settings/security");
      var secret = page.text("code.code").replace(" ", "");
      var used = code(secret, 0);
      var on = emma.submit(page, "/settings/security/code", Map.of("code", used));
      var codes = on.html().select(".codes code").eachText();
      assertEquals(8, codes.size());

      var asked =
          thief.attempt("/sign-in", "/sign-in", Map.of("login", "emma", "password", Cast.PASSWORD));
      assertEquals("/sign-in/code", asked.path());
      assertEquals("/sign-in", thief.get("/notifications").path());
      var wrong = thief.attempt(asked, "/sign-in/code", Map.of("code", "000000"));
      assertEquals(422, wrong.status());
      // The code that turned it on is used up.
      assertEquals(422, thief.attempt(asked, "/sign-in/code", Map.of("code", used)).status());
      var in = thief.attempt(asked, "/sign-in/code", Map.of("code", codes.getFirst()));
      assertEquals(200, in.status());
      assertEquals(200, thief.get("/me").status());
      var again = thief.attempt(asked, "/sign-in/code", Map.of("code", codes.get(1)));
      assertEquals(403, again.status());
    }
  }

  private static String code(String base32, int later) {
    return org.placette.signin.Codes.of(base32, later);
  }

  @Test
  void a_link_by_letter_opens_once_behind_a_button_and_tells_nobody_who_has_an_account() {
    try (var jean = new Walker(origin)) {
      var sent = jean.submit("/sign-in/letter", "/sign-in/letter", Map.of("login", "jean"));
      var nobody = jean.submit("/sign-in/letter", "/sign-in/letter", Map.of("login", "nobody"));
      assertEquals(sent.text("main"), nobody.text("main"));
      var letter = letter("jean@");
      var found = Pattern.compile(origin + "(/sign-in/letter/[\\w-]+)").matcher(letter);
      assertTrue(found.find(), letter);
      var path = found.group(1);
      // Whatever scans letters follows links: that uses nothing up.
      assertEquals(200, jean.get(path).status());
      var in = jean.submit(path, path, Map.of());
      assertEquals("/", in.path());
      assertEquals(200, jean.get("/me").status());
      assertEquals(403, jean.get(path).status());
    }
  }

  private static String letter(String to) {
    return Objects.requireNonNull(
        here.db.one(
            "select body from letter where recipient like $1 order by id desc limit 1",
            row -> row.getString(0),
            to + "%"));
  }

  @Test
  void a_new_password_ends_every_session_but_the_one_that_changed_it_t23() {
    try (var paul = as("odette");
        var elsewhere = as("odette")) {
      assertEquals(200, elsewhere.get("/me").status());
      var page = paul.get("/settings/security");
      var wrong =
          paul.attempt(
              page,
              "/settings/security/password",
              Map.of("password", "something else", "newPassword", "une autre phrase"));
      assertEquals(422, wrong.status());
      paul.submit(
          page,
          "/settings/security/password",
          Map.of("password", Cast.PASSWORD, "newPassword", "une autre phrase"));
      assertEquals(200, paul.get("/me").status());
      assertEquals("/sign-in", elsewhere.get("/me").path());
    }
  }

  @Test
  void forms_from_elsewhere_are_refused_and_no_page_may_be_framed_t24() {
    try (var nour = as("nour")) {
      for (var path : List.of("/", "/sign-in", "/settings/security", "/me", "/people")) {
        var policy = nour.raw(path).headers().firstValue("Content-Security-Policy").orElse("");
        assertTrue(policy.contains("frame-ancestors 'none'"), path);
        assertTrue(policy.contains("form-action 'self'"), path);
        assertFalse(policy.contains("unsafe"), path);
        var html = nour.get(path).html();
        assertEquals(
            0, html.select("script:not([src]):not([type*=json]), [style], [onclick]").size());
      }
      var form = nour.get("/settings/security");
      Objects.requireNonNull(
              form.html().selectFirst("form[action=/settings/security/password] [name=csrf]"))
          .val("x");
      assertEquals(403, nour.attempt(form, "/settings/security/password", Map.of()).status());
    }
  }

  // --- what residents have

  @Test
  void a_message_reaches_the_one_it_names_and_nobody_else() {
    try (var marc = as("marc");
        var aicha = as("aicha");
        var nour = as("nour")) {
      var sent =
          marc.submit(
              "/messages", "/messages", Map.of("to", "@aicha", "text", "Le four est prêt."));
      assertTrue(aicha.get("/messages").text("main").contains("Le four est prêt."));
      assertEquals(1, aicha.get("/messages").count(".news .tag"));
      assertTrue(aicha.get("/me").text("main").contains("1 nouveau"));
      var read = aicha.get("/messages/" + sent.id());
      assertEquals(sent.path(), read.path());
      assertEquals(0, aicha.get("/messages").count(".news .tag"));
      aicha.submit(read, "/posts", Map.of("text", "J’arrive !"));
      assertTrue(marc.get("/messages").text("main").contains("J’arrive !"));
      assertEquals(404, nour.get(sent.path()).status());
      assertFalse(nour.get("/messages").text("main").contains("four"));
      assertEquals(
          422, marc.attempt("/messages", "/messages", Map.of("to", "x", "text", "y")).status());
    }
  }

  @Test
  void what_is_put_aside_stays_until_it_is_let_go() {
    try (var nour = as("nour")) {
      var post =
          Objects.requireNonNull(nour.get("/posts").html().selectFirst("a.time")).attr("href");
      nour.submit(post, post + "/bookmark", Map.of());
      var list = nour.get("/bookmarks");
      assertEquals(1, list.count("article.note"));
      nour.submit(list, post + "/unbookmark", Map.of());
      assertEquals(0, nour.get("/bookmarks").count("article.note"));
      assertNotEquals(0, nour.get("/home").count("article.note"));
    }
  }

  @Test
  void a_browser_is_woken_by_what_is_told_at_once_until_its_session_ends() throws Exception {
    var reader = new PushReader();
    var came = new LinkedBlockingQueue<byte[]>();
    var service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/",
        call -> {
          came.add(call.getRequestBody().readAllBytes());
          call.sendResponseHeaders(201, -1);
          call.close();
        });
    service.start();
    try (var jean = as("jean");
        var lucie = as("lucie")) {
      lucie.submit("/settings/notifications", "/settings/notifications", Map.of("mentions", "now"));
      var address = "http://127.0.0.1:" + service.getAddress().getPort() + "/woken";
      var subscription =
          "{\"endpoint\":\"%s\",\"keys\":{\"p256dh\":\"%s\",\"auth\":\"%s\"}}"
              .formatted(address, reader.p256dh(), reader.auth());
      lucie.submit(
          "/settings/notifications", "/settings/push", Map.of("subscription", subscription));
      jean.submit("/messages", "/messages", Map.of("to", "lucie", "text", "Réunion à 18 h ?"));
      var body = came.poll(3, TimeUnit.MINUTES);
      var said = reader.standard(Objects.requireNonNull(body, "no push came"));
      assertTrue(said.contains("Jean Maurel") && said.contains("Réunion à 18 h"), said);
      assertFalse(said.contains("access_token"), said);
      lucie.submit("/me", "/sign-out", Map.of());
      var left = "select count(*) from push_subscription where session_hash is not null";
      assertEquals(0, Objects.requireNonNull(here.db.one(left, row -> row.getLong(0))).longValue());
    } finally {
      service.stop(0);
    }
  }

  @Test
  void a_place_takes_its_colour_and_says_when_it_has_to_be_darkened() {
    try (var nour = as("nour")) {
      var saved = nour.submit("/admin/instance", "/admin/instance", Map.of("colour", "#ffee00"));
      assertTrue(saved.text("[role=status]").contains("#ffee00"), saved.text("main"));
      var theme = nour.raw("/theme.css?c=ffee00").body();
      assertFalse(theme.contains("--place:#ffee00"), theme);
      assertTrue(nour.get("/").html().select("link[href^=/theme.css]").size() > 0);
      nour.submit("/admin/instance", "/admin/instance", Map.of("colour", "#005b45"));
    }
  }
}
