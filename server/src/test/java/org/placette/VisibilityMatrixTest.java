package org.placette;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Onlooker.Who;
import org.placette.config.Settings;
import org.placette.db.Db;
import org.placette.federation.fetch.AddressGuard.Resolver;
import org.placette.post.Post;
import org.placette.post.Posts.NewPost;
import org.placette.post.Visibility;
import org.placette.testing.PgExtension;
import org.placette.testing.Ports;

/**
 * Every visibility × every viewer × every representation, from the tables below. A forbidden cell
 * answers byte for byte as if the post did not exist: what asks for it by its id gets what an
 * unknown id gets; lists, feeds, collections and counts are what they were before it was written.
 */
@ExtendWith(PgExtension.class)
class VisibilityMatrixTest {

  /** Who may read what, besides the author; everything else is forbidden. */
  private static final Map<Visibility, Set<Who>> READERS =
      new EnumMap<>(
          Map.of(
              Visibility.PUBLIC, Set.of(Who.values()),
              Visibility.UNLISTED, Set.of(Who.values()),
              Visibility.FOLLOWERS, Set.of(Who.FOLLOWER, Who.ADDRESSEE),
              Visibility.LOCAL, Set.of(Who.RESIDENT, Who.FOLLOWER, Who.ADDRESSEE, Who.MEMBER),
              Visibility.RING,
                  Set.of(Who.RESIDENT, Who.FOLLOWER, Who.ADDRESSEE, Who.MEMBER, Who.NEIGHBOUR),
              Visibility.GROUP, Set.of(Who.MEMBER),
              Visibility.DIRECT, Set.of(Who.ADDRESSEE),
              Visibility.HIDDEN, Set.of()));

  /** What everybody reads comes last: until then no count may change. */
  private static final List<Visibility> ORDER =
      READERS.keySet().stream().sorted(Comparator.comparing(Visibility::open)).toList();

  /** What asks for a post by its id: method, what kind of client, path. */
  private static final List<String> DOORS =
      List.of(
          "GET page /posts/{id}",
          "GET page /posts/{id}/edit",
          "GET page /posts/{id}/delete",
          "GET page /compose/note?replyTo={id}",
          "POST page /posts/{id}/like",
          "POST page /posts/{id}/share",
          "POST page /posts/{id}/vote choice=0",
          "POST page /posts/{id}/delete",
          "POST page /posts replyTo={id}&text=bonjour",
          "GET object /posts/{id}",
          "GET object /posts/{id}/replies",
          "GET object /posts/{id}/replies?page=true",
          "GET object /threads/{id}",
          "GET object /threads/{id}?page=true",
          "GET object /activities/{activity}",
          "GET app /api/v1/statuses/{id}",
          "GET app /api/v1/statuses?id[]={id}",
          "GET app /api/v1/statuses/{id}/context",
          "GET app /api/v1/statuses/{id}/history",
          "GET app /api/v1/statuses/{id}/source",
          "GET app /api/v1/statuses/{id}/card",
          "GET app /api/v1/statuses/{id}/favourited_by",
          "GET app /api/v1/statuses/{id}/reblogged_by",
          "GET app /api/v1/polls/{id}",
          "GET app /api/v2/search?resolve=true&q={uri}",
          "GET app /api/v1/timelines/public?max_id={id}9",
          "POST app /api/v1/statuses/{id}/favourite",
          "POST app /api/v1/statuses/{id}/reblog",
          "POST app /api/v1/statuses/{id}/bookmark",
          "POST app /api/v1/statuses/{id}/pin",
          "POST app /api/v1/statuses/{id}/mute",
          "POST app /api/v1/statuses/{id}/translate",
          "POST app /api/v1/statuses/{id}/unfavourite",
          "POST app /api/v1/polls/{id}/votes choices[]=0",
          "POST app /api/v1/statuses status=bonjour&in_reply_to_id={id}",
          "POST app /api/v1/statuses status=bonjour&quoted_status_id={id}",
          "POST app /api/v1/statuses/{id}/unbookmark");

