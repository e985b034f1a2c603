package org.placette.agenda;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.placette.agenda.Folding.Folded;
import org.placette.db.Db;
import org.placette.db.Retention;
import org.placette.event.EventCard;
import org.placette.event.EventForm;
import org.placette.place.PlacePages;
import org.placette.place.Places;
import org.placette.place.VillagePlace;
import org.placette.web.Answers;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.View;
import org.placette.web.Visitor;

/** The agenda as a list, a week or a month, with filters; every page is a link, without script. */
public final class AgendaPages implements Routes {

  private static final int PAGE = 20;
  private static final int MOST = 400;
  private static final int MOST_MAPPED = 100;
  private static final Duration MAPPED = Duration.ofDays(60);

  private final Db db;
  private final Places places;
  private final BinaryOperator<String> words;
  private final Pages pages;

  /**
   * @param words a word of the instance by its key, or what to take instead
   */
  public AgendaPages(Db db, Places places, BinaryOperator<String> words, Pages pages) {
    this.words = words;
    this.db = db;
    this.places = places;
    this.pages = pages;
  }

  /** What is kept and why. */
  public static List<Retention.Table> retention() {
    return AgendaStore.retention();
  }

  /** A day of a week or a month; {@code inside} is false for days of the months beside it. */
  public record Day(LocalDate date, boolean inside, boolean today, List<Folded> events) {}

  /**
   * The page.
   *
   * @param shape list, week, month or map
   * @param first the first day shown
   * @param days of a week or a month; empty for a list
   * @param filters what is chosen, by the name of the field
   * @param sources neighbours and calendars that can be chosen
   * @param next the query of what follows; null for none
   * @param before the query of what comes before; null for none
   */
  public record Page(
      String shape,
      LocalDate first,
      List<Folded> events,
      List<Day> days,
      Map<String, String> filters,
      List<String> categories,
      List<VillagePlace> places,
      List<String> sources,
      @Nullable String next,
      @Nullable String before,
      boolean mayFold,
      @Nullable MapView map) {

    /** How many of a day are shown at once; the rest on request. */
    public int most() {
      return shape.equals("month") ? 6 : 30;
    }

    /** What is chosen, or nothing. */
    public String filter(String name) {
      return filters.getOrDefault(name, "");
    }

    private Page with(MapView drawn) {
      return new Page(
          shape,
          first,
          events,
          days,
          filters,
          categories,
          places,
          sources,
          next,
          before,
          mayFold,
          drawn);
    }

    private Page offering(List<String> all) {
      return new Page(
          shape, first, events, days, filters, categories, places, all, next, before, mayFold, map);
    }

    /** The same filters in another shape. */
    public String as(String other) {
      return query(filters, Map.of("view", other));
    }
  }

  @Override
  public void mount(Router router) {
    Pages.get(router, "/events", this::show);
    router.post("/agenda/apart").handler(this::apart);
  }

  private void show(RoutingContext ctx) {
    var view = pages.view(ctx);
    var sources = AgendaStore.sources(db);
    var filters = filters(ctx, sources);
    var shape = filters.getOrDefault("view", "list");
    var page =
        switch (shape) {
          case "list" -> list(ctx, view, filters);
          case "map" -> map(ctx, view, filters);
          default -> days(view, filters, shape);
        };
    pages.show(ctx, view, "agenda/agenda.jte", page.offering(sources));
  }

  private static Map<String, String> filters(RoutingContext ctx, List<String> sources) {
    Map<String, String> filters = new LinkedHashMap<>();
    for (var name : List.of("view", "from", "category", "tag", "place", "who")) {
      var value = ctx.request().getParam(name);
      if (value != null && !value.isBlank() && value.length() <= 100)
        filters.put(name, value.strip());
    }
    if (!List.of("week", "month", "map").contains(filters.getOrDefault("view", "")))
      filters.remove("view");
    var who = filters.getOrDefault("who", "");
    if (!List.of("here", "around").contains(who) && !sources.contains(who)) filters.remove("who");
    if (!filters.getOrDefault("place", "0").matches("\\d{1,18}")) filters.remove("place");
    return filters;
  }

  private static Wanted wanted(
      View view,
      Map<String, String> filters,
      Instant from,
      @Nullable Instant to,
      Instant start,
      long after) {
    var tag = filters.get("tag");
    var place = filters.get("place");
    return new Wanted(
        from,
        to,
        start,
        after,
        filters.get("category"),
        tag == null ? null : tag.replaceFirst("^#", "").toLowerCase(Locale.ROOT),
        place == null ? null : Long.valueOf(place),
        filters.get("who"),
        view.viewer());
  }

  private Page list(RoutingContext ctx, View view, Map<String, String> filters) {
    var start = Instant.ofEpochMilli(number(ctx, "start"));
    var found =
        AgendaStore.part(
            db, wanted(view, filters, view.now(), null, start, number(ctx, "after")), PAGE);
    String next = null;
    if (found.size() == PAGE) {
      var last = found.getLast().card();
      var at = String.valueOf(last.start().toInstant().toEpochMilli());
      next = query(filters, Map.of("start", at, "after", String.valueOf(last.id())));
    }
    var today = LocalDate.ofInstant(view.now(), view.place().zone());
    return page(view, "list", today, fold(found), List.of(), filters, next, null);
  }

