package org.placette.rsvp;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.event.Event;
import org.placette.event.Events;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Negotiation;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/** Who comes, for the organiser alone: to approve, to tick off at the door, to print, to keep. */
public final class AttendeePages implements Routes {

  private static final int PAGE = 200;
  private static final List<String> STATES =
      List.of("requested", "going", "waiting", "maybe", "declined", "refused");

  private final Db db;
  private final Events events;
  private final Rsvps rsvps;
  private final Pages pages;

  public AttendeePages(Db db, Events events, Rsvps rsvps, Pages pages) {
    this.db = db;
    this.events = events;
    this.rsvps = rsvps;
    this.pages = pages;
  }

  @Override
  public void mount(Router router) {
    Pages.get(router, "/events/:uuid/attendees", this::list);
    Pages.get(router, "/events/:uuid/attendees.csv", this::csv);
    router.post("/events/:uuid/attendees").handler(this::decide);
  }

  /**
   * One line of the list.
   *
   * @param held whether they moved up from the waiting list and have not said yet that they come
   */
  public record Line(
      long id,
      String name,
      @Nullable String handle,
      String state,
      boolean held,
      int party,
      @Nullable String note,
      boolean here) {

    /** The key of what the list says of them: a place that is kept for them is not taken yet. */
    public String words() {
      return "rsvp.state." + (held ? "held" : state);
    }

    /** True when the organiser may still give a place. */
    public boolean asks() {
      return state.equals("requested") || state.equals("waiting") || state.equals("refused");
    }

    public boolean going() {
      return state.equals("going");
    }

    public boolean refusable() {
      return !state.equals("refused") && !state.equals("declined");
    }
  }

  /**
   * What the page shows.
   *
   * @param next the id after which the next page begins; 0 for none
   */
  public record Page(Event event, String path, List<Line> lines, int going, int here, long next) {}

  private Event own(RoutingContext ctx) {
    var viewer = Visitor.of(ctx).required();
    try {
      var event = events.byUuid(UUID.fromString(ctx.pathParam("uuid")));
      if (event == null) throw new Problem.NotFound();
      if (event.post().actorId() != viewer)
        throw new Problem.Forbidden("Only the organiser sees who comes");
      return event;
    } catch (IllegalArgumentException e) {
      throw new Problem.NotFound();
    }
  }

  private void list(RoutingContext ctx) {
    if (Negotiation.wantsActivity(ctx)) {
      ctx.next();
      return;
    }
    var event = own(ctx);
    var found = RsvpStore.list(db, event.id(), STATES, after(ctx), PAGE + 1);
    var more = found.size() > PAGE;
    var shown = more ? found.subList(0, PAGE) : found;
    var lines = shown.stream().map(AttendeePages::line).toList();
    var here = lines.stream().filter(Line::here).mapToInt(Line::party).sum();
    var path = "/events/" + event.details().uuid();
    var going = event.details().joining().participants();
    var next = more ? shown.getLast().rsvp().id() : 0;
    pages.show(ctx, "rsvp/attendees.jte", new Page(event, path, lines, going, here, next));
  }

  private static long after(RoutingContext ctx) {
    var after = ctx.queryParams().get("after");
    try {
      return after == null ? 0 : Long.parseLong(after);
    } catch (NumberFormatException e) {
      throw new Problem.BadRequest("no such page");
    }
  }

  private static Line line(RsvpStore.Attendee one) {
    var rsvp = one.rsvp();
    var handle =
        one.username() == null
            ? rsvp.guestEmail()
            : "@" + one.username() + (one.host() == null ? "" : "@" + one.host());
    return new Line(
        rsvp.id(),
        one.name(),
        handle,
        rsvp.state().word(),
        rsvp.confirmBy() != null,
        rsvp.party(),
        rsvp.note(),
        rsvp.checkedIn() != null);
  }

  private void decide(RoutingContext ctx) {
    var event = own(ctx);
    var form = Form.of(ctx);
    long id;
    try {
      id = Long.parseLong(form.value("rsvp"));
    } catch (NumberFormatException e) {
      throw new Problem.NotFound();
    }
    switch (form.value("do")) {
      case "approve" -> {
        var unused = rsvps.approve(event, id);
      }
      case "refuse" -> {
        var unused = rsvps.refuse(event, id);
      }
      case "here" -> rsvps.checkIn(event, id, true);
      case "away" -> rsvps.checkIn(event, id, false);
      default -> throw new Problem.BadRequest("approve, refuse, here or away");
    }
    Answers.redirect(ctx, "/events/" + event.details().uuid() + "/attendees#a" + id);
  }

  private void csv(RoutingContext ctx) {
    var event = own(ctx);
    var words = pages.view(ctx);
    var csv = new StringBuilder("\uFEFF");
    var header = new ArrayList<String>();
    for (var column : List.of("name", "address", "state", "party", "note", "here"))
      header.add(words.t("attendees." + column));
    Csv.line(csv, header);
    long after = 0;
    while (true) {
      var found = RsvpStore.list(db, event.id(), STATES, after, 1_000);
      for (var one : found) {
        var line = line(one);
        Csv.line(
            csv,
            List.of(
                line.name(),
                line.handle() == null ? "" : line.handle(),
                words.t(line.words()),
                String.valueOf(line.party()),
                line.note() == null ? "" : line.note(),
                words.t(line.here() ? "yes" : "no")));
      }
      if (found.size() < 1_000) break;
      after = found.getLast().rsvp().id();
    }
    ctx.response()
        .putHeader("Cache-Control", "no-store")
        .putHeader("Content-Disposition", "attachment; filename=\"attendees.csv\"");
    Answers.text(ctx, "text/csv; charset=utf-8", csv.toString());
  }
}
