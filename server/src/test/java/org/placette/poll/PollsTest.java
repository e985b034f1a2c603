package org.placette.poll;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.placette.actor.Actor;
import org.placette.db.Db;
import org.placette.outbox.Receiver;
import org.placette.post.Extras;
import org.placette.post.Poll;
import org.placette.post.Post;
import org.placette.post.Posts.NewPost;
import org.placette.post.Visibility;
import org.placette.testing.PgExtension;
import org.placette.testing.Square;
import org.placette.web.Problem;

/** Polls between servers: votes that come and go, totals that are told, edits that are kept. */
@ExtendWith(PgExtension.class)
class PollsTest {

  private static Square square;
  private static Actor nour;

  @BeforeAll
  static void open(Db db) {
    square = new Square(db);
    nour = square.resident("nour");
    square.followerOn("mastodon.example", Receiver.MICROBLOG, nour);
  }

  @AfterAll
  static void close() {
    square.close();
  }

  @BeforeEach
  void forget() {
    var unused = square.sent();
  }

  private static Post ask(boolean multiple) {
    var options = List.of(new Poll.Option("thé", 0), new Poll.Option("café", 0));
    var poll = new Poll(multiple, options, 0, Instant.now().plusSeconds(600), null);
    var extras = new Extras(true, false, poll, null, null, Extras.Also.NOTHING);
    return square.posts.publish(
        nour,
        new NewPost(
            "Que boire ?", null, null, Visibility.PUBLIC, "fr", null, null, List.of(), extras));
  }

  private static void receiveVote(Post poll, String by, String option, int number) {
    square.stranger(by);
    assertNull(
        square.receive(
            """
            {'id': 'PEER/v/%4$d/create', 'type': 'Create', 'actor': 'PEER/users/%1$s', 'object': {
              'id': 'PEER/v/%4$d', 'type': 'Note', 'name': '%2$s', 'attributedTo': 'PEER/users/%1$s',
              'inReplyTo': '%3$s', 'to': '%5$s'}}
            """
                .formatted(by, option, poll.uri(), number, nour.uri())));
  }

  private static Post known(Post post) {
    return requireNonNull(square.posts.byId(post.id()));
  }

  private static String totals(Post post) {
    var poll = requireNonNull(known(post).poll());
    return poll.options().get(0).votes()
        + " "
        + poll.options().get(1).votes()
        + " of "
        + poll.voters();
  }

  @Test
  void votes_from_elsewhere_count_once_and_their_totals_are_told_together() {
    var poll = ask(false);
    assertEquals("Question", square.sent().getFirst().objectType());
    receiveVote(poll, "ada", "café", 1);
    receiveVote(poll, "ada", "café", 2);
    receiveVote(poll, "ada", "thé", 3);
    receiveVote(poll, "bob", "café", 4);
    receiveVote(poll, "eve", "chocolat", 5);
    assertEquals("0 2 of 2", totals(poll));
    assertEquals(List.of(), square.sent());
    square.db.run("update poll_task set due = now() where kind = 'totals'");
    square.polls.tellDue();
    var update = square.sent();
    assertEquals("Update", update.getFirst().type());
    var object = update.getFirst().body().path("object");
    assertEquals(2, object.at("/oneOf/1/replies/totalItems").asInt());
    assertFalse(object.has("updated"));
    assertEquals(0, square.polls.tellDue());
  }

  @Test
  void several_answers_of_one_person_are_one_voter() {
    var poll = ask(true);
    receiveVote(poll, "ada", "café", 11);
    receiveVote(poll, "ada", "thé", 12);
    assertEquals("1 1 of 1", totals(poll));
    square.db.run("update poll_task set due = now() where kind = 'end'");
    square.polls.tellDue();
    receiveVote(poll, "bob", "thé", 13);
    assertEquals("1 1 of 1", totals(poll));
    assertNotNull(requireNonNull(known(poll).poll()).closed());
  }

  @Test
  void a_vote_in_a_poll_elsewhere_goes_to_its_author_alone_and_is_final() {
    square.stranger("ada");
    assertNull(
        square.receive(
            """
            {'id': 'PEER/q/1/create', 'type': 'Create', 'actor': 'PEER/users/ada', 'object': {
              'id': 'PEER/q/1', 'type': 'Question', 'attributedTo': 'PEER/users/ada', 'content': 'Où ?',
              'to': 'https://www.w3.org/ns/activitystreams#Public', 'endTime': '2099-01-01T00:00:00Z',
              'anyOf': [{'type': 'Note', 'name': 'Ici'}, {'type': 'Note', 'name': 'Là'}]}}
            """));
    var poll = requireNonNull(square.posts.byUri(square.peer.at("/q/1")));
    square.polls.vote(nour, poll, List.of(0, 1));
    var sent = square.sent();
    assertEquals(2, sent.size());
    assertEquals(square.peer.at("/users/ada/inbox"), sent.getFirst().inbox());
    assertEquals("Ici", sent.get(0).body().at("/object/name").asText());
    assertEquals("Là", sent.get(1).body().at("/object/name").asText());
    assertFalse(sent.getFirst().body().path("object").has("content"));
    assertThrows(Problem.Invalid.class, () -> square.polls.vote(nour, poll, List.of(1)));
    assertEquals("1 1 of 1", totals(poll));
  }

