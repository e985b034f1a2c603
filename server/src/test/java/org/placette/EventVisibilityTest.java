package org.placette;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Onlooker.Who;
import org.placette.db.Db;
import org.placette.testing.PgExtension;
import org.placette.testing.Walker;

/**
 * Events that come again and questions for a date, for neighbours or for residents alone: whoever
 * may not read them finds what there is of something that never was, at every door.
 */
@ExtendWith(PgExtension.class)
class EventVisibilityTest {

  private static final Set<Who> READERS =
      Set.of(Who.RESIDENT, Who.FOLLOWER, Who.ADDRESSEE, Who.MEMBER, Who.MODERATOR, Who.NEIGHBOUR);

  private static final List<String> DOORS =
      List.of(
          "GET page /events/{event}",
          "GET page /events/{event}.ics",
          "GET page /events/{event}/banner.svg",
          "GET page /events/{event}/banner.png",
          "GET page /events/{event}/poster",
          "GET page /events/{event}/guest",
          "GET page /events/{event}/feedback",
          "GET page /events/{event}/edit",
          "GET page /borne/events/{event}",
          "POST page /events/{event}/answer answer=going",
          "GET object /events/{event}",
          "GET object /events/{event}/context",
          "GET object /events/{event}/replies",
          "GET object /events/{event}/organizers",
          "GET object /events/{event}/attendees",
          "GET app /api/v1/statuses/{id}",
          "GET app /api/placette/v1/events/{id}",
          "GET app /api/placette/v1/events/{id}/series",
          "GET app /api/placette/v1/events/{id}/attendees",
          "GET app /api/placette/v1/events/{id}/rsvp",
          "PUT app /api/placette/v1/events/{id}/rsvp answer=going",
          "GET page /series/{series}",
          "GET page /series/{series}.ics",
          "GET page /series/{series}/guest",
          "GET page /series/{series}/edit?date=2099-01-01T10:00",
          "POST page /series/{series}/come answer=yes&party=1",
          "POST page /series/{series}/guest guestName=Zoe&email=zoe@a.example",
          "POST page /series/{series}/pause",
          "POST page /series/{series}/end",
          "GET object /series/{series}",
          "GET app /api/placette/v1/series/{number}",
          "GET app /api/placette/v1/series/{number}/rsvp",
          "PUT app /api/placette/v1/series/{number}/rsvp answer=going",
          "DELETE app /api/placette/v1/series/{number}/rsvp");

  private static final List<String> DATES =
      List.of(
          "GET page /dates/{id}",
          "GET page /dates/{id}/add",
          "GET page /dates/{id}/choose",
          "POST page /dates/{id}/answer choice0=yes",
          "POST page /dates/{id}/withdraw",
          "POST page /dates/{id}/close",
          "GET page /posts/{id}",
          "GET object /posts/{id}",
          "GET app /api/v1/statuses/{id}",
          "GET app /api/v1/polls/{id}",
          "POST app /api/v1/polls/{id}/votes choices[]=0");

  private static final List<String> LISTS =
      List.of(
          "GET page /",
          "GET page /events",
          "GET page /events?view=month",
          "GET page /dates",
          "GET page /posts",
          "GET page /users/awa",
          "GET page /groups/parents",
          "GET page /search?q=secret",
          "GET page /borne",
          "GET page /borne/agenda",
          "GET page /bulletin",
          "GET page /sitemap.xml",
          "GET feed /calendar.ics",
          "GET feed /users/awa/calendar.ics",
          "GET feed /events.atom",
          "GET feed /groups/parents/calendar.ics",
          "GET feed /groups/parents/events.atom",
          "GET object /groups/parents/upcoming",
          "GET object /groups/parents/outbox?page=true",
          "GET object /users/awa/upcoming",
          "GET object /users/awa/outbox?page=true",
          "GET object /actor/upcoming",
          "GET app /api/placette/v1/events",
          "GET app /api/v1/timelines/public",
          "GET app /api/v2/search?q=secret",
          "GET app /api/v1/notifications");

  private static Village village;
  private static Stage stage;
  private static Matrix matrix;
  private static Walker awa;

  @BeforeAll
  static void start(Db db, @TempDir Path data) {
    village = Village.start(db, data, Map.of("PLACETTE_SMTP_URL", "smtp://127.0.0.1:1"));
    stage = new Stage(village.whole(), village.vertx());
    matrix = new Matrix(stage, LISTS);
    awa = village.walker("awa");
  }

  @AfterAll
  static void stop() {
    stage.viewers().values().forEach(Onlooker::close);
    stage.close();
    village.close();
  }

  private static long number(String query, Object value) {
    Long found = village.whole().db.one(query, row -> row.getLong(0), value);
    return found == null ? 0 : found;
  }

