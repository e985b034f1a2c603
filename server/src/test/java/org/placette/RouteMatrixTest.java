package org.placette;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.db.Db;
import org.placette.testing.Letterbox;
import org.placette.testing.PgExtension;
import org.placette.user.Sessions;
import org.placette.web.Csrf;
import org.placette.web.Pages;
import org.placette.web.ReadyAnswers;
import org.placette.web.Routes;

/**
 * Every route × {anonymous, other resident, blocked, moderator of another group, owner}. What each
 * kind of route answers to whom stands here; which kind a route is of stands in {@code routes.txt},
 * and a route without a row there fails the test: run it with PLACETTE_PAPERS=write to add rows,
 * then see whether each kind is the one that the route should be of. Nobody gets an answer of 500
 * or more.
 *
 * <p>Things are the owner's and shown to nobody else: what asks for one by its id tells the others
 * what it tells them of things that do not exist.
 */
@ExtendWith(PgExtension.class)
class RouteMatrixTest {

  private static final Path TABLE = Path.of("src/test/resources/routes.txt");
  private static final Pattern ENDS =
      Pattern.compile(
          "^POST"
              + " (?!/threads/).*(delete|cancel|sign-out|/end|revoke|remove|leave|move|/block|/dates/:id/(choose|close))$");
  private static final Pattern PATTERNED = Pattern.compile("[\\\\(\\[]");
  private static Village village;
  private static Letterbox letters;
  private static Neighbourhood here;
  private static Scenery scenery;

  /**
   * What is answered to: anonymous, other resident, blocked, moderator of another group, owner.
   * {@code ok}: done, or the input refused; {@code in}: sign in first; {@code no}: not for you, or
   * not there; {@code ?}: anything but a failure.
   */
  private enum Kind {
    /** For everybody. */
    OPEN("ok ok ok ok ok"),
    /** For those who signed in. */
    SIGNED("in ok ok ok ok"),
    /** Somebody's own thing, named in the path. */
    OWN("in no no no ok"),
    /** The same, where strangers are not sent to sign in: it is not there for them. */
    HIDDEN("no no no no ok"),
    /** For those who care for the place. */
    STAFF("in no no no ok"),
    /** Nothing is there under the name that the test asks for. */
    NOTHING("no no no no no"),
    /** For those who signed in; what the test names is not there. */
    ABSENT("in no no no no"),
    /** Tokens, uploads, streams: by other rules, tried elsewhere. */
    OTHER("? ? ? ? ?"),
    /** A connection that stays open; strangers are refused at once, nobody else is asked. */
    STREAM("shut"),
    /** A pattern of paths, which this test asks nothing. */
    PATTERN("");

    private final List<String> expected;

    Kind(String expected) {
      this.expected = expected.isEmpty() ? List.of() : List.of(expected.split(" "));
    }
  }

  @BeforeAll
  static void start(Db db, @TempDir Path data) {
    letters = Doors.letterbox();
    village = Village.start(db, data, Map.of("PLACETTE_SMTP_URL", letters.url()));
    here = village.whole();
    scenery = new Scenery(village, letters);
  }

  @AfterAll
  static void stop() throws IOException {
    scenery.close();
    village.close();
    letters.close();
  }

  @Test
  void every_route_answers_everybody_as_its_kind_says() throws IOException {
    var routes = routes();
    var observed = new TreeMap<String, List<String>>();
    var table = table();
    List<String> wrong = new ArrayList<>();
    // What changes something comes after what only looks, and what ends something last.
    for (var round : List.of("GET", "PUT", "PATCH", "POST", "DELETE", "ends"))
      for (var route : routes)
        if (round.equals(ENDS.matcher(route).find() ? "ends" : route.split(" ", 2)[0])) {
          var kind = table.getOrDefault(route, Kind.OTHER);
          var viewers = scenery.viewers();
          List<String> answers = new ArrayList<>();
          for (int i = 0; i < viewers.size(); i++) {
            if (isStream(route) && i > 0 || PATTERNED.matcher(route).find()) break;
            var answer = viewers.get(i).ask(scenery.line(route));
            answers.add(answer);
            var expected = i < kind.expected.size() ? kind.expected.get(i) : "?";
            if (!fits(expected, answer))
              wrong.add(
                  "%s (%s) × %s: %s instead of %s"
                      .formatted(route, kind, viewers.get(i).name(), status(answer), expected));
          }
          observed.put(route, answers);
        }
    if ("write".equals(System.getenv("PLACETTE_PAPERS"))) write(observed, table);
    assertTrue(wrong.isEmpty(), () -> wrong.size() + ":\n" + String.join("\n", wrong));
    assertEquals(new TreeSet<>(routes), new TreeSet<>(table.keySet()), "routes.txt");
  }

