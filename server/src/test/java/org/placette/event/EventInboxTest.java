package org.placette.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.placette.actor.Actor;
import org.placette.db.Db;
import org.placette.federation.vocab.AsObject;
import org.placette.post.Draft;
import org.placette.post.Visibility;
import org.placette.post.Words;
import org.placette.testing.PgExtension;
import org.placette.testing.Square;

/** Events as the peers send them. The shapes follow what each of them was seen to write. */
@ExtendWith(PgExtension.class)
class EventInboxTest {

  private static Square square;
  private static Actor fay;

  @BeforeAll
  static void open(Db db) {
    square = new Square(db);
    fay = square.stranger("fay");
  }

  @AfterAll
  static void close() {
    square.close();
  }

  /** Sends an activity of fay's with an event that says the given things. */
  private static String send(String type, String path, String event) {
    return String.valueOf(
        square.receive(
            """
            {'id': 'PEER%s#%s', 'type': '%s', 'actor': '%s', 'to': ['as:Public'], 'object':
              {'id': 'PEER%s', 'type': 'Event', 'attributedTo': '%s', 'name': 'Fête',
               'to': ['https://www.w3.org/ns/activitystreams#Public'], %s}}
            """
                .formatted(path, type, type, fay.uri(), path, fay.uri(), event)));
  }

  private static Event stored(String path) {
    var post = Objects.requireNonNull(square.posts.byUri(square.peer.at(path)), path);
    return Objects.requireNonNull(square.events.byId(post.id()));
  }

  @Test
  void a_mobilizon_event_keeps_place_capacity_links_and_banner() {
    assertEquals(
        "null",
        send(
            "Create",
            "/e/mobilizon",
            """
            'startTime': '2031-03-07T14:00:00+01:00', 'timezone': 'Europe/Paris',
            'ical:status': 'TENTATIVE', 'joinMode': 'restricted', 'maximumAttendeeCapacity': 20,
            'participantCount': 2, 'category': 'COMMUNITY', 'commentsEnabled': true,
            'repliesModerationOption': 'moderated', 'inLanguage': 'fr', 'contacts': [],
            'location': {'type': 'Place', 'id': 'https://m.example/a/1', 'name': 'Salle',
              'address': {'type': 'PostalAddress', 'streetAddress': '1 rue', 'postalCode': '69007',
                'addressLocality': 'Lyon'}, 'longitude': 4.84, 'latitude': 45},
            'attachment': [{'type': 'PropertyValue', 'propertyID': 'mz:x', 'value': 'y'},
              {'type': 'Document', 'name': 'Banner', 'mediaType': 'image/jpeg',
               'url': 'https://m.example/b.jpg'},
              {'type': 'Link', 'name': 'Website', 'href': 'https://m.example/site'}]
            """));
    var event = stored("/e/mobilizon").details();
    assertEquals("69007", Objects.requireNonNull(event.place()).postalCode());
    assertEquals(45.0, event.place().latitude());
    assertEquals(Status.TENTATIVE, event.status());
    assertEquals(18, event.joining().remaining());
    assertEquals("restricted", event.joining().mode());
    assertEquals("moderated", event.repliesModeration());
    assertEquals("https://m.example/b.jpg", Objects.requireNonNull(event.banner()).url());
    assertEquals("https://m.example/site", event.website());
    assertEquals("Europe/Paris", event.when().zone().getId());
    assertNull(event.when().end());
  }

