package org.placette.rsvp;

import java.util.ArrayList;
import java.util.List;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.db.Tx;
import org.placette.event.Event;
import org.placette.event.Events;
import org.placette.mail.MailChoices;
import org.placette.notification.NotificationStore;
import org.placette.notification.NotificationStore.Type;
import org.placette.web.Messages;

/**
 * Tells organisers which people without an account answered: once by a notification, and the next
 * morning by a letter with their names, where the organiser wants letters.
 */
public final class GuestNews {

  private final Db db;
  private final Actors actors;
  private final Events events;
  private final RsvpLetters letters;

  public GuestNews(Db db, Actors actors, Events events, RsvpLetters letters) {
    this.db = db;
    this.actors = actors;
    this.events = events;
    this.letters = letters;
  }

  /** Somebody answered. */
  static void happened(Tx tx, Actors actors, Event event) {
    if (!GuestNewsStore.remember(tx, event.id())) return;
    NotificationStore.tell(
        tx, event.post().actorId(), Type.GuestAnswer, actors.agenda().id(), event.id());
  }

  /** Writes the letters that are due; gives how many events there were. */
  public int tellDue() {
    return db.inTransaction(
        tx -> {
          var due = GuestNewsStore.take(tx);
          for (var one : due) tell(tx, one);
          return due.size();
        });
  }

  private void tell(Tx tx, GuestNewsStore.Due due) {
    var event = events.byId(tx, due.post());
    if (event == null) return;
    var reader = MailChoices.of(tx, event.post().actorId());
    var said = GuestNewsStore.since(tx, due);
    if (reader == null || said.isEmpty()) return;
    var words = Messages.of(reader.language());
    List<String> text = new ArrayList<>();
    text.add(words.text("letter.guests.text", event.name()));
    List<String> lines = new ArrayList<>();
    for (var one : said) {
      var party = one.party() > 1 ? " (" + one.party() + ")" : "";
      lines.add(one.name() + party + " – " + words.text("rsvp.state." + one.state()));
    }
    text.add(String.join("\n", lines));
    letters.send(tx, event, reader, words.text("letter.guests.subject", event.name()), text);
  }
}