  /** What lists posts, or counts them, or shows something of them. */
  private static final List<String> LISTS =
      List.of(
          "GET page /",
          "GET page /posts",
          "GET page /users/awa",
          "GET page /groups",
          "GET page /groups/village",
          "GET page /groups/parents",
          "GET page /groups/parents/members",
          "GET page /documents",
          "GET page /documents?group=parents",
          "GET page /notifications",
          "GET page /posts/{root}",
          "GET page /events",
          "GET page /tags/marche",
          "GET page /search?q=secret",
          "GET feed /posts.atom",
          "GET feed /posts.rss",
          "GET feed /users/awa/posts.atom",
          "GET feed /users/awa/posts.rss",
          "GET feed /groups/parents/posts.atom",
          "GET feed /groups/parents/posts.rss",
          "GET feed /groups/village/posts.rss",
          "GET feed /tags/marche/posts.atom",
          "GET feed /calendar.ics",
          "GET feed /users/awa/calendar.ics",
          "GET feed /groups/parents/calendar.ics",
          "GET object /users/awa",
          "GET object /users/awa/outbox",
          "GET object /users/awa/outbox?page=true",
          "GET object /users/awa/featured",
          "GET object /groups/village/outbox?page=true",
          "GET object /groups/parents",
          "GET object /groups/parents/outbox",
          "GET object /groups/parents/outbox?page=true",
          "GET object /groups/parents/featured",
          "GET object /groups/parents/followers",
          "GET object /posts/{root}",
          "GET object /posts/{root}/replies",
          "GET object /posts/{root}/replies?page=true",
          "GET object /threads/{root}",
          "GET object /threads/{root}?page=true",
          "GET app /api/v1/timelines/home",
          "GET app /api/v1/timelines/public",
          "GET app /api/v1/timelines/public?local=true",
          "GET app /api/v1/timelines/tag/marche",
          "GET app /api/v1/tags/marche",
          "GET app /api/v1/trends/tags",
          "GET app /api/v1/trends/statuses",
          "GET app /api/v1/accounts/{awa}",
          "GET app /api/v1/accounts/{awa}/statuses",
          "GET app /api/v1/accounts/{awa}/statuses?pinned=true",
          "GET app /api/v1/accounts/{awa}/featured_tags",
          "GET app /api/v1/accounts/{parents}",
          "GET app /api/v1/accounts/{parents}/statuses",
          "GET app /api/v1/directory?local=true",
          "GET app /api/v1/statuses/{root}",
          "GET app /api/v1/statuses/{root}/context",
          "GET app /api/v2/search?q=secret",
          "GET app /api/v2/search?q=marche",
          "GET app /api/v1/notifications",
          "GET app /api/v2/notifications",
          "GET app /api/v1/notifications/unread_count",
          "GET app /api/v1/conversations",
          "GET app /api/v1/instance",
          "GET app /api/v1/instance/activity",
          "GET plain /nodeinfo/2.1");

  private static final Vertx VERTX = Vertx.vertx();
  private static Neighbourhood here;
  private static Cast cast;

  /** The people of the matrix, and what the paths of the tables mean. */
  private record Cast(Map<Who, Onlooker> viewers, Stage stage, Map<String, String> words) {

    String path(String door) {
      var path = door;
      for (var word : words.entrySet())
        path = path.replace("{" + word.getKey() + "}", word.getValue());
      return path;
    }
  }

  @BeforeAll
  static void start(Db db, @TempDir Path data) {
    var address = "127.0.0.1:" + Ports.free();
    var settings =
        Settings.load(
            Map.of(
                "PLACETTE_LISTEN",
                address,
                "PLACETTE_DOMAIN",
                address,
                "PLACETTE_DATA",
                data.toString(),
                "PLACETTE_ALLOW_PRIVATE",
                "127.0.0.0/8"),
            null);
    here = new Neighbourhood(VERTX, db, settings, Resolver.system());
    here.serve();
    var stage = new Stage(here, VERTX);
    cast = new Cast(stage.viewers(), stage, new LinkedHashMap<>(stage.words()));
  }

