package org.placette.event;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Urls;
import org.placette.post.Attachment;
import org.placette.post.PostObject;
import org.placette.post.Tag;

/**
 * Writes a local event so that every known peer takes it: the profile of docs/events, key by key.
 * Order and explicit nulls matter to some of them, so nothing here may be reordered or tidied by
 * JSON-LD.
 */
public final class EventObject {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ArrayNode CONTEXT = context();

  /** With seconds always, and an offset with a colon or "Z": three X in Java's pattern letters. */
  private static final DateTimeFormatter OFFSET_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX", Locale.ROOT);

  /** Mobilizon's words; it shows others as MEETING. */
  private static final Set<String> CATEGORIES =
      Set.of(
          ("ARTS BOOK_CLUBS BUSINESS CAUSES COMEDY CRAFTS FOOD_DRINK HEALTH MUSIC AUTO_BOAT_AIR"
                  + " COMMUNITY FAMILY_EDUCATION FASHION_BEAUTY FILM_MEDIA GAMES LANGUAGE_CULTURE"
                  + " LEARNING LGBTQ MOVEMENTS_POLITICS NETWORKING PARTY PERFORMING_VISUAL_ARTS"
                  + " PETS PHOTOGRAPHY OUTDOORS_ADVENTURE SPIRITUALITY_RELIGION_BELIEFS"
                  + " SCIENCE_TECH SPORTS THEATRE MEETING")
              .split(" "));

  private static final Map<String, String> NEAREST =
      Map.of(
          "CLIMATE_ENVIRONMENT", "CAUSES",
          "CREATIVE_JAM", "ARTS",
          "DIY_MAKER_SPACES", "CRAFTS",
          "FESTIVALS", "COMMUNITY",
          "INCLUSIVE_SPACES", "COMMUNITY",
          "MEDITATION_WELLBEING", "HEALTH",
          "WORKSHOPS_SKILL_SHARING", "LEARNING");

  private EventObject() {}

