package org.placette.radar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.db.Db;
import org.placette.testing.PgExtension;
import org.placette.testing.Walker;

/** Whoever plans sees what else happens, before it is published. */
@ExtendWith(PgExtension.class)
class RadarTest {

  @TempDir static Path data;

  private static Db database;
  private static Village village;
  private static Walker odile;

  @BeforeAll
  static void start(Db db) {
    database = db;
    village = Village.start(db, data);
    odile = village.newcomer("odile", "animator");
    var place =
        odile.submit(
            "/places/new",
            "/places",
            Map.of("name", "Salle des fêtes", "locality", "Limoges", "position", "45.83, 1.26"));
    assertEquals(200, place.status(), place.text("main"));
  }

  @AfterAll
  static void stop() {
    village.close();
  }

  private static Map<String, String> event(String name, String day, String from, String to) {
    var fields = new HashMap<String, String>();
    fields.put("name", name);
    fields.put("startDate", day);
    fields.put("startTime", from);
    fields.put("endTime", to);
    return fields;
  }

  private static JsonNode ask(String query) throws IOException {
    var answer = odile.raw("/api/placette/v1/clashes?" + query);
    assertEquals(200, answer.statusCode(), answer.body());
    return new ObjectMapper().readTree(answer.body());
  }

  @Test
  void the_same_hall_is_warned_of_and_may_be_taken_all_the_same() throws IOException {
    var first = event("Loto", "2027-05-08", "14:00", "18:00");
    first.put("placeName", "salle des fêtes");
    var loto = odile.submit("/compose/event", "/events", first);
    assertEquals(200, loto.status());
    assertTrue(loto.text(".facts").contains("Limoges"), "the place brings its address");
    var schema = loto.html().selectFirst("script[type=application/ld+json]");
    assertNotNull(schema);
    var ld = new ObjectMapper().readTree(schema.data());
    assertEquals("2027-05-08T14:00+02:00", ld.path("startDate").asText());
    assertEquals(45.83, ld.at("/location/geo/latitude").asDouble());
    assertEquals("Person", ld.at("/organizer/@type").asText());
    assertEquals("Loto", loto.text(".h-event .p-name"));

    var second = event("Bal", "2027-05-08", "17:00", "23:00");
    second.put("placeName", "Salle des fêtes");
    var warned = odile.submit("/compose/event", "/events", second);
    assertTrue(warned.text(".notice.warn").contains("Même lieu : Loto"), warned.text("main"));
    var done = odile.submit(warned, "/events", Map.of("confirmed", "1"));
    assertEquals("Bal", done.text("h1"));
    var again =
        odile.submit(done.path() + "/edit", done.path() + "/edit", Map.of("status", "postponed"));
    assertTrue(again.text(".notice.warn").contains("Loto"), "a change is looked at as well");
    var postponed = odile.submit(again, done.path() + "/edit", Map.of("confirmed", "1"));
    assertTrue(postponed.text(".notice.warn").contains("Reporté"), postponed.text("main"));
  }

  @Test
  void what_only_the_neighbourhood_may_read_warns_its_residents_and_nobody_else()
      throws IOException {
    var walk = event("Veillée", "2027-07-03", "20:00", "22:00");
    walk.put("placeName", "Salle des fêtes");
    assertEquals("Veillée", odile.submit("/compose/event", "/events", walk).text("h1"));
    database.run("update post set visibility = 'ring' where name = 'Veillée'");
    var other = event("Projection", "2027-07-03", "21:00", "23:00");
    other.put("placeName", "Salle des fêtes");
    var warned = village.newcomer("paul").submit("/compose/event", "/events", other);
    assertTrue(warned.text(".notice.warn").contains("Même lieu : Veillée"), warned.text("main"));
    var hall = "start=2027-07-03T21:00:00%2B02:00&place=Salle%20des%20f%C3%AAtes";
    assertEquals(0, ask(hall).size(), "a stranger learns nothing");
    database.run("update post set visibility = 'public' where name = 'Veillée'");
    assertEquals(1, ask(hall).size());
    // A hall of the same name far away is another hall, even when nobody says in which town.
    assertEquals(0, ask(hall + "&lat=48.85&lon=2.35").size());
  }

