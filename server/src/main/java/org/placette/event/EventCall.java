package org.placette.event;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.placette.mastodon.Params;
import org.placette.text.Markdown;
import org.placette.web.Problem;

/** An event as apps send it: in Rebased's words, and in ours where it has none. */
final class EventCall {

  private static final List<String> MODES = List.of("free", "restricted", "external", "none");

  private static final List<String> STATES = List.of("confirmed", "tentative", "postponed");

  private EventCall() {}

  /**
   * Reads it.
   *
   * @param before what it was, whose parts stay that are not sent; null for a new event
   * @param here the zone of the neighbourhood
   * @throws Problem.Invalid when something is missing or wrong
   */
  static NewEvent read(Params params, @Nullable Event before, ZoneId here) {
    var name = before == null ? params.required("name") : or(params.filled("name"), before.name());
    var language =
        either(params.filled("language"), before == null ? "fr" : before.post().language());
    var text = params.text("status");
    if (text == null) text = before == null ? "" : Markdown.of(before.post().content());
    var was = before == null ? null : before.details();
    var details =
        (was == null
                ? Details.of(UUID.randomUUID(), when(params, null, here), place(params, null))
                : was.planned(when(params, was, here), place(params, was)))
            .online(was != null && was.online(), was == null ? null : was.onlineUrl())
            .joining(joining(params, was))
            .about(
                either(params.filled("category"), was == null ? null : was.category()),
                was == null ? null : was.website(),
                was == null ? null : was.banner())
            .practical(practical(params, was))
            .comments(params.flag("comments_closed", was != null && was.commentsClosed()));
    var state = params.filled("state");
    if (state != null && !STATES.contains(state)) throw wrong("state", "ERR_INCLUSION");
    if (state != null) details = EventForm.status(state, details);
    var event = NewEvent.of(name, text, or(language, "fr"), details).tagged(tags(params));
    return asks(params) ? event.asking(asking(params)) : event;
  }

  private static Practical practical(Params params, @Nullable Details was) {
    var now = was == null ? Practical.NONE : was.practical();
    return new Practical(
        words(params, "price", now.price(), Practical.LONGEST),
        words(params, "organizer", now.organiser(), Practical.LONGEST),
        words(params, "contact", now.contact(), Practical.LONGEST_CONTACT));
  }

  /** What is sent, nothing when it is sent empty, else what it was. */
  private static @Nullable String words(
      Params params, String name, @Nullable String was, int longest) {
    if (!params.has(name)) return was;
    var words = params.filled(name);
    if (words != null && words.length() > longest) throw wrong(name, "ERR_TOO_LONG");
    return words;
  }

  private static @Nullable String either(@Nullable String one, @Nullable String other) {
    return one == null ? other : one;
  }

  private static <T extends @Nullable Object> T or(@Nullable T one, T other) {
    return one == null ? other : one;
  }

  private static When when(Params params, @Nullable Details was, ZoneId here) {
    var zone = zone(params, was == null ? here : was.when().zone());
    var start = time(params, "start_time");
    if (start == null) {
      if (was == null) throw wrong("start_time", "ERR_BLANK");
      start = was.when().start();
    }
    var end = time(params, "end_time");
    if (end == null && was != null && !params.has("end_time")) end = was.when().end();
    var from = start.atZone(zone);
    @Nullable ZonedDateTime until = end == null ? null : end.atZone(zone);
    return When.of(from, until);
  }

  private static ZoneId zone(Params params, ZoneId otherwise) {
    var zone = params.filled("timezone");
    try {
      return zone == null ? otherwise : ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw wrong("timezone", "ERR_INVALID");
    }
  }

  private static @Nullable Instant time(Params params, String name) {
    var text = params.filled(name);
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw wrong(name, "ERR_INVALID");
    }
  }

  private static @Nullable Place place(Params params, @Nullable Details was) {
    var name = params.filled("place[name]");
    var street = params.filled("place[street]");
    var code = params.filled("place[postal_code]");
    var town = params.filled("place[locality]");
    if (name == null && street == null && code == null && town == null)
      return was == null ? null : was.place();
    return new Place(null, name, street, code, town, null, null, null, null);
  }

  private static Joining joining(Params params, @Nullable Details was) {
    var now = was == null ? Joining.FREE : was.joining();
    var mode = or(params.filled("join_mode"), now.mode());
    if (!MODES.contains(mode)) throw wrong("join_mode", "ERR_INCLUSION");
    var url = either(params.filled("external_url"), now.externalUrl());
    if (mode.equals("external") && (url == null || !web(url)))
      throw wrong("external_url", "ERR_INVALID");
    Integer capacity = now.capacity();
    if (params.has("capacity")) {
      var asked = params.number("capacity");
      if (asked != null && (asked < 1 || asked > 1_000_000)) throw wrong("capacity", "ERR_INVALID");
      capacity = asked == null ? null : asked.intValue();
    }
    var guests = params.flag("guests", now.anonymous());
    return new Joining(mode, url, guests, capacity, now.participants());
  }

  private static boolean web(String url) {
    try {
      var uri = URI.create(url);
      return uri.getHost() != null && List.of("http", "https").contains(uri.getScheme());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static List<String> tags(Params params) {
    return params.list("tags").stream()
        .map(tag -> tag.startsWith("#") ? tag.substring(1) : tag)
        .filter(tag -> tag.matches("[\\p{L}\\p{N}_]{2,50}") && !tag.matches("\\d+"))
        .distinct()
        .limit(10)
        .toList();
  }

  private static boolean asks(Params params) {
    return params.has("poll") || params.has("reminders");
  }

  private static Asking asking(Params params) {
    List<Integer> reminders = new ArrayList<>();
    for (var one : params.ids("reminders")) reminders.add(Math.toIntExact(one % 1_000_000));
    if (!params.has("reminders")) reminders.addAll(Asking.USUAL.reminders());
    return new Asking(Objects.requireNonNullElse(params.flag("poll"), true), reminders);
  }

  private static Problem.Invalid wrong(String field, String code) {
    return new Problem.Invalid(
        "Validation failed: " + field + " is missing or wrong", Map.of(field, code));
  }
}
