package org.placette.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.db.Database;
import org.placette.db.Db;
import org.placette.testing.Chromium;
import org.placette.testing.Eventually;
import org.placette.testing.PgExtension;
import org.placette.testing.TestDatabases;
import org.placette.testing.Walker;

/**
 * Three people at the pages, from the first link to the first evening: who opens a place, who
 * organises something there, who has never been there. Each of them with every kind of browser.
 */
@ExtendWith(PgExtension.class)
class StoriesTest {

  private static final String NAME = "Saint-Just-le-Lavoir";
  private static final String EVENT = "Atelier vélo";
  private static final String DAY = LocalDate.now().plusDays(4).toString();

  @TempDir static Path folder;

  private static TestDatabases databases;
  private static Chromium chromium;
  private static Browser browser;
  private static Mailbox mailbox;

  /** The next village, already there; Basile looks after it. */
  private static Village belcastel;

  private static Walker basile;

  @BeforeAll
  static void open(TestDatabases all, Db db) throws Exception {
    databases = all;
    chromium = Chromium.open();
    browser = chromium.browser();
    mailbox = new Mailbox();
    belcastel = Village.start(db, folder.resolve("belcastel"));
    basile = belcastel.newcomer("basile", "owner");
  }

  @AfterAll
  static void close() throws Exception {
    if (chromium != null) chromium.close();
    if (belcastel != null) belcastel.close();
    if (mailbox != null) mailbox.close();
  }

  /** A village that nobody has opened yet. */
  private static final class Place implements AutoCloseable {

    final Way way;
    final Village village;
    private final Database database;
    private final Db db;

    Place(Way way) {
      this.way = way;
      database = databases.fresh();
      db = Db.open(belcastel.vertx(), database, 6);
      village =
          Village.start(db, folder.resolve(way.word()), Map.of("PLACETTE_SMTP_URL", mailbox.url()));
    }

    Walk walk(String story) {
      return new Walk(browser, village.origin(), way, story);
    }

    String host() {
      return village.origin().replaceFirst("^http://", "");
    }

    @Override
    public void close() {
      village.close();
      db.close();
      databases.drop(database);
    }
  }

  @TestFactory
  Stream<DynamicContainer> three_stories_in_one_village() {
    return Way.ALL.stream().map(StoriesTest::stories);
  }

  private static DynamicContainer stories(Way way) {
    var places = new HashMap<Way, Place>();
    List<DynamicTest> tests = new ArrayList<>();
    tests.add(
        DynamicTest.dynamicTest(
            "the admin opens the place, adds a neighbour and handles a report",
            () -> {
              var place = new Place(way);
              admin(place);
              places.put(way, place);
            }));
    tests.add(
        DynamicTest.dynamicTest(
            "the organiser signs up, publishes what comes again, and greets who answered",
            () -> organiser(Objects.requireNonNull(places.get(way)))));
    tests.add(
        DynamicTest.dynamicTest(
            "the newcomer finds an event and says that they come, without an account",
            () -> {
              try (var place = Objects.requireNonNull(places.get(way))) {
                newcomer(place);
              }
            }));
    return DynamicContainer.dynamicContainer(way.word(), tests);
  }

  private static void admin(Place place) throws Exception {
    try (var walk = place.walk("admin")) {
      walk.open(String.valueOf(place.village.setupLink()))
          .see("setup.title")
          .press("preset.village")
          .write("place", NAME)
          .write("motto", "La place du village")
          .write("username", "odile")
          .write("displayName", "Odile Martin")
          .write("email", "odile@saint-just.example")
          .write("password", Village.PASSWORD)
          .press("setup.button")
          .seeNamed(NAME);
      neighbour(place, walk);
      report(place, walk);
    }
  }

  private static void neighbour(Place place, Walk walk) throws Exception {
    walk.press("nav.me")
        .press("footer.admin")
        .see("admin.neighbours")
        .press("admin.neighbours")
        .write("host", belcastel.origin().replaceFirst("^http://", ""))
        .press("neighbours.add.button")
        .see("neighbours.follow.pending");
    var asks = "button[value='" + place.host() + "']";
    Eventually.holds("the wish arrives", () -> basile.get("/admin/neighbours").count(asks) > 0);
    var unused =
        basile.press("/admin/neighbours", "/admin/neighbours/accept", "host", place.host());
    walk.await("/admin/neighbours", "neighbours.follow.accepted");
  }

  private static void report(Place place, Walk walk) {
    var marc = place.village.person("marc", "Marc Delorme", "resident");
    var rude = marc.app().post("/api/v1/statuses", Map.of("status", "Vous êtes tous des ânes."));
    var aicha = place.village.newcomer("aicha");
    var report = "/report?post=" + rude.path("id").asText();
    assertEquals(
        "/report/done",
        aicha.submit(report, "/report", Map.of("reportComment", "On ne parle pas ainsi.")).path());

    walk.press("admin.title")
        .see("admin.waiting", 1)
        .press("admin.reports")
        .see("queue.title")
        .press("queue.post", "Vous êtes tous des ânes.", "@marc")
        .see("report.decide")
        .choose("action", "hide")
        .write("reason", "On reste poli sur la place.")
        .press("measure.take")
        .see("queue.closed");
    assertEquals(404, place.village.guest().get("/posts/" + rude.path("id").asText()).status());
  }

