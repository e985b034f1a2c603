package org.placette;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
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
import org.placette.db.Db;
import org.placette.post.Post;
import org.placette.post.Posts.NewPost;
import org.placette.post.Visibility;
import org.placette.testing.PgExtension;

/**
 * Every visibility × every viewer × every representation, from the tables below. A forbidden cell
 * answers byte for byte as if the post did not exist: what asks for it by its id gets what an
 * unknown id gets; lists, feeds, collections and counts are what they were before it was written.
 */
@ExtendWith(PgExtension.class)
class VisibilityMatrixTest {

  private static final Set<Who> INSIDE =
      Set.of(Who.RESIDENT, Who.FOLLOWER, Who.ADDRESSEE, Who.MEMBER, Who.MODERATOR);

  /** Who may read what, besides the author; everything else is forbidden. */
  private static final Map<Visibility, Set<Who>> READERS =
      new EnumMap<>(
          Map.of(
              Visibility.PUBLIC, Set.of(Who.values()),
              Visibility.UNLISTED, Set.of(Who.values()),
              Visibility.FOLLOWERS, Set.of(Who.FOLLOWER, Who.ADDRESSEE),
              Visibility.LOCAL, INSIDE,
              Visibility.RING, plus(INSIDE, Who.NEIGHBOUR),
              Visibility.GROUP, Set.of(Who.MEMBER),
              Visibility.DIRECT, Set.of(Who.ADDRESSEE),
              Visibility.HIDDEN, Set.of()));

  /** What everybody reads comes last: until then no count may change. */
  private static final List<Visibility> ORDER =
      READERS.keySet().stream().sorted(Comparator.comparing(Visibility::open)).toList();

  private static Set<Who> plus(Set<Who> some, Who one) {
    var all = EnumSet.copyOf(some);
    all.add(one);
    return all;
  }

