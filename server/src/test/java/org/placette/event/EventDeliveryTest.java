package org.placette.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.placette.actor.Actor;
import org.placette.db.Db;
import org.placette.group.Theme;
import org.placette.outbox.Receiver;
import org.placette.post.Visibility;
import org.placette.testing.PgExtension;
import org.placette.testing.Square;
import org.placette.testing.Square.Sent;

/** Each kind of server is told of an event in the one form that it takes. */
@ExtendWith(PgExtension.class)
class EventDeliveryTest {

  private static Square square;

  @BeforeAll
  static void open(Db db) {
    square = new Square(db);
    var relay = square.actors.relay();
    var village = square.actors.village();
    var agenda = square.actors.agenda();
    square.followerOn("mobilizon.example", Receiver.EVENT_AWARE, relay);
    square.followerOn("lemmy.example", Receiver.EVENT_AWARE, village);
    square.db.run("update peer set software = 'lemmy' where host = 'lemmy.example'");
    square.followerOn("placette.example", Receiver.EVENT_AWARE, village);
    square.followerOn("friendica.example", Receiver.EVENT_AWARE, agenda);
    square.followerOn("gancio.example", Receiver.GANCIO, relay);
    square.followerOn("wordpress.example", Receiver.WORDPRESS, village);
    square.followerOn("mastodon.example", Receiver.MICROBLOG, village);
    square.followerOn("snac.example", Receiver.MICROBLOG, agenda);
    square.followerOn("nodebb.example", Receiver.FORUM, village);
  }

  @AfterAll
  static void close() {
    square.close();
  }

  @BeforeEach
  void forget() {
    var unused = square.sent();
  }

  private static NewEvent soup() {
    var start = ZonedDateTime.of(2031, 5, 14, 19, 0, 0, 0, ZoneId.of("Europe/Paris"));
    var details =
        Details.of(UUID.randomUUID(), When.of(start, start.plusHours(3)), Place.named("La place"));
    return NewEvent.of("Soupe sur la place", "Chacun apporte un légume. #soupe", "fr", details)
        .in(square.actors.village());
  }

  private static Event publish() {
    return square.events.publish(square.actors.agenda(), soup());
  }

  private static List<Sent> to(List<Sent> sent, String host) {
    return sent.stream().filter(one -> one.host().equals(host)).toList();
  }

  private static String forms(List<Sent> sent, String host) {
    return String.join(
        " ",
        to(sent, host).stream()
            .map(one -> one.actor() + ":" + one.type() + "(" + one.objectType() + ")")
            .toList());
  }

  @Test
  void a_new_event_goes_to_each_in_its_own_form() {
    var event = publish();
    var sent = square.sent();
    assertEquals("relay:Announce()", forms(sent, "mobilizon.example"));
    assertEquals(event.uri(), to(sent, "mobilizon.example").get(0).body().path("object").asText());
    assertEquals("village:Announce() village:Announce(Create)", forms(sent, "lemmy.example"));
    assertEquals("agenda:Create(Event)", forms(sent, "friendica.example"));
    assertEquals("relay:Create(Event)", forms(sent, "gancio.example"));
    assertEquals("village:Create(Event)", forms(sent, "wordpress.example"));
    assertEquals(
        "https://wordpress.example/users/fan/inbox", to(sent, "wordpress.example").get(0).inbox());
    var imported = to(sent, "gancio.example").get(0).body();
    assertEquals(square.actors.relay().uri(), imported.path("actor").asText());
    assertEquals(
        square.actors.agenda().uri(), imported.path("object").path("attributedTo").asText());
    assertEquals("village:Announce()", forms(sent, "mastodon.example"));
    assertEquals("agenda:Create(Question)", forms(sent, "snac.example"));
    assertEquals("village:Announce() village:Announce(Create)", forms(sent, "nodebb.example"));
    var topic = to(sent, "nodebb.example").get(1).body().at("/object/object");
    assertEquals("Note", topic.path("type").asText());
    assertEquals("Soupe sur la place", topic.path("name").asText());
    var text = topic.path("content").asText();
    assertTrue(text.contains("19:00") && text.contains("apporte un légume"), text);
    assertFalse(text.contains("Soupe sur la place"), "the title is not said twice: " + text);
  }

  @Test
  void each_account_of_a_wordpress_gets_it_from_whom_it_follows() {
    var agenda = square.actors.agenda();
    square.followerOn("blogs.example", Receiver.WORDPRESS, agenda, "first");
    square.followerOn("blogs.example", Receiver.WORDPRESS, square.actors.relay(), "second");
    var unused = publish();
    var sent = square.sent();
    assertEquals("agenda:Create(Event) relay:Create(Event)", forms(sent, "blogs.example"));
    assertEquals(
        "https://blogs.example/users/second/inbox", to(sent, "blogs.example").get(1).inbox());
  }

