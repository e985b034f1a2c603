package org.placette.rsvp;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.event.Event;
import org.placette.event.Events;
import org.placette.mastodon.Access;
import org.placette.mastodon.Account;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.mastodon.Status;
import org.placette.mastodon.Statuses;
import org.placette.rsvp.Reply.Answer;
import org.placette.rsvp.Rsvp.Door;
import org.placette.rsvp.RsvpStore.Attendee;
import org.placette.web.Problem;

/**
 * Events and answers for apps: the calls of Rebased (Soapbox, pl-fe) and our own, which docs/api.md
 * describes. An event has the number of its status.
 */
public final class EventApi implements Api.Calls {

  private static final List<String> COMING = List.of("going");
  private static final List<String> ALL =
      List.of("requested", "going", "waiting", "maybe", "declined", "refused");

  private final Actors actors;
  private final Events events;
  private final Guests guests;
  private final Statuses statuses;
  private final RsvpReads reads;
  private final Supplier<ZoneId> zone;

  /**
   * @param zone that of the neighbourhood
   */
  public EventApi(
      Actors actors,
      Events events,
      Guests guests,
      Statuses statuses,
      RsvpReads reads,
      Supplier<ZoneId> zone) {
    this.actors = actors;
    this.events = events;
    this.guests = guests;
    this.statuses = statuses;
    this.reads = reads;
    this.zone = zone;
  }

  @Override
  public void into(Api api) {
    var write = Access.person("write:statuses");
    var read = Access.open("read:statuses");
    var own = Access.person("read:statuses");
    for (var base : List.of("/api/v1/pleroma/events", "/api/placette/v1/events")) {
      api.post(base, write, this::publish);
      api.put(base + "/:id", write, this::edit);
    }
    var rebased = "/api/v1/pleroma/events";
    api.get(rebased + "/joined_events", own, this::joined);
    api.post(rebased + "/:id/join", write, call -> say(call, Answer.GOING));
    api.post(rebased + "/:id/leave", write, call -> say(call, Answer.NOT_GOING));
    api.get(rebased + "/:id/participations", read, this::participations);
    api.get(rebased + "/:id/participation_requests", own, this::requests);
    var request = rebased + "/:id/participation_requests/:account_id/";
    api.post(request + "authorize", write, call -> decide(call, true));
    api.post(request + "reject", write, call -> decide(call, false));
    api.get(rebased + "/:id/ics", read, this::calendar);
    var ours = "/api/placette/v1/events";
    api.get(ours, read, this::upcoming);
    api.get(ours + "/:id", read, call -> status(call, event(call)));
    api.get(ours + "/:id/rsvp", own, this::rsvp);
    api.put(ours + "/:id/rsvp", write, this::answer);
    api.delete(ours + "/:id/rsvp", write, this::withdraw);
    api.get(ours + "/:id/attendees", read, this::attendees);
  }

  private Actor person(Call call) {
    return actors.acting(call.person().actorId());
  }

  /** The event of the path, if the caller may read it. */
  private Event event(Call call) {
    var event = events.byId(call.id());
    if (event == null) throw new Problem.NotFound();
    var viewer = call.viewer() == 0 ? null : actors.byId(call.viewer());
    return events.shown(event.details().uuid(), viewer);
  }

  private Event own(Call call) {
    var event = event(call);
    if (event.post().actorId() != call.viewer()) throw new Problem.Forbidden("Not your event");
    return event;
  }

  private Status status(Call call, Event event) {
    return statuses.one(call.viewer(), event.id());
  }

  private Status publish(Call call) {
    var wanted = EventCall.read(call.params(), null, zone.get());
    return status(call, events.publish(person(call), wanted.in(actors.village())));
  }

  private Status edit(Call call) {
    var before = own(call);
    var wanted = EventCall.read(call.params(), before, zone.get());
    return status(call, events.edit(person(call), before.id(), wanted));
  }

  private List<Status> upcoming(Call call) {
    var limit =
        (int) Math.clamp(Objects.requireNonNullElse(call.params().number("limit"), 20L), 1, 40);
    var page = events.upcoming(call.params().filled("after"), limit);
    if (page.next() != null)
      call.http()
          .response()
          .putHeader("Link", "<?after=" + page.next() + "&limit=" + limit + ">; rel=\"next\"");
    var ids = page.events().stream().map(Event::id).toList();
    return statuses.byIds(call.viewer(), ids, "public");
  }

  private Status say(Call call, Answer answer) {
    var event = event(call);
    if (event.post().actorId() == call.viewer())
      throw new Problem.BadRequest("This is your own event");
    var note = call.params().filled("participation_message");
    var unused =
        guests.reply(person(call), event, new Reply(answer, 1, note, null, Door.API, null));
    return status(call, event);
  }

  private List<Account> participations(Call call) {
    var event = event(call);
    var all = event.post().actorId() == call.viewer();
    var people =
        reads.list(event, COMING, 0, 200).stream()
            .map(Attendee::rsvp)
            .filter(rsvp -> rsvp.actorId() != null && (all || rsvp.listed()))
            .map(rsvp -> (Long) Objects.requireNonNull(rsvp.actorId()))
            .toList();
    return people.isEmpty() ? List.of() : statuses.accounts().byIds(people);
  }

