package org.placette.after;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.db.Db;
import org.placette.testing.PgExtension;

/** Letters to those who want them, and what happens once an event is over. */
@ExtendWith(PgExtension.class)
class AfterTest {

  private static final String LETTERS = "/settings/notifications";

  @TempDir static Path data;

  private static Db database;
  private static Village village;

  @BeforeAll
  static void start(Db db) {
    database = db;
    // Nobody listens there: letters stay to be looked at.
    village = Village.start(db, data, Map.of("PLACETTE_SMTP_URL", "smtp://127.0.0.1:9"));
  }

  @AfterAll
  static void stop() {
    village.close();
  }

  private record Letter(String subject, String body, String unsubscribe) {}

  /** Waits for the letters to somebody whose subject begins so. */
  private static List<Letter> letters(String to, String subject) throws InterruptedException {
    for (int i = 0; i < 1_800; i++) {
      var found =
          database.list(
              "select subject, body, coalesce(unsubscribe, '') from letter"
                  + " where recipient = $1 and subject like $2 || '%'",
              row -> new Letter(row.getString(0), row.getString(1), row.getString(2)), to, subject);
      if (!found.isEmpty()) return found;
      Thread.sleep(100);
    }
    return List.of();
  }

  private static String link(Letter letter, String path) {
    var found = Pattern.compile("https?://[^/]+(" + path + "[^\\s]+)").matcher(letter.body());
    assertTrue(found.find(), letter.body());
    return found.group(1);
  }

  @Test
  void those_who_came_are_thanked_and_asked_once_and_letters_end_with_one_click() throws Exception {
    var nour = village.newcomer("nour");
    var yann = village.newcomer("yann");
    var guest = village.guest();
    for (var one : List.of(nour, yann)) {
      var saved = one.submit(LETTERS, LETTERS, Map.of("events.letters", "yes"));
      assertEquals(1, saved.count("input[name='events.letters'][checked]"));
    }
    var event =
        nour.submit(
            "/compose/event",
            "/events",
            Map.of(
                "name",
                "Bal",
                "startDate",
                LocalDate.now().plusDays(3).toString(),
                "startTime",
                "20:00",
                "guests",
                "yes"));
    var path = event.path();
    yann.press(path, path + "/answer", "answer", "going");
    guest.submit(
        path + "/guest",
        path + "/guest",
        Map.of("guestName", "Mme Bérard", "email", "berard@saint-just.example"));
    var answer = link(letters("berard@saint-just.example", "").getFirst(), "/answer/");
    guest.press(answer, answer, "answer", "going");
    assertTrue(nour.get("/notifications").text("main").contains("gens sans compte"));
    database.update("update guest_news set due = now()");
    var morning = letters("nour@saint-just.example", "Des réponses sans compte").getFirst();
    assertTrue(morning.body().contains("Mme Bérard – vient"), morning.body());

    database.update("update event set start_time = now() - interval '1 day', end_time = null");
    var thanks = Map.of("text", "Merci à tous, et aux musiciens !", "shared", "yes");
    var done = nour.submit(path + "/after", path + "/after", thanks);
    assertTrue(done.text(".notice").contains("Vous avez remercié"), done.text("main"));
    assertTrue(yann.get(path).text("main").contains("aux musiciens"));
    var asked = letters("berard@saint-just.example", "Merci").getFirst();
    var feedback = link(asked, "/feedback/");
    guest.submit(feedback, feedback, Map.of("answer", "3", "words", "On recommence ?"));
    var letter = letters("yann@saint-just.example", "Merci").getFirst();
    assertTrue(letter.body().contains(path + "/feedback"), letter.body());
    yann.submit(path + "/feedback", path + "/feedback", Map.of("answer", "2"));
    var seen = yann.get(path + "/feedback").text("main");
    assertTrue(seen.contains("On recommence ?"), seen);
    assertTrue(nour.get(path + "/after").text("main").contains("1 Très bien"));

    var click = letter.unsubscribe().replaceFirst("https?://[^/]+", "");
    var ended = village.app("").form("POST", click, "List-Unsubscribe", "One-Click");
    assertEquals(200, ended.status());
    assertEquals(0, yann.get(LETTERS).count("input[name='events.letters'][checked]"));
  }
}
