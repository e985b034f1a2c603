package org.placette.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.placette.actor.Actor;
import org.placette.corpus.Sample;
import org.placette.db.Db;
import org.placette.federation.fetch.Budget;
import org.placette.federation.fetch.Dereferencer;
import org.placette.federation.fetch.GuardedHttp;
import org.placette.federation.fetch.SignedHttp;
import org.placette.group.Theme;
import org.placette.outbox.Receiver;
import org.placette.post.Post;
import org.placette.post.Posts.NewPost;
import org.placette.testing.FakeInstance;
import org.placette.testing.PgExtension;
import org.placette.testing.Square;
import org.placette.web.Problem;

/** One discussion among servers of several kinds, and what those may not know or cause. */
@ExtendWith(PgExtension.class)
class OneTreeTest {

  private static final String PUBLIC = "https://www.w3.org/ns/activitystreams#Public";

  private static Square square;
  private static Actor nour;

  @BeforeAll
  static void start(Db db) {
    square = new Square(db);
    nour = square.animator("nour");
  }

  @AfterAll
  static void stop() {
    square.close();
  }

  private static Actor found(String name, Theme.Access access) {
    return square.found(nour, name, access);
  }

  /** A Create as that software writes it; a plain one where the collection is not at hand. */
  private static ObjectNode shape(String file) throws IOException {
    var corpus = Sample.folder();
    var path = corpus == null ? null : corpus.resolve(file);
    if (path == null || !Files.exists(path))
      return Square.json("{'type':'Create','object':{'type':'Note'}}");
    var read = (ObjectNode) Square.JSON.readTree(path.toFile());
    return read.path("type").asText().equals("Announce") ? (ObjectNode) read.get("object") : read;
  }

  /** The same as an answer of somebody of the neighbour's to a post of the discussion. */
  private static ObjectNode answer(String file, Actor author, String id, Post to, Actor group)
      throws IOException {
    var create = shape(file);
    create.put("id", square.peer.at("/c/" + id)).put("actor", author.uri());
    var note = (ObjectNode) create.get("object");
    note.put("id", square.peer.at("/n/" + id)).put("type", "Note").put("inReplyTo", to.uri());
    note.put("attributedTo", author.uri()).put("url", square.peer.at("/n/" + id));
    note.put("content", "<p>" + id + "</p>").remove(List.of("name", "contentMap", "updated"));
    note.putArray("tag").addObject().put("type", "Mention").put("href", group.uri());
    for (var one : List.of(create, note)) {
      one.put("published", "2026-01-05T10:0" + id.length() % 10 + ":00Z");
      one.putArray("to").add(PUBLIC);
      one.putArray("cc").add(group.uri()).add(nour.uri());
    }
    return create;
  }

  private static Post received(ObjectNode create) {
    assertNull(square.receive(create), create.path("id").asText());
    var uri = create.path("object").path("id").asText();
    return Objects.requireNonNull(square.posts.byUri(uri), uri);
  }