  /** One who asks, as Rebased's clients know it. */
  record Request(Account account, @Nullable String participationMessage) {}

  private List<Request> requests(Call call) {
    var asking =
        reads.list(own(call), List.of("requested"), 0, 200).stream()
            .map(Attendee::rsvp)
            .filter(rsvp -> rsvp.actorId() != null)
            .toList();
    if (asking.isEmpty()) return List.of();
    var accounts =
        statuses
            .accounts()
            .byIds(asking.stream().map(one -> Objects.requireNonNull(one.actorId())).toList());
    return asking.stream()
        .flatMap(
            one ->
                accounts.stream()
                    .filter(account -> account.id().equals(String.valueOf(one.actorId())))
                    .map(account -> new Request(account, one.note())))
        .toList();
  }

  private Status decide(Call call, boolean yes) {
    var event = own(call);
    var rsvp = guests.rsvps().of(event.id(), call.id("account_id"));
    if (rsvp == null) throw new Problem.NotFound();
    var unused =
        yes ? guests.rsvps().approve(event, rsvp.id()) : guests.rsvps().refuse(event, rsvp.id());
    return status(call, event);
  }

  private Object calendar(Call call) {
    var response = call.http().response();
    response.setStatusCode(302);
    response.putHeader("Location", "/events/" + event(call).details().uuid() + ".ics");
    var unused = response.end();
    return Api.DONE;
  }

  private List<Status> joined(Call call) {
    var paging = call.statuses();
    var states =
        switch (Objects.requireNonNullElse(call.params().filled("state"), "accept")) {
          case "pending" -> List.of("requested", "waiting");
          case "reject" -> List.of("refused");
          default -> COMING;
        };
    var found = reads.joined(call.viewer(), states, paging.before(), paging.limit());
    call.link(found, RsvpStore.Joined::id);
    var ids = found.stream().map(RsvpStore.Joined::post).toList();
    return statuses.byIds(call.viewer(), ids, "account");
  }

  /** An answer and what stands around it. */
  record Shown(
      String eventId,
      @Nullable String state,
      int party,
      @Nullable String note,
      boolean listed,
      @Nullable Instant confirmBy,
      boolean open,
      int going,
      int maybe,
      int waiting,
      @Nullable Integer capacity) {}

  private Shown rsvp(Call call) {
    return shown(event(call), call.viewer());
  }

  private Shown shown(Event event, long viewer) {
    var it = reads.invitation(event, viewer);
    return new Shown(
        String.valueOf(event.id()),
        it.state(),
        it.party(),
        it.note(),
        it.listed(),
        it.confirmBy(),
        it.open(),
        it.going(),
        it.maybe(),
        it.waiting(),
        event.details().joining().capacity());
  }

  private Shown answer(Call call) {
    var params = call.params();
    var event = event(call);
    Answer answer;
    try {
      answer = Answer.valueOf(params.required("answer").toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new Problem.Invalid(
          "Validation failed: answer is going, maybe or not_going",
          Map.of("answer", "ERR_INCLUSION"));
    }
    var before = guests.of(event, person(call));
    var party = params.number("party");
    var people =
        party != null ? (int) Math.clamp(party, 0, 100) : before == null ? 1 : before.party();
    var reply =
        new Reply(answer, people, params.filled("note"), params.flag("listed"), Door.API, null);
    var unused = guests.reply(person(call), event, reply);
    return shown(event, call.viewer());
  }

  private Shown withdraw(Call call) {
    var event = event(call);
    var me = person(call);
    if (guests.of(event, me) != null) {
      var unused = guests.reply(me, event, Reply.of(Answer.NOT_GOING, Door.API));
    }
    return shown(event, call.viewer());
  }

  /** One who answered; the organiser sees all of it. */
  record Listed(
      String id,
      String name,
      @Nullable String accountId,
      @Nullable String email,
      String state,
      int party,
      @Nullable String note,
      boolean checkedIn) {}

  private List<Listed> attendees(Call call) {
    var event = event(call);
    var organiser = call.viewer() != 0 && event.post().actorId() == call.viewer();
    var after = Objects.requireNonNullElse(call.params().number("after"), 0L);
    return reads.list(event, organiser ? ALL : COMING, after, 200).stream()
        .filter(one -> organiser || one.rsvp().listed())
        .map(one -> listed(one, organiser))
        .toList();
  }

  private static Listed listed(Attendee one, boolean organiser) {
    var rsvp = one.rsvp();
    return new Listed(
        String.valueOf(rsvp.id()),
        one.name(),
        rsvp.actorId() == null ? null : String.valueOf(rsvp.actorId()),
        organiser ? rsvp.guestEmail() : null,
        rsvp.state().word(),
        rsvp.party(),
        organiser ? rsvp.note() : null,
        organiser && rsvp.checkedIn() != null);
  }
}
