package org.placette.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.db.Db;
import org.placette.federation.fetch.GuardedHttp;
import org.placette.testing.Eventually;
import org.placette.testing.FakeInstance;
import org.placette.testing.PgExtension;
import org.placette.testing.Walker;

/** An animator follows a calendar of others, over real HTTP at both ends. */
@ExtendWith(PgExtension.class)
class ImportsTest {

  @TempDir static Path data;

  private static final AtomicReference<String> CALENDAR = new AtomicReference<>("");
  private static final AtomicInteger WHOLE = new AtomicInteger();
  private static Db database;
  private static HttpServer other;
  private static Village village;
  private static Walker odile;

  @BeforeAll
  static void start(Db db) throws IOException {
    database = db;
    other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/agenda.ics",
        exchange -> {
          try (exchange) {
            var served = String.valueOf(CALENDAR.get());
            var body = served.getBytes(StandardCharsets.UTF_8);
            var tag = "\"" + served.hashCode() + "\"";
            exchange.getResponseHeaders().set("ETag", tag);
            if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
              exchange.sendResponseHeaders(304, -1);
              return;
            }
            WHOLE.incrementAndGet();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    other.start();
    village = Village.start(db, data);
    odile = village.newcomer("odile", "animator");
  }

  @AfterAll
  static void stop() {
    village.close();
    other.stop(0);
  }

  private static String calendar(String title, String uids) {
    var day = LocalDate.now().plusDays(9).toString().replace("-", "");
    var all = new StringBuilder("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n");
    for (var uid : uids.split(","))
      all.append(
          "BEGIN:VEVENT\r\nUID:%s\r\nSUMMARY:%s\r\nDTSTART;TZID=Europe/Paris:%sT200000\r\nLOCATION:Mairie\r\nEND:VEVENT\r\n"
              .formatted(uid, title, day));
    return all + "END:VCALENDAR\r\n";
  }

  private static int count() {
    var count = database.one("select count(*)::int from imported_event", row -> row.getInteger(0));
    return count == null ? -1 : count;
  }

  @Test
  void it_is_read_again_deduplicated_by_uid_warned_of_and_published_by_hand() {
    CALENDAR.set(calendar("Conseil <b>municipal</b>", "a,b,a"));
    var url = "http://127.0.0.1:" + other.getAddress().getPort() + "/agenda.ics";
    var added =
        odile.submit("/imports", "/imports", Map.of("importName", "La mairie", "importUrl", url));
    assertTrue(added.text("main").contains("2 événements"), added.text("main"));

    // Nothing new: one short answer. Then one changes and one goes.
    var http = new GuardedHttp(village.vertx(), FakeInstance.rules());
    var imports =
        new Imports(
            village.vertx(),
            database,
            village.actors(),
            village.events(),
            http,
            () -> ZoneId.of("Europe/Paris"));
    assertEquals(1, WHOLE.get());
    assertEquals(false, imports.checkDue());
    CALENDAR.set(calendar("Conseil municipal", "b"));
    database.update("update import_source set next_check = now()");
    try (var worker = imports.start(Duration.ofMillis(100))) {
      Eventually.holds("the calendar is read again", () -> count() == 1);
    }

    var start = LocalDate.now().plusDays(9) + "T20:30:00Z";
    var clashes =
        odile.raw("/api/placette/v1/clashes?place=mairie&start=" + start.replace("20:30", "19:30"));
    assertTrue(clashes.body().contains("\"source\":\"La mairie\""), clashes.body());
    var id = database.one("select id from imported_event", row -> row.getLong(0));
    var shown = odile.get("/imports/" + id);
    assertTrue(shown.text("main").contains("Chez les voisins : La mairie"), shown.text("main"));
    var published = odile.submit(shown, "/imports/" + id + "/publish", Map.of());
    assertEquals("Conseil municipal", published.text("h1"));
    assertEquals(published.path(), odile.get("/imports/" + id).path());
  }

  @Test
  void a_file_is_called_as_it_calls_itself_and_what_is_no_calendar_leaves_nothing() {
    var named = calendar("Chorale", "f1").replace("VERSION:2.0", "X-WR-CALNAME:Comité des fêtes");
    var added = odile.upload(odile.get("/imports"), "/imports", Map.of(), named);
    assertTrue(added.text("main").contains("Comité des fêtes"), added.text("main"));

    var refused = odile.upload(odile.get("/imports"), "/imports", Map.of(), "rendez-vous");
    assertEquals(422, refused.status());
    assertEquals(
        "Ou un fichier .ics: Ce n’est pas un calendrier, ou il ne peut pas être lu.",
        refused.text(".notice.warn li"));
    var large =
        odile.upload(odile.get("/imports"), "/imports", Map.of(), named + " ".repeat(1 << 20));
    assertEquals(
        "Ou un fichier .ics: Ce calendrier est trop lourd : 1 Mo au plus.",
        large.text(".notice.warn li"));
    assertEquals(1, database.update("delete from import_source where url is null"));
  }

  @Test
  void one_is_read_at_once_when_somebody_presses_and_says_what_came_of_it() {
    CALENDAR.set(calendar("Marché", "now1"));
    var url = "http://127.0.0.1:" + other.getAddress().getPort() + "/agenda.ics?now";
    var page = odile.submit("/imports", "/imports", Map.of("importUrl", url));
    var id =
        database.one("select id from import_source where url = $1", row -> row.getLong(0), url);
    var read = "/imports/" + id + "/read";
    assertTrue(pressed(read).contains("Attendez une minute"), page.text("main"));
    assertTrue(again(read).contains("rien n’a changé"));
    CALENDAR.set(calendar("Marché", "now1,now2"));
    assertTrue(again(read).contains("2 événements"));
    CALENDAR.set("<html>");
    assertTrue(again(read).contains("n’est pas un calendrier"));
    database.update(
        "update import_source set url = replace(url, '/agenda.ics', '/none') where id = $1", id);
    assertTrue(again(read).contains("Il n’y a pas de calendrier à cette adresse"));
    assertTrue(odile.get("/imports").text("main").contains("2 événements"), "what was read stays");
    assertEquals(1, database.update("delete from import_source where id = $1", id));
  }

  /** The same a minute later. */
  private static String again(String read) {
    database.update("update import_source set asked_at = now() - interval '61 s'");
    return pressed(read);
  }

  private static String pressed(String read) {
    return odile.submit("/imports", read, Map.of()).text("main");
  }
}