  @Test
  void one_after_the_other_is_no_clash_and_a_theme_counts_within_ten_kilometres()
      throws IOException {
    var fields = event("Concert", "2027-06-05", "14:00", "18:00");
    fields.put("placeName", "Salle des fêtes");
    fields.put("category", "MUSIC");
    var concert = odile.submit("/compose/event", "/events", fields);
    assertEquals("Concert", concert.text("h1"));
    var at = "start=2027-06-05T%s:00%%2B02:00&end=2027-06-05T%s:00%%2B02:00&";
    var adjacent = at.formatted("18:00", "20:00") + "place=Salle%20des%20f%C3%AAtes";
    assertEquals(0, ask(adjacent).size());
    var same = ask(at.formatted("17:30", "20:00") + "place=Salle%20des%20f%C3%AAtes");
    assertEquals("hard", same.at("/0/kind").asText());
    var near = ask(at.formatted("15:00", "16:00") + "lat=45.9&lon=1.26&category=MUSIC");
    assertEquals("soft", near.at("/0/kind").asText());
    assertEquals(
        0, ask(at.formatted("15:00", "16:00") + "lat=46.1&lon=1.26&category=MUSIC").size());
    assertEquals(
        0, ask(at.formatted("15:00", "16:00") + "lat=45.9&lon=1.26&category=SPORTS").size());
    assertEquals(400, odile.raw("/api/placette/v1/clashes?start=demain").statusCode());
  }

  private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE;

  private static String warning(Walker.Page page) {
    return page.text(".notice.warn").replace('\u202f', ' ').replace('\u00a0', ' ');
  }

  private static String paris(LocalDate day, int hour) {
    return day.atTime(hour, 0).atZone(ZoneId.of("Europe/Paris")).toInstant().toString();
  }

  @Test
  void every_time_counts_of_what_repeats_whoever_repeats_it() throws IOException {
    var first = LocalDate.now().plusDays(10);
    var hall = "Salle des mariages";
    var weekly = event("Yoga", DAY.format(first), "18:00", "19:30");
    weekly.put("placeName", hall);
    weekly.put("repeat", "weekly");
    var yoga = odile.submit("/compose/event", "/events", weekly);
    assertEquals("Yoga", yoga.text("h1"));
    var series =
        database.one(
            "select '/series/' || uuid from series order by id desc limit 1",
            row -> row.getString(0));

    // Thirty weeks on, of which nothing is published.
    var late = first.plusWeeks(30);
    var reading = event("Lecture", DAY.format(late), "19:00", "21:00");
    reading.put("placeName", hall);
    var warned = odile.submit("/compose/event", "/events", reading);
    assertTrue(warning(warned).contains("Même lieu : Yoga"), warning(warned));
    assertTrue(warned.html().select(".notice.warn a[href=" + series + "]").size() == 1);
    var at = "place=Salle%20des%20mariages&start=";
    assertEquals(1, ask(at + paris(late, 19)).size());
    assertEquals(0, ask(at + paris(late, 20)).size(), "one after the other");
    assertEquals(0, ask(at + paris(late.plusDays(1), 19)).size());
    // Left out that week, it is in nobody's way; an hour later neither.
    database.update(
        "insert into series_occurrence (series_id, planned) select id, $1 from series where"
            + " '/series/' || uuid = $2",
        late.atTime(18, 0),
        series);
    var done = odile.submit("/compose/event", "/events", reading);
    assertEquals("Lecture", done.text("h1"));

    // What is planned repeats, and meets the reading in its thirtieth week, and the yoga each time.
    var choir = event("Chorale", DAY.format(first), "19:00", "22:00");
    choir.put("placeName", hall);
    choir.put("repeat", "weekly");
    choir.put("repeatCount", "40");
    var both = odile.submit("/compose/event", "/events", choir);
    assertTrue(warning(both).contains("Même lieu : Lecture"), warning(both));
    assertTrue(warning(both).contains("et 38 autres fois"), warning(both));
    var asked = ask(at + paris(first, 20) + "&repeat=weekly&repeat_until=" + late);
    assertEquals(
        400,
        odile.raw("/api/placette/v1/clashes?start=2027-05-01T18:00:00Z&repeat=daily").statusCode());
    assertEquals(
        400,
        odile
            .raw("/api/placette/v1/clashes?start=2027-05-01T18:00:00Z&repeat=weekly&repeat_count=x")
            .statusCode());
    assertEquals("Lecture", asked.at("/0/name").asText(), asked::toString);
    assertEquals(1, asked.at("/0/times").asInt());

    // The rest of a series is no clash with itself, but with others.
    var path = series + "/edit?date=" + first + "T18:00";
    var same = odile.submit(path, path, Map.of("price", "5 €"));
    assertEquals("Yoga", same.text("h1"), same.text("main"));
    var next =
        database.one(
            "select '/series/' || uuid from series order by id desc limit 1",
            row -> row.getString(0));
    database.update("delete from series_occurrence where post_id is null");
    path = next + "/edit?date=" + first + "T18:00";
    var met = odile.submit(path, path, Map.of("endTime", "20:00"));
    assertTrue(warning(met).contains("Même lieu : Lecture"), warning(met));
    assertEquals("Yoga", odile.submit(met, path, Map.of("confirmed", "1")).text("h1"));
  }
}
