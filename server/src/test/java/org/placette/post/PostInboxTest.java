package org.placette.post;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.placette.db.Db;
import org.placette.testing.PgExtension;
import org.placette.testing.Square;

/** What other servers send of posts, in the shapes that they send. */
@ExtendWith(PgExtension.class)
class PostInboxTest {

  private static Square square;

  @BeforeAll
  static void open(Db db) {
    square = new Square(db);
  }

  @AfterAll
  static void close() {
    square.close();
  }

  private Post stored(String path) {
    return Objects.requireNonNull(square.posts.byUri(square.peer.at(path)), path);
  }

  private String note(String path, String more) {
    var fay = square.stranger("fay");
    return """
    {'id': 'PEER%s/create', 'type': 'Create', 'actor': '%s',
     'object': {'id': 'PEER%s', 'type': 'Note', 'attributedTo': '%s', %s}}
    """
        .formatted(path, fay.uri(), path, fay.uri(), more);
  }

  private static final String PUBLIC =
      "'to': ['https://www.w3.org/ns/activitystreams#Public'], 'published': '2026-03-01T10:00:00Z'";

  @Test
  void a_note_is_stored_with_its_language_tags_and_picture() {
    assertNull(
        square.receive(
            note(
                "/notes/1",
                """
                'to': 'as:Public', 'published': '2026-03-01T10:00:00.123+0000',
                'contentMap': {'fr': '<p>Bonjour</p>'}, 'sensitive': null,
                'tag': {'type': 'Hashtag', 'name': 'Soupe', 'href': '/tags/soupe'},
                'attachment': {'type': 'Document', 'mediaType': 'image/png', 'name': null,
                  'url': [{'type': 'Link', 'href': 'PEER/a.png'}]}
                """)));
    var post = stored("/notes/1");
    assertEquals("<p>Bonjour</p>", post.content());
    assertEquals("fr", post.language());
    assertEquals(Visibility.PUBLIC, post.visibility());
    assertEquals(new Tag("Hashtag", "#Soupe", square.peer.at("/tags/soupe")), post.tag().get(0));
    assertEquals(square.peer.at("/a.png"), post.attachment().get(0).url());
    assertEquals(Instant.parse("2026-03-01T10:00:00.123Z"), post.published());
  }

  @Test
  void scripts_handlers_and_foreign_schemes_do_not_survive_and_the_future_is_clamped() {
    assertNull(
        square.receive(
            note(
                "/notes/xss",
                """
                'to': 'as:Public', 'published': '9999-12-31T23:59:59Z',
                'summary': '<script>alert(1)</script>warn', 'url': 'javascript:alert(1)',
                'content': '<p onclick=x()>a<script>alert(1)</script><img src=x onerror=y()>b</p><a href=javascript:z()>c</a>',
                'tag': [{'type': 'Mention', 'href': 'data:text/html,x', 'name': '<b>@x</b>'}]
                """)));
    var post = stored("/notes/xss");
    assertEquals("<p>ab</p>c", post.content());
    assertNull(post.url());
    assertTrue(post.tag().isEmpty());
    assertFalse(String.valueOf(post.summary()).contains("<"));
    assertFalse(post.published().isAfter(Instant.now()));
  }

  @Test
  void a_reply_finds_its_parent_even_when_the_parent_comes_later() {
    var reply =
        "'inReplyTo': {'type': 'Link', 'href': 'PEER/notes/top'}, 'content': 'r', " + PUBLIC;
    assertNull(square.receive(note("/notes/reply", reply)));
    assertNull(stored("/notes/reply").inReplyToId());
    assertNull(square.receive(note("/notes/top", "'content': 't', " + PUBLIC)));
    var top = stored("/notes/top");
    assertEquals(top.id(), stored("/notes/reply").inReplyToId());
    assertEquals(top.id(), stored("/notes/reply").rootId());
    assertEquals(1, top.repliesCount());
    assertEquals(2, square.posts.thread(top.id(), -1, 10).size());
    assertEquals(top, square.posts.thread(top.id(), -1, 10).get(0));
  }

