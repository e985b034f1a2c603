package org.placette.post;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.db.Db;
import org.placette.testing.Eventually;
import org.placette.testing.PgExtension;
import org.placette.testing.Walker;

/** Messages of the web that wait for their hour. */
@ExtendWith(PgExtension.class)
class PostDraftsTest {

  private static final String LATER = "2099-01-01T12:00:00.000Z";
  private static final String FORM = "/compose/note";
  private static final String PLAN = "%PDF-1.4 plan";

  @TempDir static Path data;

  private static Db database;
  private static Village village;
  private static Walker nour;

  @BeforeAll
  static void start(Db db) {
    database = db;
    village = Village.start(db, data);
    nour = village.newcomer("nour");
  }

  @AfterAll
  static void stop() {
    village.close();
  }

  private static Map<String, String> at(String text, int days) {
    Map<String, String> fields = new HashMap<>();
    fields.put("text", text);
    var day = LocalDate.now(ZoneId.of("Europe/Paris")).plusDays(days);
    fields.put("publishDate", day.toString());
    fields.put("publishTime", "08:30");
    return fields;
  }

  private static void comes() {
    database.update("update unsent set due = now() - interval '1 second' where due is not null");
  }

  private static void published(String text) {
    Eventually.holds(
        text,
        () -> {
          village.wakeDue();
          return nour.get("/posts").text("main").contains(text);
        });
  }

  private static int files(String condition) {
    var sql = "select count(*) from media where " + condition;
    return database.list(sql, row -> row.getInteger(0)).getFirst();
  }

  @Test
  void a_message_waits_among_the_drafts_and_is_published_at_its_hour_with_its_file() {
    var kept = nour.upload(nour.get(FORM), "/posts", at("La benne passe demain.", 3), PLAN);
    assertEquals("/drafts", kept.path(), kept.text("main"));
    assertTrue(kept.text("main").contains("8 h 30"), kept.text("main"));
    assertTrue(!nour.get("/posts").text("main").contains("La benne"));
    // Seen again and put off to another day, it still has its file.
    var draft = kept.html().select("a[href^=/compose/note?draft=]").attr("href");
    assertEquals("/drafts", nour.submit(draft, "/posts", at("La benne passe jeudi.", 4)).path());
    assertEquals(1, files("post_id is null"));
    comes();
    published("La benne passe jeudi.");
    assertTrue(!nour.get("/drafts").text("main").contains("La benne"));
    assertEquals(1, files("post_id is not null"));
  }

  @Test
  void apps_see_move_and_cancel_what_waits_in_the_browser() {
    var ali = village.newcomer("ali");
    var actor = Objects.requireNonNull(village.actors().localByName("ali"));
    var app = village.app(village.token(actor, "read", "write"));
    var fields = at("On cueille samedi.", 3);
    fields.put("title", "Les cerises");
    fields.put("visibility", "local");
    assertEquals("/drafts", ali.upload(ali.get(FORM), "/posts", fields, PLAN).path());
    var mine =
        app.post("/api/v1/statuses", Map.of("status", "d’une application", "scheduled_at", LATER));
    var all = app.get("/api/v1/scheduled_statuses");
    assertEquals(2, all.size(), all.toString());
    assertEquals(mine.path("id"), all.at("/0/id"));
    var waits = all.path(1);
    assertEquals("Les cerises\n\nOn cueille samedi.", waits.at("/params/text").asText());
    assertEquals("private", waits.at("/params/visibility").asText());
    assertEquals("local", waits.at("/params/placette_audience").asText());
    assertEquals(1, waits.path("media_attachments").size());
    var one = "/api/v1/scheduled_statuses/" + waits.path("id").asText();
    assertEquals(waits, app.get(one));
    assertEquals(1, app.get("/api/v1/scheduled_statuses?limit=1").size());
    var moved = app.put(one, Map.of("scheduled_at", LATER));
    assertEquals("2099-01-01T12:00:00.000Z", moved.path("scheduled_at").asText());
    assertTrue(ali.get("/drafts").text("main").contains("janvier 2099"));
    var draft = ali.get("/drafts").html().select("a[href^=/compose/note?draft=]").attr("href");
    var form = ali.get(draft).html();
    assertEquals("2099-01-01", form.select("[name=publishDate]").val());
    assertEquals("13:00", form.select("[name=publishTime]").val());
    var others = village.person("zoe").app();
    assertEquals(404, others.call("DELETE", one).status());
    var unused = app.delete(one);
    assertEquals(404, app.call("GET", one).status());
    assertTrue(!ali.get("/drafts").text("main").contains("cerises"));
    assertEquals(0, files("post_id is null and kept"));
  }

  @Test
  void what_an_app_has_timed_stands_among_the_drafts_and_is_changed_and_given_up_there() {
    var lou = village.newcomer("lou");
    var actor = Objects.requireNonNull(village.actors().localByName("lou"));
    var app = village.app(village.token(actor, "read", "write"));
    for (var text : List.of("Le pain de *seigle*", "Le marché"))
      app.post("/api/v1/statuses", Map.of("status", text, "scheduled_at", LATER));
    var list = lou.get("/drafts");
    assertTrue(list.text("main").contains("janvier 2099, 13 h"), list.text("main"));
    var link = list.html().select("a:contains(seigle)").attr("href");
    assertEquals(404, nour.get(link).status());
    var form = lou.get(link);
    assertEquals("13:00", form.html().select("[name=publishTime]").val());
    assertEquals(422, lou.attempt(form, link, Map.of("publishDate", "2001-01-01")).status());
    assertEquals(422, lou.attempt(form, link, Map.of("text", "")).status());
    var changed = Map.of("text", "Le pain de *blé*", "publishTime", "08:30", "warning", "Gluten");
    assertEquals("/drafts", lou.submit(form, link, changed).path());
    var waits = app.get("/api/v1/scheduled_statuses/" + link.substring("/drafts/timed/".length()));
    assertEquals("Le pain de *blé*", waits.at("/params/text").asText());
    assertEquals("Gluten", waits.at("/params/spoiler_text").asText());
    assertEquals("2099-01-01T07:30:00.000Z", waits.path("scheduled_at").asText());
    var other = lou.get("/drafts").html().select("a:contains(marché)").attr("href") + "/delete";
    assertFalse(lou.submit("/drafts", other, Map.of()).text("main").contains("marché"));
    assertEquals(1, app.get("/api/v1/scheduled_statuses").size());
    database.update("update scheduled_post set due = now() - interval '1 second'");
    published("Le pain de *blé*");
  }

  @Test
  void a_past_hour_half_an_hour_and_what_may_no_longer_be_said_are_refused_with_words() {
    assertEquals(422, nour.attempt(FORM, "/posts", at("Trop tard.", -1)).status());
    var half = at("Sans heure.", 2);
    half.remove("publishTime");
    assertEquals(422, nour.attempt(FORM, "/posts", half).status());
    nour.submit(FORM, "/posts", at("Au groupe disparu.", 2));
    database.update(
        "update unsent set fields = jsonb_set(fields, '{room}', '\"1\"') where due is not null");
    comes();
    Eventually.holds(
        "the draft says why",
        () -> {
          village.wakeDue();
          return nour.get("/drafts").count(".error") == 1;
        });
  }
}