  private static void organiser(Place place) throws Exception {
    try (var walk = place.walk("organiser");
        var odile = new Walker(place.village.origin())) {
      walk.open("/")
          .press("nav.signIn")
          .press("signUp.link")
          .see("signUp.charter")
          .tick("agreement")
          .press("signUp.next")
          .write("reason", "J’habite rue du Moulin, je répare des vélos.")
          .press("signUp.next")
          .write("username", "zoe")
          .write("email", "zoe@saint-just.example")
          .write("password", Village.PASSWORD)
          .press("signUp.button.ask")
          .see("signUp.done");
      var unused =
          odile
              .as("odile", Village.PASSWORD)
              .submit("/admin/signups", "/admin/signups/accept", Map.of());
      walk.press("nav.signIn")
          .write("login", "zoe")
          .write("password", Village.PASSWORD)
          .press("signIn.button")
          .see("nav.compose");
      publish(walk);
      answer(place, walk.path());
      walk.press("attendees.title").seeNamed("Claire Petit");
      for (var name : List.of("lea", "paul")) walk.seeNamed(name);
      walk.press("attendees.isHere").see("attendees.hereCount", 1);
    }
  }

  private static void publish(Walk walk) {
    walk.press("nav.compose")
        .see("compose.title")
        .press("compose.event")
        .write("name", EVENT)
        .write("startDate", DAY)
        .write("startTime", "18:30")
        .write("endTime", "20:00")
        .unfold("repeat.title")
        .choose("repeat", "weekly")
        .write("repeatCount", "3")
        .write("placeName", "Place du Lavoir")
        .write("text", "On répare ensemble. Apportez une **chambre à air**.")
        .tick("guests")
        .tick("poll")
        .see("compose.eventTitle")
        .press("form.publish")
        .see("series.part");
  }

  /** Three people answer, each through another door: the page, an app's poll, a letter. */
  private static void answer(Place place, String event) throws Exception {
    var lea = place.village.newcomer("lea").press(event, event + "/answer", "answer", "going");
    assertEquals(200, lea.status());
    var paul = place.village.person("paul").app();
    var address = URLEncoder.encode(place.village.origin() + event, StandardCharsets.UTF_8);
    var found = paul.get("/api/v2/search?type=statuses&resolve=true&q=" + address);
    var status = found.path("statuses").path(0);
    var poll = status.path("poll").path("id").asText();
    var unused = paul.post("/api/v1/polls/" + poll + "/votes", Map.of("choices", List.of(0)));
    var claire = place.village.guest();
    var asked =
        claire.submit(
            event + "/guest",
            event + "/guest",
            Map.of(
                "guestName", "Claire Petit", "email", "claire@" + place.way.word() + ".example"));
    assertEquals(200, asked.status());
    var link = letter("claire@" + place.way.word() + ".example", place);
    var path = link.substring(place.village.origin().length());
    assertEquals(200, claire.press(path, path, "answer", "going").status());
  }

  /** The link in the newest letter to somebody by which they confirm that they come. */
  private static String letter(String to, Place place) throws Exception {
    var link = Pattern.compile(Pattern.quote(place.village.origin()) + "/answer/[\\w-]+");
    Eventually.holds("a letter to " + to, () -> letters(to).anyMatch(link.asPredicate()));
    var found = link.matcher(letters(to).filter(link.asPredicate()).findFirst().orElseThrow());
    assertTrue(found.find());
    return found.group();
  }

  private static Stream<String> letters(String to) {
    return mailbox.letters().reversed().stream().filter(one -> one.contains(to));
  }

  private static void newcomer(Place place) throws Exception {
    var email = "ana@" + place.way.word() + ".example";
    try (var walk = place.walk("newcomer")) {
      walk.open("/")
          .seeNamed(EVENT)
          .pressNamed(EVENT)
          .see("event.come")
          .press("rsvp.guest")
          .write("guestName", "Ana Costa")
          .write("email", email)
          .press("guest.send")
          .see("guest.sent")
          .open(letter(email, place))
          .see("rsvp.going")
          .press("rsvp.going")
          .see("letter.saved")
          .press("letter.event")
          .see("event.going.many", 4)
          .press("nav.events")
          .see("event.going.many", 4);
    }
    var zoe = place.village.walker("zoe");
    var page = zoe.get("/events");
    var path = Objects.requireNonNull(page.html().selectFirst("h3 a")).attr("href");
    assertNotNull(zoe.get(path + "/attendees").html().selectFirst("th:contains(Ana Costa)"));
  }
}
