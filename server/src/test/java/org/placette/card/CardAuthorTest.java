package org.placette.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.db.Db;
import org.placette.event.Details;
import org.placette.event.NewEvent;
import org.placette.event.When;
import org.placette.testing.App;
import org.placette.testing.Eventually;
import org.placette.testing.FakeInstance;
import org.placette.testing.PgExtension;

/** Who is shown as the author of what a link leads to. */
@ExtendWith(PgExtension.class)
class CardAuthorTest {

  private static Db database;
  private static Village village;
  private static FakeInstance web;
  private static App nour;

  @BeforeAll
  static void open(Db db, @TempDir Path data) {
    database = db;
    village = Village.start(db, data);
    web = new FakeInstance(village.vertx());
    nour = village.app(village.person("nour").token());
    var odile = village.person("odile").actor();
    db.transact(tx -> village.actors().attribute(tx, odile, List.of("127.0.0.1")));
    var unused = village.person("paul");
  }

  @AfterAll
  static void close() {
    web.close();
    village.close();
  }

  /** The card of a page, once the link to it was looked at. */
  private static JsonNode card(String url) {
    var status = nour.json("POST", "/api/v1/statuses", "{\"status\": \"Lire " + url + "\"}");
    var id = Long.valueOf(status.id());
    database.update("update card_wanted set due = now() where post_id = $1", id);
    Eventually.holds(
        "the link is looked at",
        () -> database.one("select 1 from card_wanted where post_id = $1", row -> 1, id) == null);
    return nour.call("GET", "/api/v1/statuses/" + id).body().path("card");
  }

  private static JsonNode page(String path, String head) {
    var html = "<title>Un article</title>" + head;
    web.put(path, 200, "text/html; charset=utf-8", html);
    return card(web.at(path));
  }

  private static String creator(String handle) {
    return "<meta name=\"fediverse:creator\" content=\"" + handle + "\">";
  }

  @Test
  void a_page_names_its_author_who_lets_its_site_do_so() {
    var host = village.actors().urls().host();
    var author = page("/un", creator("@odile@" + host)).at("/authors/0");
    assertEquals("odile", author.at("/account/username").asText());
    assertEquals("odile", author.path("name").asText());
    assertTrue(author.path("url").asText().endsWith("/users/odile"), author.toString());
  }

  @Test
  void nobody_is_named_by_a_site_that_they_do_not_know() {
    var host = village.actors().urls().host();
    var card = page("/deux", creator("paul@" + host) + "<meta name=\"author\" content=\"Paul\">");
    assertEquals("Paul", card.at("/authors/0/name").asText());
    assertTrue(card.at("/authors/0/account").isNull(), card.toString());
    assertEquals("Paul", card.path("author_name").asText());
  }

  @Test
  void a_page_gives_its_author_a_name_and_an_address() {
    var head =
        "<meta name=\"author\" content=\"Jo <b>\"><meta property=\"article:author\""
            + " content=\"https://jo.example/moi\">";
    var author = page("/trois", head).at("/authors/0");
    assertEquals("Jo <b>", author.path("name").asText());
    assertEquals("https://jo.example/moi", author.path("url").asText());
    assertTrue(author.path("account").isNull());
  }

  @Test
  void what_is_no_handle_and_no_address_is_left_out() {
    for (var bad : List.of("@nobody@127.0.0.1:1", "<script>", "a@b@c", "@", "x".repeat(5_000))) {
      var head = creator(bad) + "<link rel=\"author\" href=\"javascript:alert(1)\">";
      var card = page("/" + UUID.randomUUID(), head);
      assertEquals("Un article", card.path("title").asText());
      assertEquals(0, card.path("authors").size(), card.toString());
    }
  }

  @Test
  void an_event_of_the_place_is_by_who_published_it() throws Exception {
    var odile = Objects.requireNonNull(village.actors().localByName("odile"));
    var start = ZonedDateTime.now(ZoneId.of("Europe/Paris")).plusDays(9);
    var details = Details.of(UUID.randomUUID(), When.of(start, null), null);
    var event = village.events().publish(odile, NewEvent.of("Bal", "Venez", "fr", details));
    var own = nour.call("GET", "/api/v1/statuses/" + event.id()).body().path("card");
    for (var card : List.of(own, card(event.uri())))
      assertEquals("odile", card.at("/authors/0/account/username").asText(), card.toString());
  }
}
