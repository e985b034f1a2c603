package org.placette;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.config.Settings;
import org.placette.db.Db;
import org.placette.demo.Cast;
import org.placette.federation.fetch.AddressGuard.Resolver;
import org.placette.testing.Axe;
import org.placette.testing.Chromium;
import org.placette.testing.PgExtension;
import org.placette.testing.Ports;
import org.placette.testing.Walker;

/**
 * Every page of the demo village in a real browser: it fits the narrowest phone, axe-core finds
 * nothing serious on it, it asks nobody else for anything. French in the light, English in the
 * dark.
 */
@ExtendWith(PgExtension.class)
class EveryPageTest {

  private static final int PHONE = 360;

  private static final String THREAD = "main article a.time";

  /** A new page goes into one of these lists. */
  private static final List<String> FOR_STRANGERS =
      List.of(
          "/sign-in",
          "/sign-in/letter",
          "/signup",
          "/from-my-app?to=village@saint-just.example",
          "/from-my-app?to=village@saint-just.example&server=nowhere",
          "/offline",
          "/panneau",
          "/borne",
          "/borne/agenda",
          "/bulletin",
          "/nothing-here");

  private static final List<String> FOR_RESIDENTS =
      List.of(
          "/",
          "/events",
          "/events?view=week",
          "/events?view=month",
          "/posts",
          "/groups",
          "/people",
          "/places",
          "/places/new",
          "/tags",
          "/tags/soupe",
          "/about",
          "/privacy",
          "/accessibility",
          "/calendars",
          "/phone",
          "/me",
          "/home",
          "/bookmarks",
          "/messages",
          "/notifications",
          "/follow",
          "/follow-requests",
          "/compose",
          "/compose/event",
          "/compose/note",
          "/compose/group",
          "/settings/profile",
          "/settings/notifications",
          "/settings/security",
          "/settings/apps",
          "/users/nour",
          "/orgs/mairie",
          "/groups/village",
          "/admin/instance",
          "/admin/signups",
          "/admin/neighbours",
          "/admin/deliveries",
          "/admin/doctor",
          "/admin/storage",
          "/admin/numbers",
          "/imports",
          "/search?q=soupe",
          "/documents",
          "/dates",
          "/compose/dates",
          "/drafts",
          "/measures",
          "/vouch",
          "/admin",
          "/admin/reports",
          "/admin/people",
          "/admin/domains",
          "/admin/care",
          "/admin/roles",
          "/admin/log",
          "/admin/invites");

  private static Vertx vertx;
  private static Neighbourhood here;
  private static Chromium chromium;
  private static Browser browser;
  private static String origin;

  @BeforeAll
  static void open(Db db, @TempDir Path data) throws IOException {
    chromium = Chromium.open();
    browser = chromium.browser();
    vertx = Vertx.vertx();
    var settings = Settings.local(Ports.free(), data);
    here = new Neighbourhood(vertx, db, settings, Resolver.system());
    Main.fill(here);
    here.serve();
    origin = settings.origin();
  }

  @AfterAll
  static void close() {
    if (chromium != null) chromium.close();
    if (here != null) here.close();
    if (vertx != null) vertx.close().await();
  }

  private static BrowserContext visit(String locale, ColorScheme scheme) {
    // axe-core itself is put into the page, which our own policy would refuse.
    return browser.newContext(
        new Browser.NewContextOptions()
            .setLocale(locale)
            .setColorScheme(scheme)
            .setViewportSize(PHONE, 800)
            .setBypassCSP(true));
  }

  private static void signIn(Page page) {
    page.navigate(origin + "/sign-in");
    page.locator("#login").fill(Cast.NOUR);
    page.locator("#password").fill(Cast.PASSWORD);
    page.locator("main form[action='/sign-in'] button").click();
  }

  @Test
  void axe_finds_nothing_serious_on_any_page_and_each_fits_a_phone_french_in_the_light() {
    lookAtAll("fr-FR", ColorScheme.LIGHT);
  }

  @Test
  void axe_finds_nothing_serious_on_any_page_and_each_fits_a_phone_english_in_the_dark() {
    lookAtAll("en-GB", ColorScheme.DARK);
  }

  private static void lookAtAll(String locale, ColorScheme scheme) {
    // The second time only words and colours are others.
    var dark = scheme == ColorScheme.DARK;
    List<String> found = new ArrayList<>();
    try (var context = visit(locale, scheme)) {
      var page = context.newPage();
      page.onRequest(
          request -> {
            if (!request.url().startsWith(origin + "/") && !request.url().startsWith("data:"))
              found.add(page.url() + " asks for " + request.url());
          });
      for (var path : FOR_STRANGERS) look(page, path, dark, found);
      signIn(page);
      for (var path : FOR_RESIDENTS) look(page, path, dark, found);
      for (var room : List.of("/events", "/posts")) {
        page.navigate(origin + room);
        var links = page.locator(room.equals("/events") ? ".event h3 a" : "main article a.time");
        if (links.count() > 0)
          look(page, String.valueOf(links.first().getAttribute("href")), dark, found);
      }
    }
    assertEquals(List.of(), found);
  }

