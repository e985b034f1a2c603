package org.placette.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.db.Db;
import org.placette.rsvp.Rsvps;
import org.placette.testing.PgExtension;
import org.placette.testing.Walker;

/** Somebody without an account comes to all dates, by one letter, and leaves all by the same. */
@ExtendWith(PgExtension.class)
class SeriesGuestTest {

  private static final String ADDRESS = "berard@saint-just.example";

  @TempDir static Path data;

  private static Db database;
  private static Village village;
  private static Walker nour;
  private static Walker guest;

  @BeforeAll
  static void start(Db db) {
    database = db;
    // Nobody listens there: letters stay to be looked at.
    village = Village.start(db, data, Map.of("PLACETTE_SMTP_URL", "smtp://127.0.0.1:9"));
    nour = village.newcomer("nour");
    guest = village.guest();
  }

  @AfterAll
  static void stop() {
    village.close();
  }

  /** The path of the series whose first date is published so. */
  private static String publish(String name, Map<String, String> more) {
    var fields = new java.util.HashMap<>(more);
    fields.put("name", name);
    fields.put("startDate", LocalDate.now().plusDays(2).toString());
    fields.put("startTime", "18:00");
    fields.put("repeat", "weekly");
    var event = nour.submit("/compose/event", "/events", fields);
    var link = event.html().select("a[href^=/series/]").first();
    return Objects.requireNonNull(link).attr("href").replaceFirst("/edit.*", "");
  }

  /** Asks for a letter and gives the path of its link. */
  private static String asked(String series, String party) {
    var fields = Map.of("guestName", "Mme Bérard", "email", ADDRESS, "party", party);
    var sent = guest.submit(series + "/guest", series + "/guest", fields);
    assertEquals(1, sent.count(".notice"), sent.text("main"));
    var body =
        Objects.requireNonNull(
            database.one(
                "select body from letter where recipient = $1 order by id desc limit 1",
                row -> row.getString(0),
                ADDRESS));
    var found = Pattern.compile("https?://[^/]+(/regular/\\S+)").matcher(body);
    assertTrue(found.find(), body);
    return found.group(1);
  }

  private static String answers(String name) {
    return String.join(
        ", ",
        database.list(
            "select r.state || ' ' || count(*) || ' x ' || r.party from rsvp r"
                + " join post p on p.id = r.post_id where p.name = $1 and r.guest_email = $2"
                + " group by r.state, r.party order by 1",
            row -> row.getString(0),
            name,
            ADDRESS));
  }

  private static void weeksLater(String name, int weeks) {
    var clock =
        Clock.fixed(Clock.systemUTC().instant().plus(Duration.ofDays(7L * weeks)), ZoneOffset.UTC);
    var worker = new Recurrence(database, village.actors(), village.events(), (sql, e) -> e, clock);
    var room = new Rsvps(database, village.events(), Clock.systemUTC());
    worker.regulars(new Regulars(database, village.actors(), village.events(), room, clock));
    database.update("update series set next_check = now() where template->>'name' = $1", name);
    while (worker.publishDue() > 0) {}
  }

  @Test
  void one_letter_confirms_all_dates_those_to_come_too_and_leaves_them_all() {
    var series = publish("Chorale", Map.of("guests", "yes"));
    var link = asked(series, "2");
    // Programs that look for viruses follow links: nothing counts yet.
    assertTrue(guest.get(link).text("main").contains("Venez-vous à toutes les dates"));
    assertEquals("", answers("Chorale"));
    var joined = guest.press(link, link, "answer", "yes");
    assertTrue(
        joined.text("main").contains("Vous venez à toutes les dates. À 2 personnes"),
        joined.text("main"));
    assertEquals(4, joined.count("main li"));
    assertEquals("going 4 x 2", answers("Chorale"));
    weeksLater("Chorale", 1);
    assertEquals("going 5 x 2", answers("Chorale"));
    assertTrue(
        nour.get(series).text("main").contains("2 personnes"), nour.get(series).text("main"));
    // A lost letter is asked for again; what was confirmed stays.
    var again = asked(series, "7");
    assertEquals(404, guest.get(link).status());
    var left = guest.press(again, again, "answer", "no");
    assertTrue(left.text("main").contains("votre adresse est effacée"), left.text("main"));
    assertEquals("declined 5 x 2", answers("Chorale"));
    assertEquals(404, guest.get(again).status());
    weeksLater("Chorale", 2);
    assertEquals("declined 5 x 2", answers("Chorale"));
  }

  @Test
  void a_full_date_means_waiting_and_all_that_follow_may_change_meanwhile() {
    var series = publish("Couture", Map.of("guests", "yes", "capacity", "2"));
    var link = asked(series, "2");
    var first =
        Objects.requireNonNull(nour.get(series).html().select("main li a[href^=/events/]").first())
            .attr("href");
    var yann = village.newcomer("yann");
    yann.press(first, first + "/answer", "answer", "going");
    guest.press(link, link, "answer", "yes");
    assertEquals("going 3 x 2, waiting 1 x 2", answers("Couture"));
    // From the third date on it is another series; the letter is still good for both.
    var from = nour.get(series).html().select("a[href^=" + series + "/edit]").get(2).attr("href");
    var changed = nour.submit(from, from, Map.of("name", "Couture", "startTime", "19:00"));
    assertEquals(200, changed.status(), changed.text("main"));
    guest.press(link, link, "answer", "no");
    assertEquals("declined 6 x 2", answers("Couture"));
  }

  @Test
  void where_accounts_are_wanted_there_is_no_form_for_guests() {
    var series = publish("Bureau", Map.of());
    assertEquals(0, guest.get(series).count("a[href$=/guest]"));
    assertEquals(404, guest.get(series + "/guest").status());
  }
}