  @Test
  void gancio_gathio_hubzilla_and_wordpress_write_places_in_their_own_ways() {
    var time = "'startTime': '2031-03-07T19:00:00+01:00', ";
    send("Create", "/e/gancio", time + "'location': {'name': 'Colosseo'}");
    assertEquals("Colosseo", Objects.requireNonNull(stored("/e/gancio").details().place()).name());
    send(
        "Create",
        "/e/mixed",
        time
            + """
            'location': [{'type': 'Place', 'name': 'On line', 'address':
              {'type': 'VirtualLocation', 'url': 'https://v.example/'}},
              {'type': 'Place', 'name': 'Bar', 'address': 'rue du Bar 1'}]
            """);
    var mixed = stored("/e/mixed").details();
    assertEquals("rue du Bar 1", Objects.requireNonNull(mixed.place()).street());
    assertEquals("https://v.example/", mixed.onlineUrl());
    assertFalse(mixed.online());
    send("Create", "/e/gathio", time + "'location': 'Park', 'content': 'Bring food'");
    assertEquals("Park", Objects.requireNonNull(stored("/e/gathio").details().place()).name());
    assertEquals("null", send("Invite", "/e/hub", time + "'location': {'content': 'Hof'}"));
    assertEquals("Hof", Objects.requireNonNull(stored("/e/hub").details().place()).name());
    send(
        "Create",
        "/e/wp",
        time
            + """
            'externalParticipationUrl': 'https://b.example/e', 'status': 'CONFIRMED', 'location':
            {'type': 'Place', 'name': 'Hall', 'address':
              {'type': 'PostalAddress', 'addressState': 'Tirol'}}
            """);
    assertEquals("external", stored("/e/wp").details().joining().mode());
    assertEquals("Tirol", Objects.requireNonNull(stored("/e/wp").details().place()).region());
    send("Create", "/e/nowhere", time + "'location': null, 'organizers': null");
    assertNull(stored("/e/nowhere").details().place());
  }

  @Test
  void a_time_in_utc_that_names_no_zone_is_told_in_that_of_its_readers() {
    assertEquals("Europe/Paris", zone("'startTime': '2031-03-07T18:00:00Z'"));
    assertEquals("+01:00", zone("'startTime': '2031-03-07T18:00:00+01:00'"));
    assertEquals(
        "Asia/Tokyo", zone("'startTime': '2031-03-07T18:00:00Z', 'timezone': 'Asia/Tokyo'"));
    assertEquals("UTC", zone("'startTime': '2031-03-07T18:00:00Z', 'timezone': 'UTC'"));
  }

  private static String zone(String times) {
    var object =
        new AsObject(Square.json("{'type': 'Event', 'name': 'Fête', %s}".formatted(times)));
    var words = new Words("Fête", null, "", null, false);
    var draft = Draft.of(square.peer.at("/e/zone"), "Event", fay.id(), words, Instant.now());
    return EventReader.read(object, draft, ZoneId.of("Europe/Paris")).when().zone().getId();
  }

  @Test
  void gathio_names_an_event_otherwise_when_it_changes() {
    var picnic = square.stranger("picnic");
    var first = picnic.uri().substring(square.peer.at("").length()) + "/m/1";
    for (var said : List.of("Create", "Update"))
      assertNull(
          square.receive(
              """
              {'id': 'PEER/m/%1$s', 'type': '%1$s', 'actor': '%2$s', 'to': ['%3$s'], 'object':
                {'id': 'PEER%4$s', 'type': 'Event', 'name': '%1$s', %5$s 'location': 'Park',
                 'startTime': '2031-03-07T12:00:00+01:00', 'content': 'Bring cake'}}
              """
                  .formatted(
                      said,
                      picnic.uri(),
                      square.resident("nour").uri(),
                      said.equals("Create") ? first : "/0f3c",
                      said.equals("Create") ? "'attributedTo': '" + picnic.uri() + "'," : "")));
    assertEquals("Update", stored(first).post().name());
    assertEquals(Visibility.DIRECT, stored(first).post().visibility());
    assertNull(square.posts.byUri(square.peer.at("/0f3c")));
  }

  @Test
  void an_event_without_start_or_title_is_refused_by_name() {
    assertEquals("event-without-start", send("Create", "/e/never", "'endTime': '2031-01-01'"));
    assertEquals(
        "event-without-name",
        send("Create", "/e/nameless", "'name': null, 'startTime': '2031-03-07T19:00:00Z'"));
  }