  private static void look(Page page, String path, boolean coloursAlone, List<String> found) {
    page.navigate(origin + path);
    var wide = (Integer) page.evaluate("document.documentElement.scrollWidth");
    if (wide > PHONE) found.add(path + " is " + wide + " wide on a phone");
    for (var one : Axe.serious(page, coloursAlone)) found.add(path + ": " + one);
  }

  @Test
  void nothing_moves_while_a_page_loads_and_the_first_one_weighs_little() {
    List<String> found = new ArrayList<>();
    for (var width : List.of(PHONE, 1280)) {
      for (var path :
          List.of("/", "/events", first(".event h3 a", "/events"), first(THREAD, "/posts"))) {
        var seen = load(path, width);
        System.out.println(width + " wide, " + seen);
        if (seen.shift() > 0.001) found.add("moves: " + seen);
        if (path.equals("/") && (seen.bytes() > 60_000 || seen.requests() > 10))
          found.add("heavy: " + seen);
      }
    }
    assertEquals(List.of(), found);
  }

  /** What a browser that comes for the first time is sent, compressed, and how far things move. */
  private record Loaded(String path, int requests, int bytes, double shift) {}

  private static Loaded load(String path, int width) {
    var options = new Browser.NewContextOptions().setViewportSize(width, 800).setLocale("fr-FR");
    try (var context = browser.newContext(options)) {
      var page = context.newPage();
      page.addInitScript(
          "window.shift = 0; new PerformanceObserver((list) => { for (const one of"
              + " list.getEntries()) window.shift += one.value; }).observe({ type: 'layout-shift',"
              + " buffered: true });");
      var bytes = new AtomicInteger();
      var requests = new AtomicInteger();
      var wire = context.newCDPSession(page);
      wire.send("Network.enable");
      wire.on("Network.requestWillBeSent", sent -> requests.incrementAndGet());
      wire.on(
          "Network.loadingFinished",
          done -> bytes.addAndGet(done.get("encodedDataLength").getAsInt()));
      page.navigate(origin + path);
      page.waitForLoadState(LoadState.NETWORKIDLE);
      var shift = ((Number) page.evaluate("window.shift")).doubleValue();
      return new Loaded(path, requests.get(), bytes.get(), shift);
    }
  }

  /** Where the first such link of a page leads. */
  private static String first(String links, String room) {
    try (var stranger = new Walker(origin)) {
      return Objects.requireNonNull(stranger.get(room).html().selectFirst(links)).attr("href");
    }
  }

  @Test
  void a_passkey_is_made_in_the_settings_and_opens_the_door_without_a_password() {
    try (var context = visit("fr-FR", ColorScheme.LIGHT)) {
      var page = context.newPage();
      var devices = context.newCDPSession(page);
      devices.send("WebAuthn.enable");
      var device = new JsonObject();
      device.addProperty("protocol", "ctap2");
      device.addProperty("transport", "internal");
      device.addProperty("hasResidentKey", true);
      device.addProperty("hasUserVerification", true);
      device.addProperty("isUserVerified", true);
      var options = new JsonObject();
      options.add("options", device);
      devices.send("WebAuthn.addVirtualAuthenticator", options);

      signIn(page);
      page.navigate(origin + "/settings/security");
      page.locator("#label").fill("Téléphone");
      page.locator("#key-password").fill("not the password");
      page.locator("#new-passkey button").click();
      assertThat(page.locator("#new-passkey [role=alert]")).containsText("pas votre mot de passe");
      page.locator("#key-password").fill(Cast.PASSWORD);
      page.locator("#new-passkey button").click();
      assertThat(page.locator("#keys h3")).hasText("Téléphone");

      page.locator("footer form[action='/sign-out'] button").click();
      page.navigate(origin + "/sign-in?next=%2Fme");
      page.locator("#passkey button").click();
      assertThat(page.locator("main h1")).hasText("Nour Benali");
      assertTrue(page.url().endsWith("/me"), page.url());
    }
  }

  @Test
  void somebody_with_a_keyboard_alone_goes_from_the_first_page_into_an_event() {
    try (var context = visit("fr-FR", ColorScheme.LIGHT)) {
      var page = context.newPage();
      page.navigate(origin + "/");
      page.keyboard().press("Tab");
      assertThat(page.locator(":focus")).hasText("Aller au contenu");
      page.keyboard().press("Enter");
      for (var tries = 0; tries < 10; tries++) {
        page.keyboard().press("Tab");
        if (page.locator(".event h3 a:focus").count() > 0) break;
      }
      var title = page.locator(":focus").textContent();
      page.keyboard().press("Enter");
      assertThat(page.locator("h1")).hasText(title);
    }
  }
}
