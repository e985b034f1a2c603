package org.placette.operation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.actor.Actor;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.instance.Numbers;
import org.placette.testing.Eventually;
import org.placette.testing.FakeInstance;
import org.placette.testing.PgExtension;
import org.placette.testing.Walker;

/** What those who run the server see and do, page by page. */
@ExtendWith(PgExtension.class)
class OperationPagesTest {

  private static final List<String> PAGES =
      List.of("neighbours", "deliveries", "doctor", "storage", "numbers");

  private static Db db;
  private static Path data;
  private static Village village;
  private static FakeInstance marche;
  private static Walker owner;

  @BeforeAll
  static void start(Db given, @TempDir Path folder) {
    db = given;
    data = folder;
    village = Village.start(db, folder);
    marche = new FakeInstance(village.vertx());
    owner = village.newcomer("nour", "owner");
  }

  @AfterAll
  static void stop() {
    marche.close();
    village.close();
  }

  /** The relay of the other server, which asked to follow ours. */
  private static Actor asking() {
    var id = marche.actor("Application", "/actor", "relay").get("id").asText();
    var relay = village.actors().resolve(id, org.placette.federation.fetch.Budget.perActivity());
    db.run(
        """
        insert into neighbour (host, actor_id, added, state) values ($1, $2, false, 'found')
        on conflict do nothing
        """,
        marche.host(),
        relay.id());
    db.run(
        """
        insert into follow (id, uri, actor_id, target_id, state, activity)
        values ($1, $2, $3, $4, 'pending', '{"type": "Follow"}') on conflict do nothing
        """,
        Ids.next(),
        marche.at("/follows/1"),
        relay.id(),
        village.actors().relay().id());
    return relay;
  }

  private static long logged(String action) {
    var count =
        db.one("select count(*) from audit where action = $1", row -> row.getLong(0), action);
    return count == null ? 0 : count;
  }

  @Test
  void residents_see_none_of_it_and_a_moderator_only_the_neighbours() {
    var resident = village.newcomer("resi");
    var moderator = village.newcomer("modi", "moderator");
    for (var page : PAGES) {
      assertEquals(403, resident.get("/admin/" + page).status(), page);
      var shown = moderator.get("/admin/" + page).status();
      assertEquals(page.equals("neighbours") ? 200 : 403, shown, page);
      assertEquals(200, owner.get("/admin/" + page).status(), page);
      assertEquals(1, owner.get("/admin").count("a[href=\"/admin/" + page + "\"]"), page);
    }
  }

  @Test
  void a_server_that_asks_is_let_in_and_told_so_and_can_be_removed() {
    var relay = asking();
    var page = owner.get("/admin/neighbours");
    assertTrue(page.text(".card").contains("demande à nous suivre"), page.text("main"));
    assertTrue(owner.get("/admin").text("main").contains("Voisins 1 en attente"));
    var host = marche.host();
    page = owner.press("/admin/neighbours", "/admin/neighbours/accept", "host", host);
    assertTrue(page.text("[role=status]").contains(host + " nous suit maintenant"));
    Eventually.holds(
        "the Accept", () -> marche.posted().stream().anyMatch(it -> type(it).equals("Accept")));
    assertEquals(1, logged("neighbour.accept"));
    page =
        owner.submit(
            "/admin/neighbours", "/admin/neighbours/receiver", Map.of("receiver", "forum"));
    assertEquals("forum", page.html().select("option[selected]").attr("value"));
    var question = owner.get("/admin/neighbours/remove?host=" + host);
    var action = question.html().select("form.row").attr("action");
    page = owner.submit(question, action, Map.of());
    assertTrue(page.text("[role=status]").contains("n’est plus un voisin"));
    assertEquals(0, page.count(".card .fields"));
    assertEquals(0, followers(relay));
  }

  private static String type(FakeInstance.Posted posted) {
    return posted.json().path("type").asText();
  }

  private static long followers(Actor relay) {
    var count =
        db.one("select count(*) from follow where actor_id = $1", r -> r.getLong(0), relay.id());
    return count == null ? 0 : count;
  }

  @Test
  void a_host_that_is_none_is_refused_in_words_and_nothing_is_kept_of_it() {
    var page = owner.attempt("/admin/neighbours", "/admin/neighbours", Map.of("host", "a b"));
    assertEquals(422, page.status());
    assertTrue(page.text(".error").contains("Ce n’est pas l’adresse"));
  }

