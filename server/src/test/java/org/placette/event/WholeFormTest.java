package org.placette.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.actor.Actor;
import org.placette.db.Db;
import org.placette.db.Tx;
import org.placette.testing.PgExtension;
import org.placette.testing.Walker;
import org.placette.web.Form;

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
  void an_app_that_knows_texts_only_reads_all_there_is_to_know_and_the_page_shows_the_keywords() {
    var page =
        nour.submit(
            COMPOSE,
            "/events",
            fields(
                "Veillée",
                "tags",
                "contes, chaudron",
                "status",
                "tentative",
                "onlineUrl",
                "https://meet.example/veillee",
                "joinMode",
                "external",
                "externalUrl",
                "https://billets.example/7",
                "price",
                "2 EUR"));
    assertEquals(List.of("#contes", "#chaudron"), page.html().select(".p-category").eachText());
    var text =
        village
            .person("ines")
            .app()
            .get("/api/v2/search?resolve=true&q=" + village.origin() + page.path())
            .at("/statuses/0/content")
            .asText()
            .replace('\u00a0', ' ');
    assertTrue(text.contains("À confirmer : Veillée"), text);
    assertTrue(text.contains("href=\"https://meet.example/veillee\""), text);
    assertTrue(text.contains("href=\"https://billets.example/7\""), text);
    assertTrue(text.contains("Prix : 2 EUR"), text);
  }

  @Test
  void whoever_wants_more_places_than_there_are_reads_just_that() {
    var path = nour.submit(COMPOSE, "/events", fields("Fournée", "capacity", "2")).path();
    var answer = path + "/answer";
    gilles.submit(path, answer, Map.of("answer", "going", "party", "2"));
    var refused = gilles.attempt(path, answer, Map.of("answer", "going", "party", "3"));
    assertEquals(409, refused.status());
    var text = refused.text("main");
    assertTrue(text.contains("pas autant de places"), text);
    assertFalse(text.contains("pas pu lire"), text);
    assertTrue(gilles.get(path).text("#come").contains("À 2 personnes"));
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
    assertTrue(refused.text("main").contains("discussion est fermée"), refused.text("main"));

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

  private static String line(Walker.Page drafts, String name) {
    for (var one : drafts.html().select(".topics li"))
      if (one.text().contains(name)) return one.html();
    return "";
  }

  /** The number of the draft of that name, from the link of the list. */
  private static String number(Walker.Page drafts, String name) {
    var html = org.jsoup.Jsoup.parse(line(drafts, name));
    var link = html.selectFirst("a[href^=/compose/event?draft=]");
    return Objects.requireNonNull(link, name).attr("href").replaceFirst(".*=", "");
  }

  private static int published(String name) {
    return Objects.requireNonNull(
        database.one(
            "select count(*)::int from post where type = 'Event' and name = $1",
            row -> row.getInteger(0),
            name));
  }

  @Test
  void a_draft_is_its_authors_alone_until_it_is_published() {
    // Not even a day is needed.
    var kept =
        Map.of("name", "Repas de quartier", "price", "3 EUR", "keep", "draft", "category", "PARTY");
    var drafts = nour.submit(COMPOSE, "/events", kept);
    assertEquals("/drafts", drafts.path());
    var number = number(drafts, "Repas de quartier");
    assertEquals("", line(gilles.get("/drafts"), "Repas"));
    var open = COMPOSE + "?draft=" + number;
    assertEquals(404, gilles.get(open).status());
    var elsewhere = gilles.get(COMPOSE);
    for (var verb : new String[] {"publish", "delete", "hold"}) {
      var form = Objects.requireNonNull(elsewhere.html().selectFirst("form[action=/events]"));
      form.attr("action", "/drafts/" + number + "/" + verb);
      var tried = gilles.attempt(elsewhere, "/drafts/" + number + "/" + verb, Map.of());
      assertEquals(verb.equals("publish") ? 404 : 200, tried.status());
      form.attr("action", "/events");
    }
    assertFalse(guest.get("/agenda").text("main").contains("Repas de quartier"));
    // Without a day it cannot be published: the form says so, and nothing is lost.
    var missing = nour.attempt("/drafts", "/drafts/" + number + "/publish", Map.of());
    assertEquals(422, missing.status());
    assertEquals("3 EUR", missing.html().select("#price").val());
    assertEquals(0, published("Repas de quartier"));

    var day = LocalDate.now().plusDays(9).toString();
    var page = nour.submit(open, "/events", Map.of("startDate", day, "startTime", "12:00"));
    assertTrue(page.text(".facts").contains("3 EUR"), page.text("main"));
    assertEquals("", line(nour.get("/drafts"), "Repas"));
    assertEquals(404, nour.get(open).status());
    assertEquals(200, guest.get(page.path()).status());
  }

  @Test
  void a_scheduled_event_appears_once_when_its_hour_has_come() {
    var day = LocalDate.now().plusDays(2).toString();
    var later = Map.of("publishDate", day, "publishTime", "08:00");
    var wanted = fields("Vide-grenier", "price", "Gratuit");
    wanted.putAll(later);
    var drafts = nour.submit(COMPOSE, "/events", wanted);
    var number = number(drafts, "Vide-grenier");
    assertTrue(line(drafts, "Vide-grenier").contains("8"), drafts.text("main"));
    assertEquals(0, published("Vide-grenier"));
    assertEquals("", line(gilles.get("/drafts"), "Vide-grenier"));
    // Taken back and asked for again.
    var held = nour.submit("/drafts", "/drafts/" + number + "/hold", Map.of());
    assertEquals(0, held.count("form[action=/drafts/" + number + "/hold]"));
    var again = nour.submit(COMPOSE + "?draft=" + number, "/events", later);
    assertEquals(1, again.count("form[action=/drafts/" + number + "/hold]"));

    database.update(
        "update unsent set due = now() - interval '1 minute' where id = $1",
        Long.parseLong(number));
    // The village's own worker may be at it at the same time.
    while (worker().publishDue() > 0) {}
    assertEquals(1, published("Vide-grenier"));
    assertEquals("", line(nour.get("/drafts"), "Vide-grenier"));
    var uuid =
        database.one(
            "select e.uuid::text from event e join post p on p.id = e.post_id where p.name = $1",
            row -> row.getString(0),
            "Vide-grenier");
    assertTrue(guest.get("/events/" + uuid).text(".facts").contains("Gratuit"));
  }

  /** Another process of the same village. */
  private static EventDrafts worker() {
    var planning =
        new Planning() {
          @Override
          public Event publish(Tx tx, Actor author, Form form, NewEvent wanted) {
            return village.events().publish(tx, author, wanted, null);
          }

          @Override
          public List<Clash> clashes(
              Actor planner, Form form, NewEvent wanted, @Nullable Event before) {
            return List.of();
          }

          @Override
          public List<Clash> clashes(Actor planner, Form form, NewEvent wanted, long series) {
            return List.of();
          }

          @Override
          public NewEvent placed(NewEvent wanted, @Nullable Event before) {
            return wanted;
          }

          @Override
          public List<Place> places() {
            return List.of();
          }
        };
    return new EventDrafts(database, village.actors(), village.media(), planning);
  }

  @Test
  void one_that_waits_is_published_at_once_and_no_hour_of_the_past_is_taken() {
    var wanted = fields("Concert");
    wanted.put("publishDate", LocalDate.now().minusDays(1).toString());
    wanted.put("publishTime", "08:00");
    var refused = nour.attempt(COMPOSE, "/events", wanted);
    assertEquals(422, refused.status());
    assertTrue(refused.text("main").contains("Ce moment est passé"));
    wanted.put("publishDate", LocalDate.now().plusDays(3).toString());
    var drafts = nour.submit(refused, "/events", wanted);
    var number = number(drafts, "Concert");
    var page = nour.submit(drafts, "/drafts/" + number + "/publish", Map.of());
    assertEquals("Concert", page.text("h1"));
    assertEquals(1, published("Concert"));
    assertEquals("", line(nour.get("/drafts"), "Concert"));
  }
}