  /** What asks for a post by its id: method, what kind of client, path. */
  private static final List<String> DOORS =
      List.of(
          "GET page /posts/{id}",
          "HEAD page /posts/{id}",
          "HEAD object /posts/{id}",
          "GET app /api/v1/statuses/{id}/quotes",
          "DELETE app /api/v1/statuses/{id}",
          "PUT app /api/v1/statuses/{id} status=autre",
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

  private static final String LINK = "https://lavoir.example/secretlien";
  private static final JsonObject CARD =
      new JsonObject().put("url", LINK).put("type", "link").put("title", "secretcarte");
  private static Village village;
  private static Neighbourhood here;
  private static Stage stage;
  private static Matrix matrix;

  @BeforeAll
  static void start(Db db, @TempDir Path data) {
    village = Village.start(db, data);
    here = village.whole();
    stage = new Stage(here, village.vertx());
    matrix = new Matrix(stage, LISTS);
  }

  @AfterAll
  static void stop() {
    stage.viewers().values().forEach(Onlooker::close);
    stage.close();
    village.close();
  }

  @Test
  void a_forbidden_post_is_byte_for_byte_no_post_at_all() {
    for (var visibility : ORDER) {
      var readers = Objects.requireNonNull(READERS.get(visibility));
      var forbidden = Matrix.without(readers);
      for (var asAnswer : new boolean[] {false, true}) {
        // A private group has no answers to a public post.
        if (asAnswer && visibility == Visibility.GROUP) continue;
        var what = visibility + (asAnswer ? " (answer)" : "");
        matrix.before(forbidden);
        var post = publish(visibility, asAnswer);
        matrix.shown(readers);
        matrix.unchanged(what, forbidden);
        closed(what, forbidden, post);
        readers(visibility, post);
        if (visibility != Visibility.HIDDEN) told(forbidden, post);
        if (visibility.open()) continue;
        if (visibility == Visibility.HIDDEN) {
          givenBack(post);
          continue;
        }
        here.posts.delete(stage.author().actor(), post.id());
        closed(what + " deleted", forbidden, post);
      }
    }
    heard();
    var leaks = matrix.leaks();
    assertTrue(leaks.isEmpty(), () -> leaks.size() + " leaks:\n" + String.join("\n\n", leaks));
  }

  private static Post publish(Visibility visibility, boolean asAnswer) {
    var awa = stage.author();
    var said = "secret" + visibility.word() + (asAnswer ? "2" : "") + " #marche @ines " + LINK;
    var hidden = visibility == Visibility.HIDDEN;
    var wanted = NewPost.note(said, "fr").to(hidden ? Visibility.PUBLIC : visibility);
    if (asAnswer) wanted = wanted.inReplyTo(stage.root());
    else if (visibility == Visibility.GROUP) wanted = wanted.in(stage.group());
    else wanted = wanted.in(here.actors.village());
    var post = here.posts.publish(awa.actor(), wanted);
    // What a link shows is as secret as the words that hold it.
    here.db.run("update post set card = $2 where id = $1", post.id(), CARD);
    var status = "/api/v1/statuses/" + post.id();
    if (visibility != Visibility.DIRECT && !asAnswer)
      assertEquals(200, awa.status("POST app " + status + "/pin"));
    assertEquals(200, awa.status("POST app " + status + "/favourite"));
    if (hidden) here.db.transact(tx -> stage.takedown().hide(tx, post.id()));
    assertEquals(visibility, Objects.requireNonNull(here.posts.byId(post.id())).visibility());
    return post;
  }

  private static void closed(String what, Set<Who> forbidden, Post post) {
    var none = post.id() + 77_777;
    matrix.closed(
        what, forbidden, DOORS, words(post.id(), stage.activityOf(post)), words(none, none));
  }

  private static Map<String, String> words(long id, long activity) {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("uri", here.actors.urls().post(id));
    words.put("id", String.valueOf(id));
    words.put("activity", String.valueOf(activity));
    return words;
  }

  /** Without them the test would prove that everything is forbidden. */
  private static void readers(Visibility visibility, Post post) {
    for (var who : Objects.requireNonNull(READERS.get(visibility))) {
      var viewer = matrix.viewer(who);
      for (var kind : viewer.remote() ? List.of("object") : List.of("page", "app")) {
        var path = (kind.equals("app") ? "/api/v1/statuses/" : "/posts/") + post.id();
        var answer = viewer.ask("GET " + kind + " " + path);
        var told = answer.contains("secret" + visibility.word()) && answer.contains("secretlien");
        var card = kind.equals("object") || answer.contains("secretcarte");
        if (!answer.startsWith("200") || !told || !card)
          matrix.leak(visibility + " is hidden from " + who + " (" + kind + "): " + answer);
      }
    }
  }

  /** A hidden post was taken back from open streams; shown again, everybody reads it again. */
  private static void givenBack(Post post) {
    var ears = matrix.viewer(Who.RESIDENT).ears();
    var end = "\"event\":\"delete\",\"payload\":\"" + post.id() + "\"";
    Objects.requireNonNull(ears.get("public")).until(end);
    here.db.transact(tx -> stage.takedown().show(tx, post.id()));
    for (var who : Who.values()) {
      var answer = matrix.viewer(who).ask("GET object /posts/" + post.id());
      if (!answer.contains("secrethidden")) matrix.leak("not given back to " + who + ": " + answer);
    }
    here.posts.delete(stage.author().actor(), post.id());
  }

  /** Whoever is not told is not pushed either: a push is made of a notification. */
  private static void told(Set<Who> forbidden, Post post) {
    for (var who : forbidden) {
      var actor = matrix.viewer(who).actorId();
      var count =
          here.db.one(
              "select count(*)::int from notification where actor_id = $1 and post_id = $2",
              row -> row.getInteger(0),
              actor,
              post.id());
      if (!Objects.equals(count, 0))
        matrix.leak(post.visibility() + " × " + who + " × notification and push");
    }
  }

  /** What came over streams, once a last public post has come over each of them. */
  private static void heard() {
    stage.lastWord();
    for (var viewer : stage.viewers().entrySet())
      for (var ear : viewer.getValue().ears().entrySet()) {
        var all = ear.getValue().until("derniermot");
        for (var visibility : ORDER) {
          // Heard before it was hidden, and taken back: the next test.
          if (visibility == Visibility.HIDDEN) continue;
          var readers = Objects.requireNonNull(READERS.get(visibility));
          var word = "secret" + visibility.word();
          if (!readers.contains(viewer.getKey()) && all.contains(word))
            matrix.leak(visibility + " × " + viewer.getKey() + " × stream " + ear.getKey());
        }
      }
  }
}
