package org.placette;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.MethodName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.db.Db;
import org.placette.testing.Chromium;
import org.placette.testing.PgExtension;

/** The pages in a real browser, most of the time without script. */
@ExtendWith(PgExtension.class)
@TestMethodOrder(MethodName.class)
class BrowserTest {

  private static final int PHONE = 360;
  private static final String PASSWORD = "une phrase assez longue";

  @TempDir static Path data;

  private static Village here;
  private static Chromium chromium;
  private static Browser browser;
  private static String origin;
  private static String link;

  @BeforeAll
  static void open(Db db) throws IOException {
    chromium = Chromium.open();
    browser = chromium.browser();
    here = Village.start(db, data);
    link = String.valueOf(here.whole().setup.link());
    origin = here.origin();
  }

  @AfterAll
  static void close() {
    if (chromium != null) chromium.close();
    if (here != null) here.close();
  }

  private static Page page(boolean script, ColorScheme scheme) {
    var context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setLocale("fr-FR")
                .setColorScheme(scheme)
                .setViewportSize(PHONE, 800)
                .setBypassCSP(script)
                .setJavaScriptEnabled(script));
    return context.newPage();
  }

  @Test
  void a_the_first_owner_opens_the_place_signs_in_and_publishes_without_script() {
    var page = page(false, ColorScheme.LIGHT);
    page.navigate(link);
    page.getByLabel("Nom du village ou du quartier").fill("Saint-Just-le-Lavoir");
    page.getByLabel("Devise").fill("La place du village");
    page.getByLabel("Nom d’utilisateur").fill("odile");
    page.getByLabel("Courriel").fill("odile@example.org");
    page.getByLabel("Mot de passe").fill(PASSWORD);
    page.locator("main button").first().click();
    assertThat(page.locator(".mast .name")).containsText("Saint-Just-le-Lavoir");

    page.locator("text=Se déconnecter").click();
    signIn(page);
    publishEvent(page);
    publishNote(page);

    page.navigate(origin + "/");
    assertThat(page.locator(".event h3")).hasText("Soupe partagée");
    assertThat(page.locator(".event")).containsText("19\u00a0h – 22\u00a0h");
    assertThat(page.locator("article.note")).containsText("une grande marmite");
    page.navigate(origin + "/?lang=en");
    assertThat(page.locator(".event")).containsText("7 – 10\u00a0pm");
    page.context().close();
  }

  private static void signIn(Page page) {
    page.navigate(origin + "/compose");
    page.getByLabel("Nom d’utilisateur ou courriel").fill("odile");
    page.getByLabel("Mot de passe").fill(PASSWORD);
    page.locator("main form[action='/sign-in'] button").click();
    assertEquals(origin + "/compose", page.url());
  }

  /** Opens what a field is folded into. */
  private static void unfold(Page page, String field) {
    page.locator("details:has(" + field + ") > summary").click();
  }

  private static void publishEvent(Page page) {
    page.navigate(origin + "/compose/event");
    page.locator("#name").fill("Soupe partagée");
    page.locator("#startDate").fill(LocalDate.now().plusDays(3).toString());
    page.locator("#startTime").fill("19:00");
    page.locator("#endTime").fill("22:00");
    page.locator("#placeName").fill("Place du Lavoir");
    unfold(page, "#locality");
    page.locator("#locality").fill("Saint-Just");
    page.locator("#category").selectOption("FOOD_DRINK");
    page.locator("#text").fill("Chacun apporte un **légume**. #entraide");
    page.locator("main button").first().click();
    assertThat(page.locator("h1")).hasText("Soupe partagée");
    assertThat(page.locator(".prose strong")).hasText("légume");
  }

  private static void publishNote(Page page) {
    page.navigate(origin + "/compose/note");
    page.locator("#text").fill("Qui peut prêter une grande marmite ?");
    page.locator("#title").press("Enter");
    assertThat(page.locator("article.note.main")).containsText("une grande marmite");
  }

  @Test
  void b_a_wrong_form_says_what_to_correct_and_keeps_what_was_typed() {
    var page = page(false, ColorScheme.LIGHT);
    signIn(page);
    page.navigate(origin + "/compose/event");
    page.locator("#name").fill("Bal");
    page.locator("#startDate").fill("2030-07-13");
    page.locator("#startTime").fill("20:00");
    unfold(page, "#zone");
    page.locator("#zone").fill("Europe/Saint-Just");
    page.locator("main button").first().click();
    assertThat(page.locator("[role=alert]")).containsText("Fuseau horaire");
    assertThat(page.locator("#name")).hasValue("Bal");
    page.context().close();
  }

  @Test
  void ba_what_else_happens_then_is_said_while_one_writes() {
    var page = page(true, ColorScheme.LIGHT);
    signIn(page);
    page.navigate(origin + "/compose/event");
    page.locator("#startDate").fill(LocalDate.now().plusDays(3).toString());
    page.locator("#startTime").fill("21:00");
    page.locator("#placeName").fill("place du lavoir");
    page.locator("#placeName").blur();
    assertThat(page.locator("#clashes")).containsText("Même lieu : Soupe partagée");
    page.locator("#startTime").fill("22:00");
    page.locator("#startTime").blur();
    assertThat(page.locator("#clashes")).not().isVisible();
    page.locator("#startTime").fill("21:30");
    page.locator("#name").fill("Bal");
    page.locator("#name").blur();
    page.locator("[name=confirmed]").check();
    page.locator("main button").first().click();
    assertThat(page.locator("h1")).hasText("Bal");
  }

  @Test
  void bb_a_resident_who_wants_to_be_asked_accepts_a_follower() {
    var page = page(false, ColorScheme.LIGHT);
    signIn(page);
    page.navigate(origin + "/settings/profile");
    page.locator("#displayName").fill("Odile Martin");
    page.locator("#summary").fill("Au lavoir depuis **1998**.");
    unfold(page, "#label1");
    page.locator("#label1").fill("Site");
    page.locator("#value1").fill("https://odile.example/");
    page.getByLabel("J’accepte moi-même").check();
    page.locator("main button").first().click();
    assertThat(page.locator("h1")).containsText("Odile Martin");
    assertThat(page.locator("main")).containsText("odile.example");
    var odile = java.util.Objects.requireNonNull(here.whole().actors.localByName("odile"));
    var paul =
        here.whole()
            .db
            .inTransaction(
                tx -> here.whole().actors.createLocal(tx, "Person", "paul", "Paul", null));
    here.whole()
        .db
        .transact(
            tx -> {
              var unused = here.whole().follows.follow(tx, paul, odile);
            });
    page.navigate(origin + "/notifications");
    page.locator("main a[href='/follow-requests']").click();
    page.locator("text=Accepter").click();
    assertThat(page.locator("main")).containsText("Aucune demande");
    assertEquals(1, here.whole().follows.countFollowers(odile));
    page.context().close();
  }
}
