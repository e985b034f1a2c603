package org.placette;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village.Person;
import org.placette.db.Db;
import org.placette.group.Groups;
import org.placette.group.Theme;
import org.placette.notification.NotificationStore;
import org.placette.post.Change;
import org.placette.post.Posts.NewPost;
import org.placette.testing.App.Answer;
import org.placette.testing.Eventually;
import org.placette.testing.PgExtension;

/** What people are told, over real HTTP and real WebSockets. */
@ExtendWith(PgExtension.class)
class TellingTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir static Path data;

  private static Village village;
  private static Neighbourhood here;
  private static Db db;
  private static Person nour;
  private static Person jean;

  @BeforeAll
  static void start(Db given) {
    db = given;
    village = Village.start(db, data);
    here = village.whole();
    nour = person("nour");
    jean = person("jean");
  }

  @AfterAll
  static void stop() {
    village.close();
  }

  private static Person person(String name) {
    return village.person(name, "moderator");
  }

  private static Answer call(Person who, String method, String path, String... fields) {
    return who.app().form(method, path, fields);
  }

  private static JsonNode get(Person who, String path) {
    return who.app().get(path);
  }

  private static long note(Person who, String text) {
    return here.posts.publish(who.actor(), NewPost.note(text, "fr")).id();
  }

  private static List<String> texts(JsonNode list, String field) {
    List<String> all = new ArrayList<>();
    list.forEach(one -> all.add(one.path(field).asText()));
    return all;
  }

  @Test
  void everything_that_happens_is_told_once_and_by_the_word_that_apps_know() throws Exception {
    var ada = person("ada");
    assertEquals(0, get(ada, "/api/v1/notifications").size());
    assertTrue(call(ada, "GET", "/api/v1/notifications").header("Link").isEmpty());

    var post = note(ada, "Qui vient au marché ?");
    db.transact(tx -> here.follows.follow(tx, jean.actor(), ada.actor()));
    db.transact(tx -> here.follows.follow(tx, ada.actor(), nour.actor()));
    db.update("update follow set notify = true where actor_id = $1", ada.actor().id());
    here.reactions.like(jean.actor(), post);
    here.reactions.like(nour.actor(), post);
    here.reactions.announce(jean.actor(), post);
    note(jean, "Bonjour @ada !");
    here.posts.publish(nour.actor(), NewPost.note("Moi !", "fr").inReplyTo(post));
    var news = note(nour, "Le four à pain est chaud");
    db.transact(tx -> NotificationStore.pollEnded(tx, post));
    here.reactions.announce(ada.actor(), news);
    here.posts.edit(nour.actor(), news, Change.of("Le four à pain est froid", null, null));

    var told = get(ada, "/api/v1/notifications");
    assertEquals(
        List.of(
            "update",
            "poll",
            "status",
            "mention",
            "mention",
            "reblog",
            "favourite",
            "favourite",
            "follow"),
        texts(told, "type"));
    for (var one : told) {
      assertTrue(one.path("id").asLong() < 1L << 53, "ids fit a JSON number");
      assertTrue(one.path("account").hasNonNull("acct"));
      assertEquals(!one.path("type").asText().equals("follow"), one.has("status"));
    }
    assertEquals(2, get(ada, "/api/v1/notifications?types[]=favourite").size());
    assertEquals(
        6,
        get(ada, "/api/v1/notifications?exclude_types[]=mention" + "&exclude_types[]=poll").size());
    assertEquals(3, get(ada, "/api/v1/notifications?types[]=mention&types[]=status").size());
    assertEquals(0, get(ada, "/api/v1/notifications?types[]=invented").size());
    assertEquals(4, get(ada, "/api/v1/notifications?account_id=" + jean.actor().id()).size());

    var second =
        get(ada, "/api/v1/notifications?limit=2&max_id=" + told.get(1).path("id").asText());
    assertEquals(List.of("status", "mention"), texts(second, "type"));
    var newer = get(ada, "/api/v1/notifications?limit=2&min_id=" + told.get(8).path("id").asText());
    assertEquals(List.of("favourite", "favourite"), texts(newer, "type"));

    var id = told.get(0).path("id").asText();
    assertEquals("update", get(ada, "/api/v1/notifications/" + id).path("type").asText());
    assertEquals(404, call(jean, "GET", "/api/v1/notifications/" + id).status());
    assertEquals(404, call(jean, "POST", "/api/v1/notifications/" + id + "/dismiss").status());
    assertEquals(200, call(ada, "POST", "/api/v1/notifications/" + id + "/dismiss").status());
    assertEquals(8, get(ada, "/api/v1/notifications").size());
    assertEquals(8, get(ada, "/api/v1/notifications/unread_count").path("count").asInt());
    assertGrouped(ada, post);
    assertEquals(200, call(ada, "POST", "/api/v1/notifications/clear").status());
    assertEquals(0, get(ada, "/api/v1/notifications").size());
  }

  private static void assertGrouped(Person ada, long post) throws Exception {
    var all = get(ada, "/api/v2/notifications");
    var groups = all.path("notification_groups");
    assertEquals(
        List.of("poll", "status", "mention", "mention", "reblog", "favourite", "follow"),
        texts(groups, "type"));
    var liked = groups.get(5);
    assertEquals(2, liked.path("notifications_count").asInt());
    assertEquals(String.valueOf(post), liked.path("status_id").asText());
    assertTrue(liked.path("most_recent_notification_id").isIntegralNumber());
    assertEquals(
        List.of(String.valueOf(nour.actor().id()), String.valueOf(jean.actor().id())),
        List.of(
            liked.path("sample_account_ids").get(0).asText(),
            liked.path("sample_account_ids").get(1).asText()));
    assertTrue(texts(all.path("statuses"), "id").contains(String.valueOf(post)));
    assertEquals(3, all.path("accounts").size(), "nour, jean, and ada of her own poll");
    assertEquals(7, get(ada, "/api/v2/notifications/unread_count").path("count").asInt());
    var apart = get(ada, "/api/v2/notifications?grouped_types[]=follow");
    assertEquals(8, apart.path("notification_groups").size());
    var below =
        get(ada, "/api/v2/notifications?max_id=" + liked.path("most_recent_notification_id"));
    assertEquals(
        List.of("follow"), texts(below.path("notification_groups"), "type"), "shown once only");
    var key = "/api/v2/notifications/" + liked.path("group_key").asText();
    assertEquals(2, get(ada, key + "/accounts").size());
    assertEquals(404, call(jean, "GET", key).status());
    assertEquals(200, call(ada, "POST", key + "/dismiss").status());
    assertEquals(404, call(ada, "GET", key).status());
  }

  @Test
  void what_the_policy_keeps_aside_waits_as_a_request_until_it_is_let_in() throws Exception {
    var lea = person("lea");
    assertEquals(
        422,
        call(lea, "PATCH", "/api/v2/notifications/policy", "for_not_following", "perhaps")
            .status());
    var answer = call(lea, "PATCH", "/api/v2/notifications/policy", "for_not_following", "filter");
    assertEquals("filter", answer.body().path("for_not_following").asText());
    note(jean, "@lea tu viens ?");
    assertEquals(0, get(lea, "/api/v1/notifications").size());
    var request = get(lea, "/api/v1/notifications/requests").get(0);
    assertEquals("1", request.path("notifications_count").asText());
    assertTrue(request.path("last_status").path("content").asText().contains("tu viens"));
    var policy = get(lea, "/api/v2/notifications/policy").path("summary");
    assertEquals(1, policy.path("pending_requests_count").asInt());
    var path = "/api/v1/notifications/requests/" + request.path("id").asText();
    assertEquals(404, call(nour, "POST", path + "/accept").status());
    assertEquals(200, call(lea, "POST", path + "/accept").status());
    assertEquals(List.of("mention"), texts(get(lea, "/api/v1/notifications"), "type"));
    note(jean, "@lea alors ?");
    assertEquals(2, get(lea, "/api/v1/notifications").size());
    call(lea, "PATCH", "/api/v2/notifications/policy", "for_not_following", "drop");
    note(nour, "@lea et moi ?");
    assertEquals(2, get(lea, "/api/v1/notifications").size());
    assertTrue(get(lea, "/api/v1/notifications/policy").path("filter_not_following").asBoolean());
  }

  @Test
  void the_page_shows_what_is_kept_aside_and_lets_it_in_or_forgets_it() {
    var mia = person("mia");
    call(mia, "PATCH", "/api/v2/notifications/policy", "for_not_following", "filter");
    note(jean, "@mia viens-tu dimanche ?");
    note(nour, "@mia achetez mes montres");
    var page = village.walker("mia");
    var news = page.get("/notifications");
    assertEquals(2, news.count("#kept li"), news.text("main"));
    var forms = news.html().select("#kept form");
    var nours = forms.getFirst();
    var accept = page.press("/notifications", "/notifications", "answer", "yes");
    assertEquals(1, accept.count("#kept li"), accept.text("main"));
    assertEquals(2, accept.count("ul.news li"), accept.text("main"));
    assertTrue(nours.text().contains("nour"), nours.text());
    var none = page.press("/notifications", "/notifications", "answer", "no");
    assertEquals(0, none.count("#kept"), none.text("main"));
    assertEquals(1, get(mia, "/api/v1/notifications").size());
  }

  private record Pushed(Map<String, List<String>> headers, byte[] body) {
    String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }
  }

  @Test
  void a_push_wakes_the_app_and_only_its_keys_open_it_in_both_encodings() throws Exception {
    var pushes = new LinkedBlockingQueue<Pushed>();
    var gone = new java.util.concurrent.atomic.AtomicBoolean();
    var service =
        com.sun.net.httpserver.HttpServer.create(
            new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/",
        exchange -> {
          // Decided before the test hears of it, which may say meanwhile that the next is too late.
          var answer = gone.get() ? 410 : 201;
          pushes.add(
              new Pushed(exchange.getRequestHeaders(), exchange.getRequestBody().readAllBytes()));
          exchange.sendResponseHeaders(answer, -1);
          exchange.close();
        });
    service.start();
    try {
      var eve = person("eve");
      var path = "/api/v1/push/subscription";
      assertEquals(404, call(eve, "GET", path).status());
      var reader = new PushReader();
      var endpoint = "http://127.0.0.1:" + service.getAddress().getPort() + "/wake/1";
      var stored = subscribe(eve, endpoint, reader, "true");
      assertTrue(stored.path("alerts").path("mention").asBoolean());
      assertFalse(stored.path("alerts").path("follow").asBoolean());
      assertEquals(
          get(eve, "/api/v2/instance").path("configuration").path("vapid").path("public_key"),
          stored.path("server_key"));
      db.transact(tx -> here.follows.follow(tx, nour.actor(), eve.actor()));
      note(jean, "@eve rendez-vous au lavoir");
      var first = pushes.poll(3, TimeUnit.MINUTES);
      assertNotNull(first);
      assertTrue(first.header("Authorization").startsWith("vapid t="));
      var payload = JSON.readTree(reader.standard(first.body()));
      assertEquals(eve.token(), payload.path("access_token").asText());
      assertEquals("mention", payload.path("notification_type").asText());
      assertEquals("jean parle de vous", payload.path("title").asText());
      assertTrue(payload.path("body").asText().contains("rendez-vous au lavoir"));

      db.update("update push_subscription set alerts = array_append(alerts, 'GroupRequest')");
      var made =
          here.groups.found(
              eve.actor(),
              "tricot",
              new Groups.Wanted("Tricot", null, "club", Theme.Access.APPROVAL, "", List.of()));
      var club = Objects.requireNonNull(here.actors.byId(made.id()));
      db.transact(tx -> here.follows.follow(tx, nour.actor(), club));
      var asked = pushes.poll(3, TimeUnit.MINUTES);
      assertNotNull(asked);
      var request = JSON.readTree(reader.standard(asked.body()));
      assertEquals("follow_request", request.path("notification_type").asText());
      assertEquals(
          "nour demande à rejoindre le groupe «\u00a0Tricot\u00a0»",
          request.path("title").asText());

      subscribe(eve, endpoint, reader, "false");
      note(jean, "@eve ou au four");
      var second = pushes.poll(3, TimeUnit.MINUTES);
      assertNotNull(second, "nothing was sent for the follow, which no alert asks for");
      var draft =
          reader.draft(second.body(), second.header("Encryption"), second.header("Crypto-Key"));
      assertTrue(JSON.readTree(draft).path("body").asText().contains("au four"), draft);

      gone.set(true);
      note(jean, "@eve ou ailleurs");
      assertNotNull(pushes.poll(3, TimeUnit.MINUTES));
      Eventually.holds(
          "the service says that it is gone", () -> call(eve, "GET", path).status() == 404);
    } finally {
      service.stop(0);
    }
  }

  private static JsonNode subscribe(Person who, String endpoint, PushReader reader, String standard)
      throws Exception {
    var answer =
        call(
            who,
            "POST",
            "/api/v1/push/subscription",
            "subscription[endpoint]",
            endpoint,
            "subscription[keys][p256dh]",
            reader.p256dh(),
            "subscription[keys][auth]",
            reader.auth(),
            "subscription[standard]",
            standard,
            "data[alerts][mention]",
            "true");
    assertEquals(200, answer.status(), answer.response().body());
    return answer.body();
  }
}