  @Test
  void five_kinds_of_servers_talk_in_one_tree_and_each_hears_the_others_in_its_own_form()
      throws IOException {
    var group = found("soupe", Theme.Access.PUBLIC);
    var unused = square.followerOn("masto.example", Receiver.MICROBLOG, group);
    unused = square.followerOn("lemmy.example", Receiver.EVENT_AWARE, group);
    unused = square.followerOn("nodebb.example", Receiver.FORUM, group);
    var fay = square.stranger("fay");
    var lou = square.stranger("lou");
    var ned = square.stranger("ned");
    var fri = square.stranger("fri");
    for (var one : List.of(fay, lou, ned, fri)) square.follow(one, group);
    var root =
        square.posts.publish(
            nour, NewPost.note("Vingt litres au moins.", "fr").titled("Une marmite ?").in(group));
    var begun = square.sent();
    assertEquals(List.of("Announce ", "Announce Create"), forms(begun, "masto.example", "soupe"));
    assertEquals(List.of("Announce ", "Announce Create"), forms(begun, "lemmy.example", "soupe"));

    var mastodon =
        received(answer("create/mastodon--create-note.json", fay, "mastodon", root, group));
    var lemmy =
        received(
            answer("interact/lemmy--announce-create-page.json", lou, "lemmy", mastodon, group));
    var nodebb =
        received(answer("interact/nodebb--announce-create-note.json", ned, "nodebb", lemmy, group));
    var friendica =
        received(answer("create/friendica--create-page.json", fri, "friendica", root, group));
    var passedOn = square.sent();
    // What members elsewhere say is passed on whole, word for word.
    for (var post : List.of(mastodon, lemmy, nodebb, friendica)) {
      var wrapped =
          passedOn.stream()
              .filter(one -> one.host().equals("lemmy.example"))
              .map(one -> one.body().path("object").path("object"))
              .filter(object -> object.path("id").asText().equals(post.uri()))
              .toList();
      assertEquals(1, wrapped.size(), post.uri());
      assertEquals(post.inReplyTo(), wrapped.getFirst().path("inReplyTo").asText());
    }
    var thanks =
        square.posts.publish(nour, NewPost.note("Merci !", "fr").inReplyTo(friendica.id()));
    var reply =
        square.sent().stream().filter(one -> one.type().equals("Create")).findFirst().orElseThrow();
    var note = reply.body().path("object");
    assertEquals(friendica.uri(), note.path("inReplyTo").asText());
    assertEquals(root.context(), note.path("context").asText());
    assertEquals(group.uri(), note.path("audience").asText());
    assertTrue(note.path("tag").toString().contains(fri.uri()), "its author is mentioned");

    var depths =
        TreeStore.shape(square.db, root.id(), 0, 20).stream()
            .collect(Collectors.toMap(TreeStore.Node::id, TreeStore.Node::depth));
    assertEquals(
        Map.of(mastodon.id(), 1, lemmy.id(), 2, nodebb.id(), 3, friendica.id(), 1, thanks.id(), 2),
        depths);
    assertEquals(6, square.posts.thread(root.id(), -1, 20).size());
    assertEquals(5, Objects.requireNonNull(square.topics.of(root.id())).replies());
  }

  private static List<String> forms(List<Square.Sent> sent, String host, String actor) {
    return sent.stream()
        .filter(one -> one.host().equals(host) && one.actor().equals(actor))
        .map(one -> one.type() + " " + one.objectType())
        .sorted()
        .toList();
  }

  private static String create(String id, String author, String to, String object) {
    return """
    {'id':'PEER/c/%1$s','type':'Create','actor':'PEER/users/%2$s',%3$s,
     'object':{'id':'PEER/n/%1$s','type':'Note','attributedTo':'PEER/users/%2$s',%3$s,
       'content':'<p>%1$s</p>',%4$s}}
    """
        .formatted(id, author, to, object);
  }

  @Test
  void nothing_that_outsiders_may_count_tells_of_what_is_not_for_them() {
    var group = found("parents", Theme.Access.PRIVATE);
    var open = found("ecole", Theme.Access.PUBLIC);
    var root = square.posts.publish(nour, NewPost.note("Portes ouvertes", "fr").in(open));
    var fay = square.stranger("fay");
    assertNotNull(fay);
    var direct = "'to':['" + nour.uri() + "'],'cc':[]";
    assertNull(square.receive(create("hush", "fay", direct, "'inReplyTo':'" + root.uri() + "'")));
    var now = Objects.requireNonNull(square.posts.byId(root.id()));
    assertEquals(0, now.repliesCount());
    assertEquals(0, Objects.requireNonNull(square.topics.of(root.id())).replies());
    assertEquals(1, square.posts.thread(root.id(), -1, 20).size());
    var posts = square.posts.publishedCount(nour);
    var secret = square.posts.publish(nour, NewPost.note("La cantine", "fr").in(group));
    square.posts.publish(nour, NewPost.note("Oui", "fr").inReplyTo(secret.id()));
    assertEquals(posts, square.posts.publishedCount(nour), "the outbox counts what is open");
    assertEquals(List.of(), Topics.of(square.db, 0, group.id(), Long.MAX_VALUE, 20));
    assertEquals(1, Topics.of(square.db, nour.id(), group.id(), Long.MAX_VALUE, 20).size());
    assertFalse(square.posts.readable(secret, fay) || square.posts.readable(secret, null));
  }

