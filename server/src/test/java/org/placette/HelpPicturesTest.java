package org.placette;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
import org.placette.testing.Walker;

/**
 * The pictures of the guides, taken in the demo village with a phone. With the environment variable
 * {@code HELP_PICTURES=write} they are taken again.
 */
@ExtendWith(PgExtension.class)
class HelpPicturesTest {

  private static final Path FOLDER =
      Path.of("..", "web-static", "src", "main", "resources", "static", "help");
  private static final List<String> NAMES = List.of("home", "event", "attendees", "admin");
  private static final int HEAVIEST = 60_000;

  @Test
  void every_picture_of_the_guides_is_there_and_light(Db db, @TempDir Path data)
      throws IOException {
    if ("write".equals(System.getenv("HELP_PICTURES"))) take(db, data);
    List<String> wrong = new ArrayList<>();
    for (var name : NAMES)
      for (var language : List.of("fr", "en")) {
        var file = FOLDER.resolve(name + "-" + language + ".png");
        var size = Files.exists(file) ? Files.size(file) : 0;
        if (size == 0 || size > HEAVIEST) wrong.add(file + ": " + size + " bytes");
      }
    assertEquals(List.of(), wrong);
  }

  private static void take(Db db, Path data) throws IOException {
    var vertx = Vertx.vertx();
    var settings = Settings.local(Ports.free(), data);
    try (var chromium = Chromium.open();
        var village = new Neighbourhood(vertx, db, settings, Resolver.system())) {
      Main.fill(village);
      village.serve();
      for (var language : List.of("fr", "en"))
        take(chromium.browser(), settings.origin(), language);
    } finally {
      vertx.close().await();
    }
  }

  private static void take(Browser browser, String origin, String language) {
    var options =
        new Browser.NewContextOptions()
            .setLocale(language)
            .setViewportSize(360, 640)
            .setDeviceScaleFactor(1);
    try (var context = browser.newContext(options)) {
      context.setDefaultTimeout(60_000);
      var page = context.newPage();
      page.navigate(origin + "/?lang=" + language);
      keep(page, "home", language);
      page.navigate(origin + "/sign-in");
      page.locator("#login").fill(Cast.NOUR);
      page.locator("#password").fill(Cast.PASSWORD);
      page.waitForNavigation(() -> page.locator("main form[action='/sign-in'] button").click());
      var event = event(page, origin, "form[action$='/answer']");
      page.navigate(origin + event);
      page.locator("#come").evaluate("(e) => { e.scrollIntoView(false); scrollBy(0, 76); }");
      keep(page, "event", language);
      var own = event(page, origin, "a[href$='/attendees']");
      for (var name : List.of("aicha", "marc", "paul")) come(origin, own, name);
      page.navigate(origin + own + "/attendees");
      page.locator("table").evaluate("(e) => { e.scrollIntoView(); scrollBy(0, -190); }");
      keep(page, "attendees", language);
      page.navigate(origin + "/admin");
      page.locator("h1").evaluate("(e) => { e.scrollIntoView(); scrollBy(0, -16); }");
      keep(page, "admin", language);
    }
  }

  private static void come(String origin, String event, String name) {
    try (var one = new Walker(origin)) {
      var unused = one.as(name, Cast.PASSWORD).press(event, event + "/answer", "answer", "going");
    }
  }

  /** The first event whose page has something to offer, such as a form to answer. */
  private static String event(Page page, String origin, String offer) {
    page.navigate(origin + "/events");
    var all = page.locator(".event h3 a").all().stream().map(a -> a.getAttribute("href")).toList();
    for (var one : all) {
      page.navigate(origin + one);
      if (page.locator("#come " + offer).count() > 0) return one;
    }
    throw new AssertionError("no event has " + offer);
  }

  private static void keep(Page page, String name, String language) {
    var file = FOLDER.resolve(name + "-" + language + ".png");
    page.screenshot(new Page.ScreenshotOptions().setPath(file));
  }
}
