package org.placette.post;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
import org.placette.testing.App.Answer;
import org.placette.testing.Eventually;
import org.placette.testing.FakeInstance;
import org.placette.testing.PgExtension;

/** What apps write, over real HTTP. */
@ExtendWith(PgExtension.class)
class WritingApiTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static Db database;
  private static Village village;
  private static FakeInstance web;
  private static String origin;
  private static String nour;
  private static String odile;
  private static String stranger;

  @BeforeAll
  static void open(Db db, @TempDir Path data) {
    database = db;
    village = Village.start(db, data);
    web = new FakeInstance(village.vertx());
    origin = village.origin();
    nour = resident("nour", "read", "write");
    odile = resident("odile", "read", "write");
    stranger = resident("curieux", "read");
  }

  private static String resident(String name, String... scopes) {
    return village.token(village.person(name).actor(), scopes);
  }

  @AfterAll
  static void close() {
    web.close();
    village.close();
  }

  private static Answer call(
      String method,
      String path,
      @Nullable String token,
      @Nullable String json,
      String... headers) {
    var app = village.app(token == null ? "" : token);
    return json == null ? app.call(method, path, headers) : app.json(method, path, json, headers);
  }

  private static HttpRequest.BodyPublisher text(String json) {
    return BodyPublishers.ofString(json.replace('\'', '"'));
  }

  private static Answer write(String token, String json) throws Exception {
    var answer = call("POST", "/api/v1/statuses", token, json);
    assertEquals(200, answer.status(), answer.body().toString());
    return answer;
  }

  @Test
  void a_post_says_who_may_quote_it_and_how_often_it_was() throws Exception {
    var quoted = write(nour, "{'status':'À citer'}").body();
    assertEquals("automatic", quoted.at("/quote_approval/current_user").asText());
    assertEquals("public", quoted.at("/quote_approval/automatic/0").asText());
    var id = quoted.path("id").asText();
    var quoting = write(odile, "{'status':'Voyez','quoted_status_id':'" + id + "'}").body();
    var quotes = call("GET", "/api/v1/statuses/" + id + "/quotes", nour, null);
    assertEquals(1, quotes.body().size(), quotes.body().toString());
    assertEquals(quoting.path("id"), quotes.body().at("/0/id"));
    assertEquals("accepted", quoting.at("/quote/state").asText());
    assertEquals(id, quoting.at("/quote/quoted_status/id").asText());
    var path = "/api/v1/statuses/" + id;
    var seen = call("GET", path, null, null).body();
    assertEquals(1, seen.path("quotes_count").asInt());
    assertEquals("denied", seen.at("/quote_approval/current_user").asText());
    var told = call("GET", "/api/v1/notifications?types[]=quote", nour, null).body();
    assertEquals(quoting.path("id"), told.at("/0/status/id"), told.toString());
    var revoke = path + "/quotes/" + quoting.path("id").asText() + "/revoke";
    assertEquals(404, call("POST", revoke, odile, "{}").status());
    var revoked = call("POST", revoke, nour, "{}").body();
    assertEquals("revoked", revoked.at("/quote/state").asText(), revoked.toString());
    assertTrue(revoked.at("/quote/quoted_status").isNull());
    assertEquals(404, call("POST", path + "/quotes/" + id + "/revoke", nour, "{}").status());
    call("DELETE", "/api/v1/statuses/" + quoting.path("id").asText(), odile, null);
    assertEquals(0, call("GET", path, nour, null).body().path("quotes_count").asInt());
    var mine = "{'status':'Pas cela','quote_approval_policy':'nobody'}";
    var kept = write(nour, mine).body();
    assertEquals("automatic", kept.at("/quote_approval/current_user").asText());
    var other = call("GET", "/api/v1/statuses/" + kept.path("id").asText(), odile, null).body();
    assertEquals("denied", other.at("/quote_approval/current_user").asText());
    var tries = "{'status':'Voyez','quoted_status_id':'" + kept.path("id").asText() + "'}";
    var refused = call("POST", "/api/v1/statuses", odile, tries.replace('\'', '"'));
    assertEquals(403, refused.status());
    write(nour, tries);
    var policy = "/api/v1/statuses/" + kept.path("id").asText() + "/interaction_policy";
    var open = "{\"quote_approval_policy\":\"public\"}";
    assertEquals(404, call("PUT", policy, odile, open).status());
    assertEquals(422, call("PUT", policy, nour, "{}").status());
    assertEquals(422, call("PUT", policy, nour, open.replace("public", "some")).status());
    var opened = call("PUT", policy, nour, open);
    assertEquals("public", opened.body().at("/quote_approval/automatic/0").asText());
    write(odile, tries);
    var closed = write(nour, "{'status':'Entre nous','visibility':'private'}").body();
    assertEquals("denied", closed.at("/quote_approval/current_user").asText());
    assertTrue(closed.at("/quote_approval/automatic").isEmpty());
  }

  @Test
  void a_text_is_shown_as_apps_expect_it_and_its_former_versions_are_kept() throws Exception {
    var text = "Bonjour @nour, *voici*\\nhttps://www.a.example/un/chemin/vraiment/assez/long #Fête";
    var first = write(odile, "{'status': '" + text + "', 'language': 'fr'}");
    var html = first.body().path("content").asText();
    assertTrue(html.contains("class=\"u-url mention\""), html);
    assertTrue(html.contains("@<span>nour</span>"), html);
    assertTrue(html.contains("*voici*<br>"), html);
    assertTrue(html.contains("<span class=\"invisible\">https://www.</span>"), html);
    assertTrue(
        html.contains("<span class=\"ellipsis\">a.example/un/chemin/vraiment/a</span>"), html);
    assertFalse(html.contains("\n"), html);
    assertEquals("fête", first.body().at("/tags/0/name").asText());

    var path = "/api/v1/statuses/" + first.id();
    assertEquals(
        text.replace("\\n", "\n"),
        call("GET", path + "/source", odile, null).body().path("text").asText());
    assertEquals(404, call("GET", path + "/source", nour, null).status());
    assertEquals(404, call("PUT", path, nour, "{'status': 'mine now'}").status());
    var edited =
        call("PUT", path, odile, "{'status': '**gras**', 'content_type': 'text/markdown'}");
    assertEquals("<p><strong>gras</strong></p>", edited.body().path("content").asText());
    assertFalse(edited.body().path("edited_at").isNull());
    var history = call("GET", path + "/history", null, null).body();
    assertEquals(2, history.size());
    assertEquals(html, history.at("/0/content").asText());

    var deleted = call("DELETE", path, odile, null);
    assertEquals("**gras**", deleted.body().path("text").asText());
    assertEquals(404, call("GET", path, odile, null).status());
  }

  @Test
  void the_same_key_publishes_once_however_many_ask_at_the_same_time() throws Exception {
    Callable<Answer> call =
        () ->
            call(
                "POST",
                "/api/v1/statuses",
                nour,
                "{'status': 'une fois'}",
                "Idempotency-Key",
                "cle-1");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var ids =
          threads.invokeAll(Stream.generate(() -> call).limit(6).toList()).stream()
              .map(done -> done.resultNow().id())
              .distinct()
              .toList();
      assertEquals(1, ids.size(), ids.toString());
    }
  }

  @Test
  void what_is_direct_exists_for_those_it_names_alone() throws Exception {
    var direct = write(odile, "{'status': '@nour psst', 'visibility': 'direct'}");
    var path = "/api/v1/statuses/" + direct.id();
    for (var verb : new String[] {"favourite", "bookmark", "mute", "reblog"})
      assertEquals(
          verb.equals("reblog") ? 403 : 200, call("POST", path + "/" + verb, nour, null).status());
    var third =
        village
            .tokens()
            .create(
                Objects.requireNonNull(village.actors().localByName("curieux")).id(),
                Set.of("read", "write"));
    for (var verb : new String[] {"favourite", "reblog", "bookmark", "mute", "pin"})
      assertEquals(404, call("POST", path + "/" + verb, third, null).status(), verb);
    for (var what : new String[] {"", "/history", "/favourited_by", "/context"})
      assertEquals(404, call("GET", path + what, third, null).status(), what);

    var mine = call("GET", "/api/v1/conversations", nour, null).body();
    assertTrue(mine.at("/0/unread").asBoolean());
    assertEquals("odile", mine.at("/0/accounts/0/acct").asText());
    assertEquals(direct.id(), mine.at("/0/last_status/id").asText());
    var conversation = "/api/v1/conversations/" + mine.at("/0/id").asText();
    assertEquals(404, call("POST", conversation + "/read", odile, null).status());
    assertFalse(call("POST", conversation + "/read", nour, null).body().path("unread").asBoolean());
    assertEquals(200, call("DELETE", conversation, nour, null).status());
    assertEquals(0, call("GET", "/api/v1/conversations", nour, null).body().size());
  }

  @Test
  void what_nobody_could_read_is_refused_and_half_a_character_is_not_kept() throws Exception {
    for (var body :
        Set.of("{'status': ' \u200b\\n'}", "{'status': 'Quel jour ?', 'poll': 'lundi'}"))
      assertEquals(422, call("POST", "/api/v1/statuses", odile, body).status(), body);
    var half = write(odile, "{'status': 'un \\ud83d demi', 'visibility': 'direct'}");
    assertEquals("<p>un \ufffd demi</p>", half.body().path("content").asText());
  }

  @Test
  void a_poll_takes_one_answer_from_each_and_ends() throws Exception {
    var poll = "'poll': {'options': ['thé', 'café'], 'expires_in': '300', 'multiple': true}";
    var asked = write(odile, "{'status': 'Que boire ?', " + poll + "}");
    var votes = "/api/v1/polls/" + asked.id() + "/votes";
    assertEquals(422, call("POST", votes, nour, "{'choices': [2]}").status());
    assertEquals(422, call("POST", votes, nour, "{'choices': ['x']}").status());
    assertEquals(403, call("POST", votes, stranger, "{'choices': [1]}").status());
    assertEquals(422, call("POST", votes, odile, "{'choices': [1]}").status());
    var own = call("GET", "/api/v1/polls/" + asked.id(), odile, null).body();
    assertTrue(own.path("voted").asBoolean() && own.path("own_votes").isEmpty(), own.toString());
    var answer = call("POST", votes, nour, "{'choices': ['0', 1]}").body();
    assertEquals("[0,1]", answer.path("own_votes").toString());
    assertEquals(2, answer.path("votes_count").asInt());
    assertEquals(1, answer.path("voters_count").asInt());
    assertEquals(422, call("POST", votes, nour, "{'choices': [1]}").status());
    assertEquals(
        "[]",
        call("GET", "/api/v1/polls/" + asked.id(), null, null).body().path("own_votes").toString());

    database.update(
        "update poll_task set due = now() where post_id = $1", Long.valueOf(asked.id()));
    Eventually.holds("both are told", () -> told(asked.id()) == 2);
    assertTrue(
        call("GET", "/api/v1/polls/" + asked.id(), null, null).body().path("expired").asBoolean());
  }

  private static int told(String post) {
    var count =
        database.one(
            "select count(*)::int from notification where type = 'Poll' and post_id = $1",
            row -> row.getInteger(0),
            Long.valueOf(post));
    return count == null ? 0 : count;
  }

  @Test
  void a_scheduled_post_comes_once_at_its_hour() throws Exception {
    var waiting =
        call(
            "POST",
            "/api/v1/statuses",
            odile,
            "{'status': 'à midi', 'scheduled_at': '2099-01-01T12:00:00.000Z'}");
    assertEquals("à midi", waiting.body().at("/params/text").asText());
    assertEquals(
        404, call("GET", "/api/v1/scheduled_statuses/" + waiting.id(), nour, null).status());
    database.update(
        "update scheduled_post set due = now() where id = $1", Long.valueOf(waiting.id()));
    Eventually.holds("it is published", () -> published("à midi") > 0);
    assertEquals(1, published("à midi"));
    assertEquals(0, call("GET", "/api/v1/scheduled_statuses", odile, null).body().size());
  }

  private static int published(String text) {
    var count =
        database.one(
            "select count(*)::int from post where source = $1", row -> row.getInteger(0), text);
    return count == null ? 0 : count;
  }

  @Test
  void a_link_gets_the_preview_that_its_page_gives() throws Exception {
    web.put(
        "/fete",
        200,
        "text/html; charset=utf-8",
        "<title>Autre</title><meta property=\"og:title\" content=\"La fête\">"
            + "<meta property=\"og:image\" content=\"/f.png\">");
    var linked = write(odile, "{'status': 'Voir " + web.at("/fete") + "'}");
    database.update(
        "update card_wanted set due = now() where post_id = $1", Long.valueOf(linked.id()));
    Eventually.holds("the card", () -> carded(linked.id()));
    var card = call("GET", "/api/v1/statuses/" + linked.id(), null, null).body().path("card");
    assertEquals("La fête", card.path("title").asText());
    assertEquals(web.at("/fete"), card.path("url").asText());
    assertFalse(card.path("image").asText().isEmpty());
  }

  @Test
  void a_link_to_an_event_of_the_place_gets_its_preview_without_asking_anybody() throws Exception {
    var author = Objects.requireNonNull(village.actors().localByName("odile"));
    var start = ZonedDateTime.now(ZoneId.of("Europe/Paris")).plusDays(9);
    var details = Details.of(UUID.randomUUID(), When.of(start, null), null);
    var event =
        village.events().publish(author, NewEvent.of("Bal du lavoir", "Venez", "fr", details));
    for (var ring : new boolean[] {false, true}) {
      if (ring) database.update("update post set visibility = 'ring' where id = $1", event.id());
      var linked = write(odile, "{'status': 'Voir " + event.uri() + "?" + ring + "'}");
      var id = Long.valueOf(linked.id());
      database.update("update card_wanted set due = now() where post_id = $1", id);
      Eventually.holds(
          "the card is looked for",
          () -> database.one("select 1 from card_wanted where post_id = $1", row -> 1, id) == null);
      var card = call("GET", "/api/v1/statuses/" + linked.id(), null, null).body().path("card");
      assertEquals(ring ? "" : "Bal du lavoir", card.path("title").asText());
    }
  }

  private static boolean carded(String post) {
    return database.one(
            "select 1 from post where id = $1 and card is not null", row -> 1, Long.valueOf(post))
        != null;
  }

  @Test
  void lists_of_marks_are_paged_by_cursors_of_their_own() throws Exception {
    var first = write(odile, "{'status': 'un'}").id();
    var second = write(odile, "{'status': 'deux'}").id();
    for (var id : new String[] {second, first})
      for (var verb : new String[] {"bookmark", "favourite", "reblog"})
        assertEquals(200, call("POST", "/api/v1/statuses/" + id + "/" + verb, nour, null).status());
    for (var list : new String[] {"bookmarks", "favourites"}) {
      var page = call("GET", "/api/v1/" + list + "?limit=1", nour, null);
      assertEquals(first, page.body().at("/0/id").asText());
      var next = page.header("Link").replaceAll("<([^>]*)>; rel=\"next\".*", "$1");
      var older = call("GET", next.substring(origin.length()), nour, null);
      assertEquals(second, older.body().at("/0/id").asText());
      assertNotEquals(page.header("Link"), older.header("Link"));
    }
    var by = call("GET", "/api/v1/statuses/" + first + "/favourited_by", null, null);
    assertEquals("nour", by.body().at("/0/acct").asText());
    var empty = call("GET", "/api/v1/bookmarks", odile, null);
    assertEquals(0, empty.body().size());
    assertEquals("", empty.header("Link"));
  }

  @Test
  void a_marker_counts_its_moves() throws Exception {
    var moved = call("POST", "/api/v1/markers", nour, "{'home': {'last_read_id': '17'}}");
    assertEquals(1, moved.body().at("/home/version").asInt());
    assertEquals(
        2,
        call("POST", "/api/v1/markers?home[last_read_id]=18", nour, null)
            .body()
            .at("/home/version")
            .asInt());
    var read = call("GET", "/api/v1/markers?timeline[]=home&timeline[]=notifications", nour, null);
    assertEquals("18", read.body().at("/home/last_read_id").asText());
    assertEquals("0", read.body().at("/notifications/last_read_id").asText());
  }
}
