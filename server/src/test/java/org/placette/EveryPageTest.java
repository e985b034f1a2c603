package org.placette;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.config.Settings;
import org.placette.db.Db;
import org.placette.demo.Cast;
import org.placette.federation.fetch.AddressGuard.Resolver;
import org.placette.testing.Chromium;
import org.placette.testing.PgExtension;
import org.placette.testing.Ports;

/**
 * Every page of the demo village in a real browser: it fits the narrowest phone, axe-core finds
 * nothing serious on it, it asks nobody else for anything. French in the light, English in the
 * dark.
 */
@ExtendWith(PgExtension.class)
class EveryPageTest {

  private static final int PHONE = 360;

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
    List<String> found = new ArrayList<>();
    try (var context = visit(locale, scheme)) {
      var page = context.newPage();
      page.onRequest(
          request -> {
            if (!request.url().startsWith(origin + "/") && !request.url().startsWith("data:"))
              found.add(page.url() + " asks for " + request.url());
          });
      for (var path : FOR_STRANGERS) look(page, path, found);
      signIn(page);
      for (var path : FOR_RESIDENTS) look(page, path, found);
      for (var room : List.of("/events", "/posts")) {
        page.navigate(origin + room);
        var links = page.locator(room.equals("/events") ? ".event h3 a" : "main article a.time");
        if (links.count() > 0)
          look(page, String.valueOf(links.first().getAttribute("href")), found);
      }
    }
    assertEquals(List.of(), found);
  }

  private static void look(Page page, String path, List<String> found) {
    page.navigate(origin + path);
    var wide = (Integer) page.evaluate("document.documentElement.scrollWidth");
    if (wide > PHONE) found.add(path + " is " + wide + " wide on a phone");
    for (var rule : new AxeBuilder(page).analyze().getViolations()) {
      if (!List.of("serious", "critical").contains(rule.getImpact())) continue;
      found.add(path + ": " + rule.getId() + " " + rule.getNodes().getFirst().getHtml());
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
