package org.placette.rsvp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
import org.placette.web.Problem;
import org.placette.web.Secrets;

/** Places are given once, in order, and never more than there are. */
@ExtendWith(PgExtension.class)
class RsvpsTest {

  private static Square square;
  private static Rsvps rsvps;

  @BeforeAll
  static void open(Db db) {
    square = new Square(db);
    rsvps = new Rsvps(db, square.events, Clock.systemUTC());
  }

  @AfterAll
  static void close() {
    square.close();
  }

  private static Event event(String mode, @Nullable Integer capacity, boolean guests) {
    var start = ZonedDateTime.of(2031, 5, 14, 19, 0, 0, 0, ZoneId.of("Europe/Paris"));
    var details =
        Details.of(UUID.randomUUID(), When.of(start, start.plusHours(3)), Place.named("La place"))
            .joining(new Joining(mode, null, guests, capacity, 0));
    return square.events.publish(
        square.resident("claire"), NewEvent.of("Soupe sur la place", "", "fr", details));
  }

  private static Rsvp going(Event event, Actor who, int party) {
    return rsvps.reply(event.id(), who, new Reply(Answer.GOING, party, null, null, Door.WEB, null));
  }

  private static Rsvp leaves(Event event, Actor who) {
    return rsvps.reply(event.id(), who, Reply.of(Answer.NOT_GOING, Door.WEB));
  }

  private static int counted(Event event) {
    return Objects.requireNonNull(square.events.byId(event.id()))
        .details()
        .joining()
        .participants();
  }

  private static State stateOf(Event event, Actor who) {
    return Objects.requireNonNull(rsvps.of(event.id(), who.id())).state();
  }

  @Test
  void a_thousand_at_once_take_exactly_the_forty_places() throws Exception {
    var event = event("free", 40, false);
    // Without keys, which would take minutes to make.
    square.db.update(
        """
        insert into actor (id, uri, type, username, inbox)
        select n, 'https://fleurs.example/users/crowd' || n, 'Person', 'crowd' || n,
          'https://fleurs.example/users/crowd' || n || '/inbox' from generate_series(1, 1000) n
        """);
    var crowd = square.actors.byIds(LongStream.rangeClosed(1, 1_000).boxed().toList());
    assertEquals(1_000, crowd.size());
    List<Callable<Rsvp>> all = new ArrayList<>();
    for (var one : crowd) all.add(() -> going(event, one, 1));
    int going = 0;
    int waiting = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(all)) {
        if (done.get().going()) going++;
        else if (done.get().state() == State.WAITING) waiting++;
      }
    }
    assertEquals(40, going);
    assertEquals(960, waiting);
    assertEquals(40, counted(event));
  }

  @Test
  void who_waits_first_moves_up_when_somebody_leaves_and_is_told_of_it() {
    var event = event("free", 2, false);
    var told = new ArrayList<String>();
    rsvps.watch(
        (tx, about, before, after, cause) -> {
          if (about.id() == event.id() && cause == Watcher.Cause.MOVED_UP)
            told.add(after.actorId() + " " + after.state());
        });
    var nour = square.resident("nour");
    var emma = square.resident("emma");
    var jean = square.resident("jean");
    assertEquals(State.GOING, going(event, nour, 2).state());
    assertEquals(State.WAITING, going(event, emma, 1).state());
    assertEquals(State.WAITING, going(event, jean, 1).state());
    leaves(event, nour);
    assertEquals(State.GOING, stateOf(event, emma));
    assertEquals(State.GOING, stateOf(event, jean));
    assertEquals(List.of(emma.id() + " GOING", jean.id() + " GOING"), told);
    assertNotNull(Objects.requireNonNull(rsvps.of(event.id(), emma.id())).confirmBy());
    assertEquals(2, counted(event));
  }

  @Test
  void who_moved_up_and_stays_silent_gives_the_place_to_the_next() {
    var event = event("free", 1, false);
    var nour = square.resident("nour");
    var emma = square.resident("emma");
    var jean = square.resident("jean");
    var unused = List.of(going(event, nour, 1), going(event, emma, 1), going(event, jean, 1));
    leaves(event, nour);
    assertEquals(State.GOING, stateOf(event, emma));
    assertEquals(0, rsvps.release());
    var later = Clock.fixed(Instant.now().plus(Duration.ofHours(25)), ZoneOffset.UTC);
    assertTrue(new Rsvps(square.db, square.events, later).release() >= 1);
    assertEquals(State.DECLINED, stateOf(event, emma));
    assertEquals(State.GOING, stateOf(event, jean));
    // Answering again is how one confirms.
    assertNull(going(event, jean, 1).confirmBy());
  }

  @Test
  void a_party_counts_whole_and_a_larger_one_must_fit() {
    var event = event("free", 5, false);
    var nour = square.resident("nour");
    assertEquals(State.GOING, going(event, nour, 3).state());
    assertEquals(State.WAITING, going(event, square.resident("emma"), 3).state());
    assertEquals(State.GOING, going(event, square.resident("jean"), 2).state());
    assertThrows(Problem.Conflict.class, () -> going(event, nour, 4));
    assertEquals(State.GOING, going(event, nour, 1).state());
    assertEquals(3, counted(event));
    assertThrows(Problem.Invalid.class, () -> going(event, nour, 21));
  }

  @Test
  void where_the_organiser_decides_nobody_has_a_place_before() {
    var event = event("restricted", null, false);
    var nour = square.resident("nour");
    var asked = going(event, nour, 1);
    assertEquals(State.REQUESTED, asked.state());
    assertEquals(0, counted(event));
    assertTrue(rsvps.approve(event, asked.id()).going());
    assertEquals(1, counted(event));
    assertEquals(State.REFUSED, rsvps.refuse(event, asked.id()).state());
    assertThrows(Problem.Forbidden.class, () -> going(event, nour, 1));
    var other = event("free", null, false);
    assertThrows(Problem.NotFound.class, () -> rsvps.approve(other, asked.id()));
  }

  @Test
  void a_guest_has_a_place_once_the_address_is_proven() {
    var event = event("free", 1, true);
    var secret = Secrets.random();
    var asked =
        rsvps.ask(
            event.id(),
            new Guest("Odile", "odile@example.org", null),
            Secrets.hash(secret),
            Reply.of(Answer.GOING, Door.WEB));
    assertEquals(State.UNCONFIRMED, asked.state());
    assertEquals(0, counted(event));
    assertTrue(rsvps.confirm(Secrets.hash(secret), Answer.GOING).going());
    assertTrue(rsvps.confirm(Secrets.hash(secret), Answer.GOING).going());
    assertEquals(1, counted(event));
    assertEquals(State.DECLINED, rsvps.confirm(Secrets.hash(secret), Answer.NOT_GOING).state());
    assertThrows(
        Problem.NotFound.class, () -> rsvps.confirm(Secrets.hash("another"), Answer.GOING));
    var closed = event("free", 1, false);
    assertThrows(
        Problem.Forbidden.class,
        () ->
            rsvps.ask(
                closed.id(),
                new Guest("Odile", "odile@example.org", null),
                Secrets.hash("x"),
                Reply.of(Answer.GOING, Door.WEB)));
  }

  @Test
  void nobody_answers_what_does_not_take_place() {
    var event = event("free", null, false);
    square.events.cancel(square.resident("claire"), event.id());
    assertThrows(Problem.Forbidden.class, () -> going(event, square.resident("nour"), 1));
  }
}
