package org.placette.rsvp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.db.Db;
import org.placette.testing.Letterbox;
import org.placette.testing.Letterbox.Mail;
import org.placette.testing.PgExtension;
import org.placette.testing.Walker;

/**
 * Every letter to somebody without an account speaks the language of the page they signed up on.
 */
@ExtendWith(PgExtension.class)
class GuestLanguageTest {

  private static final String EVENTS = "/api/placette/v1/events";

  @TempDir static Path data;

  private static Db database;
  private static Letterbox letters;
  private static Village village;
  private static Walker nour;
  private static String token;

  @BeforeAll
  static void start(Db db) throws Exception {
    database = db;
    letters = new Letterbox();
    village = Village.start(db, data, Map.of("PLACETTE_SMTP_URL", letters.url()));
    letters.whileWaiting(village::wakeDue);
    var person = village.person("nour");
    token = person.token();
    nour = village.walker("nour");
  }

  @AfterAll
  static void stop() throws Exception {
    village.close();
    letters.close();
  }

  /** Publishes an event in French; gives its number and its path. */
  private static String[] publish(String name, OffsetDateTime start, Object... more) {
    var wanted = new HashMap<String, Object>(Map.of("name", name, "language", "fr"));
    wanted.putAll(Map.of("start_time", start.toString(), "guests", true));
    for (var i = 0; i < more.length; i += 2) wanted.put(more[i].toString(), more[i + 1]);
    var status = village.app(token).post(EVENTS, wanted);
    var uri = status.path("uri").asText();
    return new String[] {status.path("id").asText(), uri.substring(uri.indexOf("/events/"))};
  }

  private static String address(String name) {
    return name + "@saint-just.example";
  }

  /** Signs up on the page in a language, and gives the path of the letter's link. */
  private static String asked(String path, String name, String language, String subject)
      throws Exception {
    var guest = village.guest();
    guest.get(path + "?lang=" + language);
    var form = path + "/guest";
    var sent = guest.submit(form, form, Map.of("guestName", name, "email", address(name)));
    assertEquals(1, sent.count(".notice"), sent.text("main"));
    return link(letters.take(address(name), subject), "/(answer|regular)/");
  }

  private static String link(Mail mail, String path) {
    var found = Pattern.compile("https?://[^/]+(" + path + "\\S+)").matcher(mail.text());
    assertTrue(found.find(), mail.text());
    return found.group(1);
  }

  private static void says(String link, String answer) {
    var unused = village.guest().press(link, link, "answer", answer);
  }

  private static Mail english(String name, String subject) throws Exception {
    var mail = letters.take(address(name), subject);
    assertTrue(mail.text().contains("See the event"), mail.text());
    assertFalse(mail.text().contains("événement"), mail.text());
    return mail;
  }

  @Test
  void the_whole_life_of_an_answer_is_told_in_the_language_of_the_guest() throws Exception {
    var start = OffsetDateTime.now(ZoneOffset.UTC).plusHours(20);
    var bal = publish("Bal", start, "capacity", 2, "reminders", new int[] {1440});
    var ann = asked(bal[1], "ann", "en", "Confirm that you come: Bal");
    var luc = asked(bal[1], "luc", "fr", "Confirmez votre venue");
    var bob = asked(bal[1], "bob", "en", "Confirm that you come: Bal");
    says(ann, "going");
    says(luc, "going");
    says(bob, "going");
    english("ann", "Reminder: Bal");
    says(luc, "not_going");
    english("bob", "You have a place: Bal");

    var later = Map.<String, Object>of("start_time", start.plusHours(1).toString());
    village.app(token).put(EVENTS + "/" + bal[0], later);
    english("ann", "Changed: Bal");
    database.update("update event set start_time = now() - interval '1 day', end_time = null");
    nour.submit(bal[1] + "/after", bal[1] + "/after", Map.of("text", "Merci !"));
    assertTrue(english("ann", "Thank you: Bal").text().contains("Say how it was"));
  }

  @Test
  void the_organiser_s_decision_and_a_cancellation_are_told_so_too() throws Exception {
    var start = OffsetDateTime.now(ZoneOffset.UTC).plusDays(9);
    var atelier = publish("Atelier", start, "join_mode", "restricted");
    says(asked(atelier[1], "eve", "en", "Confirm that you come: Atelier"), "going");
    var list = atelier[1] + "/attendees";
    nour.press(list, list, "do", "approve");
    english("eve", "You have a place: Atelier");
    // Who signed up before anybody kept languages reads the event's.
    says(asked(atelier[1], "old", "en", "Confirm that you come: Atelier"), "maybe");
    database.update("update rsvp set language = null where guest_name = 'old'");
    village.app(token).put(EVENTS + "/" + atelier[0], Map.of("state", "cancelled"));
    english("eve", "Cancelled: Atelier");
    assertTrue(letters.take(address("old"), "Annulé").text().contains("Voir l’événement"));
  }

  @Test
  void until_when_a_free_place_is_held_is_told_so_too() throws Exception {
    var start = OffsetDateTime.now(ZoneOffset.UTC).plusDays(9);
    var four = publish("Four à pain", start, "capacity", 1);
    var luc = asked(four[1], "luc", "fr", "Confirmez votre venue");
    says(luc, "going");
    says(asked(four[1], "zoe", "en", "Confirm that you come: Four"), "going");
    says(luc, "not_going");
    var moved = english("zoe", "A place for you: Four à pain");
    var told = moved.text();
    assertTrue(told.contains("Confirm that you come before"), told);
    assertTrue(told.matches("(?s).*before: \\w+day,? \\d+ \\p{Upper}.*"), told);
  }

  @Test
  void who_comes_to_all_dates_of_a_series_is_told_so_too() throws Exception {
    var day = LocalDate.now().plusDays(2).toString();
    var fields =
        Map.of("name", "Chorale", "startDate", day, "startTime", "18:00", "repeat", "weekly");
    var all = new HashMap<>(fields);
    all.put("guests", "yes");
    var event = nour.submit("/compose/event", "/events", all);
    var series = event.html().select("a[href^=/series/]").attr("href").replaceFirst("/edit.*", "");
    says(asked(series, "sam", "en", "Confirm that you come to all dates: Chorale"), "yes");
    nour.submit(event.path() + "/cancel", event.path() + "/cancel", Map.of());
    english("sam", "Cancelled: Chorale");
  }
}
