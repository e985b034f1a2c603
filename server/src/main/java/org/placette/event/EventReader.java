package org.placette.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.placette.federation.vocab.AsObject;
import org.placette.federation.vocab.Times;
import org.placette.inbox.Refused;
import org.placette.post.Attachment;
import org.placette.post.Draft;
import org.placette.text.Html;

/**
 * Reads the event side of a remote Event in the form of any peer: Mobilizon, Gancio, the WordPress
 * bridge, Friendica, Hubzilla, gathio, PieFed and FEP-8a8e.
 */
final class EventReader {

  private static final int NAME = 300;

  /** The end of a time that says how far its clock is from UTC. */
  private static final Pattern OFFSET = Pattern.compile("[T ].*([zZ]|[+-]\\d\\d(:?\\d\\d)?)$");

  private static final int PEOPLE = 20;
  private static final Set<String> JOIN_MODES =
      Set.of("free", "restricted", "external", "invite", "none");
  private static final Set<String> EVENT_STATUSES =
      Set.of(
          "EventScheduled",
          "EventTentative",
          "EventCancelled",
          "EventPostponed",
          "EventRescheduled",
          "EventMovedOnline");

  private final AsObject object;
  private final Draft text;
  private final ZoneId here;

  private EventReader(AsObject object, Draft text, ZoneId here) {
    this.here = here;
    this.object = object;
    this.text = text;
  }

  /**
   * @throws Refused when it has no title or no start, without which nobody can show an event
   */
  static Details read(AsObject object, Draft text, ZoneId here) {
    if (text.words().name() == null) throw new Refused("event-without-name");
    return new EventReader(object, text, here).details();
  }

  private Details details() {
    var location = location();
    var links = text.attachment().stream().filter(a -> a.type().equals("Link")).toList();
    var website =
        links.stream()
            .filter(a -> "Website".equals(a.name()))
            .findFirst()
            .or(() -> links.stream().findFirst())
            .map(Attachment::url)
            .orElse(null);
    var online = object.flag("isOnline", location.place == null && location.url != null);
    var link = web(object.text("onlineLink"));
    if (link == null) link = location.url;
    if (link == null && online) link = website;
    return new Details(
        uuid(text.uri()),
        when(),
        location.place,
        online,
        link,
        website,
        joining(),
        status(),
        eventStatus(),
        category(),
        amount(),
        word("feeCurrency", 10),
        replies(),
        banner(),
        people("contacts"),
        organizers(),
        Practical.NONE,
        0);
  }

  /** The name under which this server knows an event of another: it cannot be chosen by others. */
  static UUID uuid(String uri) {
    return UUID.nameUUIDFromBytes(uri.getBytes(StandardCharsets.UTF_8));
  }

  private When when() {
    var start = wall("startTime", "startDate");
    if (start == null) throw new Refused("event-without-start");
    var ends = wall("endTime", "endDate");
    var end = ends == null ? null : ends.toInstant();
    if (end != null && end.isBefore(start.toInstant())) end = null;
    var shown = object.flag("displayEndTime", true) && !object.flag("nofinish", false);
    return new When(start.toInstant(), end, shown, zone(start), moved());
  }

  /** A time; one without an offset is a clock in the event's zone, as its author read it. */
  private @Nullable OffsetDateTime wall(String key, String otherKey) {
    var written = object.text(key);
    if (written == null) written = object.text(otherKey);
    var time = written == null ? null : Times.offset(written);
    if (written == null || time == null || OFFSET.matcher(written.strip()).find()) return time;
    return time.toLocalDateTime().atZone(floating(time)).toOffsetDateTime();
  }

  private @Nullable Instant moved() {
    return object.time("previousStartTime");
  }

  /** The zone named; else the offset, but in UTC nobody keeps their diary: that is our own time. */
  private ZoneId zone(OffsetDateTime start) {
    var name = object.text("timezone");
    var unnamed = start.getOffset().equals(ZoneOffset.UTC) ? here : start.getOffset();
    try {
      return name == null || name.length() > 60 ? unnamed : ZoneId.of(name);
    } catch (DateTimeException e) {
      return unnamed;
    }
  }

  /** Where a clock without an offset stands. */
  private ZoneId floating(OffsetDateTime time) {
    return object.text("timezone") == null ? time.getOffset() : zone(time);
  }

  private Status status() {
    return status(object);
  }

  /** Confirmed, unless one of the properties that peers use says otherwise. */
  static Status status(AsObject object) {
    for (var key : List.of("status", "ical:status", "eventStatus")) {
      var found = Status.of(object.text(key));
      if (found != Status.CONFIRMED) return found;
    }
    return Status.CONFIRMED;
  }

  private String eventStatus() {
    var written = object.text("eventStatus");
    if (written == null) return status().eventStatus();
    var word = written.substring(Math.max(written.lastIndexOf('/'), written.lastIndexOf(':')) + 1);
    return EVENT_STATUSES.stream()
        .filter(known -> known.equalsIgnoreCase(word))
        .findFirst()
        .orElseGet(() -> status().eventStatus());
  }

  private @Nullable String category() {
    var word = word("category", 60);
    // Words of one piece, as every server with a list of categories writes them; prose is none.
    return word == null || !word.matches("[A-Za-z]+(_[A-Za-z]+)*")
        ? null
        : word.toUpperCase(Locale.ROOT);
  }

