package org.placette.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
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

/** Every kind of letter about events, as a mail server gets it. */
@ExtendWith(PgExtension.class)
class LettersTest {

  private static final String GUEST = "berard@saint-just.example";

  @TempDir static Path data;

  private static Db database;
  private static Letterbox box;
  private static Village village;
  private static Walker nour;
  private static Walker yann;
  private static Walker guest;

  @BeforeAll
  static void start(Db db) throws IOException {
    database = db;
    box = new Letterbox();
    db.update(
        "insert into setting (key, value) values ('instance.name', 'Saint-Just-en-Été'),"
            + " ('instance.email', 'mairie@saint-just.example')"
            + " on conflict (key) do update set value = excluded.value");
    village = Village.start(db, data, Map.of("PLACETTE_SMTP_URL", box.url()));
    box.whileWaiting(village::wakeDue);
    nour = village.newcomer("nour");
    yann = village.newcomer("yann");
    guest = village.guest();
    yann.submit(
        "/settings/notifications", "/settings/notifications", Map.of("events.letters", "yes"));
  }

  @AfterAll
  static void stop() throws IOException {
    village.close();
    box.close();
  }

  /** What every letter has; the chosen ones end with one click (RFC 8058). */
  private static Mail looked(Mail mail, String language, boolean chosen) {
    assertEquals("Saint-Just-en-Été <placette@localhost>", mail.header("From"), mail.raw());
    assertEquals("mairie@saint-just.example", mail.header("Reply-To"));
    assertEquals("auto-generated", mail.header("Auto-Submitted"));
    assertEquals(language, mail.header("Content-Language"));
    assertTrue(mail.header("Message-ID").matches("<\\S+@localhost>"), mail.raw());
    assertTrue(mail.header("Date").matches("\\w{3}, \\d+ \\w{3} \\d{4} .*"), mail.raw());
    assertTrue(mail.header("Content-Type").startsWith("multipart/alternative"), mail.raw());
    assertTrue(mail.text().contains(village.origin() + "/"), mail.text());
    assertEquals(chosen ? "List-Unsubscribe=One-Click" : "", mail.header("List-Unsubscribe-Post"));
    if (chosen) {
      var click = mail.header("List-Unsubscribe").replaceAll("[<>]", "");
      assertTrue(click.startsWith(village.origin() + "/api/placette/v1/unsubscribe/"), click);
    }
    return mail;
  }

  private static String link(Mail mail, String path) {
    var found = Pattern.compile("https?://[^/]+(" + path + "\\S+)").matcher(mail.text());
    assertTrue(found.find(), mail.text());
    return found.group(1);
  }

  private static String published(String name, Map<String, String> more) {
    var fields = new java.util.HashMap<>(more);
    fields.put("name", name);
    fields.put("startDate", LocalDate.now().plusDays(3).toString());
    fields.put("startTime", "20:00");
    fields.put("guests", "yes");
    return nour.submit("/compose/event", "/events", fields).path();
  }

  private static void asks(Walker who, String path) {
    who.submit(path + "/guest", path + "/guest", Map.of("guestName", "Mme B.", "email", GUEST));
  }

  @Test
  void letters_about_an_event_say_who_writes_why_and_in_which_language() throws Exception {
    var path = published("Été : bal", Map.of("capacity", "1"));
    yann.press(path, path + "/answer", "answer", "going");
    asks(guest, path);
    var confirm = looked(box.take(GUEST, "Confirmez votre venue"), "fr", false);
    var answer = link(confirm, "/answer/");
    guest.press(answer, answer, "answer", "going");
    yann.press(path, path + "/answer", "answer", "not_going");
    looked(box.take(GUEST, "Une place pour vous"), "fr", false);
    var edit = Map.of("startTime", "21:00", "placeName", "Le préau");
    nour.submit(path + "/edit", path + "/edit", edit);
    var changed = looked(box.take(GUEST, "Changement"), "fr", false);
    assertTrue(changed.text().contains("21\u00a0h") && changed.text().contains("préau"));
    database.update("update event set start_time = now() + interval '20 hours'");
    looked(box.take(GUEST, "Rappel"), "fr", false);

    // Afterwards: thanks, and a question of three answers, to those who came.
    nour.submit(path + "/edit", path + "/edit", Map.of("capacity", "2"));
    yann.press(path, path + "/answer", "answer", "going");
    database.update("update event set start_time = now() - interval '1 day', end_time = null");
    nour.submit(path + "/after", path + "/after", Map.of("text", "À l’année prochaine !"));
    looked(box.take("yann@saint-just.example", "Merci"), "fr", true);
    var thanks = looked(box.take(GUEST, "Merci"), "fr", false);
    assertTrue(thanks.text().contains("À l’année prochaine"), thanks.text());
    var feedback = guest.get(link(thanks, "/feedback/"));
    assertEquals(3, feedback.count("input[name=answer]"), feedback.text("main"));

    var other = published("Fête", Map.of());
    yann.press(other, other + "/answer", "answer", "going");
    nour.submit(other + "/cancel", other + "/cancel", Map.of());
    var mail = looked(box.take("yann@saint-just.example", "Annulé"), "fr", true);
    var click = mail.header("List-Unsubscribe").replaceAll("[<>]", "");
    var ended = village.app("").form("POST", click.substring(village.origin().length()), "a", "b");
    assertEquals(200, ended.status());
  }

  @Test
  void bulletins_end_with_one_click_too_and_english_readers_get_english() throws Exception {
    var path = published("Chorale", Map.of("repeat", "weekly"));
    var series =
        nour.get(path).html().select("a[href^=/series/]").attr("href").replaceFirst("/edit.*", "");
    asks(guest, series);
    looked(box.take(GUEST, "Confirmez votre venue à toutes les dates"), "fr", false);
    var notices = "/settings/notifications";
    village.newcomer("ann").submit(notices, notices, Map.of("letters", "yes", "agenda", "weekly"));
    database.update("update account set locale = 'en' where email like 'ann@%'");
    database.update("update notice_choice set weekly_due = now() - interval '1 minute'");
    var week = looked(box.take("ann@saint-just.example", ""), "en", true);
    assertTrue(week.text().contains("Chorale"), week.text());
    var click = week.header("List-Unsubscribe").replaceAll("[<>]", "");
    var ended = village.app("").form("POST", click.substring(village.origin().length()), "a", "b");
    assertEquals(200, ended.status());
    assertEquals(
        1,
        database
            .list(
                "select 1 from notice_choice n join account a on a.actor_id = n.actor_id"
                    + " where a.email like 'ann@%' and not n.letters",
                row -> 1)
            .size());
  }
}
