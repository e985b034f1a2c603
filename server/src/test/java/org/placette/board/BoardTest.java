package org.placette.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.db.Db;
import org.placette.testing.Chromium;
import org.placette.testing.PgExtension;
import org.placette.testing.Walker;
import org.placette.web.Problem;

/** Walls show what everybody may read, whoever stands before them, even without a network. */
@ExtendWith(PgExtension.class)
class BoardTest {

  private static final LocalDate DAY = LocalDate.now(ZoneId.of("Europe/Paris")).plusDays(3);

  @TempDir static Path data;

  private static Village village;
  private static Walker odile;
  private static String bal;
  private static String hidden;

  @BeforeAll
  static void start(Db db) {
    village = Village.start(db, data);
    odile = village.newcomer("odile", "animator");
    bal = publish("Bal de la Saint-Jean", "20:00");
    var off = publish("Vide-grenier", "08:00");
    var unused = odile.submit(off + "/cancel", off + "/cancel", Map.of());
    hidden = publish("Réunion de famille", "11:00");
    db.update("update post set visibility = 'followers' where name = 'Réunion de famille'");
    assertEquals(200, odile.get(hidden).status());
    db.update("insert into announcement (id, content, source) values (1, '<p>Eau coupée</p>', '')");
  }

  private static String publish(String name, String time) {
    var done =
        odile.submit(
            "/compose/event",
            "/events",
            Map.of("name", name, "startDate", DAY.toString(), "startTime", time));
    assertEquals(name, done.text("h1"));
    return done.path();
  }

  @AfterAll
  static void stop() {
    village.close();
  }

  @Test
  void the_screen_shows_what_comes_and_the_notices_and_one_slide_at_a_time() {
    var page = odile.get("/panneau?slide=2");
    assertEquals(3, page.count(".slide"));
    assertEquals("Eau coupée", page.text(".slide:not([hidden]) .prose"));
    assertEquals("Bal de la Saint-Jean", page.text(".slide.one h2"));
    assertFalse(page.html().text().contains("Réunion de famille"));
    assertFalse(page.html().text().contains("Vide-grenier"));
    assertTrue(page.html().head().html().contains("12;url=/panneau?seconds=12&amp;slide=0"));
    assertEquals(1, odile.get("/panneau?calm=1").count(".slide"));
  }

  @Test
  void the_kiosk_leads_to_each_event_and_back_to_its_first_page_by_itself() {
    var week = odile.get("/borne/agenda?when=week");
    assertTrue(week.text(".lines").contains("Bal de la Saint-Jean"));
    assertEquals(1, week.count("a[href='/borne" + bal + "']"));
    var event = odile.get("/borne" + bal);
    assertEquals("Bal de la Saint-Jean", event.text("h1"));
    assertTrue(event.html().head().html().contains("60;url=/borne"));
    assertEquals("Eau coupée", odile.get("/borne/notices").text(".prose"));
    assertEquals(0, event.count("form"), "nobody signs in at a kiosk");
  }

  @Test
  void a_poster_bears_a_code_that_leads_to_the_event() {
    var poster = village.guest().get(bal + "/poster");
    assertEquals("Bal de la Saint-Jean", poster.text("h1"));
    assertEquals(1, poster.count("svg.qr"));
    var code = poster.text(".code").replaceAll(".*(/e/[0-9a-f]{6})$", "$1");
    assertEquals(
        bal, village.guest().get(code.toUpperCase(Locale.ROOT).replace("/E/", "/e/")).path());
    assertEquals(404, village.guest().get("/e/zzzzzz").status());
    assertEquals(404, village.guest().get("/e/000000").status());
  }

  @Test
  void what_strangers_may_not_read_has_no_poster_even_for_its_author() {
    assertEquals(404, odile.get(hidden + "/poster").status());
    assertEquals(404, odile.get("/borne" + hidden).status());
  }

  @Test
  void the_bulletin_tells_the_days_of_a_week_with_what_was_cancelled() {
    var monday = BoardPages.monday(null, DAY.minusDays(DAY.getDayOfWeek().getValue() - 1L));
    var week = monday.format(DateTimeFormatter.ISO_WEEK_DATE).substring(0, 8);
    var page = village.guest().get("/bulletin?week=" + week);
    assertTrue(page.text(".columns").contains("Vide-grenier"));
    assertTrue(page.text(".columns").contains("Bal de la Saint-Jean"));
    assertFalse(page.html().text().contains("Réunion de famille"));
    assertEquals("Eau coupée", page.text(".notice"));
    assertEquals(404, village.guest().get("/bulletin?week=2026-W99").status());
  }

  @Test
  void from_thursday_on_the_bulletin_is_that_of_the_week_after() {
    var wednesday = LocalDate.of(2026, 11, 25);
    assertEquals(LocalDate.of(2026, 11, 23), BoardPages.monday(null, wednesday));
    assertEquals(LocalDate.of(2026, 11, 30), BoardPages.monday(null, wednesday.plusDays(1)));
    assertEquals(LocalDate.of(2027, 1, 4), BoardPages.monday("2027-W01", wednesday));
    assertThrows(Problem.NotFound.class, () -> BoardPages.monday("next", wednesday));
  }

  @Test
  void the_screen_goes_on_without_a_network() throws IOException {
    try (var chromium = Chromium.open();
        var page = chromium.browser().newPage()) {
      page.navigate(village.origin() + "/panneau?seconds=3");
      var first = page.locator(".slide:not([hidden])");
      PlaywrightAssertions.assertThat(first).hasCount(1);
      page.context().setOffline(true);
      PlaywrightAssertions.assertThat(page.locator(".slide.one:not([hidden]) h2"))
          .hasText("Bal de la Saint-Jean", new HasTextOptions().setTimeout(30_000));
      PlaywrightAssertions.assertThat(page.locator("#offline")).isVisible();
    }
  }
}
