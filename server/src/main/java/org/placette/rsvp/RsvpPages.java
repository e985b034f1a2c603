package org.placette.rsvp;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actors;
import org.placette.config.Settings;
import org.placette.db.Db;
import org.placette.event.Event;
import org.placette.event.Events;
import org.placette.rsvp.Reply.Answer;
import org.placette.rsvp.Rsvp.Door;
import org.placette.web.Answers;
import org.placette.web.ClientAddress;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Secrets;
import org.placette.web.Visitor;

/**
 * Answering with a browser: a resident on the event's page, a guest by name and e-mail. A link in a
 * letter only shows buttons, since programs that look for viruses follow links.
 */
public final class RsvpPages implements Routes {

  private final Db db;
  private final Actors actors;
  private final Events events;
  private final Guests guests;
  private final RsvpLetters letters;
  private final Pages pages;
  private final Settings settings;
  private final GuestLimit limit;

  public RsvpPages(
      Db db,
      Actors actors,
      Events events,
      Guests guests,
      RsvpLetters letters,
      GuestLimit limit,
      Settings settings,
      Pages pages) {
    this.limit = limit;
    this.settings = settings;
    this.db = db;
    this.actors = actors;
    this.events = events;
    this.guests = guests;
    this.letters = letters;
    this.pages = pages;
  }

  @Override
  public void mount(Router router) {
    router.post("/events/:uuid/answer").handler(this::answer);
    Pages.get(router, "/events/:uuid/guest", this::guestForm);
    router.post("/events/:uuid/guest").handler(this::guest);
    Pages.get(router, "/answer/:secret", this::letter);
    router.post("/answer/:secret").handler(this::confirm);
  }

  private Event event(RoutingContext ctx) {
    try {
      var id = Visitor.of(ctx).actorId();
      var viewer = id == null ? null : actors.byId(id);
      return events.shown(UUID.fromString(ctx.pathParam("uuid")), viewer);
    } catch (IllegalArgumentException e) {
      throw new Problem.NotFound();
    }
  }

  private static String path(Event event) {
    return "/events/" + event.details().uuid();
  }

  private static Answer answer(Form form) {
    try {
      return Answer.valueOf(form.value("answer").toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new Problem.BadRequest("There are three answers: going, maybe, not_going");
    }
  }

  private static Reply reply(Form form, boolean listed) {
    var party = 1;
    try {
      if (!form.value("party").isEmpty()) party = Integer.parseInt(form.value("party"));
    } catch (NumberFormatException e) {
      party = 0;
    }
    return new Reply(answer(form), party, form.upTo("note", 500), listed, Door.WEB, null);
  }

  private void answer(RoutingContext ctx) {
    var who = actors.byId(Visitor.of(ctx).required());
    if (who == null) throw new Problem.Unauthorized("Sign in first");
    var event = event(ctx);
    var form = Form.of(ctx);
    var unused = guests.reply(who, event, reply(form, !form.value("listed").isEmpty()));
    Answers.redirect(ctx, path(event) + "#come");
  }

  /**
   * What a guest's page shows.
   *
   * @param sent true once the letter is on its way
   */
  public record GuestPage(Form form, Event event, String path, boolean sent) {}

  private Event welcoming(RoutingContext ctx) {
    var event = event(ctx);
    if (!letters.enabled()
        || !Invitations.welcomesGuests(event, actors.urls())
        || !Invitations.open(event)) throw new Problem.NotFound();
    return event;
  }

  private void guestForm(RoutingContext ctx) {
    var event = welcoming(ctx);
    show(ctx, Form.empty().with("party", 1), event, false);
  }

  private void show(RoutingContext ctx, Form form, Event event, boolean sent) {
    if (!form.ok()) ctx.response().setStatusCode(422);
    pages.show(ctx, "rsvp/guest.jte", new GuestPage(form, event, path(event), sent));
  }

  private void guest(RoutingContext ctx) {
    var event = welcoming(ctx);
    var form = Form.of(ctx);
    var name = form.required("guestName", 100);
    var email = form.required("email", 200);
    var sent = false;
    if (form.ok()) {
      limit.count(ClientAddress.of(ctx, settings), email);
      try {
        var guest = new Guest(name, email, pages.view(ctx).language());
        ask(event, form.with("answer", "going"), guest);
        sent = true;
      } catch (Problem.Invalid refusal) {
        form.wrong(refusal);
      }
    }
    show(ctx, form, event, sent);
  }

  /** Whoever asks again gets another letter; the first one's link is worth nothing then. */
  private void ask(Event event, Form form, Guest guest) {
    var secret = Secrets.random();
    var reply = reply(form, false);
    db.transact(
        tx -> {
          var unused = guests.rsvps().ask(tx, event.id(), guest, Secrets.hash(secret), reply);
          letters.send(tx, event, guest, "letter.confirm", null, secret);
        });
  }

  /**
   * What the link of a letter shows.
   *
   * @param rsvp the answer as it stands
   * @param saved true when it was just given
   */
  public record LetterPage(
      Event event, Rsvp rsvp, String action, String path, boolean open, boolean saved) {

    /** The path of the series of which it is a date; null for a single event. */
    public @Nullable String series() {
      var context = event.post().context();
      var at = context == null ? -1 : context.lastIndexOf("/series/");
      return context == null || at < 0 ? null : context.substring(at);
    }
  }

  private void letter(RoutingContext ctx) {
    show(ctx, guests.rsvps().bySecret(Secrets.hash(ctx.pathParam("secret"))), false);
  }

  private void confirm(RoutingContext ctx) {
    var secret = Secrets.hash(ctx.pathParam("secret"));
    show(ctx, guests.rsvps().confirm(secret, answer(Form.of(ctx))), true);
  }

  private void show(RoutingContext ctx, @Nullable Rsvp rsvp, boolean saved) {
    if (rsvp == null) throw new Problem.NotFound();
    var event = Objects.requireNonNull(events.byId(rsvp.postId()));
    ctx.response().putHeader("Cache-Control", "no-store");
    var action = "/answer/" + ctx.pathParam("secret");
    pages.show(
        ctx,
        "rsvp/letter.jte",
        new LetterPage(event, rsvp, action, path(event), Invitations.open(event), saved));
  }
}
