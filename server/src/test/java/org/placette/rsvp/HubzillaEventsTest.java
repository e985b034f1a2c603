package org.placette.rsvp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.placette.actor.Actor;
import org.placette.db.Db;
import org.placette.event.Event;
import org.placette.post.Posts.NewPost;
import org.placette.rsvp.Reply.Answer;
import org.placette.rsvp.Rsvp.Door;
import org.placette.testing.PgExtension;
import org.placette.testing.Square;

/** Hubzilla 8.8 sends an event in an Invite, and knows it by the id of that Invite ever after. */
@ExtendWith(PgExtension.class)
class HubzillaEventsTest {

  private static Square square;
  private static Actor hugo;

  @BeforeAll
  static void open(Db db) {
    square = new Square(db);
    hugo = square.stranger("hugo");
    square.db.update(
        "insert into peer (host, software) values ($1, 'hubzilla')",
        Objects.requireNonNull(hugo.host()));
  }

  @AfterAll
  static void close() {
    square.close();
  }

  /** The Invite as Hubzilla writes it: the time of a change stands on it, not on the event. */
  private static void invite(String name, String title, String more) {
    var said =
        square.receive(
            """
            {'type': 'Invite', 'id': 'PEER/activity/%1$s', 'actor': '%2$s', %4$s
             'published': '2026-11-22T22:49:58Z', 'to': ['as:Public'],
             'object': {'type': 'Event', 'id': 'PEER/event/%1$s', 'name': '%3$s', 'actor': '',
               'startTime': '2031-12-07T18:00:00Z', 'endTime': '2031-12-07T21:00:00Z',
               'content': 'Kuchen [b]und[/b] [url=https://a.example/x]Tee[/url]',
               'source': {'content': '[event-summary]x[/event-summary]', 'mediaType': 'text/bbcode'},
               'location': {'type': 'Place', 'name': 'Marktplatz'}, 'tag': [],
               'url': [{'mediaType': 'text/calendar', 'href': 'PEER/events/ical/%1$s'}]}}
            """
                .formatted(name, hugo.uri(), title, more));
    assertNull(said);
  }

  private static Event event(String name) {
    var post = Objects.requireNonNull(square.posts.byUri(square.peer.at("/event/" + name)));
    return Objects.requireNonNull(square.events.byId(post.id()));
  }

  @Test
  void what_it_writes_is_read_with_its_marks_and_links_to_no_file() {
    invite("fest", "Fest", "");
    var post = event("fest").post();
    assertEquals(
        "Kuchen <b>und</b> <a href=\"https://a.example/x\" rel=\"nofollow noopener"
            + " noreferrer\">Tee</a>",
        post.content());
    assertNull(post.url());
  }

  @Test
  void a_second_invite_changes_the_event_and_a_delete_of_the_invite_removes_it() {
    invite("markt", "Markt", "");
    invite("markt", "Markt verlegt", "'updated': '2026-11-22T23:00:00Z',");
    assertEquals("Markt verlegt", event("markt").post().name());
    assertNull(
        square.receive(
            """
            {'type': 'Delete', 'id': 'PEER/activity/markt#delete', 'actor': '%s', 'object':
              {'type': 'Tombstone', 'formerType': 'Event', 'id': 'PEER/activity/markt'}}
            """
                .formatted(hugo.uri())));
    assertNull(square.posts.byUri(square.peer.at("/event/markt")));
  }

  private static List<String> told(Actor who) {
    return square.db.list(
        """
        select n.type || ' ' || p.name || case when n.filtered then ' aside' else '' end
        from notification n join post p on p.id = n.post_id where n.actor_id = $1 order by n.id
        """,
        row -> row.getString(0),
        who.id());
  }

  @Test
  void whom_an_invite_names_is_told_once_and_nobody_else() {
    var marc = square.resident("marc");
    var lucie = square.resident("lucie");
    var alone = "'cc': ['%s'], ".formatted(marc.uri());
    invite("ball", "Ball", alone);
    invite("ball", "Ball", alone);
    assertEquals(List.of("Invitation Ball"), told(marc));
    invite("ball", "Ball", "'cc': ['%s', '%s'], ".formatted(marc.uri(), lucie.uri()));
    assertEquals(List.of("Invitation Ball"), told(lucie));
    var event = event("ball");
    assertNull(
        square.receive(
            """
            {'type': 'Invite', 'id': 'PEER/activity/ball2', 'actor': '%s', 'object': '%s',
             'target': ['%s', '%s']}
            """
                .formatted(hugo.uri(), event.uri(), marc.uri(), square.resident("emma").uri())));
    assertEquals(List.of("Invitation Ball"), told(marc));
    assertEquals(List.of("Invitation Ball"), told(square.resident("emma")));
  }

  @Test
  void what_is_for_one_alone_waits_until_they_let_its_author_in() {
    var yves = square.resident("yves");
    assertNull(
        square.receive(
            """
            {'type': 'Invite', 'id': 'PEER/activity/zwei', 'actor': '%s', 'to': ['%s'],
             'object': {'type': 'Event', 'id': 'PEER/event/zwei', 'name': 'Zu zweit',
               'startTime': '2031-12-07T18:00:00Z', 'content': 'Komm'}}
            """
                .formatted(hugo.uri(), yves.uri())));
    assertEquals(List.of("Invitation Zu zweit aside"), told(yves));
  }

  @Test
  void answers_and_comments_name_the_invite_both_ways() {
    invite("tanz", "Tanz", "");
    var event = event("tanz");
    var nour = square.resident("nour");
    var unused = square.sent();
    square.guests.reply(nour, event, Reply.of(Answer.GOING, Door.WEB));
    square.guests.reply(nour, event, Reply.of(Answer.MAYBE, Door.WEB));
    square.posts.publish(nour, NewPost.note("Avec plaisir", "fr").inReplyTo(event.id()));
    var sent = square.sent();
    assertEquals(
        List.of("Accept", "Undo", "TentativeAccept", "Create"),
        sent.stream().map(Square.Sent::type).toList());
    var invite = square.peer.at("/activity/tanz");
    assertEquals(invite, sent.get(0).body().path("object").asText());
    assertEquals(invite, sent.get(1).body().at("/object/object").asText());
    assertEquals(invite, sent.get(2).body().path("object").asText());
    assertEquals(invite, sent.get(3).body().at("/object/inReplyTo").asText());
    assertNull(
        square.receive(
            """
            {'type': 'Create', 'id': 'PEER/activity/c1', 'actor': '%1$s', 'to': ['as:Public'],
             'object': {'type': 'Note', 'id': 'PEER/item/c1', 'attributedTo': '%1$s',
               'inReplyTo': 'PEER/activity/tanz', 'to': ['as:Public'], 'content': 'Bis dann'}}
            """
                .formatted(hugo.uri())));
    var comment = Objects.requireNonNull(square.posts.byUri(square.peer.at("/item/c1")));
    assertEquals(Long.valueOf(event.id()), comment.inReplyToId());
  }
}