  private static boolean isStream(String route) {
    return route.contains("/streaming") && !route.endsWith("/health");
  }

  private static int status(String answer) {
    var status = Integer.parseInt(answer.substring(0, 3));
    return status / 100 == 3 && answer.contains("/sign-in") ? 401 : status;
  }

  private static boolean fits(String expected, String answer) {
    var status = status(answer);
    if (status >= 500) return false;
    return switch (expected) {
      case "ok" -> status < 400 || status == 400 || status == 409 || status == 415 || status == 422;
      case "in" -> status == 401 || status == 403;
      case "shut" -> status == 400 || status == 401;
      case "no" -> status == 401 || status == 403 || status == 404 || status == 410;
      default -> true;
    };
  }

  /** Every method and path, from the tables of the router and of the client API themselves. */
  private static List<String> routes() {
    var csrf = new Csrf(here.settings);
    var people = new PageRoutes(here);
    var pages = new Pages(here.place::now, csrf::token, here.mediaUrls);
    var sessions = new Sessions(here.users, here.settings, csrf);
    var quick = new ReadyAnswers();
    List<Routes> all = new ArrayList<>(here.machines(Objects.requireNonNull(here.inbox), quick));
    all.addAll(here.features.pages(pages));
    all.addAll(people.routes(pages, sessions));
    all.addAll(here.features.objects(quick));
    var router = Router.router(village.vertx());
    for (var routes : all) routes.mount(router);
    var found = new TreeSet<String>();
    for (var route : router.getRoutes()) found.addAll(lines(route));
    for (var call : new ApiRoutes(here, "0").api().endpoints())
      found.add(call.method() + " " + call.path());
    return List.copyOf(found);
  }

  private static List<String> lines(Route route) {
    // Feeds, files and activities go by patterns: the matrix of visibilities asks for them.
    var path = route.getPath() == null ? route.getName() : route.getPath();
    if (path == null) return List.of();
    var methods = route.methods() == null ? Set.of(HttpMethod.GET) : route.methods();
    List<String> lines = new ArrayList<>();
    for (var method : methods)
      if (!method.equals(HttpMethod.HEAD)) lines.add(method.name() + " " + path);
    return lines;
  }

  private static Map<String, Kind> table() throws IOException {
    Map<String, Kind> table = new LinkedHashMap<>();
    if (!Files.exists(TABLE)) return table;
    for (var line : Files.readAllLines(TABLE)) {
      if (line.isBlank() || line.startsWith("#")) continue;
      var words = line.split(" ", 2);
      table.put(words[1], Kind.valueOf(words[0]));
    }
    return table;
  }

  /** Adds rows for new routes, of the kind that their answers fit: for a person to look at. */
  private static void write(Map<String, List<String>> observed, Map<String, Kind> table)
      throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(TABLE));
    lines.removeIf(line -> !line.startsWith("#"));
    var rows = new TreeMap<String, String>();
    observed.forEach(
        (route, answers) -> {
          var words = route.split(" ", 2);
          var kind = table.getOrDefault(route, fitting(answers));
          rows.put(words[1] + " " + words[0], kind + " " + route);
        });
    lines.addAll(rows.values());
    Files.write(TABLE, lines);
  }

  private static Kind fitting(List<String> answers) {
    if (answers.isEmpty()) return Kind.PATTERN;
    for (var kind : Kind.values()) {
      var fits = kind.expected.size() == answers.size();
      for (int i = 0; fits && i < answers.size(); i++)
        fits = fits(kind.expected.get(i), answers.get(i));
      if (fits) return kind;
    }
    return Kind.OTHER;
  }
}
