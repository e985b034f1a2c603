package org.placette.rsvp;

import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.db.Tx;
import org.placette.mail.MailChoices;
import org.placette.outbox.Peers;
import org.placette.post.PersonalNotes;
import org.placette.rsvp.GoneEventStore.Gone;
import org.placette.web.Dates;
import org.placette.web.Language;
import org.placette.web.Messages;

/**
 * Tells those who meant to come that an event, of here or of elsewhere, was deleted: people with an
 * account, here or elsewhere, by a private note, which outlives the event; guests, and residents
 * who want letters, by a letter. Some at a time, each once.
 */
public final class GoneEvents {

  private static final int BATCH = 50;

  private final Db db;
  private final Actors actors;
  private final Peers peers;
  private final PersonalNotes notes;
  private final RsvpLetters letters;

  public GoneEvents(Db db, Actors actors, Peers peers, PersonalNotes notes, RsvpLetters letters) {
    this.peers = peers;
    this.db = db;
    this.actors = actors;
    this.notes = notes;
    this.letters = letters;
  }

  /** All who mean to come are to be told: the event, ours or of another server, is deleted now. */
  public static void remember(Tx tx, long event) {
    GoneEventStore.remember(tx, event);
  }

  /** Tells the next few; gives how many were told. */
  public int tellDue() {
    return db.inTransaction(
        tx -> {
          var some = GoneEventStore.take(tx, BATCH);
          for (var one : some) tell(tx, one);
          return some.size();
        });
  }

  private void tell(Tx tx, Gone gone) {
    var known = Language.of(gone.language());
    var language = known == null ? Language.FR : known;
    if (gone.actor() == null) {
      var email = gone.email();
      if (email != null) letters.gone(tx, email, null, language, gone);
      return;
    }
    var who = actors.byId(tx, gone.actor());
    if (who == null || tellsItself(tx, who)) return;
    var words = Messages.of(language);
    var text = words.text("letter.deleted.text", gone.name()) + " " + when(language, gone);
    if (gone.place() != null) text += " – " + gone.place();
    var agenda = actors.urls().at("/events");
    notes.write(
        tx, speaker(tx, gone), who, text, agenda, words.text("nav.events"), language.code(), null);
    var reader = MailChoices.of(tx, who.id());
    if (reader != null) letters.gone(tx, reader.email(), reader, reader.language(), gone);
  }

  /** Another Placette tells its own people, in the name of somebody whom they know. */
  private boolean tellsItself(Tx tx, Actor who) {
    var host = who.host();
    var peer = host == null ? null : peers.peer(tx, host);
    return peer != null && "placette".equals(peer.software());
  }

  static String when(Language language, Gone gone) {
    return Dates.of(language).range(gone.start(), gone.end());
  }

  /** Its author, or the place for one who is elsewhere, or not there any more. */
  private Actor speaker(Tx tx, Gone gone) {
    @Nullable Actor author = gone.publisher() == null ? null : actors.byId(tx, gone.publisher());
    return author == null || !author.local() || author.deleted() || author.suspended()
        ? actors.village()
        : author;
  }
}
