package org.placette.event;

import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.mastodon.Call;
import org.placette.mastodon.Status;
import org.placette.mastodon.Statuses;
import org.placette.web.Problem;

/** What every call about events works with: who calls, which event is meant, how it is shown. */
public final class EventDesk {

  private final Actors actors;
  private final Events events;
  private final Statuses statuses;

  public EventDesk(Actors actors, Events events, Statuses statuses) {
    this.actors = actors;
    this.events = events;
    this.statuses = statuses;
  }

  /** The actor who calls. */
  public Actor person(Call call) {
    return actors.acting(call.person().actorId());
  }

  /**
   * The event of the id in the path, which is that of its status.
   *
   * @throws Problem.NotFound when there is none that the caller may read
   */
  public Event event(Call call) {
    var event = events.byId(call.id());
    if (event == null) throw new Problem.NotFound();
    var viewer = call.viewer() == 0 ? null : actors.byId(call.viewer());
    return events.shown(event.details().uuid(), viewer);
  }

  /**
   * An event of the caller's own.
   *
   * @throws Problem.Forbidden when it is somebody else's
   */
  public Event own(Call call) {
    var event = event(call);
    if (event.post().actorId() != call.viewer()) throw new Problem.Forbidden("Not your event");
    return event;
  }

  /** An event as its caller sees it. */
  public Status status(Call call, Event event) {
    return statuses.one(call.viewer(), event.id());
  }
}
