package org.placette.rsvp;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.db.Tx;
import org.placette.event.Asking;
import org.placette.event.Event;
import org.placette.event.EventWatcher;
import org.placette.event.Events;
import org.placette.mail.MailChoices;
import org.placette.notification.NotificationStore;
import org.placette.notification.NotificationStore.News;
import org.placette.notification.NotificationStore.Type;
import org.placette.outbox.Peers;
import org.placette.web.Dates;
import org.placette.web.Messages;
import org.placette.web.Secrets;

/**
 * Tells those who come of another hour or place, of a cancellation, and reminds them, those
 * elsewhere by a private note unless their own server does. Some at a time, each step in one
 * transaction with the place where it stands: nobody is told twice, however many processes tell.
 */
public final class EventNotices implements EventWatcher {

  private static final int BATCH = 50;

  private final Db db;
  private final Actors actors;
  private final Events events;
  private final Rsvps rsvps;
  private final Notices notices;
  private final ReplyDoor notes;
  private final Peers peers;

  public EventNotices(
      Db db, Actors actors, Events events, Notices notices, ReplyDoor notes, Peers peers) {
    this.db = db;
    this.actors = actors;
    this.events = events;
    this.rsvps = notices.rsvps();
    this.notices = notices;
    this.notes = notes;
    this.peers = peers;
  }

  @Override
  public void changed(Tx tx, Event before, Event after) {
    var was = before.details();
    var is = after.details();
    var cancelled = is.cancelled() && !was.cancelled();
    var moved =
        !was.when().start().equals(is.when().start())
            || !Objects.equals(was.when().end(), is.when().end())
            || !Objects.equals(was.place(), is.place());
    rsvps.roomChanged(tx, after);
    if (cancelled || moved)
      EventNoticeStore.add(tx, after.id(), cancelled ? "cancelled" : "changed");
  }

  @Override
  public List<Actor> concerned(Tx tx, Event event) {
    return EventNews.elsewhere(tx, actors, event.id());
  }

  @Override
  public void deleted(Tx tx, Event event) {
    GoneEventStore.remember(tx, event.id());
  }

  /** The organiser thanks those who came: each of them is told once, and asked how it was. */
  public static void thank(Tx tx, Event event) {
    EventNoticeStore.add(tx, event.id(), "thanks");
  }

  /** Finds events of which people are to be reminded now; each reminder once. */
  public int findReminders() {
    return db.inTransaction(
        tx -> {
          var due = EventNoticeStore.reminders(tx);
          for (var one : due) EventNoticeStore.remind(tx, one);
          return due.size();
        });
  }

  /** Tells the next few; gives how many notices were in hand. */
  public int tellDue() {
    return db.inTransaction(
        tx -> {
          var notice = EventNoticeStore.take(tx);
          if (notice == null) return 0;
          var event = events.byId(tx, notice.post());
          var some = RsvpStore.told(tx, notice.post(), notice.after(), BATCH);
          if (event != null) tell(tx, event, notice, some);
          if (some.size() < BATCH) EventNoticeStore.done(tx, notice.id());
          else EventNoticeStore.advance(tx, notice.id(), some.getLast().id());
          return 1;
        });
  }

  private void tell(Tx tx, Event event, EventNoticeStore.Notice notice, List<Rsvp> some) {
    var kind = notice.kind();
    var type =
        switch (kind) {
          case "reminder" -> Type.EventReminder;
          case "thanks" -> Type.EventThanks;
          default -> Type.EventUpdate;
        };
    List<News> news = new ArrayList<>();
    var people = some.stream().map(Rsvp::actorId).filter(Objects::nonNull).toList();
    var readers = MailChoices.of(tx, people);
    for (var one : some) {
      if (!concerns(kind, one)) continue;
      if (one.actorId() == null) {
        notices.letter(tx, event, one, "letter." + kind);
        continue;
      }
      var who = actors.byId(tx, one.actorId());
      if (who == null) continue;
      var reader = readers.get(who.id());
      if (reader != null) notices.letter(tx, event, reader, "letter." + kind, null);
      if (who.local()) news.add(new News(who.id(), type, event.post().actorId(), event.id()));
      else if (actors.urls().isOurs(event.uri()) && !remindedThere(tx, who, notice))
        elsewhere(tx, event, who, kind, one);
    }
    NotificationStore.forget(tx, type, event.id(), news.stream().map(News::to).toList());
    NotificationStore.tell(tx, news);
  }

  /** A private note; how it was is asked by a link of their own, for they cannot sign in here. */
  private void elsewhere(Tx tx, Event event, Actor who, String kind, Rsvp one) {
    if (!kind.equals("thanks")) {
      notes.note(tx, event, who, text(event, kind), null);
      return;
    }
    var secret = Secrets.random();
    RsvpStore.secret(tx, one.id(), Secrets.hash(secret));
    var page = actors.urls().at("/feedback/" + secret);
    var title = Messages.of(RsvpLetters.language(event)).text("letter.feedback");
    notes.note(tx, event, who, text(event, kind), page, title);
  }

  /** Thanks are for those who came; whoever waits for a place is not reminded to come. */
  private static boolean concerns(String kind, Rsvp one) {
    return switch (kind) {
      case "thanks" -> one.going();
      case "reminder" -> one.going() || one.state() == Rsvp.State.MAYBE;
      default -> true;
    };
  }

  /** Whether their own server reminds them at that hour: nobody is to be reminded twice. */
  private boolean remindedThere(Tx tx, Actor who, EventNoticeStore.Notice notice) {
    var minutes = notice.minutes();
    if (minutes == null || who.host() == null) return false;
    var peer = peers.peer(tx, who.host());
    if (peer == null || peer.software() == null) return false;
    return switch (peer.software()) {
      case "mobilizon" -> true;
      case "placette" -> Asking.USUAL.reminders().contains(minutes);
      case "rebased" -> minutes == 120;
      default -> false;
    };
  }

  private static String text(Event event, String kind) {
    var language = RsvpLetters.language(event);
    var when = event.details().when();
    var words = Messages.of(language).text("letter." + kind + ".text", event.name());
    var end = when.showsEnd() ? when.localEnd() : null;
    var place = event.details().place();
    var where = place == null ? "" : " – " + String.join(", ", place.lines());
    return words + " " + Dates.of(language).range(when.localStart(), end) + where;
  }
}
