package org.placette;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.actor.Actor;
import org.placette.db.Db;
import org.placette.post.Posts.NewPost;
import org.placette.testing.Chromium;
import org.placette.testing.PgExtension;
import org.placette.testing.WebApp;

/** A web client of another origin, in a real browser: window, CORS, PKCE and the stream. */
@ExtendWith(PgExtension.class)
class WebClientTest {

  private static final Path CLIENT = Path.of("src", "test", "clients", "web_client.html");
  private static final String PASSWORD = Village.PASSWORD;

  private static Village village;
  private static WebApp elsewhere;
  private static Chromium chromium;
  private static Browser browser;
  private static String origin;
  private static Actor odile;
  private static Actor paul;

  @BeforeAll
  static void open(Db db, @TempDir Path data) throws Exception {
    chromium = Chromium.open();
    browser = chromium.browser();
    village = Village.start(db, data);
    origin = village.origin();
    odile = village.person("odile").actor();
    paul = village.person("paul").actor();
    elsewhere = WebApp.of(Files.readAllBytes(CLIENT));
  }

  @AfterAll
  static void close() {
    if (chromium != null) chromium.close();
    if (elsewhere != null) elsewhere.close();
    if (village != null) village.close();
  }

  @Test
  void a_web_client_signs_in_pages_home_and_hears_what_happens() {
    var client = browser.newContext(new Browser.NewContextOptions().setLocale("fr")).newPage();
    client.navigate(elsewhere.origin() + "/?" + origin);
    client.waitForFunction("window.ready");
    var token = signIn(client);
    client.evaluate("token => use(token)", token);
    village.whole().posts.publish(odile, NewPost.note("un", "fr"));
    village.whole().posts.publish(odile, NewPost.note("deux", "fr"));
    village.whole().posts.publish(odile, NewPost.note("trois", "fr"));
    var read = (Map<?, ?>) client.evaluate("read()");
    assertEquals(2, read.get("first") instanceof List<?> first ? first.size() : 0);
    assertEquals(1, read.get("second") instanceof List<?> second ? second.size() : 0);
    assertNotNull(read.get("left"), "X-RateLimit-Remaining is exposed");

    assertEquals(true, client.evaluate("listen()"), "the sub-protocol is given back");
    var own = village.whole().posts.publish(odile, NewPost.note("quatre", "fr"));
    heard(client, "update", String.valueOf(own.id()));
    var said = village.whole().posts.publish(paul, NewPost.note("Bonjour @odile", "fr"));
    client.waitForFunction(
        "id => heard.some(one => one.event === 'notification' && one.payload.type === 'mention'"
            + " && one.payload.status.id === id)",
        String.valueOf(said.id()));
    client.evaluate(
        "id => call('PUT', '/api/v1/statuses/' + id, {status: 'cinq'})", String.valueOf(own.id()));
    heard(client, "status.update", String.valueOf(own.id()));
    client.evaluate("id => call('DELETE', '/api/v1/statuses/' + id)", String.valueOf(own.id()));
    client.waitForFunction(
        "id => heard.some(one => one.event === 'delete' && one.payload === id)",
        String.valueOf(own.id()));
    assertEquals(200, ((Map<?, ?>) client.evaluate("signOut()")).get("status"));
    client.waitForFunction("heard.at(-1).event === 'closed'");
    var refused = (Map<?, ?>) client.evaluate("call('GET', '/api/v1/timelines/home')");
    assertEquals(401, refused.get("status"));
  }

  private static String signIn(Page client) {
    var popup = client.waitForPopup(() -> client.evaluate("() => { window.signing = signIn(); }"));
    assertThat(popup.locator("h1")).containsText("Lierre");
    popup.locator("#login").fill("odile");
    popup.locator("#password").fill(PASSWORD);
    popup.locator("button[value=sign-in]").click();
    popup.onPageError(message -> System.err.println(message));
    popup.locator("button[value=accept]").click();
    var answers = (Map<?, ?>) client.evaluate("window.signing");
    assertEquals(400, in(answers, "wrong").get("status"));
    assertTrue(popup.isClosed());
    return String.valueOf(in(in(answers, "right"), "json").get("access_token"));
  }

  private static Map<?, ?> in(Map<?, ?> answer, String name) {
    return (Map<?, ?>) Objects.requireNonNull(answer.get(name), name);
  }

  private static void heard(Page client, String event, String id) {
    client.waitForFunction(
        "([event, id]) => heard.some(one => one.event === event && one.payload.id === id)",
        List.of(event, id));
  }
}
