package org.placette;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.placette.testing.Letterbox;
import org.placette.testing.Walker;

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
      key();
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
    fields.put("POST /measures/pass/:pass/:id/appeal", "words=Pardon");
  }

  private static String found(String text, String pattern) {
    var match = Pattern.compile(pattern).matcher(text);
    if (!match.find()) throw new IllegalStateException("no " + pattern + " in " + text);
    return match.group(1);
  }

  private void servers() {
    village
        .whole()
        .db
        .run("insert into neighbour (host, added, state) values ('loin.example', true, 'failed')");
    fields.put("POST /admin/neighbours/remove", "host=loin.example");
    fields.put("GET /admin/neighbours/remove", "host=loin.example");
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
}
