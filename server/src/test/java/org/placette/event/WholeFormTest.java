package org.placette.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.db.Db;
import org.placette.testing.PgExtension;
import org.placette.testing.Walker;

/** Everything that the form of an event asks for, and when it is published. */
@ExtendWith(PgExtension.class)
class WholeFormTest {

  private static final String COMPOSE = "/compose/event";

  @TempDir static Path data;

  private static Db database;
  private static Village village;
  private static Walker nour;
  private static Walker gilles;
  private static Walker guest;

  @BeforeAll
  static void start(Db db) {
    database = db;
    village = Village.start(db, data);
    nour = village.newcomer("nour");
    gilles = village.newcomer("gilles");
    guest = village.guest();
  }

  @AfterAll
  static void stop() {
    village.close();
  }

  private static Map<String, String> fields(String name, String... more) {
    var fields = new HashMap<String, String>();
    fields.put("name", name);
    fields.put("startDate", LocalDate.now().plusDays(20).toString());
    fields.put("startTime", "19:00");
    for (var i = 0; i < more.length; i += 2) fields.put(more[i], more[i + 1]);
    return fields;
  }

  private static String schema(Walker.Page page) {
    return Objects.requireNonNull(page.html().selectFirst("script[type=application/ld+json]"))
        .data();
  }

  @Test
  void price_contact_language_and_closed_comments_are_told_everywhere() {
    var written =
        fields(
            "Fest-noz",
            "price",
            "5 EUR, gratuit pour les enfants",
            "organiser",
            "Les Amis du bourg",
            "contact",
            "bal@bourg.example",
            "commentsClosed",
            "yes",
            "language",
            "br");
    var page = nour.submit(COMPOSE, "/events", written);
    var facts = page.text(".facts");
    assertTrue(facts.contains("5 EUR, gratuit pour les enfants"), facts);
    assertTrue(facts.contains("Les Amis du bourg"), facts);
    assertEquals(1, page.count(".facts a[href=mailto:bal@bourg.example]"));
    assertEquals(0, page.count("#reply"));
    assertTrue(page.text("main").contains("Les commentaires sont fermés"));

    var schema = schema(page);
    assertTrue(schema.contains("\"price\":5,\"priceCurrency\":\"EUR\""), schema);
    assertTrue(schema.contains("\"email\":\"bal@bourg.example\""), schema);
    assertTrue(schema.contains("\"isAccessibleForFree\":false"), schema);
    assertTrue(schema.contains("\"inLanguage\":\"br\""), schema);

    var object = guest.activity(page.path()).body();
    assertFalse(object.path("commentsEnabled").asBoolean());
    assertEquals("closed", object.path("repliesModerationOption").asText());
    assertEquals("br", object.path("inLanguage").asText());
    assertEquals(5, object.path("feeAmount").asInt());
    assertEquals("EUR", object.path("feeCurrency").asText());
    for (var text : new String[] {"content", "summary"}) {
      var told = object.path(text).asText();
      assertTrue(told.contains("5 EUR, gratuit pour les enfants"), told);
      assertTrue(told.contains("Les Amis du bourg"), told);
    }

    var calendar = guest.raw(page.path() + ".ics").body().replace("\r\n ", "");
    assertTrue(calendar.contains("CONTACT:Les Amis du bourg\\, bal@bourg.example"), calendar);
    assertTrue(calendar.contains("5 EUR\\, gratuit pour les enfants"), calendar);
  }

  @Test
  void nobody_answers_below_closed_comments_and_a_change_or_a_copy_keeps_what_was_said() {
    var page =
        nour.submit(
            COMPOSE,
            "/events",
            fields(
                "Loto",
                "price",
                "Entrée libre",
                "contact",
                "02 40 00 00 00",
                "commentsClosed",
                "yes"));
    assertTrue(schema(page).contains("\"isAccessibleForFree\":true"), schema(page));
    assertEquals(1, page.count(".facts a[href=tel:0240000000]"));
    // The form is not shown; who sends one all the same is told.
    var open = gilles.submit(COMPOSE, "/events", fields("Ailleurs"));
    var id =
        Objects.requireNonNull(
            database.one("select id from post where name = 'Loto'", row -> row.getLong(0)));
    var refused =
        gilles.attempt(
            open, "/posts", Map.of("replyTo", String.valueOf(id), "text", "Et les enfants ?"));
    assertEquals(422, refused.status());
    assertTrue(refused.text("main").contains("close"), refused.text("main"));

    var path = page.path();
    var changed = nour.submit(path + "/edit", path + "/edit", Map.of("name", "Grand loto"));
    assertTrue(changed.text(".facts").contains("Entrée libre"));
    assertTrue(changed.text("main").contains("Les commentaires sont fermés"));
    var again =
        nour.submit(
            COMPOSE + "?like=" + page.id(),
            "/events",
            Map.of("startDate", LocalDate.now().plusDays(50).toString()));
    assertTrue(again.text(".facts").contains("Entrée libre"));
    assertEquals(1, again.count(".facts a[href=tel:0240000000]"));
  }
}
