package org.placette.rsvp;

import java.util.List;
import java.util.Map;
import org.placette.actor.Actor;
import org.placette.db.Tx;
import org.placette.event.Events;
import org.placette.poll.Polls;
import org.placette.post.Post;
import org.placette.rsvp.Reply.Answer;
import org.placette.rsvp.Rsvp.Door;
import org.placette.web.Problem;

/**
 * A vote in an event's poll is an answer to the event: in the poll that apps are shown with it, and
 * in the Question that stands for it on other servers. A later vote changes the answer.
 */
public final class VoteDoor implements Polls.Answers {

  private static final List<Answer> CHOICES = List.of(Answer.GOING, Answer.MAYBE, Answer.NOT_GOING);

  private final Events events;
  private final Guests guests;

  public VoteDoor(Events events, Guests guests) {
    this.events = events;
    this.guests = guests;
  }

  @Override
  public boolean take(Tx tx, Actor voter, Post poll, List<Integer> choices) {
    var id = poll.companionOf() == null ? poll.id() : poll.companionOf();
    if (poll.companionOf() == null && !poll.type().equals("Event")) return false;
    var event = events.byId(tx, id);
    if (event == null) return false;
    var choice = choices.size() == 1 ? choices.getFirst() : -1;
    if (choice < 0 || choice >= CHOICES.size())
      throw new Problem.Invalid(
          "Validation failed: The chosen vote option does not exist",
          Map.of("choices", "ERR_INVALID"));
    var before = RsvpStore.of(tx, id, voter.id());
    // Somebody who said that four come, and votes yes again, has not lost three of them.
    var party = before == null ? 1 : before.party();
    var reply = new Reply(CHOICES.get(choice), party, null, null, Door.VOTE, null);
    try {
      var unused = guests.reply(tx, voter, event, reply);
    } catch (Problem e) {
      // Nobody elsewhere is there to be told; their server shows what we count.
      if (voter.local()) throw e;
    }
    return true;
  }
}
