package org.placette;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.actor.Actor;
import org.placette.actor.Profile;
import org.placette.db.Db;
import org.placette.federation.vocab.AsObject;
import org.placette.post.Posts.NewPost;
import org.placette.testing.App;
import org.placette.testing.App.Answer;
import org.placette.testing.PgExtension;

/** What apps do about people, over real HTTP: follows, blocks, lists, filters, tags, search. */
@ExtendWith(PgExtension.class)
class PeopleApiTest {

  private static final List<String> FORM = List.of("POST", "PUT", "PATCH");

  private static Neighbourhood village;
  private static Village served;
  private static Person nour;
  private static Person emma;
  private static Person lena;

  /** Somebody with an app. */
  private record Person(Village.Person who) {

    Actor actor() {
      return who.actor();
    }

    String id() {
      return who.id();
    }

    /** The answer's JSON; {@code ask} is a method and a path, then form fields. */
    JsonNode ask(int status, String ask, String... fields) {
      var answer = send(who.app(), ask, fields);
      assertEquals(status, answer.status(), () -> ask + ": " + answer.response().body());
      return answer.body();
    }

    JsonNode ask(String ask, String... fields) {
      return ask(200, ask, fields);
    }
  }

  @BeforeAll
  static void start(Db db, @TempDir Path folder) {
    served = Village.start(db, folder);
    village = served.whole();
    nour = person("nour", "Nour Benali");
    emma = person("emma", "Émma Rivière");
    lena = person("lena", "Léna");
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  private static Person person(String name, String shown) {
    return new Person(served.person(name, shown, "resident"));
  }

  private static Answer send(App app, String ask, String... fields) {
    var parts = ask.split(" ", 2);
    var pairs =
        Arrays.stream(fields)
            .flatMap(field -> Arrays.stream(field.split("=", 2)))
            .toArray(String[]::new);
    if (FORM.contains(parts[0])) return app.form(parts[0], parts[1], pairs);
    return app.call(parts[0], parts[1] + (pairs.length == 0 ? "" : "?" + App.encoded(pairs)));
  }

  private static List<String> ids(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(one -> one.path("id").asText())
        .toList();
  }

  private static String post(Person by, String text) {
    return String.valueOf(village.posts.publish(by.actor(), NewPost.note(text, "fr")).id());
  }

  @Test
  void new_residents_follow_the_village_and_its_agenda() {
    var newcomer = person("newcomer", "Neu");
    var followed = newcomer.ask("GET /api/v1/accounts/" + newcomer.id() + "/following");
    var names =
        StreamSupport.stream(followed.spliterator(), false)
            .map(one -> one.path("acct").asText())
            .sorted()
            .toList();
    assertEquals(List.of("agenda", "village"), names);
  }

  @Test
  void a_robot_says_so_and_who_keeps_their_people_to_themselves_shows_them_to_nobody() {
    var quiet = person("quiet", "Quitterie");
    nour.ask("POST /api/v1/accounts/" + quiet.id() + "/follow");
    var account =
        quiet.ask("PATCH /api/v1/accounts/update_credentials", "bot=true", "hide_collections=1");
    assertTrue(account.path("bot").asBoolean());
    assertTrue(account.path("source").path("hide_collections").asBoolean());
    var seen = nour.ask("GET /api/v1/accounts/" + quiet.id());
    assertTrue(seen.path("bot").asBoolean() && seen.path("hide_collections").asBoolean());
    assertEquals(1, seen.path("followers_count").asInt());
    for (var list : List.of("followers", "following")) {
      var path = "GET /api/v1/accounts/" + quiet.id() + "/" + list;
      assertEquals(List.of(), ids(nour.ask(path)));
      assertFalse(ids(quiet.ask(path)).isEmpty());
      var collection = document("/users/quiet/" + list + "?page=true");
      assertTrue(collection.path("totalItems").asInt() > 0);
      assertTrue(collection.path("orderedItems").isEmpty());
    }
    emma.ask("POST /api/v1/accounts/" + nour.id() + "/follow");
    var familiar = emma.ask("GET /api/v1/accounts/familiar_followers", "id[]=" + quiet.id());
    assertTrue(familiar.get(0).path("accounts").isEmpty());
    assertEquals("Service", document("/users/quiet").path("type").asText());
    quiet.ask("PATCH /api/v1/accounts/update_credentials", "bot=false", "hide_collections=");
    assertEquals("Person", document("/users/quiet").path("type").asText());
    assertEquals(List.of(), ids(nour.ask("GET /api/v1/accounts/" + quiet.id() + "/followers")));
  }

  @Test
  void the_emoji_in_a_strangers_name_are_shown_from_here() throws Exception {
    var document =
        """
        {"id": "https://loin.example/u", "type": "Person", "inbox": "https://loin.example/in",
         "preferredUsername": "u", "name": "U :lavoir:",
         "tag": [{"type": "Emoji", "name": ":lavoir:", "icon": {"url": "https://loin.example/e.png"}}]}
        """;
    var stranger =
        village.actors.learn(new AsObject((ObjectNode) new ObjectMapper().readTree(document)));
    var emoji = nour.ask("GET /api/v1/accounts/" + stranger.id()).at("/emojis/0");
    assertEquals("lavoir", emoji.path("shortcode").asText());
    assertTrue(emoji.path("url").asText().startsWith(served.origin()), emoji::toString);
  }

  @Test
  void a_boost_for_followers_is_seen_by_them_alone() {
    var one = post(emma, "À faire passer.");
    nour.ask(422, "POST /api/v1/statuses/" + one + "/reblog", "visibility=direct");
    var boost = nour.ask("POST /api/v1/statuses/" + one + "/reblog", "visibility=private");
    assertEquals("private", boost.path("visibility").asText());
    assertEquals("public", boost.path("reblog").path("visibility").asText());
    var own = "GET /api/v1/accounts/" + nour.id() + "/statuses";
    assertTrue(ids(nour.ask(own)).contains(boost.path("id").asText()));
    assertFalse(ids(lena.ask(own)).contains(boost.path("id").asText()));
    lena.ask(404, "GET /api/v1/statuses/" + boost.path("id").asText());
    assertEquals(List.of(), ids(lena.ask("GET /api/v1/statuses/" + one + "/reblogged_by")));
    lena.ask("POST /api/v1/accounts/" + nour.id() + "/follow");
    assertTrue(ids(lena.ask("GET /api/v1/timelines/home")).contains(boost.path("id").asText()));
    lena.ask("POST /api/v1/accounts/" + nour.id() + "/unfollow");
  }

  private static JsonNode document(String path) {
    return served.app("").call("GET", path, "Accept", "application/activity+json").done();
  }

  @Test
  void a_follow_of_a_careful_person_waits_and_its_wishes_stay() {
    var careful = person("careful", "Carole");
    var now = Profile.of(careful.actor());
    village.db.transact(
        tx ->
            village.actors.updateProfile(
                tx,
                careful.actor(),
                new Profile(
                    now.name(), null, null, null, List.of(), true, true, false, false, false)));
    var asked =
        nour.ask("POST /api/v1/accounts/" + careful.id() + "/follow", "reblogs=false", "notify=1");
    assertTrue(asked.path("requested").asBoolean());
    assertFalse(asked.path("following").asBoolean());
    assertEquals(List.of(nour.id()), ids(careful.ask("GET /api/v1/follow_requests")));
    assertTrue(
        careful
            .ask("POST /api/v1/follow_requests/" + nour.id() + "/authorize")
            .path("followed_by")
            .asBoolean());
    var relations =
        nour.ask(
            "GET /api/v1/accounts/relationships",
            "id[]=" + careful.id(),
            "id[]=5",
            "id[]=" + nour.id());
    assertEquals(List.of(careful.id(), nour.id()), ids(relations));
    var one = relations.get(0);
    assertTrue(one.path("following").asBoolean());
    assertFalse(one.path("showing_reblogs").asBoolean());
    assertTrue(one.path("notifying").asBoolean());
  }

  @Test
  void a_block_ends_both_follows_and_clears_home_and_what_was_told() {
    var ann = person("ann", "Ann");
    var bob = person("bob", "Bob");
    ann.ask("POST /api/v1/accounts/" + bob.id() + "/follow");
    bob.ask("POST /api/v1/accounts/" + ann.id() + "/follow");
    var said = post(bob, "Bonjour la place");
    assertTrue(ids(ann.ask("GET /api/v1/timelines/home")).contains(said));
    assertTrue(
        ann.ask("POST /api/v1/accounts/" + bob.id() + "/block").path("blocking").asBoolean());
    var between = bob.ask("GET /api/v1/accounts/relationships?id=" + ann.id()).get(0);
    assertFalse(between.path("following").asBoolean());
    assertTrue(between.path("blocked_by").asBoolean());
    ann.ask("POST /api/v1/accounts/" + bob.id() + "/unblock");
    assertFalse(ids(ann.ask("GET /api/v1/timelines/home")).contains(said));
    bob.ask("POST /api/v1/accounts/" + ann.id() + "/mute", "duration=600");
    var muted = send(bob.who().app(), "GET /api/v1/mutes");
    assertTrue(muted.header("Link").contains("max_id="));
    assertTrue(muted.body().get(0).hasNonNull("mute_expires_at"));
    assertTrue(send(bob.who().app(), "GET /api/v1/blocks").header("Link").isEmpty());
  }

  @Test
  void people_of_an_exclusive_list_are_read_there_alone() {
    var owner = person("owner", "Odile");
    var list = owner.ask("POST /api/v1/lists", "title=Proches", "exclusive=true");
    var path = "/api/v1/lists/" + list.path("id").asText() + "/accounts";
    owner.ask(404, "POST " + path, "account_ids[]=" + lena.id());
    owner.ask("POST /api/v1/accounts/" + lena.id() + "/follow");
    owner.ask("POST " + path, "account_ids[]=" + lena.id());
    var said = post(lena, "Il reste des poires");
    var timeline = "GET /api/v1/timelines/list/" + list.path("id").asText();
    assertTrue(ids(owner.ask(timeline)).contains(said));
    assertFalse(ids(owner.ask("GET /api/v1/timelines/home")).contains(said));
    nour.ask(404, timeline);
    nour.ask(404, "GET " + path);
    owner.ask("POST /api/v1/accounts/" + lena.id() + "/unfollow");
    assertEquals(List.of(), ids(owner.ask("GET " + path)));
  }

  @Test
  void a_filter_marks_what_it_meets_from_the_moment_it_is_made() {
    var said = post(emma, "On parle de #Football et de pommes ce soir");
    var timeline = "GET /api/v1/timelines/public?limit=40";
    assertNull(filtered(lena.ask(timeline), said).get(0));
    var filter =
        lena.ask(
            "POST /api/v2/filters",
            "title=Sport",
            "context[]=public",
            "keywords_attributes[0][keyword]=football",
            "keywords_attributes[0][whole_word]=true",
            "keywords_attributes[1][keyword]=pomme",
            "keywords_attributes[1][whole_word]=true");
    var met = filtered(lena.ask(timeline), said).get(0);
    assertEquals(filter.path("id"), met.at("/filter/id"));
    assertEquals("[\"football\"]", met.path("keyword_matches").toString());
    nour.ask(404, "GET /api/v2/filters/" + filter.path("id").asText());
    lena.ask("DELETE /api/v2/filters/" + filter.path("id").asText());
    assertNull(filtered(lena.ask(timeline), said).get(0));
  }

  private static JsonNode filtered(JsonNode page, String id) {
    for (var one : page) if (one.path("id").asText().equals(id)) return one.path("filtered");
    throw new AssertionError(id + " is not in the page");
  }

  @Test
  void search_finds_words_without_their_accents_and_only_what_one_may_read() {
    var open = post(nour, "La fête du potiron, un événement");
    var secret =
        village.posts.publish(
            nour.actor(),
            NewPost.note("Un potiron secret", "fr").to(org.placette.post.Visibility.FOLLOWERS));
    var shy = lena.ask("GET /api/v2/search", "q=EVENEMENT potiron", "type=statuses");
    assertEquals(List.of(), ids(shy.path("statuses")), "nour did not agree to be searched");
    var unused = nour.ask("PATCH /api/v1/accounts/update_credentials", "indexable=true");
    var found = lena.ask("GET /api/v2/search", "q=EVENEMENT potiron", "type=statuses");
    assertEquals(List.of(open), ids(found.path("statuses")));
    assertEquals(List.of(open), ids(lena.ask("GET /api/v2/search", "q=potiron").path("statuses")));
    assertEquals(2, nour.ask("GET /api/v2/search", "q=potiron from:me").path("statuses").size());
    assertTrue(secret.id() > 0);
    assertEquals(
        emma.id(),
        nour.ask("GET /api/v2/search", "q=riv").path("accounts").get(0).path("id").asText());
    assertEquals(
        nour.id(),
        lena.ask("GET /api/v2/search", "q=" + nour.actor().uri(), "resolve=true")
            .at("/accounts/0/id")
            .asText());
    nour.ask(400, "GET /api/v2/search", "q=x", "type=planets");
  }

  @Test
  void a_followed_tag_brings_posts_home_and_is_listed() {
    assertTrue(lena.ask("POST /api/v1/tags/Troc/follow").path("following").asBoolean());
    var said = post(nour, "Grand #troc dimanche");
    assertTrue(ids(lena.ask("GET /api/v1/timelines/home")).contains(said));
    var tag = lena.ask("GET /api/v1/followed_tags?limit=200").get(0);
    assertEquals("troc", tag.path("name").asText());
    assertEquals("1", tag.at("/history/0/uses").asText());
    assertFalse(lena.ask("POST /api/v1/tags/troc/unfollow").path("following").asBoolean());
  }

  @Test
  void a_profile_changes_and_gives_back_what_was_typed() {
    var me =
        emma.ask(
            "PATCH /api/v1/accounts/update_credentials",
            "display_name=Emma R.",
            "note=Je *jardine* <b>fort</b> #potager",
            "locked=true",
            "fields_attributes[0][name]=Site",
            "fields_attributes[0][value]=https://emma.example",
            "fields_attributes[1][name]=",
            "source[privacy]=unlisted",
            "source[language]=en");
    assertEquals("Emma R.", me.path("display_name").asText());
    var note = me.path("note").asText();
    assertTrue(note.startsWith("<p>Je <em>jardine</em> &lt;b&gt;fort&lt;/b&gt; <a "), note);
    assertTrue(note.contains("href=\"" + served.origin() + "/tags/potager\""), note);
    assertEquals("Je *jardine* <b>fort</b> #potager", me.at("/source/note").asText());
    assertEquals("https://emma.example", me.at("/source/fields/0/value").asText());
    assertTrue(me.path("locked").asBoolean());
    var preferences = emma.ask("GET /api/v1/preferences");
    assertEquals("unlisted", preferences.path("posting:default:visibility").asText());
    emma.ask(422, "PATCH /api/v1/accounts/update_credentials", "source[privacy]=everybody");
    assertEquals("Habitant·e", me.at("/role/name").asText());
  }

  @Test
  void the_sites_that_may_name_somebody_as_their_author_are_told_to_everybody() {
    var change = "PATCH /api/v1/accounts/update_credentials";
    var two = "attribution_domains[]=https://Blog.example/about";
    var me = lena.ask(change, two, "attribution_domains[]=gazette.example");
    var known = "[\"blog.example\",\"gazette.example\"]";
    assertEquals(known, me.at("/source/attribution_domains").toString());
    assertEquals(known, document("/users/lena").path("attributionDomains").toString());
    lena.ask(422, change, "attribution_domains[]=nowhere at all");
    assertEquals(known, lena.ask(change).at("/source/attribution_domains").toString());
    lena.ask(change, "attribution_domains[]=");
    assertTrue(document("/users/lena").path("attributionDomains").isMissingNode());
  }

  @Test
  void notices_are_written_by_those_who_run_the_place_and_put_away_by_each() {
    nour.ask(403, "POST /api/placette/v1/announcements", "text=Coupure d’eau");
    var chief = new Person(served.person("chief", "animator"));
    var id =
        chief
            .ask("POST /api/placette/v1/announcements", "text=Coupure d’eau mardi #Travaux")
            .path("id")
            .asText();
    nour.ask("PUT /api/v1/announcements/" + id + "/reactions/%F0%9F%91%8D");
    var seen = nour.ask("GET /api/v1/announcements").get(0);
    assertEquals("travaux", seen.at("/tags/0/name").asText());
    var href = "href=\"" + seen.at("/tags/0/url").asText() + "\"";
    assertTrue(seen.path("content").asText().contains(href), seen.toString());
    assertEquals("[{\"name\":\"👍\",\"count\":1,\"me\":true}]", seen.path("reactions").toString());
    nour.ask("POST /api/v1/announcements/" + id + "/dismiss");
    assertEquals(0, nour.ask("GET /api/v1/announcements").size());
    assertEquals(1, lena.ask("GET /api/v1/announcements").size());
  }

  @Test
  void a_token_does_no_more_than_its_scopes_say() {
    var reader = served.app(served.token(nour.actor(), "read:follows"));
    assertEquals(403, send(reader, "POST /api/v1/accounts/" + emma.id() + "/follow").status());
    assertEquals(403, send(reader, "GET /api/v1/lists").status());
    assertEquals(200, send(reader, "GET /api/v1/follow_requests").status());
  }
}