  private Joining joining() {
    var external = web(object.text("externalParticipationUrl"));
    if (external == null) external = web(object.text("buyTicketsLink"));
    var written = object.text("joinMode");
    var mode = written == null ? "" : written.toLowerCase(Locale.ROOT);
    if (!JOIN_MODES.contains(mode)) mode = external == null ? "free" : "external";
    var capacity = object.integer("maximumAttendeeCapacity");
    var count = object.integer("participantCount");
    if (count == null) {
      var attendees = object.object("attendees");
      count = attendees == null ? null : attendees.integer("totalItems");
    }
    return new Joining(
        mode,
        external,
        object.flag("anonymousParticipationEnabled", false),
        capacity == null || capacity <= 0 ? null : capacity,
        count == null ? 0 : Math.max(0, count));
  }

  private @Nullable BigDecimal amount() {
    var number = object.decimal("feeAmount");
    return number == null || number <= 0 || number > 1e9 ? null : BigDecimal.valueOf(number);
  }

  private String replies() {
    var option = object.text("repliesModerationOption");
    if (!object.flag("commentsEnabled", true) || "closed".equals(option)) return "closed";
    return "moderated".equals(option) ? "moderated" : "allow_all";
  }

  private @Nullable Attachment banner() {
    var image = Attachment.picture(object, "image");
    if (image != null) return image;
    var pictures = text.attachment().stream().filter(Attachment::picture).toList();
    return pictures.stream()
        .filter(Attachment::banner)
        .findFirst()
        .orElse(pictures.isEmpty() ? null : pictures.getFirst());
  }

  private List<String> people(String key) {
    return object.refs(key).stream().filter(uri -> web(uri) != null).limit(PEOPLE).toList();
  }

  /** FEP-8a8e gives a collection or null; Mobilizon puts the person beside the group. */
  private List<String> organizers() {
    Set<String> found = new LinkedHashSet<>(object.refs("actor"));
    var collection = object.object("organizers");
    if (collection != null) {
      var page = collection.object("first");
      for (var holder : page == null ? List.of(collection) : List.of(collection, page)) {
        found.addAll(holder.refs("items"));
        found.addAll(holder.refs("orderedItems"));
      }
    }
    found.removeAll(object.refs("attributedTo"));
    return found.stream().filter(uri -> web(uri) != null).limit(PEOPLE).toList();
  }

  /** Where it is: a physical place, an address online, or both. */
  private record Location(@Nullable Place place, @Nullable String url) {}

  private Location location() {
    var raw = object.raw("location");
    if (raw == null) return new Location(null, null);
    List<JsonNode> all = new ArrayList<>();
    for (var one : raw.isArray() ? raw : List.of(raw)) all.add(one);
    Place place = null;
    String url = null;
    for (var one : all) {
      var virtual = virtualUrl(one);
      if (virtual != null && url == null) url = virtual;
      if (virtual == null && place == null) place = place(one);
    }
    return new Location(place, url);
  }

  private static @Nullable String virtualUrl(JsonNode value) {
    if (!(value instanceof ObjectNode node)) return null;
    var location = new AsObject(node);
    var address = location.object("address");
    var url = address == null ? null : web(address.ref("url"));
    if (address != null && address.is("VirtualLocation") && url != null) return url;
    return location.is("VirtualLocation") ? web(location.ref("url")) : null;
  }

  private static @Nullable Place place(JsonNode value) {
    if (value.isTextual()) {
      var name = plain(value.asText(), NAME);
      return name == null || name.startsWith("http") ? null : Place.named(name);
    }
    if (!(value instanceof ObjectNode node)) return null;
    var location = new AsObject(node);
    if (location.is("VirtualLocation")) return null;
    var name = plain(location.text("name"), NAME);
    if (name == null) name = plain(location.text("content"), NAME);
    // schema.org puts the point into an object of its own.
    var geo = location.object("geo");
    var point = geo == null ? location : geo;
    var latitude = point.decimal("latitude");
    var longitude = point.decimal("longitude");
    var onEarth =
        latitude != null
            && longitude != null
            && Math.abs(latitude) <= 90
            && Math.abs(longitude) <= 180;
    var address = location.object("address");
    var place =
        address == null
            ? new Place(
                web(location.id()),
                name,
                plain(location.text("address"), NAME),
                null,
                null,
                null,
                null,
                onEarth ? latitude : null,
                onEarth ? longitude : null)
            : new Place(
                web(location.id()),
                name,
                plain(address.text("streetAddress"), NAME),
                plain(address.text("postalCode"), 20),
                plain(address.text("addressLocality"), NAME),
                region(address),
                plain(address.text("addressCountry"), NAME),
                onEarth ? latitude : null,
                onEarth ? longitude : null);
    return place.lines().isEmpty() && !onEarth ? null : place;
  }

  private static @Nullable String region(AsObject address) {
    var region = plain(address.text("addressRegion"), NAME);
    return region == null ? plain(address.text("addressState"), NAME) : region;
  }

  private @Nullable String word(String key, int length) {
    var word = object.text(key);
    return word == null || word.length() > length ? null : plain(word, length);
  }

  private static @Nullable String plain(@Nullable String html, int length) {
    if (html == null) return null;
    var text = Html.text(html.length() > length * 4 ? html.substring(0, length * 4) : html).strip();
    if (text.isEmpty()) return null;
    return text.length() > length ? text.substring(0, length) : text;
  }

  private static @Nullable String web(@Nullable String url) {
    return url != null && url.length() <= 2_048 && AsObject.origin(url) != null ? url : null;
  }
}
