package org.placette.rsvp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.db.Tx;
import org.placette.event.Event;
import org.placette.mail.Letter;
import org.placette.mail.MailChoices;
import org.placette.mail.Mailer;
import org.placette.text.Excerpt;
import org.placette.web.Dates;
import org.placette.web.Language;
import org.placette.web.Messages;

/** Letters about answers: to guests, who have nothing else, and to residents who want them. */
public final class RsvpLetters {

  /** The one letter that asks how it was. */
  private static final String THANKS = "letter.thanks";

  private final Mailer mailer;
  private final String origin;

  /**
   * @param origin this server's
   */
  public RsvpLetters(Mailer mailer, String origin) {
    this.mailer = mailer;
    this.origin = origin;
  }

  /** How much of the organiser's words a letter quotes. */
  private static final int LONGEST = 1_000;

  /** True when letters can be sent. */
  public boolean enabled() {
    return mailer.enabled();
  }

  /**
   * A letter about an event to somebody without an account.
   *
   * @param key of its messages: {@code .subject} and {@code .text} follow
   * @param until when a place has to be confirmed; null for no such moment
   * @param secret of a guest, whose link it holds; null for none
   */
  void send(
      Tx tx, Event event, Guest to, String key, @Nullable Instant until, @Nullable String secret) {
    if (!mailer.enabled()) return;
    var language = to.language() == null ? language(event) : to.language();
    var words = Messages.of(language);
    List<Letter.Link> links = new ArrayList<>();
    if (secret != null)
      links.add(
          key.equals(THANKS)
              ? new Letter.Link(words.text("letter.feedback"), origin + "/feedback/" + secret)
              : new Letter.Link(words.text("letter.answer"), origin + "/answer/" + secret));
    links.add(page(event, words));
    var subject = words.text(key + ".subject", event.name());
    var text = text(tx, event, language, key, until);
    mailer.send(tx, new Letter(to.email(), subject, text, links).in(language));
  }

  /** The same to a resident who chose to get letters. */
  void send(Tx tx, Event event, MailChoices.Reader reader, String key, @Nullable Instant until) {
    if (!mailer.enabled()) return;
    var words = Messages.of(reader.language());
    var subject = words.text(key + ".subject", event.name());
    var text = text(tx, event, reader.language(), key, until);
    List<Letter.Link> links = new ArrayList<>();
    var page = page(event, words);
    if (key.equals(THANKS))
      links.add(new Letter.Link(words.text("letter.feedback"), page.url() + "/feedback"));
    links.add(page);
    mailer.send(tx, Letter.chosen(reader, origin, subject, text, links));
  }

  /** A letter to a resident with other words. */
  void send(
      Tx tx, Event event, MailChoices.Reader reader, String subject, List<String> paragraphs) {
    if (!mailer.enabled()) return;
    var links = List.of(page(event, Messages.of(reader.language())));
    mailer.send(tx, Letter.chosen(reader, origin, subject, paragraphs, links));
  }

  /**
   * Says that an event was deleted: nothing of it is left to look at but the other ones.
   *
   * @param reader a resident who chose to get letters; null for somebody without an account
   */
  void gone(
      Tx tx,
      String to,
      MailChoices.@Nullable Reader reader,
      Language language,
      GoneEventStore.Gone gone) {
    if (!mailer.enabled()) return;
    var words = Messages.of(language);
    var subject = words.text("letter.deleted.subject", gone.name());
    List<String> text = new ArrayList<>();
    text.add(words.text("letter.deleted.text", gone.name()));
    text.add(GoneEvents.when(language, gone));
    if (gone.place() != null) text.add(gone.place());
    var links = List.of(new Letter.Link(words.text("nav.events"), origin + "/events"));
    mailer.send(
        tx,
        reader == null
            ? new Letter(to, subject, text, links).in(language)
            : Letter.chosen(reader, origin, subject, text, links));
  }

  private Letter.Link page(Event event, Messages words) {
    var path = "/events/" + event.details().uuid();
    return new Letter.Link(words.text("letter.event"), origin + path);
  }

  private static List<String> text(
      Tx tx, Event event, Language language, String key, @Nullable Instant until) {
    var when = event.details().when();
    var end = when.showsEnd() ? when.localEnd() : null;
    List<String> text = new ArrayList<>();
    text.add(
        Messages.of(language).text(key + ".text", event.name(), moment(language, event, until)));
    var thanks = key.equals(THANKS) ? EventNoticeStore.thanks(tx, event.id()) : null;
    if (thanks != null) text.add("« " + Excerpt.of(thanks, LONGEST) + " »");
    text.add(Dates.of(language).range(when.localStart(), end));
    var place = event.details().place();
    if (place != null && !place.lines().isEmpty()) text.add(String.join("\n", place.lines()));
    return text;
  }

  /**
   * A letter that asks somebody without an account to confirm something that is no single event.
   *
   * @param key of its messages: {@code .subject} and {@code .text} follow
   * @param about what it is, and when, in words
   * @param path where its link leads; holds a secret
   */
  public void confirm(
      Tx tx, String to, Language language, String key, List<String> about, String path) {
    if (!mailer.enabled()) return;
    var words = Messages.of(language);
    List<String> text = new ArrayList<>(about);
    text.set(0, words.text(key + ".text", about.getFirst()));
    var link = new Letter.Link(words.text("letter.answer"), origin + path);
    var subject = words.text(key + ".subject", about.getFirst());
    mailer.send(tx, new Letter(to, subject, text, List.of(link)).in(language));
  }

  /** A moment in the event's own zone; empty for none. */
  static String moment(Language language, Event event, @Nullable Instant moment) {
    if (moment == null) return "";
    return Dates.of(language).range(moment.atZone(event.details().when().zone()), null);
  }

  /** The language of an event's people, as far as it is known. */
  static Language language(Event event) {
    var known = Language.of(event.post().language());
    return known == null ? Language.FR : known;
  }
}