  @Test
  void a_poll_elsewhere_that_is_closed_without_an_end_is_told_to_those_who_voted() {
    square.stranger("ada");
    var lena = square.account("lena");
    var asked =
        """
        {'id': 'PEER/q/5/%1$s', 'type': '%1$s', 'actor': 'PEER/users/ada', 'object': {
          'id': 'PEER/q/5', 'type': 'Question', 'attributedTo': 'PEER/users/ada', 'content': 'Bal ?',
          'to': 'https://www.w3.org/ns/activitystreams#Public', 'published': '2026-01-01T00:00:00Z',
          'anyOf': [{'type': 'Note', 'name': 'samedi'}, {'type': 'Note', 'name': 'dimanche'}]%2$s}}
        """;
    assertNull(square.receive(asked.formatted("Create", "")));
    var poll = requireNonNull(square.posts.byUri(square.peer.at("/q/5")));
    square.db.run("delete from poll_task");
    square.polls.vote(lena, poll, List.of(1));
    assertNull(square.receive(asked.formatted("Update", ", 'votersCount': 1")));
    assertEquals(0, square.polls.tellDue());
    assertNull(square.receive(asked.formatted("Update", ", 'closed': '2026-02-01T00:00:00Z'")));
    assertEquals(1, square.polls.tellDue());
    var told = "notification n join actor a on a.id = n.actor_id where a.username = 'lena'";
    assertEquals(1, square.count(told + " and n.type = 'Poll'"));
    assertNull(square.receive(asked.formatted("Update", ", 'closed': '2026-02-01T00:00:01Z'")));
    assertEquals(0, square.polls.tellDue(), "told once");
    // Who asked may then write to her: others elsewhere are kept aside, this one is expected.
    for (var writer : List.of("ada", "mallory")) {
      square.stranger(writer);
      assertNull(
          square.receive(
              """
              {'id': 'PEER/w/%1$s/create', 'type': 'Create', 'actor': 'PEER/users/%1$s', 'object': {
                'id': 'PEER/w/%1$s', 'type': 'Note', 'attributedTo': 'PEER/users/%1$s', 'to': '%2$s',
                'content': 'Ce sera dimanche.', 'tag': {'type': 'Mention', 'href': '%2$s'}}}
              """
                  .formatted(writer, lena.uri())));
    }
    assertEquals(1, square.count(told + " and n.type = 'Mention' and not n.filtered"));
    assertEquals(1, square.count(told + " and n.type = 'Mention' and n.filtered"));
  }

  @Test
  void an_edit_from_elsewhere_keeps_what_was_there_before_and_new_totals_are_no_edit() {
    square.stranger("ada");
    var note =
        """
        {'id': 'PEER/n/1/%1$s', 'type': '%1$s', 'actor': 'PEER/users/ada', 'object': {
          'id': 'PEER/n/1', 'type': 'Question', 'attributedTo': 'PEER/users/ada', 'content': '%2$s',
          'to': 'https://www.w3.org/ns/activitystreams#Public', 'published': '2026-01-01T00:00:00Z',
          'oneOf': [{'type': 'Note', 'name': 'a', 'replies': {'type': 'Collection', 'totalItems': %3$d}},
            {'type': 'Note', 'name': 'b'}], 'votersCount': %3$d}}
        """;
    assertNull(square.receive(note.formatted("Create", "avant", 0)));
    assertNull(square.receive(note.formatted("Update", "avant", 7)));
    var post = requireNonNull(square.posts.byUri(square.peer.at("/n/1")));
    assertEquals("7 0 of 7", totals(post));
    assertNull(post.updated());
    assertNull(square.receive(note.formatted("Update", "après", 8)));
    assertNotNull(known(post).updated());
    assertEquals(1, square.count("post_revision where content = 'avant'"));
  }

  @Test
  void a_sealed_vote_of_residents_tells_nothing_before_its_end_and_counts_others_apart() {
    var options =
        List.of(
            new Poll.Option("Oui", 0), new Poll.Option("Réserve", 0), new Poll.Option("Non", 0));
    var poll =
        new Poll(false, options, 0, Instant.now().plusSeconds(600), null)
            .held(new Poll.Ballot(true, true, true, 2));
    var extras = new Extras(true, false, poll, null, null, Extras.Also.NOTHING);
    var post =
        square.posts.publish(
            nour,
            new NewPost(
                "Un banc ?", null, null, Visibility.PUBLIC, "fr", null, null, List.of(), extras));
    square.polls.vote(square.resident("ines"), post, List.of(0));
    square.polls.vote(square.resident("paul"), post, List.of(1));
    receiveVote(post, "ada", "Non", 71);
    var open = requireNonNull(known(post).poll());
    assertTrue(open.sealed());
    assertEquals(0, open.options().stream().mapToInt(Poll.Option::votes).sum() + open.outside());
    assertEquals(2, open.voters(), "how many voted may be known");
    square.db.run("update poll_task set due = now() where post_id = $1", post.id());
    square.polls.tellDue();
    var ended = requireNonNull(known(post).poll());
    assertEquals(List.of(1, 1, 0), ended.options().stream().map(Poll.Option::votes).toList());
    assertEquals(1, ended.outside(2));
    assertTrue(ended.quorate() && ended.objections() == 0);
    var told = square.sent().getLast().body().path("object");
    assertEquals(0, told.at("/oneOf/2/replies/totalItems").asInt());
    assertTrue(told.has("closed"));
  }
}
