package org.placette.calendar;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actors;
import org.placette.actor.Byline;
import org.placette.db.Db;
import org.placette.db.Retention;
import org.placette.place.Places;
import org.placette.series.SeriesRules;
import org.placette.web.Answers;
import org.placette.web.Place;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Secrets;
import org.placette.web.Visitor;

/**
 * Feeds for calendars ({@code calendar.ics}) and for feed readers ({@code events.atom}, {@code
 * events.rss}, {@code posts.atom}, {@code posts.rss}): of the village at the top, of an actor, a
 * tag or a place below its page; one event at {@code /events/{uuid}.ics}, all dates of a series at
 * {@code /series/{uuid}.ics}; and somebody's own calendar at {@code /calendar/{secret}.ics}.
 */
public final class Feeds implements Routes {

  /** Past events stay so long, so that phones do not lose last month at once. */
  private static final Duration PAST = Duration.ofDays(60);

  private static final Map<String, String> TYPES =
      Map.of("users", "Person", "orgs", "Service", "groups", "Group");

  private final Db db;
  private final Actors actors;
  private final SeriesRules rules;
  private final Places places;
  private final Supplier<Place> village;
  private final EventCalendar calendar;
  private final Syndication syndication;

  public Feeds(Db db, Actors actors, SeriesRules rules, Places places, Supplier<Place> village) {
    this.places = places;
    this.rules = rules;
    this.db = db;
    this.actors = actors;
    this.village = village;
    calendar = new EventCalendar(actors.urls());
    syndication = new Syndication(actors.urls());
  }

  /** What is kept for them and why. */
  public static List<Retention.Table> retention() {
    return CalendarStore.retention();
  }

  @Override
  public void mount(Router router) {
    get(router, "/calendar\\.ics", ctx -> calendar(ctx, whole(ctx)));
    get(
        router,
        "/(?<folder>users|orgs|groups|tags|places)/(?<name>[^/]{1,200})/calendar\\.ics",
        ctx -> calendar(ctx, below(ctx)));
    get(router, "/events/(?<uuid>[0-9a-fA-F-]{36})\\.ics", this::one);
    get(router, "/series/(?<uuid>[0-9a-fA-F-]{36})\\.ics", this::series);
    get(router, "/calendar/(?<secret>[A-Za-z0-9_-]{43})\\.ics", this::mine);
    get(router, "/(?<what>events|posts)\\.(?<form>atom|rss)", ctx -> news(ctx, whole(ctx)));
    get(
        router,
        "/(?<folder>users|orgs|groups|tags)/(?<name>[^/]{1,200})/(?<what>events|posts)\\.(?<form>atom|rss)",
        ctx -> news(ctx, below(ctx)));
  }

  private static void get(
      Router router, String regex, io.vertx.core.Handler<RoutingContext> handler) {
    router.routeWithRegex(regex).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(handler);
  }

  private static Scope.Named whole(RoutingContext ctx) {
    var neighbours = ctx.request().getParam("neighbours") != null;
    return new Scope.Named(new Scope.Village(neighbours), null, "/events");
  }

  private Scope.Named below(RoutingContext ctx) {
    var folder = ctx.pathParam("folder");
    var name = decoded(ctx.pathParam("name"));
    if (folder.equals("tags")) {
      var tag = name.toLowerCase(Locale.ROOT);
      var path = "/tags/" + URLEncoder.encode(tag, StandardCharsets.UTF_8);
      return new Scope.Named(new Scope.Tagged(tag), "#" + tag, path);
    }
    if (folder.equals("places")) return place(name);
    var actor = actors.localByName(name);
    if (actor == null || !actor.isType(String.valueOf(TYPES.get(folder))))
      throw new Problem.NotFound();
    if (actor.deleted() || actor.suspended()) throw new Problem.Gone();
    return new Scope.Named(new Scope.Of(actor.id()), actor.displayName(), Byline.of(actor).path());
  }

  private Scope.Named place(String id) {
    var place = id.matches("\\d{1,18}") ? places.byId(Long.parseLong(id)) : null;
    if (place == null) throw new Problem.NotFound();
    return new Scope.Named(new Scope.At(place.id()), place.name(), place.path());
  }

  private static String decoded(String text) {
    try {
      return text.contains("%") ? URLDecoder.decode(text, StandardCharsets.UTF_8) : text;
    } catch (IllegalArgumentException e) {
      throw new Problem.NotFound();
    }
  }

  private void calendar(RoutingContext ctx, Scope.Named named) {
    var here = village.get();
    var name = named.title() == null ? here.name() : named.title() + " · " + here.name();
    ics(ctx, named.scope(), name, named.path(), "public, max-age=900");
  }

  private void one(RoutingContext ctx) {
    var uuid = named(ctx);
    var me = viewer(ctx);
    ics(ctx, new Scope.One(uuid, me), village.get().name(), "/events/" + uuid, kept(me));
  }