  @Test
  void the_companion_question_says_when_and_where_and_asks_who_comes() {
    var event = publish();
    var question = to(square.sent(), "snac.example").get(0).body().path("object");
    assertNotEquals(event.uri(), question.path("id").asText());
    assertTrue(question.path("id").asText().startsWith("https://fleurs.example/posts/"));
    var text = question.path("content").asText();
    assertTrue(text.contains("mercredi 14 mai 2031, 19:00 à 22:00 (Europe/Paris)"), text);
    assertTrue(text.contains("La place") && text.contains(event.uri()), text);
    var options = question.path("oneOf");
    assertEquals("Je viens", options.get(0).path("name").asText());
    assertEquals("Peut-être", options.get(1).path("name").asText());
    assertEquals("Je ne viens pas", options.get(2).path("name").asText());
    assertEquals("2031-05-14T17:00:00Z", question.path("endTime").asText());
    assertEquals(
        "https://www.w3.org/ns/activitystreams#Public", question.path("to").get(0).asText());
    assertEquals(event.uri() + "/context", question.path("context").asText());
    // Only the event is seen here.
    assertEquals(1, square.posts.thread(event.id(), -1, 10).size());
  }

  @Test
  void a_change_reaches_everybody_and_keeps_the_options_and_votes_of_the_question() {
    var event = publish();
    square.db.run(
        "update post set poll = jsonb_set(poll, '{options,0,votes}', '7') where companion_of = "
            + event.id());
    var unused = square.sent();
    var changed =
        square.events.edit(
            square.actors.agenda(),
            event.id(),
            NewEvent.of("Soupe de minuit", "Plus tard.", "fr", soup().details())
                .in(square.actors.village()));
    assertEquals(1, changed.details().sequence());
    assertEquals(event.details().uuid(), changed.details().uuid());
    var sent = square.sent();
    assertEquals("agenda:Update(Event)", forms(sent, "mobilizon.example"));
    assertEquals("agenda:Update(Event)", forms(sent, "friendica.example"));
    // Whoever follows the Group is told once, in the way that its software listens to.
    assertEquals("village:Announce(Update)", forms(sent, "lemmy.example"));
    assertEquals("agenda:Update(Event)", forms(sent, "placette.example"));
    assertEquals("relay:Update(Event)", forms(sent, "gancio.example"));
    assertEquals("village:Update(Event)", forms(sent, "wordpress.example"));
    assertEquals("agenda:Update(Question)", forms(sent, "mastodon.example"));
    assertEquals("agenda:Update(Note)", forms(sent, "nodebb.example"));
    var question = to(sent, "snac.example").get(0).body().path("object");
    assertTrue(question.path("content").asText().contains("Soupe de minuit"));
    assertEquals(7, question.at("/oneOf/0/replies/totalItems").asInt());
    assertEquals("Je viens", question.at("/oneOf/0/name").asText());
  }

  @Test
  void a_cancelled_event_is_changed_and_said_publicly_and_never_deleted() {
    var event = publish();
    var unused = square.sent();
    square.events.cancel(square.actors.agenda(), event.id());
    var sent = square.sent();
    assertTrue(sent.stream().noneMatch(one -> one.type().equals("Delete")));
    assertEquals("agenda:Update(Event) agenda:Create(Note)", forms(sent, "mobilizon.example"));
    var object = to(sent, "friendica.example").get(0).body().path("object");
    assertEquals("CANCELLED", object.path("status").asText());
    assertEquals("EventCancelled", object.path("eventStatus").asText());
    assertEquals("Annulé : Soupe sur la place", object.path("name").asText());
    assertTrue(object.path("summary").asText().startsWith("<p>Annulé : "));
    assertEquals("agenda:Update(Question) agenda:Create(Note)", forms(sent, "snac.example"));
    var question = to(sent, "snac.example").get(0).body().path("object");
    var note = to(sent, "snac.example").get(1).body().path("object");
    assertEquals(question.path("id").asText(), note.path("inReplyTo").asText());
    assertFalse(question.path("closed").asText().isEmpty());
    assertEquals(
        "Soupe sur la place", Objects.requireNonNull(square.events.byId(event.id())).name());
    // Cancelled twice is cancelled once.
    square.events.cancel(square.actors.agenda(), event.id());
    assertEquals(List.of(), square.sent());
  }

  @Test
  void a_deleted_event_leaves_tombstones_of_itself_and_of_what_made_it_known() {
    var event = publish();
    var unused = square.sent();
    square.events.delete(square.actors.agenda(), event.id());
    var sent = square.sent();
    var gone = to(sent, "gancio.example").get(0);
    assertEquals("relay:Delete(Tombstone)", forms(sent, "gancio.example"));
    assertEquals("Event", gone.body().at("/object/formerType").asText());
    assertEquals("village:Announce(Delete)", forms(sent, "lemmy.example"));
    assertEquals("agenda:Delete(Tombstone)", forms(sent, "placette.example"));
    assertEquals("agenda:Delete(Tombstone)", forms(sent, "snac.example"));
    assertTrue(square.posts.isDeleted(event.uri()));
    assertEquals(0, square.count("post where companion_of = " + event.id()));
  }