  private static ArrayNode context() {
    try (var in = EventObject.class.getResourceAsStream("context.json")) {
      return (ArrayNode) new ObjectMapper().readTree(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The object of a local event, with its context.
   *
   * @param audience the Group that it was posted to, or null
   */
  public static ObjectNode of(Event event, Actor author, @Nullable Actor audience, Urls urls) {
    var words = EventWords.of(event.post().language());
    var object = JSON.objectNode();
    object.set("@context", CONTEXT.deepCopy());
    identity(object, event, author, audience);
    text(object, event, words);
    time(object, event.details(), language(event));
    state(object, event.details());
    object.set("location", location(event, words));
    pictures(object, event, urls, words);
    object.set("tag", hashtags(event));
    joining(object, event);
    people(object, event);
    PostObject.quote(object, event.post(), author);
    return object;
  }

  private static void identity(
      ObjectNode object, Event event, Actor author, @Nullable Actor audience) {
    object.put("id", event.uri()).put("type", "Event");
    object.put("uuid", event.details().uuid().toString()).put("url", event.post().page());
    object.put("attributedTo", author.uri()).put("actor", author.uri());
    if (audience != null) object.put("audience", audience.uri());
    PostObject.address(object, event.post(), author, audience);
  }

  private static void text(ObjectNode object, Event event, EventWords words) {
    var post = event.post();
    object.put("name", words.name(event)).put("summary", words.summary(event));
    var content = post.content() + words.practical(event);
    object.put("content", content);
    object.putObject("contentMap").put(language(event), content);
    object.put("mediaType", "text/html");
    object.put("published", PostObject.time(post.published()));
    var updated = post.updated() == null ? post.published() : post.updated();
    object.put("updated", PostObject.time(updated));
  }

  private static String language(Event event) {
    return event.post().language() == null ? "fr" : event.post().language();
  }

  private static void time(ObjectNode object, Details details, String language) {
    var when = details.when();
    object.put("startTime", offset(when.localStart())).put("endTime", offset(when.localEnd()));
    object.put("displayEndTime", when.showsEnd()).put("timezone", when.zone().getId());
    object.put("inLanguage", language);
    if (when.previousStart() != null)
      object.put("previousStartTime", offset(when.previousStart().atZone(when.zone())));
  }

  private static String offset(ZonedDateTime time) {
    return OFFSET_TIME.format(time);
  }

  private static void state(ObjectNode object, Details details) {
    object.put("category", category(details.category()));
    object.put("status", details.status().name()).put("eventStatus", details.eventStatus());
    object.put("isOnline", details.online());
  }

  static String category(@Nullable String word) {
    if (word == null) return "MEETING";
    return CATEGORIES.contains(word) ? word : NEAREST.getOrDefault(word, "MEETING");
  }

  /** One object, always named: a Place, or a VirtualLocation when there is no place at all. */
  private static ObjectNode location(Event event, EventWords words) {
    var details = event.details();
    var place = details.place();
    var link = details.onlineUrl();
    if (place == null && details.online() && link != null) return virtual(link);
    var location = JSON.objectNode();
    var uri = place == null || place.uri() == null ? event.uri() + "#place" : place.uri();
    location.put("id", uri).put("type", "Place").put("name", words.placeName(place));
    var address = location.putObject("address").put("type", "PostalAddress");
    if (place == null) return location;
    put(address, "streetAddress", place.street());
    put(address, "postalCode", place.postalCode());
    put(address, "addressLocality", place.locality());
    put(address, "addressRegion", place.region());
    put(address, "addressCountry", place.country());
    if (place.latitude() != null && place.longitude() != null)
      location.put("latitude", place.latitude()).put("longitude", place.longitude());
    return location;
  }

  private static ObjectNode virtual(String url) {
    var location = JSON.objectNode().put("type", "VirtualLocation").put("name", "online");
    location.put("url", url);
    location.putObject("address").put("type", "VirtualLocation").put("url", url);
    return location;
  }

  private static void put(ObjectNode object, String key, @Nullable String value) {
    if (value != null) object.put(key, value);
  }

  private static void pictures(ObjectNode object, Event event, Urls urls, EventWords words) {
    var banner = event.details().banner();
    // Gancio takes the first attachment for the picture, whatever it is.
    if (banner == null) banner = drawn(event, urls, words);
    object.set("image", image(banner));
    var attachments = object.putArray("attachment").add(banner(banner));
    var page = event.details().website();
    if (page == null) page = event.details().onlineUrl();
    if (page != null) link(attachments, page);
    for (var one : event.post().attachment()) {
      if (one.type().equals("Link") || one.url().equals(banner.url())) continue;
      attachments.add(image(one).put("type", one.picture() ? "Image" : "Document"));
    }
  }

  private static Attachment drawn(Event event, Urls urls, EventWords words) {
    return new Attachment(
        "Image",
        urls.at(EventPicture.path(event.details())),
        "image/png",
        words.name(event) + ", " + words.when(event.details().when()),
        EventPicture.WIDTH,
        EventPicture.HEIGHT,
        null,
        null,
        true);
  }

  private static ObjectNode image(Attachment picture) {
    var media = picture.mediaType() == null ? "image/jpeg" : picture.mediaType();
    var name = picture.name() == null ? "" : picture.name();
    return JSON.objectNode()
        .put("type", "Image")
        .put("mediaType", media)
        .put("url", picture.url())
        .put("name", name);
  }

  private static ObjectNode banner(Attachment picture) {
    var banner = image(picture);
    if (picture.width() != null && picture.height() != null)
      banner.put("width", picture.width()).put("height", picture.height());
    var x = picture.focusX() == null ? 0.0 : picture.focusX();
    var y = picture.focusY() == null ? 0.0 : picture.focusY();
    banner.putArray("focalPoint").add(x).add(y);
    return banner.put("isBannerImage", true);
  }

  private static void link(ArrayNode attachments, String url) {
    attachments
        .addObject()
        .put("type", "Link")
        .put("mediaType", "text/html")
        .put("name", "Website")
        .put("href", url);
  }

  private static ArrayNode hashtags(Event event) {
    var array = JSON.arrayNode();
    for (var tag : event.post().tag()) if (tag.hashtag()) array.add(hashtag(tag));
    return array;
  }

  private static ObjectNode hashtag(Tag tag) {
    return JSON.objectNode().put("type", "Hashtag").put("name", tag.name()).put("href", tag.href());
  }

  private static void joining(ObjectNode object, Event event) {
    var details = event.details();
    var joining = details.joining();
    // Mobilizon refuses a mode that it does not know, so "none" becomes a look at the page.
    var none = joining.mode().equals("none");
    object.put("joinMode", none ? "external" : joining.mode());
    object.put(
        "externalParticipationUrl",
        none && joining.externalUrl() == null ? event.post().page() : joining.externalUrl());
    object.put("maximumAttendeeCapacity", joining.capacity() == null ? 0 : joining.capacity());
    var remaining = joining.remaining();
    if (remaining != null) object.put("remainingAttendeeCapacity", remaining);
    object.put("participantCount", joining.participants());
    object.put("anonymousParticipationEnabled", joining.anonymous());
    object.put("anonymousParticipation", joining.anonymous());
    object.put("onlineLink", details.onlineUrl());
    object.put("buyTicketsLink", details.feeAmount() == null ? null : joining.externalUrl());
    object.put("feeCurrency", details.feeCurrency());
    if (details.feeAmount() == null) object.put("feeAmount", 0);
    else object.put("feeAmount", details.feeAmount());
    object.put("commentsEnabled", !details.commentsClosed());
    object.put("repliesModerationOption", details.repliesModeration());
  }

  private static void people(ObjectNode object, Event event) {
    object.set("contacts", strings(event.details().contacts()));
    for (var name : List.of("organizers", "attendees", "context", "replies"))
      object.put(name, event.uri() + "/" + name);
    // One of a series belongs to the series.
    if (event.post().context() != null) object.put("context", event.post().context());
  }

  private static ArrayNode strings(List<String> values) {
    var array = JSON.arrayNode();
    values.forEach(array::add);
    return array;
  }
}
