package org.placette.event;

import java.net.URI;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.placette.post.Tag;
import org.placette.web.Form;
import org.placette.web.Spoken;

/** The form for an event. */
public final class EventForm {

  /** The categories one may choose, in the order in which they are offered (Mobilizon's words). */
  public static final List<String> CATEGORIES =
      List.of(
          "MEETING",
          "COMMUNITY",
          "CAUSES",
          "FOOD_DRINK",
          "PARTY",
          "MUSIC",
          "THEATRE",
          "PERFORMING_VISUAL_ARTS",
          "FILM_MEDIA",
          "ARTS",
          "BOOK_CLUBS",
          "FAMILY_EDUCATION",
          "GAMES",
          "SPORTS",
          "OUTDOORS_ADVENTURE",
          "DIY_MAKER_SPACES",
          "CRAFTS",
          "LEARNING",
          "LANGUAGE_CULTURE",
          "SCIENCE_TECH",
          "MOVEMENTS_POLITICS",
          "BUSINESS",
          "SPIRITUALITY_RELIGION_BELIEFS",
          "PETS");

  /** Who may come: everybody, who is approved, who signs up elsewhere, nobody signs up. */
  private static final List<String> MODES = List.of("free", "restricted", "external", "none");

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

  private EventForm() {}

  static Form empty(ZoneId zone) {
    return asked(Form.empty().with("zone", zone.getId()).with("joinMode", "free"), Asking.USUAL);
  }

  private static Form asked(Form form, Asking asking) {
    if (asking.poll()) form.with("poll", "yes");
    for (var minutes : asking.reminders()) form.with("reminder" + minutes, "yes");
    return form;
  }

  /** Whether a box is ticked. */
  private static boolean ticked(Form form, String field) {
    return !form.value(field).isEmpty();
  }

  private static Asking asking(Form form) {
    var reminders =
        Asking.CHOICES.stream().filter(minutes -> ticked(form, "reminder" + minutes)).toList();
    return new Asking(ticked(form, "poll"), reminders);
  }

  /** Words between spaces and commas, with or without their sign; what is no word is left out. */
  private static List<String> tags(Form form) {
    var text = form.upTo("tags", 300);
    if (text == null) return List.of();
    return Arrays.stream(text.split("[\\s,;#]+"))
        .filter(word -> word.matches("[\\p{L}\\p{N}_]{2,50}") && !word.matches("\\d+"))
        .distinct()
        .limit(10)
        .toList();
  }

  /** A stored event, to be changed. */
  static Form of(Event event, String text, Asking asking) {
    var words =
        new NewEvent(
            event.name(),
            text,
            event.post().language() == null ? "" : event.post().language(),
            event.details(),
            null,
            List.of(),
            asking,
            tags(event, text),
            false);
    return of(words);
  }

  /** What somebody wants to publish, as they would have filled it in. */
  static Form of(NewEvent event) {
    var details = event.details();
    var when = details.when();
    var start = when.localStart();
    var form =
        Form.empty()
            .with("name", event.name())
            .with("startDate", start.toLocalDate())
            .with("startTime", CLOCK.format(start))
            .with("zone", when.zone().getId())
            .with("status", details.cancelled() ? "confirmed" : status(details))
            .with("onlineUrl", details.onlineUrl())
            .with("category", details.category())
            .with("text", event.text())
            .with("capacity", details.joining().capacity())
            .with("joinMode", details.joining().mode())
            .with("externalUrl", details.joining().externalUrl())
            .with("guests", details.joining().anonymous() ? "yes" : null)
            .with("tags", String.join(" ", event.tags()))
            .with("language", event.language())
            .with("price", details.practical().price())
            .with("organiser", details.practical().organiser())
            .with("contact", details.practical().contact())
            .with("commentsClosed", details.commentsClosed() ? "yes" : null);
    asked(form, event.asking() == null ? Asking.USUAL : event.asking());
    if (when.showsEnd()) {
      form.with("endDate", when.localEnd().toLocalDate())
          .with("endTime", CLOCK.format(when.localEnd()));
    }
    var banner = details.banner();
    if (banner != null) form.with("bannerText", banner.name());
    var place = details.place();
    if (place == null) return form;
    return form.with("placeName", place.name())
        .with("street", place.street())
        .with("postalCode", place.postalCode())
        .with("locality", place.locality());
  }

  /** The words that the text itself does not name. */
  private static List<String> tags(Event event, String text) {
    var lower = text.toLowerCase(Locale.ROOT);
    return event.post().tag().stream()
        .filter(Tag::hashtag)
        .map(Tag::name)
        .filter(name -> !lower.contains(name.toLowerCase(Locale.ROOT)))
        .toList();
  }

