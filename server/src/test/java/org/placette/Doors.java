package org.placette;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.placette.db.Ids;
import org.placette.testing.Letterbox;
import org.placette.testing.Walker;
import org.placette.user.Users.NewAccount;

/**
 * The owner's series, question for a date, draft and passkey, a neighbour, somebody who waits to be
 * let in, and every address that only a letter holds: for the matrix of routes.
 */
final class Doors {

  private final Letterbox letters;
  private final Village village;
  private final Onlooker asking;
  private final Walker owner;

  /** What stands for the first parameter below a path. */
  private final Map<String, String> things = new LinkedHashMap<>();

  /** The whole path of a route that has more than one. */
  private final Map<String, String> paths = new LinkedHashMap<>();

  /** What a form brings along, by its route. */
  private final Map<String, String> fields = new LinkedHashMap<>();

  /**
   * @param letters what the village's letters go to
   */
  Doors(Village village, Letterbox letters, Onlooker asking) {
    this.village = village;
    this.letters = letters;
    this.asking = asking;
    owner = village.walker(asking.name());
    try {
      series();
      dates();
      draft();
      people();
      servers();
      waiting();
      voice();
      key();
      letters();
      newcomers();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where the letters of a village with such doors go. */
  static Letterbox letterbox() {
    try {
      return new Letterbox();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Map<String, String> things() {
    return things;
  }

  Map<String, String> paths() {
    return paths;
  }

  Map<String, String> fields() {
    return fields;
  }

  private String number(String query, Object value) {
    return String.valueOf(
        Objects.<Object>requireNonNull(
            village.whole().db.<Object>one(query, row -> row.getValue(0), value)));
  }

  /** The secret in the link of a letter. */
  private String secret(String to, String word, String before) throws InterruptedException {
    var text = letters.take(to, word).text();
    var found = Pattern.compile(before + "([A-Za-z0-9_-]+)").matcher(text);
    if (!found.find()) throw new IllegalStateException("no " + before + " in " + text);
    return found.group(1);
  }

  private void series() throws InterruptedException {
    var day = LocalDate.now().plusDays(20).toString();
    var form = new HashMap<>(Map.of("name", "Marché", "startDate", day, "startTime", "09:00"));
    form.putAll(Map.of("repeat", "weekly", "guests", "yes"));
    var event = owner.submit("/compose/event", "/events", form);
    var series = event.html().select(".facts a[href^=/series/]").attr("href");
    var id = number("select post_id from event where uuid = $1", UUID.fromString(event.id()));
    var part = "select series_id from series_occurrence where post_id = $1";
    things.put("/events/", event.id());
    things.put("/borne/events/", event.id());
    things.put("/api/placette/v1/events/", id);
    things.put("/api/v1/pleroma/events/", id);
    things.put("/series/", series.substring("/series/".length()));
    things.put("/api/placette/v1/series/", number(part, Long.valueOf(id)));
    fields.put("GET /series/:uuid/edit", "date=" + day + "T09:00");
    fields.put("PUT /api/placette/v1/series/:id/rsvp", "answer=going");
    var guest = village.guest();
    var named = Map.of("guestName", "Zoé", "email", "zoe@a.example");
    guest.submit(event.path() + "/guest", event.path() + "/guest", named);
    things.put("/answer/", secret("zoe@a.example", "", "/answer/"));
    guest.submit(series + "/guest", series + "/guest", named);
    things.put("/regular/", secret("zoe@a.example", "", "/regular/"));
  }

  private void dates() {
    var day = LocalDate.now().plusDays(5).toString();
    var form = new HashMap<>(Map.of("name", "Repas", "guests", "yes", "date1", day));
    form.putAll(Map.of("from1", "10:00", "date2", day, "from2", "18:00"));
    var asked = owner.submit("/compose/dates", "/dates", form);
    var guest = village.guest();
    var mine =
        guest.submit(
            asked.path(),
            asked.path() + "/answer",
            Map.of("guestName", "Zoé", "choice0", "yes", "choice1", "no"));
    things.put("/dates/", asked.id());
    for (var more : new String[] {"", "/withdraw"})
      paths.put("/dates/:id/mine/:secret" + more, mine.path() + more);
    fields.put("GET /dates/:id/choose", "date=0");
    fields.put("POST /dates/:id/choose", "date=0");
    var another = owner.submit("/compose/dates", "/dates", form);
    paths.put("/dates/:id/close", another.path() + "/close");
    fields.put("POST /dates/:id/mine/:secret", "choice0=yes&choice1=no");
    fields.put("POST /dates/:id/answer", "choice0=yes&choice1=no");
  }

  private void draft() {
    var form = owner.get("/compose/event");
    var kept = owner.submit(form, "/events", Map.of("name", "Loto", "keep", "draft"));
    var action = kept.html().select("form[action$=/publish]").attr("action");
    things.put("/drafts/", action.replaceAll("\\D", ""));
  }

  private void people() throws InterruptedException {
    var named = Map.of("login", "awa");
    village.guest().submit("/sign-in/letter", "/sign-in/letter", named);
    var mail = letters.take("awa@a.example", "");
    things.put("/sign-in/letter/", found(mail.text(), "/sign-in/letter/([A-Za-z0-9_-]+)"));
    var sam = village.resident("sam");
    var about = "target=" + sam.id() + "&action=suspend&reason=la+charte";
    var unused = asking.ask("POST page /admin/measures " + about);
    var shown =
        village
            .guest()
            .attempt("/sign-in", "/sign-in", Map.of("login", "sam", "password", Village.PASSWORD));
    var pass = found(shown.html().outerHtml(), "/measures/pass/([A-Za-z0-9_-]+)");
    things.put("/measures/pass/", pass);
    var measure = number("select max(id) from measure where target_id = $1", sam.id());
    paths.put(
        "/measures/pass/:pass/:id/appeal", "/measures/pass/" + pass + "/" + measure + "/appeal");
    fields.put("POST /notifications", "answer=no&from=1");
    fields.put("POST /measures/pass/:pass/:id/appeal", "words=Pardon");
  }

  private static String found(String text, String pattern) {
    var match = Pattern.compile(pattern).matcher(text);
    if (!match.find()) throw new IllegalStateException("no " + pattern + " in " + text);
    return match.group(1);
  }

  /** Three who ask to be let in; the owner stands up for one of them. */
  private void waiting() {
    for (var name : new String[] {"lea", "luc", "lou"}) {
      // Past the form, which lets few people of one address ask.
      var wanted =
          new NewAccount(name, null, name + "@a.example", Village.PASSWORD, "resident", "fr");
      var sponsor = name.equals("lou") ? "awa" : null;
      var unused = village.whole().signUps.ask(wanted, "J’habite ici", null, sponsor, "192.0.2.7");
    }
    fields.put("POST /admin/signups/accept", "person=" + person("lea"));
    fields.put("POST /admin/signups/refuse", "person=" + person("luc"));
    fields.put("POST /vouch", "answer=no&person=" + person("lou"));
  }

  private String person(String name) {
    return number("select id from actor where username = $1 and host is null", name);
  }

  /** An association that the owner speaks for. */
  private void voice() {
    var form = Map.of("name", "Les Amis du four", "handle", "four");
    var unused = owner.submit("/compose/body", "/bodies", form);
    fields.put("POST /threads/:id/official", "text=Oui&body=" + person("four"));
  }

  private void servers() {
    village
        .whole()
        .db
        .run(
            """
            insert into neighbour (host, added, state)
            values ('loin.example', true, 'failed'), ('rond.example', true, 'failed')
            """);
    for (var host : new String[] {"oui.example", "non.example"}) asks(host);
    fields.put("POST /admin/neighbours/accept", "host=oui.example");
    fields.put("POST /admin/neighbours/refuse", "host=non.example");
    fields.put("POST /admin/ring/leave", "host=rond.example");
    fields.put("POST /admin/neighbours/remove", "host=loin.example");
    fields.put("GET /admin/neighbours/remove", "host=loin.example");
  }

  /** A server that asked to follow this one. */
  private void asks(String host) {
    village
        .whole()
        .db
        .run(
            """
            with other as (
              insert into actor (id, uri, type, username, host, inbox, fetched_at)
              values ($1, $2, 'Application', 'relay', $3, $4, now()) returning id)
            insert into follow (id, uri, actor_id, target_id, state)
            select id, $2 || '/follow', id, $5, 'pending' from other
            """,
            Ids.next(),
            "https://" + host + "/actor",
            host,
            "https://" + host + "/inbox",
            village.actors().relay().id());
  }

  private void key() {
    var id = "a key".getBytes(StandardCharsets.UTF_8);
    village
        .whole()
        .db
        .run(
            """
            insert into passkey (id, actor_id, label, public_key, algorithm)
            select $1, id, 'Clé', $1, -7 from actor where username = 'awa' and host is null
            """,
            Buffer.buffer(id));
    fields.put(
        "POST /settings/security/passkeys/remove",
        "key=" + Base64.getUrlEncoder().withoutPadding().encodeToString(id));
  }

  /** What letters end with, and what people say of an event that is over. */
  private void letters() throws InterruptedException {
    var lise = village.resident("lise");
    var page = "/settings/notifications";
    var wanted = Map.of("letters", "yes", "events.letters", "yes");
    var unused = village.walker("lise").submit(page, page, wanted);
    things.put(
        "/letters/end/", number("select secret from notice_choice where actor_id = $1", lise.id()));
    var secret = number("select secret from mail_choice where actor_id = $1", lise.id());
    things.put("/unsubscribe/", secret);
    things.put("/api/placette/v1/unsubscribe/", secret);

    var form =
        Map.of("name", "Bal", "startDate", "2031-02-03", "startTime", "09:00", "guests", "yes");
    var event = owner.submit("/compose/event", "/events", form);
    var uuid = UUID.fromString(event.id());
    var guest = village.guest();
    var named = Map.of("guestName", "Yan", "email", "yan@a.example");
    guest.submit(event.path() + "/guest", event.path() + "/guest", named);
    var yan = secret("yan@a.example", "", "/answer/");
    guest.submit("/answer/" + yan, "/answer/" + yan, Map.of("answer", "going"));
    things.put("/feedback/", yan);
    fields.put("POST /feedback/:secret", "answer=1");
    var come = "select r.id from rsvp r join event e on e.post_id = r.post_id where e.uuid = $1";
    paths.put("/events/:uuid/attendees", event.path() + "/attendees");
    fields.put("POST /events/:uuid/attendees", "do=here&rsvp=" + number(come, uuid));
    village
        .whole()
        .db
        .run("update event set start_time = now() - interval '1 day' where uuid = $1", uuid);
  }

  /** Two who wait to be let in: one is, the other is not. */
  private void newcomers() {
    for (var name : List.of("accept", "refuse")) {
      var person = village.resident(name).id();
      village.whole().db.run("insert into sign_up (actor_id, reason) values ($1, 'Rue')", person);
      fields.put("POST /admin/signups/" + name, "person=" + person);
    }
  }
}
