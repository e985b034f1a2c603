package org.placette;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.db.Db;
import org.placette.testing.PgExtension;
import org.placette.testing.Walker;

/** The first day of a place: its link, five questions, a notice on the wall. */
@ExtendWith(PgExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FirstDayTest {

  private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Europe/Paris"));

  @TempDir static Path data;

  private static Village village;
  private static Walker nour;

  @BeforeAll
  static void start(Db db) {
    village = Village.start(db, data);
    nour = village.guest();
  }

  @AfterAll
  static void stop() {
    village.close();
  }

  @Test
  @Order(1)
  void five_questions_open_a_place_with_its_themes_and_charter() {
    var link = Objects.requireNonNull(village.whole().setup.link());
    var path = link.substring(village.origin().length());
    var club = nour.get(path + "&kind=club");
    assertEquals(3, club.count("input[type=checkbox][checked]"));
    assertTrue(club.text("textarea").contains("deux places"));
    var done =
        nour.submit(
            club,
            "/setup",
            Map.of(
                "place", "Pétanque de Saint-Just",
                "rules", "On dit bonjour.\n\nOn range les boules.",
                "theme-sorties", "",
                "username", "nour",
                "email", "nour@saint-just.example",
                "password", Village.PASSWORD));
    assertEquals("/", done.path());
    assertEquals(403, village.guest().get(path).status(), "the link ends with it");
    assertTrue(done.html().title().contains("Pétanque de Saint-Just"));
    var themes = village.guest().get("/groups").html().text();
    assertTrue(themes.contains("Séances") && themes.contains("Matériel"), themes);
    assertFalse(themes.contains("Sorties"), "a box that was emptied makes no theme");
    assertTrue(village.guest().get("/about").html().text().contains("On range les boules."));
  }

  @Test
  @Order(2)
  void a_notice_shows_until_its_day_and_those_who_may_change_it() {
    var list =
        nour.submit(
            "/admin/notices",
            "/admin/notices",
            Map.of(
                "text", "Eau coupée **mardi**", "from", "", "until", TODAY.plusDays(1).toString()));
    assertEquals("Eau coupée mardi", list.text("article .prose"));
    var wall = village.guest().get("/panneau");
    assertEquals("Eau coupée mardi", wall.text(".notice-slide .prose"));
    var id = list.html().select("article form").attr("action").replaceAll("\\D+", "");
    var form = nour.get("/admin/notices/" + id);
    assertEquals(TODAY.plusDays(1).toString(), form.html().select("#until").attr("value"));
    var changed = nour.submit(form, "/admin/notices/" + id, Map.of("text", "Eau coupée jeudi"));
    assertEquals("Eau coupée jeudi", changed.text("article .prose"));
    var past =
        nour.attempt(
            "/admin/notices",
            "/admin/notices",
            Map.of("text", "Trop tard", "until", TODAY.minusDays(2).toString()));
    assertEquals(422, past.status());
    var gone = nour.submit(changed, "/admin/notices/" + id + "/delete", Map.of());
    assertEquals(0, gone.count("article"));
  }

  @Test
  @Order(3)
  void a_resident_writes_no_notices() {
    var lea = village.newcomer("lea");
    assertEquals(403, lea.get("/admin/notices").status());
    assertEquals("/sign-in", village.guest().get("/admin/notices").path());
  }
}
