package org.placette.rsvp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.placette.actor.Actor;
import org.placette.db.Db;
import org.placette.event.Asking;
import org.placette.event.Details;
import org.placette.event.Event;
import org.placette.event.Joining;
import org.placette.event.NewEvent;
import org.placette.event.Place;
import org.placette.event.When;
import org.placette.outbox.Receiver;
import org.placette.post.Post;
import org.placette.rsvp.Reply.Answer;
import org.placette.rsvp.Rsvp.Door;
import org.placette.rsvp.Rsvp.State;
import org.placette.testing.PgExtension;
import org.placette.testing.Square;
import org.placette.web.Secrets;

/** Votes and short replies are answers; those who come are told, once, of what changes. */
@ExtendWith(PgExtension.class)
class DoorsTest {

  private static Square square;

  @BeforeAll
  static void open(Db db) {
    square = new Square(db);
  }

  @AfterAll
  static void close() {
    square.close();
  }

  @BeforeEach
  void forget() {
    var unused = square.sent();
    square.db.update("delete from event_news");
    square.db.update("delete from event_notice");
  }

  private static NewEvent wanted(ZonedDateTime start, @Nullable Integer capacity) {
    var details =
        Details.of(UUID.randomUUID(), When.of(start, start.plusHours(3)), Place.named("La place"))
            .joining(new Joining("free", null, false, capacity, 0));
    return NewEvent.of("Soupe sur la place", "", "fr", details);
  }

  private static Event event(@Nullable Integer capacity) {
    var start = ZonedDateTime.of(2031, 5, 14, 19, 0, 0, 0, ZoneId.of("Europe/Paris"));
    return square.events.publish(square.resident("claire"), wanted(start, capacity));
  }

  private static Post question(Event event) {
    return square.db.inTransaction(tx -> square.events.questions(tx, event).getFirst());
  }

  private static void votes(String who, Event event, String option) {
    assertNull(
        square.receive(
            """
            {'id': 'PEER/v/%s/activity', 'type': 'Create', 'actor': '%s', 'object':
             {'id': 'PEER/v/%s', 'type': 'Note', 'name': '%s', 'inReplyTo': '%s'}}
            """
                .formatted(
                    option.hashCode() + who,
                    square.stranger(who).uri(),
                    option.hashCode() + who,
                    option,
                    question(event).uri())));
  }

  private static void replies(String who, String to, String text, String id) {
    assertNull(said(who, to, text, id));
  }

  private static @Nullable String said(String who, String to, String text, String id) {
    return square.receive(
        """
        {'id': 'PEER/r/%s/activity', 'type': 'Create', 'actor': '%s', 'object':
         {'id': 'PEER/r/%s', 'type': 'Note', 'content': '<p>%s</p>', 'inReplyTo': '%s',
          'to': ['https://www.w3.org/ns/activitystreams#Public']}}
        """
            .formatted(id, square.stranger(who).uri(), id, text, to));
  }

  private static Rsvp of(Event event, Actor who) {
    return Objects.requireNonNull(square.rsvps.of(event.id(), who.id()));
  }

  private static String stored(Event event) {
    return question(event).poll() == null
        ? ""
        : Objects.requireNonNull(question(event).poll()).options().stream()
            .map(option -> String.valueOf(option.votes()))
            .reduce("", (a, b) -> a + b + " ");
  }

  /** Gives the Questions that were sent, after a minute has gone by. */
  private static List<Square.Sent> told() {
    square.db.update("update event_news set due = now()");
    square.news.tellDue();
    return square.sent().stream().filter(sent -> sent.objectType().equals("Question")).toList();
  }

  @Test
  void a_vote_from_elsewhere_is_an_answer_and_another_vote_moves_it() {
    var event = event(1);
    var fan = square.followerOn("toots.example", Receiver.MICROBLOG, square.resident("claire"));
    votes("fay", event, "Je viens");
    votes("gil", event, "Je viens");
    // The poll at gil's says yes; only words tell that gil waits.
    var words = square.sent().stream().filter(s -> s.objectType().equals("Note")).toList();
    assertEquals(1, words.size());
    var note = words.getFirst().body().path("object");
    assertEquals(square.stranger("gil").uri(), note.at("/to/0").asText());
    assertTrue(note.path("content").asText().contains("liste d’attente"), note::toString);
    assertEquals(State.GOING, of(event, square.stranger("fay")).state());
    assertEquals(State.WAITING, of(event, square.stranger("gil")).state());
    var first = told().stream().filter(s -> s.host().equals(fan.host())).toList();
    assertEquals(1, first.size());
    assertEquals("2 0 0 ", stored(event));
    assertTrue(first.getFirst().body().at("/object/content").asText().contains("Complet"));
    votes("fay", event, "Je ne viens pas");
    assertEquals(State.GOING, of(event, square.stranger("gil")).state());
    var second = told();
    assertEquals("1 0 1 ", stored(event));
    assertEquals("Je viens", second.getFirst().body().at("/object/oneOf/0/name").asText());
  }