  @AfterAll
  static void stop() {
    cast.viewers().values().forEach(Onlooker::close);
    cast.stage().close();
    here.close();
    VERTX.close().await();
  }

  @Test
  void a_forbidden_post_is_byte_for_byte_no_post_at_all() {
    List<String> leaks = new ArrayList<>();
    for (var visibility : ORDER) {
      var forbidden = without(Objects.requireNonNull(READERS.get(visibility)));
      for (var asAnswer : new boolean[] {false, true}) {
        // A private group has no answers to a public post.
        if (asAnswer && visibility == Visibility.GROUP) continue;
        var before = lists(forbidden);
        var post = publish(visibility, asAnswer);
        var after = lists(forbidden);
        before.forEach(
            (cell, answer) -> {
              var now = String.valueOf(after.get(cell));
              if (!answer.equals(now)) leaks.add(report(visibility, asAnswer, cell, answer, now));
            });
        doors(visibility, forbidden, post, leaks);
        readers(visibility, post, leaks);
        if (visibility != Visibility.HIDDEN) told(forbidden, post, leaks);
        if (visibility.open()) continue;
        if (visibility == Visibility.HIDDEN) {
          givenBack(post, leaks);
          continue;
        }
        here.posts.delete(cast.stage().author().actor(), post.id());
        doors(visibility, forbidden, post, leaks);
      }
    }
    heard(leaks);
    assertTrue(leaks.isEmpty(), () -> leaks.size() + " leaks:\n" + String.join("\n\n", leaks));
  }

  private static Onlooker viewer(Who who) {
    return Objects.requireNonNull(cast.viewers().get(who));
  }

  private static String report(
      Visibility visibility, boolean asAnswer, String cell, String before, String after) {
    var at = 0;
    while (at < Math.min(before.length(), after.length()) && before.charAt(at) == after.charAt(at))
      at++;
    var from = Math.max(0, at - 80);
    return visibility
        + (asAnswer ? " (answer)" : "")
        + " × "
        + cell
        + "\n  - "
        + before.substring(from, Math.min(before.length(), at + 120)).replace("\n", "⏎")
        + "\n  + "
        + after.substring(from, Math.min(after.length(), at + 120)).replace("\n", "⏎");
  }

  private static Post publish(Visibility visibility, boolean asAnswer) {
    var awa = cast.stage().author();
    var said = "secret" + visibility.word() + (asAnswer ? "2" : "") + " #marche @ines";
    var hidden = visibility == Visibility.HIDDEN;
    var wanted = NewPost.note(said, "fr").to(hidden ? Visibility.PUBLIC : visibility);
    if (asAnswer) wanted = wanted.inReplyTo(cast.stage().root());
    else if (visibility == Visibility.GROUP) wanted = wanted.in(cast.stage().group());
    else wanted = wanted.in(here.actors.village());
    var post = here.posts.publish(awa.actor(), wanted);
    var status = "/api/v1/statuses/" + post.id();
    if (visibility != Visibility.DIRECT && !asAnswer)
      assertEquals(200, awa.status("POST app " + status + "/pin"));
    assertEquals(200, awa.status("POST app " + status + "/favourite"));
    if (hidden) here.db.transact(tx -> cast.stage().takedown().hide(tx, post.id()));
    assertEquals(visibility, Objects.requireNonNull(here.posts.byId(post.id())).visibility());
    return post;
  }

  private static Map<String, String> lists(Set<Who> viewers) {
    Map<String, String> answers = new LinkedHashMap<>();
    for (var who : viewers)
      for (var door : LISTS) {
        if (!concerns(who, door)) continue;
        var answer = viewer(who).ask(cast.path(door));
        answers.put(who + " × " + door, answer);
      }
    return answers;
  }

