package org.placette.datepoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.placette.datepoll.DatePoll.Slot;
import org.placette.db.Db;
import org.placette.outbox.Receiver;
import org.placette.post.PersonalNotes;
import org.placette.post.Visibility;
import org.placette.rsvp.Rsvp;
import org.placette.testing.PgExtension;
import org.placette.testing.Square;

/** Elsewhere a date poll is a plain poll. */
@ExtendWith(PgExtension.class)
class DatePollVotesTest {

  private static void votes(Square square, String who, String poll, String option, int number) {
    assertNull(
        square.receive(
            """
            {'id': 'PEER/v/%1$d/activity', 'type': 'Create', 'actor': '%2$s', 'object':
             {'id': 'PEER/v/%1$d', 'type': 'Note', 'name': '%3$s', 'inReplyTo': '%4$s'}}
            """
                .formatted(number, square.stranger(who).uri(), option, poll)));
  }

  @Test
  void votes_from_elsewhere_say_yes_and_their_people_are_on_the_list(Db db) {
    try (var square = new Square(db)) {
      var polls =
          new DatePolls(
              db,
              square.actors,
              square.posts,
              new PersonalNotes(square.actors, square.posts, square.outbox, square.targets),
              square.polls,
              square.events,
              square.rsvps,
              e -> e);
      square.polls.answers(polls);
      var claire = square.resident("claire");
      var fan = square.followerOn("toots.example", Receiver.MICROBLOG, claire);
      var first = Instant.parse("2031-05-14T17:00:00Z");
      var slots =
          List.of(
              new Slot(first, first.plusSeconds(7_200)),
              new Slot(first.plusSeconds(86_400), null),
              new Slot(first.plusSeconds(172_800), null));
      var poll =
          polls.propose(
              claire,
              new NewDatePoll(
                  "Bal",
                  "",
                  "fr",
                  ZoneId.of("Europe/Paris"),
                  null,
                  Visibility.PUBLIC,
                  false,
                  null,
                  slots));
      var asked =
          square.sent().stream().filter(s -> s.host().equals(fan.host())).findFirst().orElseThrow();
      var question = asked.body().path("object");
      assertEquals("Question", question.path("type").asText());
      assertEquals("mercredi 14 mai 2031, 19 h – 21 h", question.at("/anyOf/0/name").asText());
      var uri = question.path("id").asText();
      votes(square, "fay", uri, question.at("/anyOf/0/name").asText(), 1);
      votes(square, "fay", uri, question.at("/anyOf/2/name").asText(), 2);
      votes(square, "gil", uri, question.at("/anyOf/1/name").asText(), 3);
      var stored = Objects.requireNonNull(square.posts.byUri(uri)).poll();
      assertNotNull(stored);
      assertEquals(List.of(1, 1, 1), stored.options().stream().map(o -> o.votes()).toList());
      assertEquals(2, stored.voters());
      // Dates that are added reach people elsewhere in words: the options stay as they are.
      polls.add(claire, poll, List.of(new Slot(first.plusSeconds(259_200), null)));
      var told = square.sent();
      var update =
          told.stream()
              .filter(s -> s.body().path("type").asText().equals("Update"))
              .filter(s -> s.body().at("/object/content").asText().contains("Dates ajoutées"))
              .findFirst()
              .orElseThrow();
      assertEquals(3, update.body().at("/object/anyOf").size());
      var whisper =
          told.stream()
              .filter(s -> s.body().at("/object/content").asText().contains("autres dates"))
              .toList();
      assertEquals(2, whisper.size());
      assertEquals(1, whisper.getFirst().body().at("/object/to").size());
      var event = polls.choose(claire, poll, 2, "");
      var fay = Objects.requireNonNull(square.rsvps.of(event.id(), square.stranger("fay").id()));
      assertEquals(Rsvp.State.GOING, fay.state());
      assertNull(square.rsvps.of(event.id(), square.stranger("gil").id()));
      var notes =
          square.sent().stream()
              .filter(s -> s.body().at("/object/content").asText().contains("sur la liste"))
              .toList();
      assertEquals(1, notes.size());
      assertTrue(
          Objects.requireNonNull(square.posts.byUri(uri)).content().contains("Date choisie"));
      votes(square, "gil", uri, question.at("/anyOf/2/name").asText(), 4);
      assertEquals(2, polls.ballots(poll).size());
    }
  }
}