  /** What comes in the next weeks, on a map and as a list. */
  private Page map(RoutingContext ctx, View view, Map<String, String> filters) {
    var to = view.now().plus(MAPPED);
    var found =
        AgendaStore.part(db, wanted(view, filters, view.now(), to, Instant.EPOCH, 0), MOST_MAPPED);
    var today = LocalDate.ofInstant(view.now(), view.place().zone());
    var page = page(view, "map", today, fold(found), List.of(), filters, null, null);
    return page.with(MapView.of(ctx, view, points(found, page.events()), words));
  }

  /** Once what several tell: at the point of the first of them that has one. */
  private static List<AgendaStore.Entry> points(
      List<AgendaStore.Entry> found, List<Folded> events) {
    Map<String, AgendaStore.Entry> placed = new LinkedHashMap<>();
    for (var one : found)
      if (one.latitude() != null && one.longitude() != null) placed.put(one.card().path(), one);
    return events.stream()
        .flatMap(
            it ->
                Stream.concat(Stream.of(it.card()), it.others().stream())
                    .map(card -> placed.get(card.path()))
                    .filter(Objects::nonNull)
                    .limit(1))
        .toList();
  }

  private List<Folded> fold(List<AgendaStore.Entry> found) {
    var several = found.stream().map(it -> String.valueOf(it.card().host())).distinct().count() > 1;
    return Folding.fold(found, several ? AgendaStore.apart(db) : java.util.Set.of());
  }

  private Page days(View view, Map<String, String> filters, String shape) {
    var zone = view.place().zone();
    var today = LocalDate.ofInstant(view.now(), zone);
    var anchor = date(filters.get("from"), today);
    var month = shape.equals("month");
    var first = month ? anchor.withDayOfMonth(1) : anchor;
    var from = first.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    var last = month ? first.with(TemporalAdjusters.lastDayOfMonth()) : from;
    var to = last.with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY)).plusDays(1);
    var found =
        AgendaStore.part(
            db,
            wanted(
                view,
                filters,
                from.atStartOfDay(zone).toInstant(),
                to.atStartOfDay(zone).toInstant(),
                Instant.EPOCH,
                0),
            MOST);
    var events = fold(found);
    List<Day> days = new ArrayList<>();
    for (var day = from; day.isBefore(to); day = day.plusDays(1)) {
      var inside = !month || day.getMonth() == first.getMonth();
      var shown = day;
      var then = events.stream().filter(it -> on(it.card(), shown, from, zone)).toList();
      days.add(new Day(day, inside, day.equals(today), then));
    }
    var next = month ? first.plusMonths(1) : from.plusWeeks(1);
    var before = month ? first.minusMonths(1) : from.minusWeeks(1);
    return page(
        view,
        shape,
        month ? first : from,
        events,
        days,
        filters,
        query(filters, Map.of("from", next.toString())),
        query(filters, Map.of("from", before.toString())));
  }

  /** Whether a day shows an event: its first one, or each one of what lasts longer than a day. */
  private static boolean on(EventCard card, LocalDate day, LocalDate from, ZoneId zone) {
    var start = card.start().withZoneSameInstant(zone);
    var first = start.toLocalDate().isBefore(from) ? from : start.toLocalDate();
    var end = card.end() == null ? start : card.end().withZoneSameInstant(zone).minusSeconds(1);
    var last = end.isBefore(start.plusDays(1)) ? first : end.toLocalDate();
    return !day.isBefore(first) && !day.isAfter(last);
  }

  private Page page(
      View view,
      String shape,
      LocalDate first,
      List<Folded> events,
      List<Day> days,
      Map<String, String> filters,
      @Nullable String next,
      @Nullable String before) {
    return new Page(
        shape,
        first,
        events,
        days,
        filters,
        EventForm.CATEGORIES,
        places.all(),
        List.of(),
        next,
        before,
        PlacePages.mayEdit(view),
        null);
  }

  private static LocalDate date(@Nullable String text, LocalDate otherwise) {
    try {
      var date = text == null ? otherwise : LocalDate.parse(text);
      return date.getYear() >= 1970 && date.getYear() < 2200 ? date : otherwise;
    } catch (DateTimeException e) {
      return otherwise;
    }
  }

  private static long number(RoutingContext ctx, String name) {
    var text = ctx.request().getParam(name);
    if (text == null) return 0;
    if (!text.matches("\\d{1,18}")) throw new Problem.NotFound();
    var number = Long.parseLong(text);
    if (name.equals("start") && number > Duration.ofDays(365_000).toMillis())
      throw new Problem.NotFound();
    return number;
  }

  /** The query of a link: what is chosen, with some of it changed. */
  private static String query(Map<String, String> chosen, Map<String, String> changed) {
    var all = new LinkedHashMap<>(chosen);
    all.putAll(changed);
    return all.entrySet().stream()
        .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  /** An animator says that two cards are not the same thing, or that they may be. */
  private void apart(RoutingContext ctx) {
    var actor = Visitor.of(ctx).required();
    if (!PlacePages.mayEdit(pages.view(ctx))) throw new Problem.Forbidden("Animators may do this");
    var one = String.valueOf(ctx.request().getFormAttribute("one"));
    var other = String.valueOf(ctx.request().getFormAttribute("other"));
    if (one.length() > 300 || other.length() > 300) throw new Problem.BadRequest("no such pair");
    var together = ctx.request().getFormAttribute("together") != null;
    AgendaStore.apart(db, one, other, actor, !together);
    Answers.redirect(ctx, "/events");
  }
}