  @Test
  void a_short_reply_is_an_answer_and_anything_longer_is_discussion() {
    var event = event(null);
    replies("fay", question(event).uri(), "@claire Oui, +2 !", "1");
    assertEquals(3, of(event, square.stranger("fay")).party());
    var note = square.sent().getLast().body();
    assertTrue(note.at("/object/content").asText().contains("Vous venez. À 3 personnes."));
    assertEquals(square.stranger("fay").uri(), note.at("/object/to/0").asText());
    replies("fay", event.uri(), "Je ne viens pas", "2");
    assertEquals(State.DECLINED, of(event, square.stranger("fay")).state());
    assertEquals(0, square.count("post where uri like '%/r/1' or uri like '%/r/2'"));
    replies("fay", event.uri(), "Non merci, mais quelle bonne idée", "3");
    assertEquals(1, square.count("post where uri like '%/r/3'"));
  }

  @Test
  void where_comments_are_closed_a_yes_or_a_no_still_counts_and_all_else_is_refused_by_name() {
    var open = wanted(ZonedDateTime.of(2031, 5, 14, 19, 0, 0, 0, ZoneId.of("Europe/Paris")), null);
    var closed = open.with(open.details().comments(true));
    var event = square.events.publish(square.resident("claire"), closed);
    for (var door : new String[] {event.uri(), question(event).uri()}) {
      replies("fay", door, "+2", "c1" + door.length());
      assertEquals(3, of(event, square.stranger("fay")).party());
      replies("fay", door, "non", "c2" + door.length());
      assertEquals(State.DECLINED, of(event, square.stranger("fay")).state());
      var comment = "Et s’il pleut ?";
      assertEquals("thread-closed", said("gil", door, comment, "c3" + door.length()));
    }
    assertEquals(0, square.count("post where uri like '%/r/c%'"));
  }

  @Test
  void those_who_meant_to_come_are_told_that_it_was_deleted_each_in_their_way_and_once() {
    var event = event(null);
    var nour = square.resident("nour");
    square.guests.reply(nour, event, Reply.of(Answer.GOING, Door.API));
    square.guests.reply(square.resident("omar"), event, Reply.of(Answer.NOT_GOING, Door.API));
    votes("gil", event, "Peut-être");
    var unused = square.sent();
    square.events.delete(square.resident("claire"), event.id());
    // Their servers hear of it although they follow nobody here.
    assertEquals(1, to("gil", "Delete"));
    assertEquals(2, square.gone.tellDue());
    assertEquals(0, square.gone.tellDue());
    var note =
        square.sent().stream()
            .filter(s -> s.body().at("/object/to/0").asText().equals(square.stranger("gil").uri()))
            .map(s -> s.body().at("/object/content").asText())
            .toList();
    assertEquals(1, note.size());
    assertTrue(
        note.getFirst().contains("a été supprimé") && note.getFirst().contains("14 mai 2031"));
    assertEquals(
        1,
        square.count(
            "notification n join post p on p.id = n.post_id where n.type = 'Mention' and"
                + " p.visibility = 'direct' and p.content like '%supprimé%' and n.actor_id = "
                + nour.id()));
    assertEquals(0, square.count("rsvp where post_id = " + event.id()));
    // Nobody is told of what was called off before, or is over.
    var off = event(null);
    votes("gil", off, "Je viens");
    square.events.cancel(square.resident("claire"), off.id());
    square.events.delete(square.resident("claire"), off.id());
    assertEquals(0, square.gone.tellDue());
  }

  /** How many activities of a kind went to the neighbour of late. */
  private static long to(String who, String type) {
    var host = square.stranger(who).host();
    return square.sent().stream()
        .filter(one -> one.type().equals(type) && one.host().equals(host))
        .filter(one -> one.objectType().equals("Tombstone"))
        .count();
  }

  @Test
  void a_change_is_told_once_and_to_those_who_come_though_they_follow_nobody() {
    var event = event(null);
    votes("gil", event, "Je viens");
    square.db.update("delete from event_news");
    var unused = square.sent();
    var later = event.details().when().localStart().plusHours(1);
    var moved = square.events.edit(square.resident("claire"), event.id(), wanted(later, null));
    assertEquals(0, square.news.tellDue(), "numbers have not changed: " + moved);
    var host = square.stranger("gil").host();
    var updates =
        square.sent().stream()
            .filter(one -> one.type().equals("Update") && one.host().equals(host))
            .toList();
    assertEquals(1, updates.size());
  }

  @Test
  void those_who_come_are_told_of_another_hour_each_in_their_way_and_once() {
    var event = event(null);
    var nour = square.resident("nour");
    square.guests.reply(nour, event, Reply.of(Answer.GOING, Door.API));
    votes("gil", event, "Je viens");
    var unused = square.sent();
    var later = event.details().when().localStart().plusHours(1);
    var moved = square.events.edit(square.resident("claire"), event.id(), wanted(later, null));
    assertEquals(1, square.notices.tellDue());
    assertEquals(0, square.notices.tellDue());
    assertEquals(
        1,
        square.count(
            "notification where type = 'EventUpdate' and actor_id = %d and post_id = %d"
                .formatted(nour.id(), moved.id())));
    var notes =
        square.sent().stream()
            .filter(s -> s.body().at("/object/to/0").asText().equals(square.stranger("gil").uri()))
            .filter(s -> s.body().at("/object/content").asText().contains("a changé"))
            .toList();
    assertEquals(1, notes.size());
  }

