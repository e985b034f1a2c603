package org.placette.oauth;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.db.Db;
import org.placette.testing.Chromium;
import org.placette.testing.Letterbox;
import org.placette.testing.PgExtension;
import org.placette.testing.Walker;

/**
 * Somebody who was suspended comes to the decision, and to where they may answer, by every door
 * that they could enter by before; and no further.
 */
@ExtendWith(PgExtension.class)
class KeptOutTest {

  private static final Pattern LINK = Pattern.compile("/sign-in/letter/[A-Za-z0-9_-]+");

  private static Letterbox letters;
  private static Village village;
  private static Walker owner;

  @BeforeAll
  static void start(Db db, @TempDir Path data) throws Exception {
    letters = new Letterbox();
    village = Village.start(db, data, Map.of("PLACETTE_SMTP_URL", letters.url()));
    owner = village.newcomer("nour", "owner");
  }

  @AfterAll
  static void stop() throws Exception {
    village.close();
    letters.close();
  }

  private static void suspend(String who) {
    var form = Map.of("action", "suspend", "reason", "Trois fois la même injure");
    var done = owner.submit("/admin/people?who=" + who, "/admin/measures", form);
    assertTrue(done.text("main").contains("suspendu"), done.text("main"));
  }

  private static void decision(Walker.Page page) {
    assertTrue(page.path().startsWith("/measures/pass/"), page.path());
    assertTrue(page.text("main").contains("Trois fois la même injure"), page.text("main"));
    assertEquals(0, page.count("form[action=/sign-out]"), "nobody is signed in");
  }

  @Test
  void a_link_by_letter_and_the_page_of_an_app_lead_to_the_decision() throws Exception {
    var sam = village.person("sam");
    var app = new AppAndPerson(village.origin());
    var question = AppAndPerson.question(app.register(AppAndPerson.BACK, "read"), Map.of());
    suspend("sam");
    var browser = village.guest();
    browser.submit("/sign-in/letter", "/sign-in/letter", Map.of("login", "sam"));
    var link = LINK.matcher(letters.take("sam@saint-just.example", "").text());
    while (!link.find()) link = LINK.matcher(letters.take("sam@saint-just.example", "").text());
    decision(browser.submit(link.group(), link.group(), Map.of()));
    decision(
        village
            .guest()
            .attempt("/sign-in", "/sign-in", Map.of("login", "sam", "password", Village.PASSWORD)));
    var led = app.signIn(question, "sam", Village.PASSWORD);
    assertTrue(led.html().select("main").text().contains("Trois fois la même injure"), led.body());
    var wrong = app.signIn(question, "sam", "another phrase, not theirs");
    assertEquals(422, wrong.status(), "who does not know the password learns nothing");
    assertTrue(!wrong.body().contains("injure"));
  }

  @Test
  void a_passkey_leads_to_the_decision_too() throws Exception {
    var zoe = village.person("zoe");
    try (var chromium = Chromium.open();
        var context = chromium.browser().newContext(french())) {
      var page = context.newPage();
      device(context, page);
      page.navigate(village.origin() + "/sign-in?next=%2Fsettings%2Fsecurity");
      page.locator("input[name=login]").fill("zoe");
      page.locator("input[name=password]").fill(Village.PASSWORD);
      page.locator("input[name=password]").press("Enter");
      page.locator("#key-password").fill(Village.PASSWORD);
      page.locator("#new-passkey button").click();
      assertThat(page.locator("#keys h3")).hasCount(1);
      suspend("zoe");
      page.navigate(village.origin() + "/sign-in");
      page.locator("#passkey button").click();
      assertThat(page.locator("main")).containsText("Trois fois la même injure");
      assertTrue(page.url().contains("/measures/pass/"), page.url());
      page.locator("textarea").fill("Je demande pardon");
      page.locator("main form button").click();
      assertThat(page.locator("main")).containsText("Je demande pardon");
    }
  }

  private static Browser.NewContextOptions french() {
    return new Browser.NewContextOptions().setLocale("fr-FR").setViewportSize(390, 800);
  }

  private static void device(BrowserContext context, Page page) {
    var devices = context.newCDPSession(page);
    devices.send("WebAuthn.enable");
    var device = new JsonObject();
    device.addProperty("protocol", "ctap2");
    device.addProperty("transport", "internal");
    for (var yes : new String[] {"hasResidentKey", "hasUserVerification", "isUserVerified"})
      device.addProperty(yes, true);
    var options = new JsonObject();
    options.add("options", device);
    devices.send("WebAuthn.addVirtualAuthenticator", options);
  }
}