  @Test
  void a_closed_discussion_refuses_answers_from_elsewhere_by_name_and_takes_changes() {
    var group = found("voirie", Theme.Access.PUBLIC);
    var root = square.posts.publish(nour, NewPost.note("Le trottoir", "fr").in(group));
    var far = square.followerOn("closed.example", Receiver.EVENT_AWARE, group);
    var fay = square.stranger("fay");
    var open = "'to':['" + PUBLIC + "'],'cc':['" + group.uri() + "']";
    var answers = "'inReplyTo':'" + root.uri() + "'";
    assertNull(square.receive(create("before", "fay", open, answers)));
    var unused = square.sent();
    square.topics.close(nour, root.id(), true);
    var closed = said(far, "Announce Lock", "Announce Update");
    var object = closed.getLast().body().path("object").path("object");
    assertFalse(object.path("commentsEnabled").asBoolean(true), object.toString());
    assertEquals("thread-closed", square.receive(create("after", "fay", open, answers)));
    var below = "'inReplyTo':'" + square.peer.at("/n/before") + "'";
    assertEquals("thread-closed", square.receive(create("below", "fay", open, below)));
    var changed = create("before", "fay", open, answers + ",'updated':'2026-02-01T00:00:00Z'");
    assertNull(square.receive(changed.replace("'Create'", "'Update'").replace("/c/", "/u/")));
    unused = square.sent();
    square.topics.close(nour, root.id(), false);
    closed = said(far, "Announce Undo", "Announce Update");
    assertFalse(closed.getLast().body().path("object").path("object").has("commentsEnabled"));
    square.topics.slow(nour, root.id(), 60);
    assertEquals("thread-slow", square.receive(create("soon", "fay", open, answers)));
    assertNotNull(fay);
  }

  /** What a Group said to somebody's host of late, which is of these kinds. */
  private static List<Square.Sent> said(Actor far, String... kinds) {
    var all =
        square.sent().stream()
            .filter(one -> one.host().equals(far.host()) && !one.type().equals("Update"))
            .toList();
    var said = all.stream().map(one -> one.type() + " " + one.objectType()).toList();
    assertEquals(List.of(kinds), said);
    return all;
  }

  @Test
  void a_group_elsewhere_closes_its_discussion_and_nobody_here_answers_it_any_more() {
    var lemmy = square.stranger("Group", "/c/velo", "velo");
    square.stranger("mod");
    square.stranger("una");
    var open = "'to':['" + PUBLIC + "'],'cc':['" + lemmy.uri() + "']";
    assertNull(square.receive(create("bikes", "una", open, "'name':'Un garage'")));
    var root = Objects.requireNonNull(square.posts.byUri(square.peer.at("/n/bikes")));
    var lock =
        "{'id':'PEER/l/1','type':'Lock','actor':'PEER/users/mod','object':'PEER/n/bikes',%s}"
            .formatted(open);
    var announce = "{'id':'PEER/a/%s','type':'Announce','actor':'PEER/c/velo',%s,'object':%s}";
    assertNull(square.receive(announce.formatted("l1", open, lock)));
    var answer = NewPost.note("Trop tard", "fr").inReplyTo(root.id());
    assertThrows(Problem.Invalid.class, () -> square.posts.publish(nour, answer));
    var undo =
        "{'id':'PEER/l/2','type':'Undo','actor':'PEER/users/mod','object':%s,%s}"
            .formatted(lock, open);
    assertNull(square.receive(announce.formatted("l2", open, undo)));
    square.posts.publish(nour, answer);
    var page =
        create("bikes", "una", open, "'commentsEnabled':false,'updated':'2099-01-01T00:00:00Z'");
    assertNull(
        square.receive(page.replace("'Create'", "'Update'").replace("/c/bikes", "/u/bikes")));
    assertThrows(Problem.Invalid.class, () -> square.posts.publish(nour, answer));
    // Of our discussions nobody elsewhere decides.
    var ours =
        square.posts.publish(nour, NewPost.note("Ici", "fr").in(found("ici", Theme.Access.PUBLIC)));
    var foreign = lock.replace("PEER/n/bikes", ours.uri()).replace("/l/1", "/l/3");
    assertEquals("not-a-moderator", square.receive(foreign));
  }