  @Test
  void a_change_moves_it_and_a_cancellation_marks_it_and_both_are_counted() {
    send(
        "Create",
        "/e/moving",
        "'startTime': '2031-03-07T19:00:00Z', 'updated': '2026-01-01T00:00:00Z'");
    send(
        "Update",
        "/e/moving",
        "'startTime': '2031-03-08T20:00:00Z', 'updated': '2026-01-02T00:00:00Z'");
    var moved = stored("/e/moving");
    assertEquals(Instant.parse("2031-03-08T20:00:00Z"), moved.details().when().start());
    assertEquals(1, moved.details().sequence());
    send(
        "Update",
        "/e/moving",
        "'startTime': '2031-03-08T20:00:00Z', 'status': 'Cancelled', 'updated':"
            + " '2026-01-03T00:00:00Z'");
    assertTrue(stored("/e/moving").details().cancelled());
    // An older change that comes late does not win.
    send(
        "Update",
        "/e/moving",
        "'startTime': '2031-03-01T20:00:00Z', 'updated': '2026-01-02T12:00:00Z'");
    assertTrue(stored("/e/moving").details().cancelled());
  }

  @Test
  void a_later_event_may_bear_the_id_of_a_deleted_one_and_a_late_copy_may_not() {
    var first = "'startTime': '2031-03-07T19:00:00Z', 'published': '2026-01-01T00:00:00Z'";
    send("Create", "/e/last", first);
    send("Delete", "/e/last", first);
    send("Create", "/e/last", first + ", 'updated': '2026-01-02T00:00:00Z'");
    assertNull(square.posts.byUri(square.peer.at("/e/last")));
    send(
        "Create",
        "/e/last",
        "'startTime': '2031-04-01T19:00:00Z', 'published': '2026-02-01T00:00:00Z'");
    assertEquals(Instant.parse("2031-04-01T19:00:00Z"), stored("/e/last").details().when().start());
    assertFalse(square.posts.isDeleted(square.peer.at("/e/last")));
  }

  @Test
  void a_relay_makes_an_event_known_that_is_fetched_from_its_own_server() {
    var relay = square.stranger("Application", "/relay", "relay");
    var event =
        """
        {'id': 'PEER/e/shared', 'type': 'Event', 'attributedTo': '%s', 'name': 'Café',
         'startTime': '2031-03-07T14:00:00+01:00', 'to': ['as:Public'], 'content': '%s'}
        """;
    square.peer.put(
        Square.json(event.replace("PEER", square.peer.at("")).formatted(fay.uri(), "true")));
    assertNull(
        square.receive(
            """
            {'id': 'PEER/announce/1', 'type': 'Announce', 'actor': '%s', 'to': ['PEER/relay/f'],
             'object': %s}
            """
                .formatted(relay.uri(), event.formatted(fay.uri(), "forged"))));
    assertEquals("true", stored("/e/shared").post().content());
    assertEquals(1, stored("/e/shared").post().sharesCount());
    assertTrue(
        square.events.upcoming(null, 50).events().stream()
            .anyMatch(e -> e.uri().endsWith("/e/shared")));
  }

