package org.placette.rsvp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.placette.event.Details;
import org.placette.event.Event;
import org.placette.event.Joining;
import org.placette.event.NewEvent;
import org.placette.event.Place;
import org.placette.event.When;
import org.placette.rsvp.Reply.Answer;
import org.placette.rsvp.Rsvp.Door;
import org.placette.rsvp.Rsvp.State;
import org.placette.testing.PgExtension;
import org.placette.testing.Square;

/** People of other servers answer our events, and ours answer theirs, each in their own words. */
@ExtendWith(PgExtension.class)
class RsvpInboxTest {

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
  }

  private static Event event(@Nullable Integer capacity, String mode) {
    var start = ZonedDateTime.of(2031, 5, 14, 19, 0, 0, 0, ZoneId.of("Europe/Paris"));
    var details =
        Details.of(UUID.randomUUID(), When.of(start, start.plusHours(3)), Place.named("La place"))
            .joining(new Joining(mode, null, false, capacity, 0));
    return square.events.publish(
        square.resident("claire"), NewEvent.of("Soupe sur la place", "", "fr", details));
  }

  /** Gives why it was refused. */
  private static @Nullable String says(String who, String type, String object, String id) {
    return square.receive(
        """
        {'id': 'PEER/%s', 'type': '%s', 'actor': '%s', 'object': %s}
        """
            .formatted(id, type, square.stranger(who).uri(), object));
  }

  private static String quoted(Event event) {
    return "'" + event.uri() + "'";
  }

  private static State state(Event event, String who) {
    return Objects.requireNonNull(square.rsvps.of(event.id(), square.stranger(who).id())).state();
  }

  private static List<String> answers() {
    return square.sent().stream()
        .filter(sent -> sent.objectType().equals("Join"))
        .map(
            sent -> sent.type() + " " + sent.body().at("/object/id").asText().replaceAll(".*/", ""))
        .toList();
  }

  @Test
  void a_join_is_accepted_and_who_waits_is_accepted_when_a_place_becomes_free() {
    var event = event(1, "free");
    assertNull(says("fay", "Join", quoted(event), "join-1"));
    assertEquals(State.GOING, state(event, "fay"));
    assertEquals(List.of("Accept join-1"), answers());
    assertNull(says("gil", "Join", quoted(event), "join-2"));
    assertEquals(State.WAITING, state(event, "gil"));
    assertEquals(List.of(), answers());
    assertNull(says("fay", "Leave", quoted(event), "leave-1"));
    assertEquals(State.DECLINED, state(event, "fay"));
    assertEquals(State.GOING, state(event, "gil"));
    assertEquals(List.of("Accept join-2"), answers());
    var undo = "{'type': 'Join', 'id': 'PEER/join-2', 'object': '%s'}".formatted(event.uri());
    assertEquals("not-the-actor", says("fay", "Undo", undo, "undo-1"));
    assertNull(says("gil", "Undo", undo, "undo-2"));
    assertEquals(State.DECLINED, state(event, "gil"));
  }

  @Test
  void the_organiser_decides_and_both_answers_reach_who_asked() {
    var event = event(null, "restricted");
    assertNull(says("fay", "Join", quoted(event), "join-3"));
    assertNull(says("gil", "Join", quoted(event), "join-4"));
    assertEquals(List.of(), answers());
    var fay = Objects.requireNonNull(square.rsvps.of(event.id(), square.stranger("fay").id()));
    var gil = Objects.requireNonNull(square.rsvps.of(event.id(), square.stranger("gil").id()));
    assertTrue(square.rsvps.approve(event, fay.id()).going());
    assertEquals(State.REFUSED, square.rsvps.refuse(event, gil.id()).state());
    assertEquals(List.of("Accept join-3", "Reject join-4"), answers());
    // Leaving is no way to ask again.
    assertNull(says("gil", "Leave", quoted(event), "leave-4"));
    assertNull(says("gil", "Join", quoted(event), "join-5"));
    assertEquals(State.REFUSED, state(event, "gil"));
    assertEquals(List.of("Reject join-5"), answers());
  }

  @Test
  void friendica_says_yes_maybe_and_no_and_takes_each_back() {
    var event = event(null, "free");
    assertNull(says("carla", "Accept", quoted(event), "yes-1"));
    assertEquals(State.GOING, state(event, "carla"));
    assertNull(says("carla", "TentativeAccept", quoted(event), "maybe-1"));
    assertEquals(State.MAYBE, state(event, "carla"));
    assertNull(
        says(
            "carla",
            "Undo",
            "{'type': 'Accept', 'id': 'PEER/yes-1', 'object': '%s'}".formatted(event.uri()),
            "undo-yes"));
    assertEquals(State.MAYBE, state(event, "carla"), "what was said since stays");
    var invite = "{'type': 'Invite', 'id': '%s/i', 'object': '%s'}";
    assertNull(says("carla", "Reject", invite.formatted(event.uri(), event.uri()), "no-1"));
    assertEquals(State.DECLINED, state(event, "carla"));
    var embedded = "{'type': 'Event', 'id': '%s', 'name': 'Soupe'}".formatted(event.uri());
    assertNull(says("carla", "Accept", embedded, "yes-2"));
    assertEquals(State.GOING, state(event, "carla"));
    assertEquals(List.of(), square.sent(), "nobody is answered");
  }

  @Test
  void who_attends_by_friendica_reads_that_they_wait_and_then_that_there_is_a_place() {
    var event = event(1, "free");
    assertNull(says("fay", "Join", quoted(event), "join-6"));
    var unused = square.sent();
    assertNull(says("dora", "Accept", quoted(event), "yes-6"));
    assertEquals(State.WAITING, state(event, "dora"));
    assertTrue(words().contains("liste d’attente"));
    assertNull(says("fay", "Leave", quoted(event), "leave-6"));
    assertEquals(State.GOING, state(event, "dora"));
    assertTrue(words().contains("Vous venez."));
  }

  /** What the one private note says that was sent since. */
  private static String words() {
    var notes = square.sent().stream().filter(s -> s.objectType().equals("Note")).toList();
    assertEquals(1, notes.size());
    return notes.getFirst().body().at("/object/content").asText();
  }

  @Test
  void a_cancelled_event_rejects() {
    var event = event(null, "free");
    square.events.cancel(square.resident("claire"), event.id());
    assertNull(says("fay", "Join", quoted(event), "join-9"));
    assertEquals(List.of("Reject join-9"), answers());
  }

  private static Event theirs(String path, String mode) {
    var fay = square.stranger("fay");
    assertNull(
        square.receive(
            """
            {'id': 'PEER%s/create', 'type': 'Create', 'actor': '%s', 'object': {'id': 'PEER%s',
             'type': 'Event', 'attributedTo': '%s', 'name': 'Bal', 'joinMode': '%s',
             'startTime': '2031-05-14T19:00:00Z',
             'to': ['https://www.w3.org/ns/activitystreams#Public']}}
            """
                .formatted(path, fay.uri(), path, fay.uri(), mode)));
    var post = Objects.requireNonNull(square.posts.byUri(square.peer.at(path)));
    return Objects.requireNonNull(square.events.byId(post.id()));
  }

  @Test
  void a_resident_hears_that_an_event_elsewhere_was_deleted_and_another_placette_tells_its_own() {
    runs("mobilizon");
    var event = theirs("/events/gone", "free");
    var nour = square.resident("nour");
    square.guests.reply(nour, event, Reply.of(Answer.GOING, Door.WEB));
    assertNull(says("fay", "Delete", "'" + event.uri() + "'", "gone-1"));
    assertEquals(1, square.gone.tellDue());
    var told = "from post where visibility = 'direct' and content like '%Bal%supprimé%'";
    var note = square.db.one("select actor_id " + told, row -> row.getLong(0));
    assertEquals(square.actors.village().id(), note);
    var ours = event(null, "free");
    assertNull(says("fay", "Join", quoted(ours), "gone-2"));
    runs("placette");
    square.events.delete(square.resident("claire"), ours.id());
    var unused = square.sent();
    assertEquals(1, square.gone.tellDue());
    assertEquals(List.of(), square.sent());
  }

  private static void runs(String software) {
    var host = Objects.requireNonNull(square.stranger("fay").host());
    square.db.update(
        """
        insert into peer (host, software, updated) values ($1, $2, now())
        on conflict (host) do update set software = excluded.software
        """,
        host,
        software);
  }

  private static Rsvp reply(Event event, Actor who, Answer answer) {
    return square.guests.reply(who, event, Reply.of(answer, Door.WEB));
  }

  @Test
  void a_resident_joins_an_event_of_mobilizon_and_waits_for_its_word() {
    runs("mobilizon");
    var event = theirs("/events/bal", "free");
    var nour = square.resident("nour");
    assertEquals(State.REQUESTED, reply(event, nour, Answer.GOING).state());
    var join = square.sent().getFirst();
    assertEquals("Join", join.type());
    assertEquals(event.uri(), join.body().path("object").asText());
    var accept = "{'type': 'Join', 'id': '%s'}".formatted(join.body().path("id").asText());
    assertEquals("answer-not-by-the-organiser", stranger("Accept", accept));
    assertNull(says("fay", "Accept", accept, "accept-1"));
    assertEquals(State.GOING, Objects.requireNonNull(square.guests.of(event, nour)).state());
    assertEquals(State.MAYBE, reply(event, nour, Answer.MAYBE).state());
    assertEquals(List.of("Leave"), square.sent().stream().map(Square.Sent::type).toList());
    assertNull(says("fay", "Accept", accept, "accept-2"));
    assertEquals(State.MAYBE, Objects.requireNonNull(square.guests.of(event, nour)).state());
  }

  @Test
  void another_placette_is_told_a_maybe_and_that_it_became_a_no() {
    runs("placette");
    var event = theirs("/events/veillee", "free");
    var nour = square.resident("nour");
    assertEquals(State.MAYBE, reply(event, nour, Answer.MAYBE).state());
    assertEquals(State.DECLINED, reply(event, nour, Answer.NOT_GOING).state());
    var told = square.sent();
    assertEquals(
        List.of("TentativeAccept", "Leave"), told.stream().map(Square.Sent::type).toList());
    assertEquals(event.uri(), told.getFirst().body().path("object").asText());
  }

  private static @Nullable String stranger(String type, String object) {
    var other =
        square.followerOn(
            "other.example", org.placette.outbox.Receiver.MICROBLOG, square.resident("claire"));
    return square.receive(
        """
        {'id': 'https://other.example/x', 'type': '%s', 'actor': '%s', 'object': %s}
        """
            .formatted(type, other.uri(), object));
  }

  @Test
  void a_resident_answers_an_event_of_friendica_in_its_own_words() {
    runs("friendica");
    var event = theirs("/events/repas", "free");
    var nour = square.resident("nour");
    assertEquals(State.GOING, reply(event, nour, Answer.GOING).state());
    assertEquals(State.DECLINED, reply(event, nour, Answer.NOT_GOING).state());
    var sent = square.sent();
    assertEquals(
        List.of("Accept", "Undo", "Reject"), sent.stream().map(Square.Sent::type).toList());
    assertEquals(sent.get(0).body().path("id"), sent.get(1).body().at("/object/id"));
    assertEquals(event.uri(), sent.get(2).body().path("object").asText());
  }
}
