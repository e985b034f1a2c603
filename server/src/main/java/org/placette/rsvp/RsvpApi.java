package org.placette.rsvp;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.event.Event;
import org.placette.event.EventDesk;
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
 * Answers to events for apps: the calls of Rebased (Soapbox, pl-fe) and our own, which docs/api.md
 * describes. An event has the number of its status.
 */
public final class RsvpApi implements Api.Calls {

  /** How many answers one call lists. */
  private static final int PAGE = 200;

  private static final List<String> COMING = List.of("going");
  private static final List<String> ALL =
      List.of("requested", "going", "waiting", "maybe", "declined", "refused");

  private final Guests guests;
  private final Statuses statuses;
  private final RsvpReads reads;
  private final EventDesk desk;

  public RsvpApi(Guests guests, Statuses statuses, RsvpReads reads, EventDesk desk) {
    this.guests = guests;
    this.statuses = statuses;
    this.reads = reads;
    this.desk = desk;
  }

  @Override
  public void into(Api api) {
    var write = Access.person("write:statuses");
    var read = Access.open("read:statuses");
    var own = Access.person("read:statuses");
    var rebased = "/api/v1/pleroma/events";
    api.get(rebased + "/joined_events", own, this::joined);
    api.post(rebased + "/:id/join", write, call -> say(call, Answer.GOING));
    api.post(rebased + "/:id/leave", write, call -> say(call, Answer.NOT_GOING));
    api.get(rebased + "/:id/participations", read, this::participations);
    api.get(rebased + "/:id/participation_requests", own, this::requests);
    var request = rebased + "/:id/participation_requests/:account_id/";
    api.post(request + "authorize", write, call -> decide(call, true));
    api.post(request + "reject", write, call -> decide(call, false));
    var ours = "/api/placette/v1/events";
    api.get(ours + "/:id/rsvp", own, this::rsvp);
    api.put(ours + "/:id/rsvp", write, this::answer);
    api.delete(ours + "/:id/rsvp", write, this::withdraw);
    api.get(ours + "/:id/attendees", read, this::attendees);
  }

  private Status say(Call call, Answer answer) {
    var event = desk.event(call);
    if (event.post().actorId() == call.viewer())
      throw new Problem.BadRequest("This is your own event");
    var note = call.params().filled("participation_message");
    var unused =
        guests.reply(desk.person(call), event, new Reply(answer, 1, note, null, Door.API, null));
    return desk.status(call, event);
  }

  private List<Account> participations(Call call) {
    var event = desk.event(call);
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
        reads.list(desk.own(call), List.of("requested"), 0, 200).stream()
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
    var event = desk.own(call);
    var rsvp = guests.rsvps().of(event.id(), call.id("account_id"));
    if (rsvp == null) throw new Problem.NotFound();
    var unused =
        yes ? guests.rsvps().approve(event, rsvp.id()) : guests.rsvps().refuse(event, rsvp.id());
    return desk.status(call, event);
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
    return shown(desk.event(call), call.viewer());
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
    var event = desk.event(call);
    Answer answer;
    try {
      answer = Answer.valueOf(params.required("answer").toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new Problem.Invalid(
          "Validation failed: answer is going, maybe or not_going",
          Map.of("answer", "ERR_INCLUSION"));
    }
    var before = guests.of(event, desk.person(call));
    var party = params.number("party");
    var people =
        party != null ? (int) Math.clamp(party, 0, 100) : before == null ? 1 : before.party();
    var reply =
        new Reply(answer, people, params.filled("note"), params.flag("listed"), Door.API, null);
    var unused = guests.reply(desk.person(call), event, reply);
    return shown(event, call.viewer());
  }

  private Shown withdraw(Call call) {
    var event = desk.event(call);
    var me = desk.person(call);
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
    var event = desk.event(call);
    var organiser = call.viewer() != 0 && event.post().actorId() == call.viewer();
    var after = Objects.requireNonNullElse(call.params().number("after"), 0L);
    var page = reads.list(event, organiser ? ALL : COMING, after, PAGE);
    if (page.size() == PAGE) call.next("after", String.valueOf(page.getLast().rsvp().id()));
    return page.stream()
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