  /** All dates of a series: of it and of each of them, what the viewer may read. */
  private void series(RoutingContext ctx) {
    var me = viewer(ctx);
    var series = rules.readable(named(ctx), me);
    if (series == null) throw new Problem.NotFound();
    var name = series.name() + " · " + village.get().name();
    ics(ctx, new Scope.Dates(series.id(), me), name, series.path(), kept(me));
  }

  /** What the address names; the file bears the same name. */
  private static UUID named(RoutingContext ctx) {
    try {
      var uuid = UUID.fromString(ctx.pathParam("uuid"));
      var file = "attachment; filename=\"" + uuid + ".ics\"";
      ctx.response().putHeader("Content-Disposition", file);
      return uuid;
    } catch (IllegalArgumentException e) {
      throw new Problem.NotFound();
    }
  }

  private static long viewer(RoutingContext ctx) {
    return Objects.requireNonNullElse(Visitor.of(ctx).actorId(), 0L);
  }

  private static String kept(long viewer) {
    return viewer == 0 ? "public, max-age=60" : "private, no-cache";
  }

  private void mine(RoutingContext ctx) {
    var owner = CalendarStore.owner(db, Secrets.hash(ctx.pathParam("secret")));
    if (owner == null) throw new Problem.NotFound();
    var name = owner.who().name() + " · " + village.get().name();
    ctx.response().putHeader("Referrer-Policy", "no-referrer");
    ics(ctx, new Scope.Mine(owner.actor()), name, owner.who().path(), "private, no-cache");
  }

  private void ics(RoutingContext ctx, Scope scope, String name, String path, String cache) {
    var entries = CalendarStore.events(db, scope, Instant.now().minus(PAST));
    if (scope instanceof Scope.One && entries.isEmpty()) throw new Problem.NotFound();
    var urls = actors.urls();
    var ring = alarm(ctx.request().getParam("alarm"));
    var asked = new StringJoiner("&", "?", "").setEmptyValue("");
    if (scope instanceof Scope.Village all && all.neighbours()) asked.add("neighbours=1");
    if (ring != null) asked.add("alarm=" + ring.toMinutes());
    var source = urls.at(ctx.request().path() + asked);
    var head = new EventCalendar.Head(name, source, urls.at(path), village.get().zone(), ring);
    var body = calendar.write(head, entries, rules(scope, entries));
    send(ctx, "text/calendar; charset=utf-8", body, cache);
  }

  /** One alone and what one goes to stand by themselves; elsewhere a series is told as such. */
  private Map<Long, SeriesRules.Told> rules(Scope scope, List<EventCalendar.Entry> entries) {
    if (scope instanceof Scope.One || scope instanceof Scope.Mine) return Map.of();
    Set<Long> ids = new HashSet<>();
    for (var entry : entries) {
      var series = entry.series();
      if (series != null) ids.add(series.series());
    }
    return rules.told(ids);
  }

  /** The minutes that somebody added to the address; null when that makes no sense. */
  private static @Nullable Duration alarm(@Nullable String minutes) {
    if (minutes == null || !minutes.matches("\\d{1,5}")) return null;
    return Duration.ofMinutes(Long.parseLong(minutes));
  }

  private void news(RoutingContext ctx, Scope.Named named) {
    var here = village.get();
    var atom = ctx.pathParam("form").equals("atom");
    var events = ctx.pathParam("what").equals("events");
    var title = named.title() == null ? here.name() : named.title() + " · " + here.name();
    var path = events ? named.path() : named.path().equals("/events") ? "/posts" : named.path();
    var head =
        new Syndication.Head(
            title,
            actors.urls().at(String.valueOf(ctx.request().path())),
            actors.urls().at(path),
            here.language());
    var items =
        events
            ? syndication.events(CalendarStore.news(db, named.scope(), Syndication.ITEMS), here)
            : syndication.posts(CalendarStore.posts(db, named.scope(), Syndication.ITEMS));
    var type = atom ? "application/atom+xml" : "application/rss+xml";
    var body = atom ? syndication.atom(head, items) : syndication.rss(head, items);
    send(ctx, type + "; charset=utf-8", body, "public, max-age=300");
  }

  /** Sends it, or only says that the asker has it (RFC 9110, section 13.1.2). */
  private static void send(RoutingContext ctx, String type, String body, String cache) {
    var bytes = Buffer.buffer(body);
    var hash = HexFormat.of().formatHex(Secrets.hash(body), 0, 12);
    var etag = "\"" + hash + "\"";
    var response =
        ctx.response()
            .putHeader("ETag", etag)
            .putHeader("Cache-Control", cache)
            .putHeader("Access-Control-Allow-Origin", "*");
    var known = ctx.request().getHeader("If-None-Match");
    if (known != null && known.contains(hash)) {
      response.setStatusCode(304).end();
      return;
    }
    Answers.bytes(ctx, type, bytes);
  }
}