  @Test
  void a_discussion_that_moves_is_taken_back_by_one_group_and_announced_by_the_other() {
    var from = found("depart", Theme.Access.PUBLIC);
    var to = found("arrivee", Theme.Access.PUBLIC);
    var far = square.followerOn("moving.example", Receiver.FORUM, from);
    square.follow(far, to);
    var root = square.posts.publish(nour, NewPost.note("La benne", "fr").titled("Benne").in(from));
    var unused = square.sent();
    square.topics.move(nour, root.id(), to.id());
    var said = said(far, "Undo Announce", "Move ", "Announce ", "Announce Update");
    var move = said.get(1).body();
    assertEquals(root.context(), move.path("object").asText());
    assertEquals(from.uri(), move.path("origin").asText());
    assertEquals(to.uri(), move.path("target").asText());
  }

  @Test
  void a_discussion_elsewhere_moves_with_its_answers_when_those_who_care_for_it_say_so() {
    var from = square.stranger("Group", "/c/ici", "ici");
    var to = square.stranger("Group", "/c/labas", "labas");
    square.stranger("eve");
    var open = "'to':['" + PUBLIC + "'],'cc':['" + from.uri() + "']";
    var said = "'name':'Le banc','context':'PEER/t/1'";
    assertNull(square.receive(create("bench", "eve", open, said)));
    var root = Objects.requireNonNull(square.posts.byUri(square.peer.at("/n/bench")));
    var answer = square.posts.publish(nour, NewPost.note("Oui", "fr").inReplyTo(root.id()));
    var move =
        "{'id':'PEER/m/%s','type':'Move','actor':'PEER/%s','object':'PEER/%s',"
            + "'origin':'PEER/c/ici','target':'PEER/c/labas'}";
    assertNull(square.receive(move.formatted("1", "c/ici", "t/1")));
    for (var id : List.of(root.id(), answer.id()))
      assertEquals(to.id(), Objects.requireNonNull(square.posts.byId(id)).audienceId());
    // Of ours nobody elsewhere decides.
    var ours =
        square.posts.publish(nour, NewPost.note("A", "fr").in(found("reste", Theme.Access.PUBLIC)));
    var foreign = move.formatted("2", "c/ici", "t/1").replace("PEER/t/1", ours.uri());
    assertEquals("not-a-moderator", square.receive(foreign));
  }

