package org.placette.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.placette.actor.Actor;
import org.placette.db.Db;
import org.placette.testing.PgExtension;
import org.placette.testing.Square;

/**
 * Events with missing and odd fields, written by hand after what Mobilizon, Gancio, WordPress,
 * Friendica, Hubzilla, gathio, Bonfire, PeerTube and calendars of the web may send.
 */
@ExtendWith(PgExtension.class)
class OddEventsTest {

  private static final String START = "'startTime': '2031-05-14T19:00:00+02:00'";

  private static Square square;
  private static Actor fay;
  private static int count;

  @BeforeAll
  static void open(Db db) {
    square = new Square(db);
    fay = square.stranger("fay");
  }

  @AfterAll
  static void close() {
    square.close();
  }

  /** The event as it is stored once it came with these fields. */
  private static Event taken(String fields) {
    var path = "/odd/" + ++count;
    var by = fields.contains("attributedTo") ? "" : "'attributedTo': '" + fay.uri() + "',";
    var name = fields.contains("nameMap") ? "" : "'name': 'Fête',";
    var refused =
        square.receive(
            """
            {'id': 'PEER%1$s#c', 'type': 'Create', 'actor': '%2$s', 'to': ['as:Public'], 'object':
              {'id': 'PEER%1$s', 'type': 'Event', %3$s %4$s
               'to': 'https://www.w3.org/ns/activitystreams#Public', %5$s}}
            """
                .formatted(path, fay.uri(), by, name, fields.replace("FAY", fay.uri())));
    assertNull(refused, fields);
    var post = Objects.requireNonNull(square.posts.byUri(square.peer.at(path)), fields);
    return Objects.requireNonNull(square.events.byId(post.id()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Mobilizon
        START + ", 'endTime': '2031-05-13T19:00:00+02:00', 'status': null, 'contacts': []",
        START + ", 'location': null, 'tag': null, 'attachment': null, 'joinMode': null",
        START + ", 'image': null, 'maximumAttendeeCapacity': '40', 'participantCount': 'many'",
        START + ", 'attachment': {'type': 'PropertyValue', 'propertyID': 'mz:x', 'value': 1}",
        START + ", 'category': ['MUSIC'], 'timezone': 'Etc/Unknown', 'inLanguage': 'xx-yy-zz'",
        // Gancio
        START + ", 'location': [], 'attachment': [], 'tag': {'type': 'Hashtag', 'name': '#bal'}",
        START + ", 'location': [null, 'Le lavoir', {'type': 'VirtualLocation'}]",
        START + ", 'location': {'type': 'Place', 'name': '', 'address': ['1 rue Haute']}",
        START + ", 'image': [{'type': 'Image', 'url': 'https://x.example/a.jpg'}, 'b']",
        START + ", 'image': 'https://x.example/a.jpg', 'tag': 'bal'",
        // the WordPress bridge
        "'nameMap': {'fr': 'Bal'}, 'contentMap': {'fr': '<p>Venez</p>'}, " + START,
        START + ", 'summary': {'fr': 'x'}, 'isOnline': 'yes', 'duration': 'PT2H'",
        START + ", 'location': {'type': 'VirtualLocation', 'url': 'https://visio.example/x'}",
        START + ", 'externalParticipationUrl': 'javascript:alert(1)', 'joinMode': 'external'",
        START + ", 'timezone': 'UTC+02:00', 'commentsEnabled': 'false'",
        // Friendica, Hubzilla
        START + ", 'name': '', 'content': '<p>Sans titre</p>', 'nameMap': {'de': 'Fest'}",
        START + ", 'location': {'type': 'Place', 'content': '<p>Hauptplatz</p>'}",
        START + ", 'dfrn:adjust': true, 'nofinish': 'true', 'endTime': ''",
        START + ", 'attributedTo': ['FAY', {'type': 'Group', 'id': 'https://x.example/g'}]",
        START + ", 'attributedTo': {'type': 'Person', 'id': 'FAY'}, 'actor': null",
        // gathio, Bonfire, PeerTube live, calendars
        START + ", 'attendees': {'totalItems': '7'}, 'organizers': 'https://x.example/o'",
        START + ", 'attendees': 'https://x.example/attendees', 'replies': []",
        START
            + ", 'url': [{'type': 'Link', 'mediaType': 'text/html', 'href': 'https://x.example/'}]",
        START + ", 'isLiveBroadcast': true, 'eventStatus': ['EventScheduled'], 'feeAmount': 'free'",
        "'startDate': '2031-05-14T19:00:00+02:00', 'endDate': '2031-05-14T22:00+02:00'",
      })
  void an_event_is_shown_whatever_else_is_missing_or_odd(String fields) {
    var when = taken(fields).details().when();
    assertEquals("2031-05-14T17:00:00Z", when.start().toString(), fields);
  }

  @Test
  void a_time_without_offset_is_a_clock_in_the_zone_of_the_event() {
    var event =
        taken(
            "'startTime': '2031-07-14T19:00:00', 'endTime': '2031-07-14 22:00',"
                + " 'timezone': 'Europe/Paris'");
    assertEquals("2031-07-14T17:00:00Z", event.details().when().start().toString());
    assertEquals("2031-07-14T20:00:00Z", String.valueOf(event.details().when().end()));
    var day = taken("'startTime': '2031-12-24', 'timezone': 'America/Montreal'").details().when();
    assertEquals("2031-12-24T05:00:00Z", day.start().toString());
    var utc = taken("'startTime': '2031-07-14T19:00:00'").details().when();
    assertEquals("2031-07-14T19:00:00Z", utc.start().toString());
  }

  @Test
  void an_end_before_the_start_is_left_out_and_a_point_is_found_where_schema_org_puts_it() {
    assertNull(taken(START + ", 'endTime': '2031-05-13T19:00:00Z'").details().when().end());
    var place =
        taken(
                START
                    + ", 'location': {'type': 'Place', 'name': 'Lavoir', 'geo': {'latitude':"
                    + " '45.5', 'longitude': 3.75}}")
            .details()
            .place();
    assertEquals(45.5, Objects.requireNonNull(place).latitude());
    assertEquals(3.75, Objects.requireNonNull(place).longitude());
  }
}
