package org.placette.digest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.config.Settings;
import org.placette.db.Db;
import org.placette.digest.Source.Pace;
import org.placette.group.Theme;
import org.placette.mail.Mailer;
import org.placette.notification.NotificationStore;
import org.placette.notification.NotificationStore.Type;
import org.placette.testing.PgExtension;
import org.placette.testing.Square;
import org.placette.user.Users;
import org.placette.web.Language;
import org.placette.web.Place;

@ExtendWith(PgExtension.class)
class DigestsTest {

  private static final ZoneId ZONE = ZoneId.of("Europe/Paris");

  private static Square square;
  private static Db db;
  private static Digests digests;
  private static long nour;
  private static long jean;

  @BeforeAll
  static void start(Db given, @TempDir Path data) {
    db = given;
    square = new Square(db);
    var settings =
        Settings.load(
            Map.of("PLACETTE_SMTP_URL", "smtp://127.0.0.1:9", "PLACETTE_DATA", data.toString()),
            null);
    var place =
        new Place(
            "Saint-Just",
            "",
            null,
            null,
            null,
            Language.FR,
            ZONE,
            "https://fleurs.example",
            "village@x");
    digests = new Digests(db, new Mailer(square.vertx, db, settings), () -> place);
    var users = new Users(square.vertx, db, square.actors);
    nour = account(users, "nour");
    jean = account(users, "jean");
  }

  private static long account(Users users, String name) {
    var wanted =
        new Users.NewAccount(name, null, name + "@x.example", "a long password", "animator", "fr");
    return users.create(wanted).actorId();
  }

  @AfterAll
  static void stop() {
    square.close();
  }

  @BeforeEach
  void nothing_was_told() {
    db.update("delete from letter");
    db.update("delete from notification");
    db.update("delete from notice_choice");
    digests.greet();
  }

  private static void choose(Pace pace, @Nullable Integer quietFrom, @Nullable Integer quietUntil) {
    Map<Source, Pace> paces = new EnumMap<>(Source.class);
    for (var source : Source.values()) paces.put(source, Pace.NEVER);
    paces.put(Source.MENTIONS, pace);
    digests.choose(nour, new Choice(true, paces, Pace.NEVER, quietFrom, quietUntil));
  }

  private static void tell(Type type) {
    db.transact(tx -> NotificationStore.tell(tx, nour, type, jean, null));
  }

  private static List<String> letters() {
    return db.list(
        "select recipient || ' ' || subject || ' ' || body from letter order by id",
        row -> Objects.requireNonNull(row.getString(0)));
  }

  @Test
  void the_news_of_a_week_make_one_letter_which_is_not_written_again() {
    choose(Pace.WEEKLY, null, null);
    tell(Type.Reply);
    tell(Type.Follow);
    assertEquals(0, digests.write(Pace.WEEKLY));
    db.update("update notice_choice set weekly_due = now() - interval '1 hour'");
    digests.write(Pace.WEEKLY);
    assertEquals(1, letters().size(), letters().toString());
    var letter = letters().getFirst();
    assertTrue(letter.startsWith("nour@x.example jean vous a répondu"), letter);
    assertFalse(letter.contains("vous suit"), letter);
    var due =
        Objects.requireNonNull(
            db.one(
                "select weekly_due from notice_choice where actor_id = $1",
                row -> row.getOffsetDateTime(0).atZoneSameInstant(ZONE),
                nour));
    assertTrue(due.isAfter(ZonedDateTime.now(ZONE)), due.toString());
    assertEquals("FRIDAY 8", due.getDayOfWeek() + " " + due.getHour());
    db.update("update notice_choice set weekly_due = now() - interval '1 hour'");
    digests.write(Pace.WEEKLY);
    assertEquals(1, letters().size());
  }

  @Test
  void the_letter_names_the_group_that_somebody_asks_to_join_and_leads_to_the_answer() {
    choose(Pace.DAILY, null, null);
    var keeper = Objects.requireNonNull(square.actors.byId(nour));
    var made = square.found(keeper, "couture", Theme.Access.APPROVAL);
    var club = Objects.requireNonNull(square.actors.byId(made.id()));
    var asking = Objects.requireNonNull(square.actors.byId(jean));
    db.transact(tx -> square.follows.follow(tx, asking, club));
    db.update("update notice_choice set daily_due = now() - interval '1 hour'");
    digests.write(Pace.DAILY);
    var letter = letters().getFirst();
    assertTrue(letter.contains("jean demande à rejoindre\u00a0: couture"), letter);
    assertTrue(letter.contains("https://fleurs.example/groups/couture/members"), letter);
  }

  @Test
  void what_is_told_at_once_waits_for_the_end_of_quiet_hours() {
    var hour = ZonedDateTime.now(ZONE).getHour();
    choose(Pace.NOW, hour, (hour + 2) % 24);
    tell(Type.Mention);
    digests.write(Pace.NOW);
    assertEquals(0, letters().size());
    choose(Pace.NOW, (hour + 2) % 24, (hour + 4) % 24);
    digests.write(Pace.NOW);
    assertEquals(1, letters().size());
    digests.write(Pace.NOW);
    assertEquals(1, letters().size());
  }

  @Test
  void whoever_holds_a_letter_ends_them_all() {
    choose(Pace.NOW, null, null);
    tell(Type.Mention);
    digests.write(Pace.NOW);
    var letter = letters().getFirst();
    var secret = letter.replaceFirst("(?s).*/letters/end/([0-9a-f-]{36}).*", "$1");
    assertTrue(digests.end(UUID.fromString(secret)));
    assertFalse(digests.end(UUID.randomUUID()));
    assertFalse(digests.of(nour).letters());
    tell(Type.Reply);
    digests.write(Pace.NOW);
    assertEquals(1, letters().size());
  }

  @Test
  void nobody_gets_a_letter_who_did_not_ask_for_one() {
    tell(Type.Mention);
    tell(Type.EventReminder);
    db.update("update notice_choice set daily_due = now(), weekly_due = now()");
    for (var pace : List.of(Pace.NOW, Pace.DAILY, Pace.WEEKLY)) digests.write(pace);
    assertEquals(List.of(), letters());
  }

  @Test
  void who_never_wants_letters_gets_none_and_the_choice_is_kept() {
    choose(Pace.NEVER, null, null);
    tell(Type.Mention);
    db.update("update notice_choice set daily_due = now(), weekly_due = now()");
    for (var pace : List.of(Pace.NOW, Pace.DAILY, Pace.WEEKLY)) digests.write(pace);
    assertEquals(0, letters().stream().filter(it -> it.startsWith("nour")).count());
    assertEquals(Pace.NEVER, digests.of(nour).pace(Source.MENTIONS));
    assertEquals(Pace.DAILY, digests.of(jean).pace(Source.MENTIONS));
  }
}