  @Test
  void a_moderators_change_counts_as_far_as_the_origin_confirms_it() {
    assertNull(square.receive(note("/notes/moderated", "'content': 'rude', " + PUBLIC)));
    var fay = square.stranger("fay");
    var mod = square.stranger("mod");
    var change =
        """
        {'id': 'PEER/update/%s', 'type': 'Update', 'actor': '%s', 'object': {'type': 'Note',
         'id': 'PEER/notes/moderated', 'attributedTo': '%s', 'content': 'put in her mouth',
         'to': 'as:Public', 'updated': '2026-04-01T10:00:00Z'}}
        """;
    square.peer.put(
        Square.json(
            """
            {'id': '%s', 'type': 'Note', 'attributedTo': '%s', 'content': 'polite',
             'to': 'as:Public', 'updated': '2026-04-01T10:00:00Z'}
            """
                .formatted(square.peer.at("/notes/moderated"), fay.uri())));
    assertNull(square.receive(change.formatted("1", mod.uri(), fay.uri())));
    assertEquals("polite", stored("/notes/moderated").content());
    assertEquals(fay.id(), stored("/notes/moderated").actorId());
    // The group passes the same on.
    var group = square.stranger("Group", "/c/moderated", "moderated");
    square.peer.put(
        Square.json(
            """
            {'id': '%s', 'type': 'Note', 'attributedTo': '%s', 'content': 'kind',
             'to': 'as:Public', 'updated': '2026-04-02T10:00:00Z'}
            """
                .formatted(square.peer.at("/notes/moderated"), fay.uri())));
    assertNull(
        square.receive(
            "{'id': 'PEER/announce/m', 'type': 'Announce', 'actor': '%s', 'object': %s}"
                .formatted(group.uri(), change.formatted("2", mod.uri(), fay.uri()))));
    assertEquals("kind", stored("/notes/moderated").content());
  }

  @Test
  void the_posts_above_a_reply_are_fetched_from_their_own_server() {
    var gil = square.stranger("gil");
    square.peer.put(
        Square.json(
            """
            {'id': 'PEER/notes/origin', 'type': 'Note', 'attributedTo': '%s', 'content': 'first',
             'to': 'as:Public'}
            """
                .replace("PEER", square.peer.at(""))
                .formatted(gil.uri())));
    assertNull(
        square.receive(
            note("/notes/answer", "'inReplyTo': 'PEER/notes/origin', 'content': 'x', " + PUBLIC)));
    assertEquals(stored("/notes/origin").id(), stored("/notes/answer").inReplyToId());
    assertEquals(gil.id(), stored("/notes/origin").actorId());
  }

  @Test
  void nobody_but_the_author_changes_or_deletes_a_note() {
    assertNull(square.receive(note("/notes/own", "'content': 'mine', " + PUBLIC)));
    var mallory = square.stranger("mallory");
    var forged =
        """
        {'id': 'PEER/forged', 'type': '%s', 'actor': '%s', 'object':
          {'id': 'PEER/notes/own', 'type': 'Note', 'attributedTo': '%s', 'content': 'no', %s}}
        """;
    var fay = square.stranger("fay");
    for (var author : new String[] {fay.uri(), mallory.uri()})
      assertEquals(
          "not-the-author",
          square.receive(forged.formatted("Update", mallory.uri(), author, PUBLIC)));
    assertEquals(
        "not-the-author",
        square.receive(forged.formatted("Create", mallory.uri(), fay.uri(), PUBLIC)));
    square.peer.put(
        "/notes/own",
        Square.json("{'id': '%s', 'type': 'Note'}".formatted(square.peer.at("/notes/own"))));
    assertEquals(
        "not-the-author",
        square.receive(forged.formatted("Delete", mallory.uri(), mallory.uri(), PUBLIC)));
    assertEquals(
        "foreign-object",
        square.receive(
            "{'id': 'PEER/f', 'type': 'Delete', 'actor': '%s', 'object': 'https://other.example/1'}"
                .formatted(mallory.uri())));
    assertEquals("mine", stored("/notes/own").content());
    assertNull(square.receive(forged.formatted("Update", fay.uri(), fay.uri(), PUBLIC)));
    assertEquals("no", stored("/notes/own").content());
  }