  @Test
  void a_group_passes_on_what_its_members_did_and_forged_members_are_asked_first() {
    var group = square.stranger("Group", "/c/main", "main");
    var page =
        """
        {'id': 'PEER/post/7', 'type': 'Page', 'attributedTo': '%s', 'name': 'A title',
         'to': ['PEER/c/main', 'as:Public'], 'attachment': {'type': 'Link', 'href': 'https://l.example/'}}
        """;
    var announce =
        """
        {'id': 'PEER/announce/%s', 'type': 'Announce', 'actor': '%s', 'to': ['as:Public'], 'object':
          {'id': 'PEER/%s', 'type': '%s', 'actor': '%s', 'object': %s}}
        """;
    assertNull(
        square.receive(
            announce.formatted(
                "a", group.uri(), "create/7", "Create", fay.uri(), page.formatted(fay.uri()))));
    var post = Objects.requireNonNull(square.posts.byUri(square.peer.at("/post/7")));
    assertEquals(group.id(), post.audienceId());
    assertEquals("A title", post.name());
    assertEquals(1, square.count("announce where post_id = " + post.id()));
    assertNull(
        square.receive(
            announce.formatted("b", group.uri(), "like/7", "Like", fay.uri(), "'PEER/post/7'")));
    assertEquals(1, Objects.requireNonNull(square.posts.byId(post.id())).likesCount());
    assertEquals(
        "not-the-author",
        square.receive(
            announce.formatted("c", group.uri(), "del/7", "Delete", group.uri(), "'PEER/post/7'")));
    assertNull(
        square.receive(
            announce.formatted("d", group.uri(), "del/8", "Delete", fay.uri(), "'PEER/post/7'")));
    assertNull(square.posts.byId(post.id()));
    assertNotNull(group);
  }

  @Test
  void an_event_of_a_piefed_community_is_told_changed_and_deleted_by_the_community() {
    var community = square.stranger("Group", "/c/fetes", "fetes");
    var event =
        """
        {'id': 'PEER/post/90', 'type': 'Event', 'attributedTo': '%s', 'audience': 'PEER/c/fetes',
         'to': ['PEER/c/fetes', 'as:Public'], 'cc': [], 'name': 'Bal', 'content': '<p>%s</p>',
         'mediaType': 'text/html', 'published': '2027-01-02T08:00:00Z', 'updated': %s,
         'startTime': '2027-05-14T19:00:00+00:00', 'endTime': '2027-05-14T22:00:00+00:00',
         'timezone': 'Europe/Paris', 'maximumAttendeeCapacity': 40, 'participantCount': 3,
         'onlineLink': null, 'joinMode': 'external', 'externalParticipationUrl': null,
         'anonymousParticipation': false, 'isOnline': false, 'feeAmount': 5, 'feeCurrency': 'EUR',
         'buyTicketsLink': 'https://billets.example/bal', 'commentsEnabled': true,
         'language': {'identifier': 'fr', 'name': 'Français'}, 'tag': [], 'attachment': []}
        """;
    var announce =
        """
        {'id': 'PEER/a/%1$s', 'type': 'Announce', 'actor': '%2$s', 'to': ['as:Public'], 'object':
          {'id': 'PEER/b/%1$s', 'type': '%1$s', 'actor': '%3$s', 'to': ['as:Public'], 'object': %4$s}}
        """;
    var by = fay.uri();
    var first = event.formatted(by, "Avec orchestre", "null");
    assertNull(square.receive(announce.formatted("Create", community.uri(), by, first)));
    var post = Objects.requireNonNull(square.posts.byUri(square.peer.at("/post/90")));
    var details = Objects.requireNonNull(square.events.byId(post.id())).details();
    assertEquals("2027-05-14T21:00+02:00[Europe/Paris]", details.when().localStart().toString());
    assertEquals(40, details.joining().capacity());
    assertEquals("https://billets.example/bal", details.joining().externalUrl());
    assertEquals(community.id(), post.audienceId());
    var second = event.formatted(by, "Sans orchestre", "'2027-01-03T08:00:00Z'");
    assertNull(square.receive(announce.formatted("Update", community.uri(), by, second)));
    var changed = Objects.requireNonNull(square.posts.byId(post.id()));
    assertTrue(changed.content().contains("Sans"), changed.content());
    var gone = "'PEER/post/90'";
    assertNull(square.receive(announce.formatted("Delete", community.uri(), by, gone)));
    assertNull(square.posts.byId(post.id()));
  }
}