  @Test
  void a_reminder_is_sent_once_however_many_processes_look() {
    var start = ZonedDateTime.now(ZoneId.of("Europe/Paris")).plus(Duration.ofHours(23));
    var event = square.events.publish(square.resident("claire"), wanted(start, null));
    var nour = square.resident("nour");
    square.guests.reply(nour, event, Reply.of(Answer.GOING, Door.API));
    assertEquals(1, square.notices.findReminders());
    assertEquals(0, square.notices.findReminders());
    assertEquals(1, square.notices.tellDue());
    assertEquals(
        1, square.count("notification where type = 'EventReminder' and post_id = " + event.id()));
  }

  @Test
  void those_elsewhere_are_reminded_by_a_note_once_unless_their_own_server_does() {
    var start = ZonedDateTime.now(ZoneId.of("Europe/Paris")).plus(Duration.ofMinutes(100));
    var asking = new Asking(true, List.of(120));
    var event = square.events.publish(square.resident("claire"), wanted(start, 2).asking(asking));
    votes("fay", event, "Je viens");
    votes("gil", event, "Peut-être");
    votes("ida", event, "Je viens");
    votes("eve", event, "Je viens");
    var unused = square.sent();
    assertEquals(List.of("fay", "gil", "ida"), reminded(event));
    assertEquals(List.of(), reminded(event), "once, however often one looks");
    for (var software : List.of("mobilizon", "rebased", "placette", "friendica")) {
      runs(software);
      square.db.update("delete from reminder");
      var there = software.equals("mobilizon") || software.equals("rebased");
      assertEquals(there ? 0 : 3, reminded(event).size(), software);
    }
    // A neighbour reminds its own the day before.
    runs("placette");
    square.db.update("update event set reminders = '{1440}', start_time = now() + interval '20 h'");
    square.db.update("delete from reminder");
    assertEquals(List.of(), reminded(event));
    square.db.update("update peer set software = null");
  }

  @Test
  void who_came_from_elsewhere_says_how_it_was_by_a_link_of_their_own() {
    var event = event(null);
    votes("fay", event, "Je viens");
    votes("gil", event, "Peut-être");
    var unused = square.sent();
    square.db.transact(tx -> EventNotices.thank(tx, event));
    while (square.notices.tellDue() > 0) continue;
    var notes = square.sent().stream().map(sent -> sent.body().path("object")).toList();
    assertEquals(1, notes.size(), "only those who said yes");
    var content = notes.getFirst().path("content").asText();
    var secret = content.replaceFirst("(?s).*/feedback/([\\w-]+).*", "$1");
    var theirs = Objects.requireNonNull(square.rsvps.bySecret(Secrets.hash(secret)));
    assertEquals(square.stranger("fay").id(), theirs.actorId());
  }

  /** What all other servers run from now on. */
  private static void runs(String software) {
    square.db.update(
        """
        insert into peer (host, software) select distinct host, $1 from actor where host is not null
        on conflict (host) do update set software = excluded.software
        """,
        software);
  }

  /** Who gets a private note of it now; no name for any other note. */
  private static List<String> reminded(Event event) {
    square.notices.findReminders();
    while (square.notices.tellDue() > 0) continue;
    return square.sent().stream()
        .map(sent -> sent.body().path("object"))
        .filter(note -> note.path("content").asText().contains("C’est bientôt"))
        .peek(note -> assertTrue(note.toString().contains(event.post().page()), note::toString))
        .peek(note -> assertEquals(1, note.path("to").size() + note.path("cc").size()))
        .map(note -> note.at("/to/0").asText())
        .map(uri -> uri.substring(uri.lastIndexOf('/') + 1))
        .sorted()
        .toList();
  }

  @Test
  void plus_one_alone_is_applause_until_one_comes_and_then_one_more() {
    var event = event(null);
    replies("fay", event.uri(), "+1", "p1");
    assertNull(square.rsvps.of(event.id(), square.stranger("fay").id()));
    assertEquals(1, square.count("post where uri like '%/r/p1'"));
    replies("fay", event.uri(), "Finalement je viens !", "p2");
    replies("fay", event.uri(), "+1", "p3");
    assertEquals(2, of(event, square.stranger("fay")).party());
    replies("fay", event.uri(), "On ne sera pas là, désolés", "p4");
    assertEquals(State.DECLINED, of(event, square.stranger("fay")).state());
    assertEquals(0, square.count("post where uri like '%/r/p2'"));
  }

  @Test
  void a_table_is_safe_to_open() {
    assertFalse(Csv.safe("=1+1").startsWith("="));
    assertEquals("'  -1", Csv.safe("  -1"));
  }
}
