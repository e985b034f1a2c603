package org.placette.event;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.placette.text.Html;
import org.placette.web.Dates;
import org.placette.web.Language;

/**
 * What servers that show only text are told of an event, in the event's own language (French, or
 * English for any other): people there read it without ever seeing this server.
 */
final class EventWords {

  private final Locale locale;
  private final ResourceBundle words;

  private EventWords(Locale locale) {
    this.locale = locale;
    words =
        ResourceBundle.getBundle(
            "org.placette.event.words",
            locale,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  /** The words of a language tag; null means French, the instance's usual first language. */
  static EventWords of(@Nullable String language) {
    var french = language == null || language.toLowerCase(Locale.ROOT).startsWith("fr");
    return new EventWords(french ? Locale.FRENCH : Locale.ENGLISH);
  }

  /** One text by its key. */
  String word(String key) {
    return words.getString(key);
  }

  private String filled(String key, Object... values) {
    var text = word(key);
    for (var i = 0; i < values.length; i++)
      text = text.replace("{" + i + "}", String.valueOf(values[i]));
    return text;
  }

  /** The title as it is sent: a cancelled event says so first. */
  String name(Event event) {
    var name = event.name();
    if (event.details().cancelled()) name = word("cancelled").stripTrailing() + " " + name;
    return name.length() > 200 ? name.substring(0, 199) + "…" : name;
  }

  /** A title as another Placette sent it, without the word that says that it is cancelled. */
  static String plainName(String sent) {
    for (var language : List.of("fr", "en")) {
      var word = spaced(of(language).word("cancelled")).stripTrailing();
      if (spaced(sent).startsWith(word + " ")) return sent.substring(word.length()).strip();
    }
    return sent;
  }

  private static String spaced(String text) {
    return text.replace('\u00a0', ' ').replace('\u202f', ' ');
  }

  /** Date, hours and zone, such as {@code vendredi 14 mai 2027, 19:00 à 22:00 (Europe/Paris)}. */
  String when(When when) {
    var start = when.localStart();
    var text = new StringBuilder(date(start)).append(", ").append(time(start));
    if (when.showsEnd()) {
      var end = when.localEnd();
      text.append(' ').append(word("to")).append(' ');
      if (!end.toLocalDate().equals(start.toLocalDate())) text.append(date(end)).append(", ");
      text.append(time(end));
    }
    return text.append(" (").append(Dates.name(when.zone())).append(')').toString();
  }

  private String date(ZonedDateTime time) {
    return Dates.of(locale == Locale.FRENCH ? Language.FR : Language.EN).whole(time);
  }

  private String time(ZonedDateTime time) {
    return DateTimeFormatter.ofPattern(word("time"), locale).format(time);
  }

  /** Where, in one line. */
  String where(Details details) {
    var lines = new ArrayList<String>();
    if (details.place() != null) lines.addAll(details.place().lines());
    if (details.onlineUrl() != null || details.online()) lines.add(word("place.online"));
    return lines.isEmpty() ? word("place.unknown") : String.join(", ", lines);
  }

  /** The place's name, which is never missing. */
  String placeName(@Nullable Place place) {
    if (place == null || place.lines().isEmpty()) return word("place.unknown");
    return place.lines().getFirst();
  }

  /** When, where and how many, as HTML: all that a Mastodon reader sees of an event. */
  String summary(Event event) {
    var details = event.details();
    var capacity = details.joining().capacity();
    var lines = new ArrayList<>(List.of(when(details.when()), where(details)));
    var off = details.cancelled();
    if (capacity != null && !off) lines.add(filled("places", capacity));
    var left = details.joining().remaining();
    if (left != null && left == 0 && !off) lines.add(word("full"));
    if (details.cancelled()) lines.set(0, word("cancelled").stripTrailing() + " " + lines.get(0));
    else if (details.eventStatus().equals("EventPostponed")) lines.set(0, word("postponed"));
    else if (details.status() == Status.TENTATIVE)
      lines.set(0, word("tentative").stripTrailing() + " " + lines.get(0));
    var html = new StringBuilder();
    for (var line : lines) html.append("<p>").append(Html.escape(line)).append("</p>");
    return html.append(practical(event)).toString();
  }

  /** What it costs and whom to ask, line by line: no server has a property for the words. */
  List<String> practicalLines(Details details) {
    var words = details.practical();
    var lines = new ArrayList<String>();
    if (words.price() != null) lines.add(filled("price", words.price()));
    if (words.organiser() != null) lines.add(filled("organiser", words.organiser()));
    if (words.contact() != null) lines.add(filled("contact", words.contact()));
    return lines;
  }

  /** The same as HTML, empty for nothing. */
  String practical(Event event) {
    var lines = practicalLines(event.details()).stream().map(Html::escape).toList();
    return lines.isEmpty() ? "" : "<p>" + String.join("<br>", lines) + "</p>";
  }

  /** What is said publicly when an event is cancelled. */
  String cancellation(Event event) {
    var text = filled("cancelled.note", event.name(), when(event.details().when()));
    return "<p>" + Html.escape(text) + "</p>";
  }

  /**
   * The text that makes an event known to servers without events.
   *
   * @param asking true above a poll, in which most apps let people vote once only
   */
  String invitation(Event event, boolean asking) {
    return "<p><strong>"
        + Html.escape(name(event))
        + "</strong></p>"
        + summary(event)
        + link(event)
        + (asking && !event.details().cancelled() && !event.details().commentsClosed()
            ? "<p>" + Html.escape(word("change")) + "</p>"
            : "");
  }

  /** The text of a topic, which has a title of its own and room for the event's words. */
  String topic(Event event) {
    return summary(event) + event.post().content() + link(event);
  }

  private static String link(Event event) {
    var url = Html.escape(event.post().page());
    return "<p><a href=\"" + url + "\" rel=\"noopener noreferrer\">" + url + "</a></p>";
  }

  /** The answers of that poll, in the order yes, maybe, no; they never change. */
  List<String> answers() {
    return List.of(word("answer.yes"), word("answer.maybe"), word("answer.no"));
  }
}
