package org.placette.oauth;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.db.Db;
import org.placette.testing.Axe;
import org.placette.testing.Chromium;
import org.placette.testing.PgExtension;
import org.placette.testing.WebApp;

/** The page on which a person lets an app in, in a real browser on a phone. */
@ExtendWith(PgExtension.class)
class AuthorizeBrowserTest {

  private static final int PHONE = 360;
  private static final String PASSWORD = Village.PASSWORD;
  private static final Path PICTURES = Path.of("target", "pictures");

  private static Village village;
  private static WebApp webApp;
  private static Chromium chromium;
  private static Browser browser;
  private static AppAndPerson app;
  private static String origin;

  @BeforeAll
  static void open(Db db, @TempDir Path data) throws Exception {
    chromium = Chromium.open();
    browser = chromium.browser();
    village = Village.start(db, data);
    origin = village.origin();
    var unused = village.person("odile");
    app = new AppAndPerson(origin);
    var page = "<!doctype html><title>Ivy</title><h1>Ivy</h1>";
    webApp = WebApp.of(page.getBytes(StandardCharsets.UTF_8));
  }

  @AfterAll
  static void close() {
    if (chromium != null) chromium.close();
    if (webApp != null) webApp.close();
    if (village != null) village.close();
  }

  private static Page page(boolean script, String locale, ColorScheme scheme) {
    return browser
        .newContext(
            new Browser.NewContextOptions()
                .setLocale(locale)
                .setColorScheme(scheme)
                .setViewportSize(PHONE, 740)
                .setBypassCSP(script)
                .setJavaScriptEnabled(script))
        .newPage();
  }

  private static String backToWebApp() {
    return webApp.origin() + "/back";
  }

  @Test
  void without_script_a_person_signs_in_says_yes_and_lands_in_the_web_app() throws Exception {
    for (var language : List.of("fr", "en")) {
      var page = page(false, language, ColorScheme.LIGHT);
      var registered = app.register(backToWebApp(), "read write follow push");
      var scope = Map.of("scope", "read write follow push", "state", "s1");
      page.navigate(origin + AppAndPerson.question(registered, scope));
      assertThat(page.locator("h1")).containsText("Ivy");
      assertEquals(language, page.locator("html").getAttribute("lang"));
      signIn(page);
      assertThat(page.locator("main")).containsText("@odile");
      page.locator("button[value=accept]").click();
      assertTrue(page.url().startsWith(backToWebApp() + "?code="), page.url());
      assertTrue(page.url().endsWith("&state=s1"), page.url());
      assertThat(page.locator("h1")).hasText("Ivy");
      page.context().close();
    }
  }

  private static void signIn(Page page) {
    page.locator("#login").fill("odile");
    page.locator("#password").fill(PASSWORD);
    page.locator("button[value=sign-in]").click();
  }

  @Test
  void the_pages_fit_a_phone_and_axe_finds_nothing_serious_on_them() throws Exception {
    List<String> found = new ArrayList<>();
    var registered =
        app.json(
                "/api/v1/apps",
                """
                {"client_name": "Lierre – le petit client du voisinage",
                 "website": "https://lierre.example/une-adresse-plutot-longue/qui-ne-tient-pas",
                 "redirect_uris": "urn:ietf:wg:oauth:2.0:oob",
                 "scopes": "read:accounts read:statuses write:media write:statuses follow push"}
                """)
            .json();
    for (var language : List.of("fr", "en")) {
      for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        walk(registered, language, scheme, found);
      }
    }
    assertEquals(List.of(), found);
  }

  private static void walk(
      JsonNode registered, String language, ColorScheme scheme, List<String> found) {
    var page = page(true, language, scheme);
    var name = language + "-" + scheme.name().toLowerCase(Locale.ROOT) + "-";
    var all = "read:accounts read:statuses write:media write:statuses follow push";
    page.navigate(
        origin + AppAndPerson.question(registered, Map.of("scope", all, "lang", language)));
    look(page, name + "1-sign-in", found);
    page.locator("#login").fill("odile");
    page.locator("#password").fill("wrong");
    page.locator("button[value=sign-in]").click();
    look(page, name + "2-wrong", found);
    signIn(page);
    look(page, name + "3-consent", found);
    page.locator("button[value=accept]").click();
    look(page, name + "4-code", found);
    var code = page.locator("#code").textContent();
    exchange(registered, code);
    page.navigate(origin + "/settings/apps");
    look(page, name + "5-connections", found);
    page.navigate(origin + "/oauth/authorize?client_id=nobody");
    look(page, name + "6-unknown", found);
    page.context().close();
  }

  private static void exchange(JsonNode registered, String code) {
    try {
      var answer = app.form("/oauth/token", AppAndPerson.exchange(registered, code));
      assertEquals(200, answer.status());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void look(Page page, String name, List<String> found) {
    page.screenshot(
        new Page.ScreenshotOptions().setFullPage(true).setPath(PICTURES.resolve(name + ".png")));
    var wide = (Integer) page.evaluate("document.documentElement.scrollWidth");
    if (wide > PHONE) found.add(name + " is " + wide + " wide on a phone");
    for (var one : Axe.serious(page, false)) found.add(name + ": " + one);
  }
}
