package org.placette.series;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.event.Clash;
import org.placette.event.EventForm;
import org.placette.event.EventFormPage;
import org.placette.event.Planning;
import org.placette.rsvp.RsvpLetters;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Negotiation;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.View;
import org.placette.web.Visitor;

/** The page of a series, for its author also the ways to change, pause and end it. */
public final class SeriesPages implements Routes {

  private static final int PLANNED = 12;

  private final Db db;
  private final Actors actors;
  private final Recurrence recurrence;
  private final Regulars regulars;
  private final RsvpLetters letters;
  private final Planning planning;
  private final Pages pages;
  private final Function<RoutingContext, @Nullable Actor> asker;

  /**
   * @param asker who signed the request; null for nobody
   */
  public SeriesPages(
      Db db,
      Actors actors,
      Recurrence recurrence,
      Regulars regulars,
      RsvpLetters letters,
      Planning planning,
      Pages pages,
      Function<RoutingContext, @Nullable Actor> asker) {
    this.asker = asker;
    this.letters = letters;
    this.regulars = regulars;
    this.db = db;
    this.actors = actors;
    this.recurrence = recurrence;
    this.planning = planning;
    this.pages = pages;
  }

  /**
   * One date of a series.
   *
   * @param event the path of the event; null when it is not published
   * @param key of the date in forms
   * @param left whether there is none then
   */
  public record Date(
      ZonedDateTime start,
      String key,
      @Nullable String event,
      boolean left,
      boolean edited,
      boolean cancelled) {}

  /**
   * The page.
   *
   * @param next the one that goes on where this one ends; null for none
   * @param come how the viewer stands to all dates
   * @param guests whether one may come without an account
   */
  public record Page(
      Series series,
      String words,
      List<Date> dates,
      boolean mine,
      @Nullable Next next,
      Regulars.Standing come,
      boolean guests) {}

  /** The series that goes on, and its rule in words. */
  public record Next(String path, String words) {}

  @Override
  public void mount(Router router) {
    Pages.get(router, "/series/:uuid", this::show);
    router.post("/series/:uuid/come").handler(this::come);
    Pages.get(router, "/series/:uuid/edit", this::rewrite);
    router.post("/series/:uuid/edit").handler(this::edit);
    act(router, "pause", (series, ctx) -> recurrence.pause(series, true));
    act(router, "resume", (series, ctx) -> recurrence.pause(series, false));
    act(
        router,
        "end",
        (series, ctx) ->
            recurrence.end(
                series, author(series), ctx.request().getFormAttribute("cancel") != null));
    act(router, "skip", (series, ctx) -> recurrence.skip(series, date(ctx), true));
    act(router, "unskip", (series, ctx) -> recurrence.skip(series, date(ctx), false));
  }

  private void act(Router router, String verb, BiConsumer<Series, RoutingContext> act) {
    router
        .post("/series/:uuid/" + verb)
        .handler(
            ctx -> {
              var series = own(ctx);
              act.accept(series, ctx);
              Answers.redirect(ctx, series.path());
            });
  }

  private void come(RoutingContext ctx) {
    var who = actors.acting(Visitor.of(ctx).required());
    var series = readable(ctx, who.id());
    var form = Form.of(ctx);
    if (form.value("answer").equals("no")) regulars.leave(series, who);
    else regulars.join(series, who, party(form));
    Answers.redirect(ctx, series.path() + "#come");
  }

