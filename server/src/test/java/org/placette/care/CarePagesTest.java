package org.placette.care;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.db.Db;
import org.placette.testing.PgExtension;

/** A report from the form to the appeal, in browsers without script; and who sees which page. */
@ExtendWith(PgExtension.class)
class CarePagesTest {

  private static final List<String> PAGES =
      List.of(
          "/admin",
          "/admin/reports",
          "/admin/measures",
          "/admin/people",
          "/admin/log",
          "/admin/domains",
          "/admin/domains.csv",
          "/admin/roles",
          "/admin/care",
          "/admin/charter");

  private static Village village;

  @BeforeAll
  static void start(Db db, @TempDir Path data) {
    village = Village.start(db, data);
  }

  @AfterAll
  static void stop() {
    village.close();
  }

  @Test
  void everybody_reads_which_servers_are_limited_unless_the_admin_hides_it() {
    var chief = village.newcomer("odile", "owner");
    for (var domain : List.of("spam.example", "insulte.example")) {
      var fields = Map.of("domain", domain, "publicComment", "Publicité", "severity", "silence");
      var more = new java.util.HashMap<>(fields);
      if (domain.startsWith("insulte")) more.put("obfuscate", "yes");
      assertEquals(200, chief.submit("/admin/domains", "/admin/domains", more).status());
    }
    var anybody = village.app("");
    var list = anybody.get("/api/v1/instance/domain_blocks");
    assertEquals(2, list.size());
    assertFalse(list.toString().contains("insulte"), () -> list.toString());
    var guest = village.guest();
    var about = guest.get("/about").text("main");
    assertTrue(about.contains("spam.example") && about.contains("Publicité"), about);
    chief.submit("/admin/domains", "/admin/domains/shown", Map.of("shown", "no"));
    assertFalse(guest.get("/about").text("main").contains("spam.example"));
    assertEquals(404, anybody.call("GET", "/api/v1/instance/domain_blocks").status());
  }

  @Test
  void a_report_leads_to_a_measure_that_the_person_reads_and_answers() {
    var owner = village.person("nour", "owner");
    var mod = village.person("lucie", "moderator");
    var paul = village.person("paul", "resident");
    var emma = village.person("emma", "resident");
    var post = paul.app().post("/api/v1/statuses", Map.of("status", "Offre")).get("id").asText();

    var guest = village.guest();
    var resident = village.guest().as("emma", Village.PASSWORD);
    var staff = village.guest().as("lucie", Village.PASSWORD);
    var chief = village.guest().as("nour", Village.PASSWORD);
    for (var page : PAGES) {
      assertEquals("/sign-in", guest.get(page).path(), page);
      assertEquals(403, resident.get(page).status(), page);
      assertEquals(200, chief.get(page).status(), page);
      var ownersOnly = List.of("/admin/roles", "/admin/care", "/admin/charter").contains(page);
      assertEquals(ownersOnly ? 403 : 200, staff.get(page).status(), page);
    }

    var told = resident.submit("/report?post=" + post, "/report", Map.of("category", "spam"));
    assertTrue(told.text("main").contains("Quelqu’un va regarder"), told.text("main"));
    var queue = staff.get("/admin/reports");
    assertEquals("« Offre » de @paul", queue.text("li h2"));
    var path = queue.html().select("li h2 a").attr("href");
    var decided =
        staff.submit(path, "/admin/measures", Map.of("action", "suspend", "reason", "Publicité"));
    assertTrue(decided.text("main").contains("Compte suspendu"), decided.text("main"));

    var refused = paul.app().call("GET", "/api/v1/timelines/home");
    assertEquals(403, refused.status());
    var shut = refused.body().get("error").asText();
    assertTrue(shut.endsWith("currently disabled: Publicité"), shut);
    assertEquals(403, guest.get("/users/paul").status());
    assertEquals(404, guest.get("/posts/" + post).status());
    var kept =
        guest.submit("/sign-in", "/sign-in", Map.of("login", "paul", "password", Village.PASSWORD));
    assertTrue(kept.path().startsWith("/measures/pass/"), kept.path());
    assertTrue(kept.text("main").contains("Publicité"), kept.text("main"));
    var form = kept.html().select("form[action$=/appeal]").attr("action");
    var answered = guest.submit(kept, form, Map.of("text", "C’était pour la fête"));
    assertTrue(answered.text("main").contains("recours en attente"), answered.text("main"));

    var appeal = chief.get("/admin/measures").html().select("form[action$=/appeal]").attr("action");
    var unused =
        chief.submit("/admin/measures", appeal, Map.of("why", "Bien sûr", "answer", "grant"));
    var free = village.guest().as("paul", Village.PASSWORD);
    assertTrue(free.get("/measures").text("main").contains("Bien sûr"));
    assertEquals(200, guest.get("/posts/" + post).status());
    var log = chief.get("/admin/log").text("li strong");
    assertTrue(log.contains("Compte suspendu") && log.contains("Recours accepté"), log);
    assertTrue(owner.actor().local() && mod.actor().local() && emma.actor().local());
  }
}