  @Test
  void a_create_that_comes_after_its_delete_has_no_effect() {
    var fay = square.stranger("fay");
    var delete =
        "{'id': 'PEER/d', 'type': 'Delete', 'actor': '%s', 'object': {'id': 'PEER/notes/gone',"
            + " 'type': 'Tombstone'}}";
    assertNull(square.receive(delete.formatted(fay.uri())));
    assertNull(square.receive(note("/notes/gone", "'content': 'late', " + PUBLIC)));
    assertNull(square.posts.byUri(square.peer.at("/notes/gone")));
    assertNull(square.receive(note("/notes/short", "'content': 'x', " + PUBLIC)));
    assertNull(
        square.receive(
            "{'id': 'PEER/d2', 'type': 'Delete', 'actor': '%s', 'object': 'PEER/notes/short'}"
                .formatted(fay.uri())));
    assertNull(square.posts.byUri(square.peer.at("/notes/short")));
    assertEquals(
        1, square.count("tombstone where uri like '%/notes/short' and former_type = 'Note'"));
  }

  @Test
  void votes_are_no_posts_and_a_question_keeps_its_options() {
    // Taken as a vote, which has no effect on a poll that is not ours.
    assertNull(
        square.receive(
            note("/votes/1", "'name': 'Yes', 'inReplyTo': 'PEER/q', 'to': 'as:Public'")));
    assertNull(square.posts.byUri(square.peer.at("/votes/1")));
    assertNull(
        square.receive(
            """
            {'id': 'PEER/c', 'type': 'Create', 'actor': '%s', 'object': {'id': 'PEER/q',
             'type': 'Question', 'to': ['as:Public'], 'content': 'When?', 'closed': true,
             'anyOf': [{'name': 'Friday', 'replies': {'totalItems': 10}}, {'name': 'Monday'}],
             'votersCount': 11}}
            """
                .formatted(square.stranger("fay").uri())));
    var poll = Objects.requireNonNull(stored("/q").poll());
    assertTrue(poll.multiple());
    assertEquals(new Poll.Option("Friday", 10), poll.options().get(0));
    assertNotNull(poll.closed());
  }

  @Test
  void a_resident_is_told_once_of_an_answer_a_like_and_a_boost_and_no_more_after_the_undo() {
    var nour = square.resident("nour");
    var post = square.posts.publish(nour, Posts.NewPost.note("Bonjour", "fr"));
    var fay = square.stranger("fay");
    var answer = "'inReplyTo': '%s', 'content': 'hi', 'tag': [{'type': 'Mention', 'href': '%s'}], ";
    assertNull(
        square.receive(note("/notes/a1", answer.formatted(post.uri(), nour.uri()) + PUBLIC)));
    var act = "{'id': 'PEER/%s', 'type': '%s', 'actor': '%s', 'object': '%s', 'to': 'as:Public'}";
    for (var type : new String[] {"Like", "EmojiReact", "Announce"})
      assertNull(square.receive(act.formatted(type, type, fay.uri(), post.uri())));
    var now = Objects.requireNonNull(square.posts.byId(post.id()));
    assertEquals(1, now.likesCount());
    assertEquals(1, now.sharesCount());
    assertEquals(1, now.repliesCount());
    assertEquals(3, square.count("notification where actor_id = " + nour.id()));
    var mallory = square.stranger("mallory");
    var undo = "{'id': 'PEER/u', 'type': 'Undo', 'actor': '%s', 'object': %s}";
    var like = act.formatted("Like", "Like", fay.uri(), post.uri());
    assertEquals("not-the-actor", square.receive(undo.formatted(mallory.uri(), "'PEER/Like'")));
    assertNull(square.receive(undo.formatted(fay.uri(), like)));
    assertNull(square.receive(undo.formatted(fay.uri(), "'PEER/Announce'")));
    now = Objects.requireNonNull(square.posts.byId(post.id()));
    assertEquals(0, now.likesCount());
    assertEquals(0, now.sharesCount());
    assertEquals(1, square.count("notification where actor_id = " + nour.id()));
  }
}