  private static int party(Form form) {
    try {
      return form.value("party").isEmpty() ? 1 : Integer.parseInt(form.value("party"));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private Series readable(RoutingContext ctx, long viewer) {
    var series = SeriesStore.byUuid(db, viewer, uuid(ctx));
    if (series == null) throw new Problem.NotFound();
    return series;
  }

  /** The series that a server asks for: one for neighbours only with a signature of theirs. */
  private Series signed(RoutingContext ctx) {
    var open = SeriesStore.byUuid(db, 0, uuid(ctx));
    if (open != null) return open;
    var who = asker.apply(ctx);
    return readable(ctx, who == null ? 0 : who.id());
  }

  private Series own(RoutingContext ctx) {
    return recurrence.own(uuid(ctx), Visitor.of(ctx).required());
  }

  private Actor author(Series series) {
    return Objects.requireNonNull(actors.byId(series.actorId()));
  }

  private static UUID uuid(RoutingContext ctx) {
    try {
      return UUID.fromString(ctx.pathParam("uuid"));
    } catch (IllegalArgumentException e) {
      throw new Problem.NotFound();
    }
  }

  private static LocalDateTime date(RoutingContext ctx) {
    try {
      return LocalDateTime.parse(String.valueOf(ctx.request().getParam("date")));
    } catch (DateTimeException e) {
      throw new Problem.BadRequest("no such date");
    }
  }

  /** When an event, which may have been moved since, stands in the series. */
  private LocalDateTime planned(RoutingContext ctx, Series series) {
    var event = String.valueOf(ctx.request().getParam("event"));
    if (!event.matches("[0-9a-fA-F-]{36}")) throw new Problem.NotFound();
    var planned = SeriesStore.planned(db, series.id(), UUID.fromString(event));
    if (planned == null) throw new Problem.NotFound();
    return planned;
  }

  private void show(RoutingContext ctx) {
    if (Negotiation.wantsActivity(ctx)) {
      collection(ctx, signed(ctx));
      return;
    }
    var view = pages.view(ctx);
    var series = readable(ctx, view.viewer());
    var mine = view.viewer() == series.actorId();
    var next = SeriesStore.next(db, view.viewer(), series.id());
    pages.show(
        ctx,
        view,
        "series/series.jte",
        new Page(
            series,
            words(view, series),
            dates(view, series),
            mine,
            next == null ? null : new Next(next.path(), words(view, next)),
            regulars.of(series, view.viewer()),
            SeriesGuestPages.welcome(series, letters)));
  }

  /** The rule in words: every Saturday, on the first Saturday of the month. */
  static String words(View view, Series series) {
    var start = series.start().atZone(series.zone());
    var weekday = view.dates().tile(start).weekday();
    var nth = view.t("series.nth." + series.nth());
    return view.t(
        "series.rule." + series.choice(),
        weekday,
        view.dates().dayOfMonth(start),
        nth,
        view.dates().everyYear(start));
  }

  private List<Date> dates(View view, Series series) {
    var now = LocalDateTime.ofInstant(view.now(), series.zone()).minusHours(12);
    var known = SeriesStore.coming(db, series, now);
    var all =
        new java.util.ArrayList<>(
            known.stream()
                .map(
                    it ->
                        new Date(
                            it.start(),
                            it.planned().toString(),
                            it.uuid() == null ? null : "/events/" + it.uuid(),
                            it.post() == null,
                            it.edited(),
                            it.cancelled()))
                .toList());
    for (var date :
        Repeat.dates(series.rule(), series.start(), now, series.endsBefore(), PLANNED)) {
      if (known.stream().noneMatch(it -> it.planned().equals(date)))
        all.add(new Date(date.atZone(series.zone()), date.toString(), null, false, false, false));
    }
    // Planned for later, and moved to before now.
    all.removeIf(it -> it.start().toLocalDateTime().isBefore(now));
    all.sort(java.util.Comparator.comparing(Date::start));
    return List.copyOf(all);
  }

  /** The occurrences that are published, as the collection that their context names (FEP-7888). */
  private void collection(RoutingContext ctx, Series series) {
    if (series.closed()) ctx.response().putHeader("Cache-Control", "private, no-store");
    var items = JsonNodeFactory.instance.arrayNode();
    for (var one : SeriesStore.occurrences(db, series, LocalDateTime.of(1970, 1, 1, 0, 0)))
      if (one.uuid() != null) items.add(actors.urls().event(one.uuid()));
    var collection = JsonNodeFactory.instance.objectNode();
    collection
        .put("@context", "https://www.w3.org/ns/activitystreams")
        .put("id", actors.urls().at(series.path()))
        .put("type", "OrderedCollection")
        .put("name", series.name())
        .put("attributedTo", author(series).uri())
        .put("totalItems", items.size())
        .set("orderedItems", items);
    Answers.activity(ctx, collection);
  }

  private void rewrite(RoutingContext ctx) {
    var series = own(ctx);
    if (ctx.request().getParam("event") != null) {
      Answers.redirect(ctx, series.path() + "/edit?date=" + planned(ctx, series));
      return;
    }
    var from = date(ctx);
    var wanted = recurrence.at(db, series, from);
    var form = Form.filled(series.template()).with("startDate", from.toLocalDate());
    form.with("repeatCount", recurrence.times(series, from));
    if (wanted != null && !form.value("endDate").isEmpty())
      form.with("endDate", wanted.details().when().localEnd().toLocalDate());
    form(ctx, form, series, from, List.of());
  }

  private void form(
      RoutingContext ctx, Form form, Series series, LocalDateTime from, List<Clash> clashes) {
    if (!form.ok()) ctx.response().setStatusCode(422);
    var view = pages.view(ctx);
    var picture = recurrence.picture(series);
    var shown = picture == null ? null : view.picture(picture.url());
    var page =
        EventFormPage.of(form, "", planning)
            .warning(clashes)
            .saving(series.path() + "/edit?date=" + from, series.path(), shown);
    pages.show(ctx, view, "event/form.jte", page);
  }

  private void edit(RoutingContext ctx) {
    var series = own(ctx);
    var from = date(ctx);
    var form = Form.of(ctx);
    // Whom it is for was said once: those who were told cannot be untold.
    form.with("audience", series.audience()).with("room", series.room());
    var wanted = EventForm.read(form, series.language(), null);
    if (wanted != null && form.optional("confirmed") == null) {
      var clashes = planning.clashes(author(series), form, wanted, series.id());
      if (!clashes.isEmpty()) {
        form(ctx, form, series, from, clashes);
        return;
      }
    }
    var chosen = wanted == null ? null : recurrence.chosen(ctx, form, series);
    if (wanted != null && chosen != null && form.ok()) {
      try {
        var first = recurrence.changeFrom(series, from, author(series), form, wanted, chosen);
        Answers.redirect(ctx, "/events/" + first.details().uuid());
        return;
      } catch (Problem.Invalid refusal) {
        recurrence.drop(chosen);
        form.wrong(refusal);
      }
    }
    form(ctx, form, series, from, List.of());
  }
}
