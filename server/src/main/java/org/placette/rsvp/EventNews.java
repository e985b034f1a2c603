package org.placette.rsvp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.db.Tx;
import org.placette.event.Event;
import org.placette.event.Events;
import org.placette.poll.Polls;

/**
 * Tells other servers how many come: at most once a minute for an event, however many answer. The
 * polls that stand for it there show its answers, whichever door these came through.
 */
public final class EventNews implements Watcher {

  private static final Duration WAIT = Duration.ofMinutes(1);

  private final Db db;
  private final Actors actors;
  private final Events events;
  private final Polls polls;

  public EventNews(Db db, Actors actors, Events events, Polls polls) {
    this.db = db;
    this.actors = actors;
    this.events = events;
    this.polls = polls;
  }

  @Override
  public void changed(Tx tx, Event event, @Nullable Rsvp before, Rsvp after, Cause cause) {
    if (actors.urls().isOurs(event.uri())) EventNewsStore.remember(tx, event.id(), WAIT);
  }

  /** Tells what is due; gives how many events it told about. */
  public int tellDue() {
    return db.inTransaction(
        tx -> {
          var due = EventNewsStore.take(tx);
          for (var id : due) tell(tx, id);
          return due.size();
        });
  }

  private void tell(Tx tx, long id) {
    var event = events.byId(tx, id);
    if (event == null) return;
    var votes = EventNewsStore.votes(tx, id);
    for (var question : events.questions(tx, event)) polls.recount(tx, question, votes);
    events.recounted(tx, event, elsewhere(tx, actors, id));
  }

  /** Those of other servers who come, may come or wait. */
  static List<Actor> elsewhere(Tx tx, Actors actors, long event) {
    List<Actor> answered = new ArrayList<>();
    for (var one : RsvpStore.concerned(tx, event)) {
      var actor = actors.byId(tx, one);
      if (actor != null && !actor.local()) answered.add(actor);
    }
    return answered;
  }
}