  private static Map<String, String> fields(String... pairs) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) fields.put(pairs[i], pairs[i + 1]);
    return fields;
  }

  private static void readers(Set<Who> readers, String path) {
    for (var who : readers) {
      var viewer = matrix.viewer(who);
      var answer = viewer.ask("GET " + (viewer.remote() ? "object " + path : "page " + path));
      if (!answer.startsWith("200") || !answer.contains("secret"))
        matrix.leak(path + " is hidden from " + who + ": " + answer.substring(0, 200));
    }
  }

  private static void tight() {
    var leaks = matrix.leaks();
    assertTrue(leaks.isEmpty(), () -> leaks.size() + " leaks:\n" + String.join("\n\n", leaks));
  }

  @Test
  void a_series_for_neighbours_and_each_of_its_dates_are_nothing_to_everybody_else() {
    closed("ring", READERS, Map.of("audience", "ring"));
  }

  @Test
  void a_series_of_a_private_group_and_each_of_its_dates_are_for_its_members() {
    var room = number("select id from actor where host is null and username = $1", "parents");
    closed("group", Set.of(Who.MEMBER), Map.of("room", String.valueOf(room)));
    var seen = matrix.viewer(Who.MEMBER);
    for (var list : List.of("/groups/parents", "/events"))
      assertTrue(seen.ask("GET page " + list).contains("secret group"), list);
  }

  private static void closed(String audience, Set<Who> readers, Map<String, String> chosen) {
    var forbidden = Matrix.without(readers);
    matrix.before(forbidden);
    var day = LocalDate.now().plusDays(3).toString();
    var form =
        fields(
            "name",
            "Tournée secret " + audience,
            "text",
            "secret",
            "startDate",
            day,
            "startTime",
            "10:00");
    form.putAll(chosen);
    form.putAll(Map.of("repeat", "weekly", "guests", "yes"));
    var made = awa.attempt("/compose/event", "/events", form);
    assertEquals(200, made.status(), made.text("main"));
    matrix.shown(readers);
    matrix.unchanged("series for " + audience, forbidden);
    var series = made.html().select(".facts a[href^=/series/]").attr("href");
    var words = new LinkedHashMap<String, String>();
    var uuid = UUID.fromString(made.id());
    var event = number("select post_id from event where uuid = $1", uuid);
    var number = number("select series_id from series_occurrence where post_id = $1", event);
    words.put("event", made.id());
    words.put("series", series.substring("/series/".length()));
    words.put("id", String.valueOf(event));
    words.put("number", String.valueOf(number));
    matrix.closed("series for " + audience, forbidden, DOORS, words, never(event));
    readers(readers, made.path());
    readers(readers, series);
    for (var part : List.of(".ics", "/banner.svg")) {
      var answer = matrix.viewer(Who.MEMBER).ask("GET page " + made.path() + part);
      assertTrue(answer.startsWith("200") && answer.contains("\ncache-control[private"), answer);
    }
    // What is changed from a date on stays for those it was for.
    var later = day + "T10:00";
    var edited =
        awa.submit(
            series + "/edit?date=" + later,
            series + "/edit?date=" + later,
            fields("name", "Autre secret " + audience));
    assertEquals(200, edited.status(), edited.text("main"));
    var open =
        number("select count(*) from post where type = 'Event' and visibility = $1", "public");
    assertEquals(0, open);
    matrix.unchanged("series changed", forbidden);
    var after = edited.html().select(".facts a[href^=/series/]").attr("href");
    words.put("series", after.substring("/series/".length()));
    matrix.closed("series changed", forbidden, DOORS, words, never(event));
    readers(readers, after);
    tight();
  }

  private static Map<String, String> never(long id) {
    var none = String.valueOf(id + 77_777);
    var uuid = UUID.randomUUID().toString();
    return Map.of("event", uuid, "series", uuid, "id", none, "number", none);
  }

  @Test
  void a_question_for_a_date_is_asked_of_nobody_else() {
    for (var audience : List.of("local", "ring")) {
      var readers =
          audience.equals("ring")
              ? READERS
              : Set.of(Who.RESIDENT, Who.FOLLOWER, Who.ADDRESSEE, Who.MEMBER, Who.MODERATOR);
      var forbidden = Matrix.without(readers);
      matrix.before(forbidden);
      var day = LocalDate.now().plusDays(5).toString();
      var form = fields("name", "Repas secret " + audience, "audience", audience);
      form.putAll(Map.of("date1", day, "from1", "10:00", "date2", day, "from2", "18:00"));
      var made = awa.attempt("/compose/dates", "/dates", form);
      assertEquals(200, made.status(), made.text("main"));
      matrix.shown(readers);
      matrix.unchanged("dates " + audience, forbidden);
      var id = Long.parseLong(made.id());
      matrix.closed("dates " + audience, forbidden, DATES, Map.of("id", made.id()), never(id));
      for (var who : readers)
        if (!matrix.viewer(who).remote())
          assertTrue(matrix.viewer(who).ask("GET page " + made.path()).contains("secret"));
    }
    tight();
  }
}
