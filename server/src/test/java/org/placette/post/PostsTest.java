package org.placette.post;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.placette.actor.Actor;
import org.placette.db.Db;
import org.placette.outbox.Receiver;
import org.placette.post.Posts.NewPost;
import org.placette.testing.PgExtension;
import org.placette.testing.Square;
import org.placette.web.Problem;

/** What residents publish, to whom it goes, and what its addresses answer. */
@ExtendWith(PgExtension.class)
class PostsTest {

  private static Square square;
  private static Actor nour;
  private static int port;

  @BeforeAll
  static void open(Db db) throws Exception {
    square = new Square(db);
    nour = square.resident("nour");
    square.followerOn("mastodon.example", Receiver.MICROBLOG, nour);
    square.followerOn("lemmy.example", Receiver.EVENT_AWARE, square.actors.village());
    square.followerOn("gancio.example", Receiver.GANCIO, square.actors.village());
    var bound = new AtomicInteger();
    square
        .vertx
        .deployVerticle(
            () ->
                new VerticleBase() {
                  @Override
                  public io.vertx.core.Future<?> start() {
                    var router = Router.router(vertx);
                    new PostRoutes(db, square.actors, square.posts, ctx -> null).mount(router);
                    return vertx
                        .createHttpServer()
                        .requestHandler(router)
                        .listen(0, "127.0.0.1")
                        .onSuccess(server -> bound.set(server.actualPort()));
                  }
                },
            new io.vertx.core.DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
        .await();
    port = bound.get();
  }

  @AfterAll
  static void close() {
    square.close();
  }

  @BeforeEach
  void forget() {
    var unused = square.sent();
  }

  private static HttpResponse<String> get(String id, String... headers) throws Exception {
    var request =
        HttpRequest.newBuilder(
                URI.create(id.replace("https://fleurs.example", "http://127.0.0.1:" + port)))
            .header("Accept", "application/activity+json");
    if (headers.length > 0) request.headers(headers);
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static ObjectNode json(HttpResponse<String> answer) throws Exception {
    return (ObjectNode) Square.JSON.readTree(answer.body());
  }

  @Test
  void a_note_in_the_neighbourhood_goes_to_followers_and_is_announced_in_both_forms() {
    var post =
        square.posts.publish(
            nour, NewPost.note("Qui a une marmite ?", "fr").in(square.actors.village()));
    var sent = square.sent();
    assertEquals(
        List.of("nour:Create", "village:Announce", "village:Announce"),
        sent.stream().map(one -> one.actor() + ":" + one.type()).toList());
    assertEquals("mastodon.example", sent.get(0).host());
    var note = sent.get(0).body().path("object");
    assertEquals(square.actors.village().uri(), note.path("audience").asText());
    assertEquals("https://fleurs.example/threads/" + post.id(), note.path("context").asText());
    assertEquals("Create", sent.get(1).body().at("/object/type").asText());
    assertEquals(post.uri(), sent.get(2).body().path("object").asText());
    assertTrue(sent.stream().noneMatch(one -> one.host().equals("gancio.example")));
  }

  @Test
  void an_answer_mentions_and_reaches_whom_it_answers_and_stays_in_the_thread() {
    var fay = square.stranger("fay");
    assertEquals(
        null,
        square.receive(
            """
            {'id': 'PEER/c', 'type': 'Create', 'actor': '%s', 'object': {'id': 'PEER/n',
             'type': 'Note', 'attributedTo': '%s', 'content': 'hi', 'to': ['as:Public'],
             'context': 'PEER/contexts/1'}}
            """
                .formatted(fay.uri(), fay.uri())));
    var parent = java.util.Objects.requireNonNull(square.posts.byUri(square.peer.at("/n")));
    var answer =
        square.posts.publish(nour, NewPost.note("Bonjour *Fay*", "fr").inReplyTo(parent.id()));
    assertEquals(square.peer.at("/contexts/1"), answer.context());
    assertEquals(parent.id(), answer.rootId());
    assertEquals(List.of(fay.uri()), answer.mentions());
    var hosts = square.sent().stream().map(Square.Sent::host).toList();
    assertTrue(hosts.contains(square.peer.host()), hosts.toString());
  }

  @Test
  void a_direct_note_goes_to_whom_it_names_and_nobody_else_can_read_it() throws Exception {
    var fay = square.stranger("fay");
    var handle = "@fay@" + square.peer.host();
    var post =
        square.posts.publish(nour, NewPost.note("Secret " + handle, "fr").to(Visibility.DIRECT));
    var sent = square.sent();
    assertEquals(1, sent.size());
    assertEquals(fay.inbox(), sent.get(0).inbox());
    assertEquals(fay.uri(), sent.get(0).body().at("/to/0").asText());
    assertTrue(get(post.uri()).statusCode() >= 400);
    assertThrows(Problem.NotFound.class, () -> square.posts.shown(post.id(), null));
    assertEquals(post, square.posts.shown(post.id(), fay));
  }

  @Test
  void a_deleted_note_answers_410_with_its_tombstone_and_a_thread_answers_304() throws Exception {
    var post = square.posts.publish(nour, NewPost.note("Un", "fr"));
    var answer = square.posts.publish(nour, NewPost.note("Deux", "fr").inReplyTo(post.id()));
    var thread = get("https://fleurs.example/threads/" + post.id());
    assertEquals(
        "[\"" + post.uri() + "\",\"" + answer.uri() + "\"]",
        json(thread).path("orderedItems").toString());
    var etag = thread.headers().firstValue("ETag").orElseThrow();
    assertEquals(
        304,
        get("https://fleurs.example/threads/" + post.id(), "If-None-Match", etag).statusCode());
    assertThrows(
        Problem.Forbidden.class, () -> square.posts.delete(square.resident("ali"), post.id()));
    var unused = square.sent();
    square.posts.delete(nour, post.id());
    assertEquals("Tombstone", square.sent().get(0).objectType());
    var gone = get(post.uri());
    assertEquals(410, gone.statusCode());
    assertEquals("Note", json(gone).path("formerType").asText());
  }
}