  private static void doors(
      Visibility visibility, Set<Who> forbidden, Post post, List<String> leaks) {
    var absent = post.id() + 77_777;
    var activity = cast.stage().activityOf(post);
    for (var who : forbidden)
      for (var door : DOORS) {
        if (!concerns(who, door)) continue;
        var real = asked(who, door, post.id(), activity);
        var none = asked(who, door, absent, absent);
        if (!real.equals(none))
          leaks.add(report(visibility, post.inReplyTo() != null, who + " × " + door, none, real));
      }
  }

  /** A server that signs reads objects; everything else it reads like anybody. */
  private static boolean concerns(Who who, String door) {
    return !viewer(who).remote() || door.startsWith("GET object");
  }

  private static String asked(Who who, String door, long id, long activity) {
    var uri = here.actors.urls().post(id);
    var path =
        door.replace("{id}", String.valueOf(id))
            .replace("{uri}", uri)
            .replace("{activity}", String.valueOf(activity));
    return viewer(who)
        .ask(path)
        .replace(String.valueOf(id), "ID")
        .replace(String.valueOf(activity), "ID");
  }

  /** Without them the test would prove that everything is forbidden. */
  private static void readers(Visibility visibility, Post post, List<String> leaks) {
    for (var who : Objects.requireNonNull(READERS.get(visibility))) {
      var viewer = viewer(who);
      for (var kind : viewer.remote() ? List.of("object") : List.of("page", "app")) {
        var path = (kind.equals("app") ? "/api/v1/statuses/" : "/posts/") + post.id();
        var answer = viewer.ask("GET " + kind + " " + path);
        if (!answer.startsWith("200") || !answer.contains("secret" + visibility.word()))
          leaks.add(visibility + " is hidden from " + who + " (" + kind + "): " + answer);
      }
    }
  }

  /** A hidden post was taken back from open streams; shown again, everybody reads it again. */
  private static void givenBack(Post post, List<String> leaks) {
    var ears = viewer(Who.RESIDENT).ears();
    var end = "\"event\":\"delete\",\"payload\":\"" + post.id() + "\"";
    Objects.requireNonNull(ears.get("public")).until(end);
    here.db.transact(tx -> cast.stage().takedown().show(tx, post.id()));
    for (var who : Who.values()) {
      var answer = viewer(who).ask("GET object /posts/" + post.id());
      if (!answer.contains("secrethidden")) leaks.add("not given back to " + who + ": " + answer);
    }
    here.posts.delete(cast.stage().author().actor(), post.id());
  }

  /** Whoever is not told is not pushed either: a push is made of a notification. */
  private static void told(Set<Who> forbidden, Post post, List<String> leaks) {
    for (var who : forbidden) {
      var actor = viewer(who).actorId();
      var count =
          here.db.one(
              "select count(*)::int from notification where actor_id = $1 and post_id = $2",
              row -> row.getInteger(0),
              actor,
              post.id());
      if (!Objects.equals(count, 0))
        leaks.add(post.visibility() + " × " + who + " × notification and push");
    }
  }

  /** What came over streams, once a last public post has come over each of them. */
  private static void heard(List<String> leaks) {
    cast.stage().lastWord();
    for (var viewer : cast.viewers().entrySet())
      for (var ear : viewer.getValue().ears().entrySet()) {
        var all = ear.getValue().until("derniermot");
        for (var visibility : ORDER) {
          // Heard before it was hidden, and taken back: the next test.
          if (visibility == Visibility.HIDDEN) continue;
          var readers = Objects.requireNonNull(READERS.get(visibility));
          var word = "secret" + visibility.word();
          if (!readers.contains(viewer.getKey()) && all.contains(word))
            leaks.add(visibility + " × " + viewer.getKey() + " × stream " + ear.getKey());
        }
      }
  }

  private static Set<Who> without(Set<Who> some) {
    var all = EnumSet.allOf(Who.class);
    all.removeAll(some);
    return all;
  }
}