  @Test
  void an_event_of_a_private_group_reaches_its_members_alone_from_its_beginning_to_its_end() {
    var nour = square.animator("nour");
    var group = square.found(nour, "parents", Theme.Access.PRIVATE);
    square.followerOn("ours.example", Receiver.EVENT_AWARE, group);
    square.followerOn("pixel.example", Receiver.MICROBLOG, group);
    square.followerOn("open-gancio.example", Receiver.GANCIO, group);
    square.followerOn("fans.example", Receiver.EVENT_AWARE, nour);
    var unused = square.sent();
    var event = square.events.publish(nour, soup().in(group));
    assertEquals(Visibility.GROUP, event.post().visibility());
    var told = among(group, "nour:Create(Event) parents:Announce(Create)", "nour:Create(Question)");
    var inner = told.getFirst().body().path("object");
    assertEquals(group.uri(), inner.path("audience").asText());
    square.events.edit(nour, event.id(), soup());
    among(group, "nour:Update(Event)", "nour:Update(Question)");
    square.db.transact(tx -> square.events.recounted(tx, event, List.of()));
    among(group, "nour:Update(Event)", "nour:Update(Question)");
    square.events.cancel(nour, event.id());
    among(group, "nour:Update(Event) nour:Create(Note)", "nour:Update(Question) nour:Create(Note)");
    square.events.delete(nour, event.id());
    among(
        group,
        "nour:Delete(Tombstone) nour:Delete(Tombstone)",
        "nour:Delete(Tombstone) nour:Delete(Tombstone)");
    for (var host : List.of("ours", "pixel", "open-gancio", "fans"))
      square.db.run("delete from actor where host = '" + host + ".example'");
  }

  /** What members on servers that know events and on others are told; nobody else is. */
  private static List<Sent> among(Actor group, String aware, String microblog) {
    var sent = square.sent();
    assertEquals(aware, forms(sent, "ours.example"));
    assertEquals(microblog, forms(sent, "pixel.example"));
    assertEquals(to(sent, "ours.example").size() + to(sent, "pixel.example").size(), sent.size());
    for (var one : sent) {
      var body = one.body().toString();
      assertFalse(body.contains("streams#Public\""), body);
      assertTrue(body.contains(group.uri() + "/followers"), body);
    }
    return to(sent, "ours.example");
  }

  @Test
  void the_note_that_said_a_cancellation_goes_with_the_event() {
    var event = publish();
    square.events.cancel(square.actors.agenda(), event.id());
    var note = to(square.sent(), "mobilizon.example").getLast().body().at("/object/id").asText();
    square.events.delete(square.actors.agenda(), event.id());
    var gone = to(square.sent(), "mobilizon.example");
    assertTrue(gone.stream().anyMatch(one -> one.body().at("/object/id").asText().equals(note)));
    assertTrue(gone.stream().allMatch(one -> one.type().equals("Delete")));
    assertTrue(square.posts.isDeleted(note));
  }

  @Test
  void a_forum_loses_the_note_of_the_cancellation_with_the_topic() {
    var event = publish();
    square.events.cancel(square.actors.agenda(), event.id());
    var note = to(square.sent(), "nodebb.example").getLast().body().at("/object/id").asText();
    square.events.delete(square.actors.agenda(), event.id());
    var sent = square.sent();
    assertEquals(
        "agenda:Delete(Tombstone) agenda:Delete(Tombstone)", forms(sent, "nodebb.example"));
    assertEquals(note, to(sent, "nodebb.example").getLast().body().at("/object/id").asText());
    assertTrue(
        to(sent, "snac.example").stream()
            .noneMatch(one -> one.body().at("/object/id").asText().equals(note)));
  }

  @Test
  void a_new_peer_is_told_of_what_is_coming_and_a_microblog_reader_is_spared() {
    var event = publish();
    var relay = square.actors.relay();
    var unused = square.sent();
    var mobilizon = square.followerOn("new-mobilizon.example", Receiver.EVENT_AWARE, relay);
    var gancio = square.followerOn("new-gancio.example", Receiver.GANCIO, relay);
    var reader = square.followerOn("new-mastodon.example", Receiver.MICROBLOG, relay);
    square.db.transact(
        tx -> {
          for (var peer : List.of(mobilizon, gancio, reader)) square.events.replay(tx, peer, relay);
        });
    var sent = square.sent();
    assertTrue(
        to(sent, "new-mobilizon.example").stream()
            .anyMatch(one -> one.body().path("object").asText().equals(event.uri())));
    assertTrue(forms(sent, "new-gancio.example").startsWith("relay:Create(Event)"));
    assertEquals(List.of(), to(sent, "new-mastodon.example"));
    for (var host : List.of("new-mobilizon.example", "new-gancio.example"))
      square.db.run("delete from actor where host = '" + host + "'");
  }
}
