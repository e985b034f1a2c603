package org.placette.imports;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.db.DueWork;
import org.placette.db.Ids;
import org.placette.db.Retention;
import org.placette.event.Details;
import org.placette.event.Event;
import org.placette.event.Events;
import org.placette.event.NewEvent;
import org.placette.event.Place;
import org.placette.event.When;
import org.placette.federation.fetch.GuardedHttp;
import org.placette.federation.fetch.WebUrl;
import org.placette.web.Problem;

/** Calendars of others: added, asked again, removed; and an event of theirs published here. */
public final class Imports {

  private static final Logger LOG = System.getLogger("placette.imports");
  private static final Duration AGAIN = Duration.ofHours(1);
  private static final Duration HELD = Duration.ofMinutes(10);
  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final long PATIENCE_SECONDS = 20;

  private final Vertx vertx;
  private final Db db;
  private final Actors actors;
  private final Events events;
  private final GuardedHttp http;
  private final Supplier<ZoneId> zone;

  /**
   * @param zone the village's, for times that have none
   */
  public Imports(
      Vertx vertx, Db db, Actors actors, Events events, GuardedHttp http, Supplier<ZoneId> zone) {
    this.vertx = vertx;
    this.db = db;
    this.actors = actors;
    this.events = events;
    this.http = http;
    this.zone = zone;
  }

  /** What is kept and why. */
  public static List<Retention.Table> retention() {
    return ImportStore.retention();
  }

  /** Begins to ask. Every process may: a source is claimed before it is asked. */
  public DueWork start() {
    return start(PAUSE);
  }

  DueWork start(Duration pause) {
    return DueWork.start("imports", pause, () -> checkDue() ? 1 : 0);
  }

  /** Asks one source that is due; false when none is. */
  boolean checkDue() {
    var source = ImportStore.claim(db, HELD);
    if (source == null) return false;
    var unused = check(source);
    return true;
  }

  /** What came of asking a calendar at once. */
  enum Asked {
    READ,
    SAME,
    FAILED,
    TOO_SOON
  }

  /** Asks one now, whenever it is due; at most once a minute. */
  Asked checkNow(long id) {
    var source = ImportStore.claim(db, id, HELD);
    if (source != null) return check(source);
    var known = ImportStore.byId(db, id);
    if (known == null || known.url() == null) throw new Problem.NotFound();
    return Asked.TOO_SOON;
  }

  private Asked check(ImportStore.Source source) {
    String etag = source.etag();
    String modified = source.modified();
    String problem = null;
    var asked = Asked.SAME;
    try {
      Map<String, String> headers = new HashMap<>();
      headers.put("Accept", "text/calendar, */*;q=0.1");
      if (etag != null) headers.put("If-None-Match", etag);
      if (modified != null) headers.put("If-Modified-Since", modified);
      var url = WebUrl.parse(Objects.requireNonNull(source.url()));
      var answer = http.get(url, headers);
      if (answer.status() != 304) {
        var found = read(answer.successful().body());
        db.transact(tx -> ImportStore.replace(tx, source.id(), found.events()));
        if (source.name().isEmpty()) ImportStore.call(db, source.id(), found.name());
        etag = shortened(answer.header("ETag"));
        modified = shortened(answer.header("Last-Modified"));
        asked = Asked.READ;
      }
    } catch (RuntimeException e) {
      problem = ImportProblem.of(e);
      asked = Asked.FAILED;
      LOG.log(Level.INFO, "The calendar {0} was not read: {1}", source.url(), e.getMessage());
    }
    ImportStore.checked(db, source.id(), etag, modified, problem, AGAIN);
    return asked;
  }

  private static @Nullable String shortened(@Nullable String header) {
    return header == null || header.length() > 300 ? null : header;
  }

  /** Takes the processor elsewhere, and for so long only: what comes may be made to be slow. */
  private CalendarReader.Announced read(byte[] bytes) {
    var now = Instant.now();
    var village = zone.get();
    return vertx
        .executeBlocking(() -> CalendarReader.read(bytes, village, now), false)
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .await();
  }

  List<ImportStore.Source> sources() {
    return ImportStore.sources(db);
  }

  /**
   * Follows a calendar at an address, and asks it at once.
   *
   * @param name what it is called here; empty for what it calls itself, else its host
   * @throws Problem.Invalid when it is no address, or followed already
   */
  void follow(String name, String address, long actor) {
    var text = address.replaceFirst("^webcals?://", "https://");
    URI url;
    try {
      url = WebUrl.parse(text);
    } catch (RuntimeException e) {
      throw new Problem.Invalid("no address", Map.of("importUrl", "error.url"));
    }
    var id = Ids.next();
    if (!ImportStore.add(db, id, name, url.toString(), actor))
      throw new Problem.Invalid("followed already", Map.of("importUrl", "error.taken"));
    var unused = check(Objects.requireNonNull(ImportStore.byId(db, id)));
    ImportStore.call(db, id, url.getHost());
  }

  /**
   * Takes what a file announces.
   *
   * @param name what it is called here; empty for what it calls itself
   * @throws Problem.Invalid when it is no calendar
   */
  void take(String name, Path file, long actor) {
    CalendarReader.Announced found;
    try {
      if (Files.size(file) > CalendarReader.LARGEST)
        throw new Problem.Invalid("too large", Map.of("importFile", "error.calendarLarge"));
      found = read(Files.readAllBytes(file));
    } catch (IOException | CalendarReader.NotACalendar e) {
      throw new Problem.Invalid("no calendar", Map.of("importFile", "error.calendar"));
    }
    var called = name.isEmpty() ? Objects.requireNonNullElse(found.name(), "iCalendar") : name;
    db.transact(
        tx -> {
          var id = Ids.next();
          var unused = ImportStore.add(tx, id, called, null, actor);
          ImportStore.replace(tx, id, found.events());
        });
    LOG.log(Level.DEBUG, "{0} events from a file", found.events().size());
  }

  void remove(long source) {
    ImportStore.remove(db, source);
  }

  ImportStore.Shown event(long id) {
    var found = ImportStore.event(db, id);
    if (found == null) throw new Problem.NotFound();
    return found;
  }

  /** Makes an event of ours of it, once. */
  Event publish(long id, Actor author, String language) {
    var shown = event(id);
    if (shown.published() != null) throw new Problem.Conflict("It is published already");
    var theirs = shown.event();
    var when = When.of(theirs.localStart(), theirs.localEnd());
    var place =
        theirs.place() == null
            ? null
            : new Place(
                null,
                theirs.place(),
                null,
                null,
                null,
                null,
                null,
                theirs.latitude(),
                theirs.longitude());
    var details = Details.of(UUID.randomUUID(), when, place).about(null, theirs.url(), null);
    var text = theirs.description() + "\n\n(" + shown.source() + ")";
    var name = theirs.name().length() < 3 ? theirs.name() + " …" : theirs.name();
    var wanted = NewEvent.of(name, text, language, details).in(actors.village());
    return db.inTransaction(
        tx -> {
          var event = events.publish(tx, author, wanted, null);
          ImportStore.published(tx, id, event.id());
          return event;
        });
  }
}