  /**
   * Reads it; what is wrong is said in the form.
   *
   * @param before what it was, whose other details stay; null for a new event
   * @return null when something is wrong
   */
  public static @Nullable NewEvent read(Form form, String language, @Nullable Event before) {
    var name = form.required("name", 200);
    if (name.length() < 3) form.wrong("name", "error.name");
    var text = form.upTo("text", 20_000);
    var when = when(form, before);
    var place = place(form, before);
    var online = url(form, "onlineUrl");
    var joining = joining(form, before);
    var practical =
        new Practical(
            form.upTo("price", Practical.LONGEST),
            form.upTo("organiser", Practical.LONGEST),
            form.upTo("contact", Practical.LONGEST_CONTACT));
    var spoken = Spoken.read(form, language);
    if (!form.ok() || when == null) return null;
    var details =
        (before == null
                ? Details.of(UUID.randomUUID(), when, place)
                : before.details().planned(when, place))
            .online(place == null && online != null, online)
            .joining(joining)
            .practical(practical)
            .comments(ticked(form, "commentsClosed"));
    details = status(form.value("status"), details);
    details = details.about(form.optional("category"), details.website(), details.banner());
    var ring = before == null && form.value("audience").equals("ring");
    return NewEvent.of(name, text == null ? "" : text, spoken, details)
        .within(ring)
        .asking(asking(form))
        .tagged(tags(form));
  }

  /** A cancelled event stays so: there is a page of its own for that. */
  static Details status(String word, Details details) {
    return switch (details.cancelled() ? "" : word) {
      case "confirmed" -> details.status(Status.CONFIRMED, "EventScheduled");
      case "tentative" -> details.status(Status.TENTATIVE, "EventTentative");
      case "postponed" -> details.status(Status.TENTATIVE, "EventPostponed");
      default -> details;
    };
  }

  /** The word of the form for it. */
  static String status(Details details) {
    if (details.cancelled()) return "cancelled";
    if (details.eventStatus().equals("EventPostponed")) return "postponed";
    return details.status() == Status.TENTATIVE ? "tentative" : "confirmed";
  }

  private static @Nullable When when(Form form, @Nullable Event before) {
    var zone = zone(form);
    var date = date(form, "startDate", true);
    var time = time(form, "startTime", true);
    var endTime = time(form, "endTime", !form.value("endDate").isEmpty());
    var endDate = date(form, "endDate", false);
    if (zone == null || date == null || time == null || !form.ok()) return null;
    var start = date.atTime(time).atZone(zone);
    ZonedDateTime end = null;
    if (endTime != null) {
      end = (endDate == null ? date : endDate).atTime(endTime).atZone(zone);
      // A feast from 20 h to 1 h ends the next day.
      if (endDate == null && !end.isAfter(start)) end = end.plusDays(1);
      if (end.isBefore(start)) form.wrong("endDate", "error.order");
    }
    var when = When.of(start, end);
    if (before == null) return when;
    var earlier = before.details().when().previousStart();
    return new When(when.start(), when.end(), when.displayEnd(), when.zone(), earlier);
  }

  private static @Nullable ZoneId zone(Form form) {
    try {
      return ZoneId.of(form.required("zone", 60));
    } catch (DateTimeException e) {
      form.wrong("zone", "error.zone");
      return null;
    }
  }

  private static @Nullable LocalDate date(Form form, String field, boolean needed) {
    if (form.value(field).isEmpty() && !needed) return null;
    try {
      var date = LocalDate.parse(form.required(field, 20));
      if (date.getYear() >= 1970 && date.getYear() < 2200) return date;
    } catch (DateTimeException e) {
      // said below
    }
    form.wrong(field, "error.date");
    return null;
  }

  private static @Nullable LocalTime time(Form form, String field, boolean needed) {
    if (form.value(field).isEmpty() && !needed) return null;
    try {
      return LocalTime.parse(form.required(field, 20));
    } catch (DateTimeException e) {
      form.wrong(field, "error.time");
      return null;
    }
  }

  private static @Nullable Place place(Form form, @Nullable Event before) {
    var name = form.upTo("placeName", 200);
    var street = form.upTo("street", 200);
    var code = form.upTo("postalCode", 20);
    var town = form.upTo("locality", 100);
    if (name == null && street == null && code == null && town == null) return null;
    var known = before == null ? null : before.details().place();
    // A point on the map stays only while the address does.
    if (known != null
        && java.util.Objects.equals(street, known.street())
        && java.util.Objects.equals(town, known.locality())
        && java.util.Objects.equals(name, known.name())) {
      return new Place(
          known.uri(),
          name,
          street,
          code,
          town,
          known.region(),
          known.country(),
          known.latitude(),
          known.longitude());
    }
    return new Place(null, name, street, code, town, null, null, null, null);
  }

  private static @Nullable String url(Form form, String field) {
    var text = form.upTo(field, 1000);
    if (text == null) return null;
    var whole = text.contains("://") ? text : "https://" + text;
    try {
      var uri = URI.create(whole);
      var web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      if (web && uri.getHost() != null) return whole;
    } catch (IllegalArgumentException e) {
      // said below
    }
    form.wrong(field, "error.url");
    return null;
  }

  private static Joining joining(Form form, @Nullable Event before) {
    var mode = MODES.contains(form.value("joinMode")) ? form.value("joinMode") : "free";
    var external = mode.equals("external");
    var url = url(form, "externalUrl");
    if (external && url == null) form.wrong("externalUrl", "error.required");
    Integer capacity = null;
    if (!form.value("capacity").isEmpty()) {
      try {
        capacity = Integer.valueOf(form.value("capacity"));
      } catch (NumberFormatException e) {
        form.wrong("capacity", "error.number");
      }
      if (capacity != null && (capacity < 1 || capacity > 1_000_000))
        form.wrong("capacity", "error.number");
    }
    var participants = before == null ? 0 : before.details().joining().participants();
    return new Joining(mode, external ? url : null, ticked(form, "guests"), capacity, participants);
  }
}
