package org.placette.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.placette.db.Db;
import org.placette.post.Attachment;
import org.placette.testing.PgExtension;
import org.placette.testing.Square;

/**
 * The JSON of an event, key by key: several peers drop an event for one key too many or too few.
 */
@ExtendWith(PgExtension.class)
class EventObjectTest {

  private static final ZonedDateTime START =
      ZonedDateTime.of(2031, 5, 14, 19, 0, 0, 0, ZoneId.of("Europe/Paris"));

  private static Square square;

  @BeforeAll
  static void open(Db db) {
    square = new Square(db);
  }

  @AfterAll
  static void close() {
    square.close();
  }

  private static ObjectNode written(Details details) {
    var village = square.actors.village();
    var wanted = NewEvent.of("Soup night", "We cook together. #soup", "en", details).in(village);
    var event = square.events.publish(square.actors.agenda(), wanted);
    return EventObject.of(event, square.actors.agenda(), village, square.actors.urls());
  }

  private static Details full() {
    var place =
        new Place(
            null,
            "Place des Fleurs",
            "Place des Fleurs",
            "69007",
            "Lyon",
            "Rhône",
            "France",
            45.0,
            4.8467);
    var picture =
        new Attachment(
            "Image",
            "https://fleurs.example/media/soup.jpg",
            "image/jpeg",
            "Carrots",
            1200,
            630,
            null,
            null,
            true);
    return Details.of(UUID.randomUUID(), When.of(START, START.plusHours(3)), place)
        .about("FESTIVALS", "https://agenda.example/soup", picture)
        .joining(new Joining("free", null, false, 40, 9))
        .askedAt(List.of("https://fleurs.example/users/nour"));
  }

  private static List<String> keys(JsonNode object) {
    var keys = new ArrayList<String>();
    object.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  @Test
  void the_keys_stand_in_the_order_of_the_profile() {
    var object = written(full());
    assertEquals(
        List.of(
            ("@context id type uuid url attributedTo actor audience to cc name summary content"
                    + " contentMap mediaType published updated startTime endTime displayEndTime"
                    + " timezone inLanguage category status eventStatus isOnline location image"
                    + " attachment tag joinMode externalParticipationUrl maximumAttendeeCapacity"
                    + " remainingAttendeeCapacity participantCount anonymousParticipationEnabled"
                    + " anonymousParticipation onlineLink buyTicketsLink feeCurrency feeAmount"
                    + " commentsEnabled repliesModerationOption contacts organizers attendees"
                    + " context replies interactionPolicy")
                .split(" ")),
        keys(object));
    assertEquals("https://www.w3.org/ns/activitystreams", object.at("/@context/0").asText());
    var uri = object.path("id").asText();
    assertEquals("https://fleurs.example/events/" + object.path("uuid").asText(), uri);
    assertEquals(
        "[\"https://www.w3.org/ns/activitystreams#Public\",\"https://fleurs.example/groups/village\"]",
        object.path("to").toString());
    assertEquals("2031-05-14T19:00:00+02:00", object.path("startTime").asText());
    assertEquals("2031-05-14T22:00:00+02:00", object.path("endTime").asText());
    assertEquals("COMMUNITY", object.path("category").asText());
    assertEquals(31, object.path("remainingAttendeeCapacity").asInt());
    for (var name : List.of("organizers", "attendees", "context", "replies"))
      assertEquals(uri + "/" + name, object.path(name).asText());
  }

  @Test
  void nulls_are_written_where_piefed_needs_a_key_and_nowhere_else() {
    var object = written(full());
    var nulls = keys(object).stream().filter(key -> object.get(key).isNull()).toList();
    assertEquals(
        List.of("externalParticipationUrl", "onlineLink", "buyTicketsLink", "feeCurrency"), nulls);
    assertEquals(0, object.path("feeAmount").asInt());
  }

  @Test
  void the_banner_is_the_first_attachment_and_never_missing() {
    var object = written(full());
    assertEquals(List.of("type", "mediaType", "url", "name"), keys(object.path("image")));
    assertEquals(
        List.of(
            "type", "mediaType", "url", "name", "width", "height", "focalPoint", "isBannerImage"),
        keys(object.at("/attachment/0")));
    assertEquals(List.of("type", "mediaType", "name", "href"), keys(object.at("/attachment/1")));
    var bare = written(Details.of(UUID.randomUUID(), When.of(START, null), null));
    assertEquals(
        bare.path("id").asText() + "/banner.png?v=0", bare.at("/attachment/0/url").asText());
    assertTrue(bare.at("/attachment/0/isBannerImage").asBoolean());
  }

  @Test
  void a_place_is_one_named_object_with_a_postal_address_and_decimal_coordinates() {
    var place = written(full()).path("location");
    assertEquals(List.of("id", "type", "name", "address", "latitude", "longitude"), keys(place));
    assertEquals("PostalAddress", place.at("/address/type").asText());
    assertTrue(place.toString().contains("\"latitude\":45.0"), place.toString());
    var nowhere = written(Details.of(UUID.randomUUID(), When.of(START, null), null));
    assertEquals("Place to be announced", nowhere.at("/location/name").asText());
    assertFalse(nowhere.path("displayEndTime").asBoolean());
    assertEquals("2031-05-14T21:00:00+02:00", nowhere.path("endTime").asText());
    assertFalse(nowhere.has("remainingAttendeeCapacity"));
  }

  @Test
  void an_event_that_is_online_only_has_a_virtual_location_that_gancio_reads() {
    var details =
        Details.of(UUID.randomUUID(), When.of(START, null), null)
            .online(true, "https://visio.example/soup");
    var object = written(details);
    assertEquals(
        Square.json(
            """
            {'type': 'VirtualLocation', 'name': 'online', 'url': 'https://visio.example/soup',
             'address': {'type': 'VirtualLocation', 'url': 'https://visio.example/soup'}}
            """),
        object.path("location"));
    assertEquals("https://visio.example/soup", object.path("onlineLink").asText());
    assertEquals("https://visio.example/soup", object.at("/attachment/1/href").asText());
  }

  @Test
  void what_we_write_we_read_back_as_it_was() {
    var details = full();
    var object = written(details);
    var fay = square.stranger("fay");
    var uri = square.peer.at("/events/copy");
    object.put("id", uri).put("attributedTo", fay.uri()).put("actor", fay.uri());
    object.put("feeAmount", new BigDecimal("2.50")).put("feeCurrency", "EUR");
    var create = Square.json("{'type': 'Create'}");
    create.put("id", uri + "/create").put("actor", fay.uri()).set("object", object);
    assertEquals(null, square.receive(create));
    var post = Objects.requireNonNull(square.posts.byUri(uri));
    var read = Objects.requireNonNull(square.events.byId(post.id())).details();
    assertEquals(details.when(), read.when());
    assertEquals("Place des Fleurs", Objects.requireNonNull(read.place()).name());
    assertEquals(45.0, read.place().latitude());
    assertEquals(details.joining(), read.joining());
    assertEquals(details.website(), read.website());
    assertEquals(details.contacts(), read.contacts());
    assertEquals("EUR", read.feeCurrency());
    assertEquals(
        "https://fleurs.example/media/soup.jpg", Objects.requireNonNull(read.banner()).url());
    assertEquals("en", post.language());
  }
}