  @Test
  void what_waits_is_tried_again_at_the_press_of_a_button() {
    // What other tests sent is on its way, perhaps.
    Eventually.holds(
        "nothing waits",
        () ->
            Boolean.TRUE.equals(
                db.one("select not exists (select from delivery)", row -> row.getBoolean(0))));
    var id = Ids.next();
    var relay = village.actors().relay().id();
    db.run(
        "insert into activity (id, uri, actor_id, type, body, is_public)"
            + " values ($1, 'x:1', $2, 'Like', '{\"type\": \"Like\"}', false)",
        id,
        relay);
    db.run(
        """
        insert into delivery (id, activity_id, actor_id, inbox, host, order_key, due, tries, error)
        values ($1, $1, $2, $3, $4, 1, now() + interval '1 day', 3, 'HTTP 503')
        """,
        id,
        relay,
        marche.at("/waiting"),
        marche.host());
    db.run(
        """
        insert into peer (host, retry_at, failed_days) values ($1, now() + interval '1 day', 8)
        on conflict (host) do update set retry_at = excluded.retry_at, failed_days = 8
        """,
        marche.host());
    var page = owner.get("/admin/deliveries");
    assertTrue(page.text("main").contains("1 envoi attend."), page.text("main"));
    assertTrue(page.text(".card").contains("Il a lui-même un problème"), page.text(".card"));
    assertTrue(page.text(".card").contains("muet depuis des jours"));
    page = owner.press("/admin/deliveries", "/admin/deliveries/again", "host", marche.host());
    assertTrue(page.text("[role=status]").contains("Nouvel essai"));
    Eventually.holds(
        "the delivery",
        () -> marche.posted().stream().anyMatch(it -> it.path().equals("/waiting")));
    assertEquals(1, logged("delivery.again"));
  }

  @Test
  void the_doctor_looks_once_a_minute_and_says_what_a_neighbour_answered() {
    var unused = asking();
    var page = owner.submit("/admin/doctor", "/admin/doctor", Map.of("host", marche.host()));
    assertTrue(page.text("main").contains("Le serveur tourne et écoute sur 127.0.0.1"));
    assertTrue(page.text("main").contains("répond comme à un voisin"), page.text("main"));
    assertTrue(page.text("main").contains(marche.host() + " répond à notre demande signée"));
    assertEquals(429, owner.attempt("/admin/doctor", "/admin/doctor", Map.of()).status());
  }

  @Test
  void small_numbers_are_not_told() {
    var only = village.person("seule");
    for (int i = 0; i < 6; i++)
      only.app().post("/api/v1/statuses", Map.of("status", "Bonjour " + i));
    var week = new Numbers(db).weeks(ZoneId.of("Europe/Paris")).getFirst();
    assertEquals(6, week.posts());
    assertNull(week.people());
    var cells = owner.get("/admin/numbers").html().select("tbody tr:first-child td");
    assertEquals("moins de 5", cells.getFirst().select(".hidden").text(), "people");
    assertFalse(owner.get("/about").text("main").contains("La semaine dernière"));
  }

  @Test
  void a_backup_is_for_owners_who_type_their_password_and_comes_whole() throws IOException {
    var noise = new byte[3_000_000];
    new Random(7).nextBytes(noise);
    Files.createDirectories(data.resolve("media"));
    Files.write(data.resolve("media/noise"), noise);
    var admin = village.newcomer("adm", "admin");
    assertEquals(0, admin.get("/admin/storage").count("input[name=password]"));
    var page = owner.get("/admin/storage");
    var action = "/admin/storage/backup";
    var wrong = owner.attempt(page, action, Map.of("password", "rien de tel que cela"));
    assertEquals(422, wrong.status());
    assertTrue(wrong.text("main").contains("Aucune sauvegarde"));
    var file = owner.download(page, action, Map.of("password", Village.PASSWORD));
    Map<String, byte[]> entries = new HashMap<>();
    try (var tar = new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(file)))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry())
        entries.put(entry.getName(), tar.readAllBytes());
    }
    assertTrue(entries.containsKey("end.json"), entries.keySet().toString());
    assertTrue(new String(entries.get("tables/account/000001")).contains("nour@"));
    assertArrayEquals(noise, entries.get("files/media/noise"));
    assertTrue(owner.get("/admin/storage").text("main").contains("Dernière sauvegarde"));
    assertEquals(1, logged("backup.download"));
  }
}
