package org.placette;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.placette.db.DueWork;
import org.placette.event.EventDesk;
import org.placette.inbox.ActivityHandler;
import org.placette.mail.Mailer;
import org.placette.mastodon.Api;
import org.placette.mastodon.Statuses;
import org.placette.post.PersonalNotes;
import org.placette.rsvp.AttendeePages;
import org.placette.rsvp.EventNews;
import org.placette.rsvp.EventNotices;
import org.placette.rsvp.GoneEvents;
import org.placette.rsvp.GuestLimit;
import org.placette.rsvp.GuestNews;
import org.placette.rsvp.Guests;
import org.placette.rsvp.Invitations;
import org.placette.rsvp.Notices;
import org.placette.rsvp.Organisers;
import org.placette.rsvp.ReplyDoor;
import org.placette.rsvp.RsvpApi;
import org.placette.rsvp.RsvpInbox;
import org.placette.rsvp.RsvpLetters;
import org.placette.rsvp.RsvpPages;
import org.placette.rsvp.RsvpReads;
import org.placette.rsvp.Rsvps;
import org.placette.rsvp.VoteDoor;
import org.placette.web.Pages;
import org.placette.web.Routes;

/** The wiring of answers to events: the room, and the doors that lead into it. */
final class RsvpFeature implements Feature {

  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Neighbourhood here;
  final Rsvps rsvps;
  final Guests guests;
  private final Organisers organisers;
  final Mailer mailer;
  final RsvpLetters letters;
  final GuestLimit limit = new GuestLimit();

  private final ReplyDoor replies;
  private final EventNews news;
  private final EventNotices eventNotices;
  private final GoneEvents gone;

  RsvpFeature(Neighbourhood here) {
    this.here = here;
    mailer =
        new Mailer(
            here.vertx,
            here.db,
            here.settings,
            () ->
                new Mailer.Sender(here.instance.name(), here.instance.word("instance.email", "")));
    rsvps = new Rsvps(here.db, here.events, Clock.systemUTC());
    organisers =
        new Organisers(here.db, here.actors, rsvps, here.blocks, here.outbox, here.targets);
    rsvps.watch(organisers);
    letters = new RsvpLetters(mailer, here.settings.origin());
    guests = new Guests(here.db, here.actors, rsvps, here.outbox, here.targets, here.peers);
    var notes = new PersonalNotes(here.actors, here.posts, here.outbox, here.targets);
    replies = new ReplyDoor(here.actors, here.posts, here.events, guests, notes);
    gone = new GoneEvents(here.db, here.actors, here.peers, notes, letters);
    var notices = new Notices(here.actors, letters, replies, rsvps);
    rsvps.watch(notices);
    eventNotices =
        new EventNotices(here.db, here.actors, here.events, notices, replies, here.peers);
    here.events.watch(eventNotices);
    news = new EventNews(here.db, here.actors, here.events, here.polls);
    rsvps.watch(news);
    here.polls.answers(new VoteDoor(here.events, guests));
  }

  /** Replies that are answers. */
  ReplyDoor replies() {
    return replies;
  }

  @Override
  public List<ActivityHandler> handlers() {
    return List.of(
        new RsvpInbox(here.actors, here.posts, here.events, guests, organisers), replies);
  }

  /** Who comes, for the page of an event. */
  Invitations invitations() {
    return new Invitations(here.db, here.actors.urls(), mailer::enabled);
  }

  @Override
  public List<Api.Calls> calls(Statuses statuses) {
    var desk = new EventDesk(here.actors, here.events, statuses);
    return List.of(new RsvpApi(guests, statuses, new RsvpReads(here.db, invitations()), desk));
  }

  @Override
  public List<Routes> pages(Pages pages) {
    return List.of(
        new RsvpPages(
            here.db, here.actors, here.events, guests, letters, limit, here.settings, pages),
        new AttendeePages(here.db, here.events, rsvps, pages));
  }

  /** What falls due: places that go on, reminders, news for other servers, mail. */
  @Override
  public void start() {
    here.keep(
        DueWork.start(
            "rsvps",
            PAUSE,
            rsvps::release,
            eventNotices::findReminders,
            eventNotices::tellDue,
            gone::tellDue,
            news::tellDue,
            new GuestNews(here.db, here.actors, here.events, letters)::tellDue,
            mailer::sendDue));
  }
}