  @Test
  void a_flood_of_mentions_and_an_endless_chain_cost_no_more_than_their_budget() {
    var mentions =
        java.util.stream.IntStream.range(0, 600)
            .mapToObj(i -> "{'type':'Mention','href':'https://h%d.example/u'}".formatted(i))
            .collect(Collectors.joining(","));
    var fay = square.stranger("fay");
    var asked = square.peer.asked().size();
    var open = "'to':['" + PUBLIC + "']";
    assertNull(square.receive(create("flood", "fay", open, "'tag':[" + mentions + "]")));
    assertEquals(asked, square.peer.asked().size(), "a mention makes nobody look anything up");
    for (int i = 0; i < 200; i++) {
      var note =
          """
          {'@context':'https://www.w3.org/ns/activitystreams','id':'PEER/chain/%1$d',
           'type':'Note','attributedTo':'%2$s','to':['%3$s'],'content':'%1$d',
           'inReplyTo':'PEER/chain/%4$d'}
          """
              .formatted(i, fay.uri(), PUBLIC, i + 1)
              .replace("PEER", square.peer.at(""));
      square.peer.put(Square.json(note));
    }
    assertNull(
        square.receive(
            create("endless", "fay", open, "'inReplyTo':'" + square.peer.at("/chain/0") + "'")));
    var fetched = square.peer.asked().size() - asked;
    assertTrue(fetched > 2 && fetched <= Budget.PER_ACTIVITY, fetched + " requests");
  }

  @Test
  void ten_thousand_answers_are_read_a_page_at_a_time() {
    var group = found("fete", Theme.Access.PUBLIC);
    var root = square.posts.publish(nour, NewPost.note("Qui vient ?", "fr").in(group));
    square.db.run(
        """
        insert into post (id, uri, type, actor_id, content, visibility, in_reply_to,
          in_reply_to_id, root_id, published)
        select $1::bigint + n, 'https://far.example/' || n, 'Note', $2, 'Moi ' || n, 'public', $3,
          case when n % 2 = 0 then $1 else $1 + n - 1 end, $1, now()
        from generate_series(2, 10001) as n
        """,
        root.id(), nour.id(), root.uri());
    assertEquals(10_000, Objects.requireNonNull(square.topics.of(root.id())).replies());
    var page = TreeStore.shape(square.db, root.id(), 0, 21);
    assertTrue(page.size() <= 160, page.size() + " places");
    assertEquals(21, page.stream().filter(node -> node.depth() == 1).count());
    var last = page.stream().filter(node -> node.depth() == 1).toList().get(19).id();
    var next = TreeStore.shape(square.db, root.id(), last, 21);
    assertTrue(next.getFirst().id() > last);
    var listed = square.posts.thread(root.id(), -1, 51);
    assertEquals(51, listed.size());
    assertEquals(root.id(), listed.getFirst().id());
    var further = square.posts.thread(root.id(), listed.getLast().id(), 51);
    assertTrue(further.getFirst().id() > listed.getLast().id());
  }

  @Test
  void answers_that_were_never_sent_here_are_found_in_the_context_of_the_thread() {
    var fay = square.stranger("fay");
    for (var id : List.of("root", "one", "two")) {
      var above = id.equals("root") ? "" : ",'inReplyTo':'PEER/far/root'";
      var note =
          """
          {'@context':'https://www.w3.org/ns/activitystreams','id':'PEER/far/%1$s','type':'Note',
           'attributedTo':'%2$s','to':['%3$s'],'content':'%1$s','context':'PEER/far/all'%4$s}
          """
              .formatted(id, fay.uri(), PUBLIC, above)
              .replace("PEER", square.peer.at(""));
      square.peer.put(Square.json(note));
    }
    var all =
        """
        {'@context':'https://www.w3.org/ns/activitystreams','id':'PEER/far/all',
         'type':'OrderedCollection','orderedItems':['PEER/far/root','PEER/far/one','PEER/far/two',
           'https://elsewhere.example/not-there', 7]}
        """;
    square.peer.put(Square.json(all.replace("PEER", square.peer.at(""))));
    var root =
        Objects.requireNonNull(
            square.remote.resolve(square.peer.at("/far/root"), Budget.perActivity()));
    var documents =
        new Dereferencer(new SignedHttp(new GuardedHttp(square.vertx, FakeInstance.rules())));
    var missing = new MissingReplies(square.actors, square.posts, square.remote, documents);
    assertEquals(2, missing.fetch(root));
    assertEquals(0, missing.fetch(root));
    assertEquals(3, square.posts.thread(root.id(), -1, 20).size());
  }
}
