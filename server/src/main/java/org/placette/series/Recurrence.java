package org.placette.series;

import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.db.Retention;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.event.Event;
import org.placette.event.EventForm;
import org.placette.event.Events;
import org.placette.event.NewEvent;
import org.placette.event.SeriesBanners;
import org.placette.event.SeriesBanners.Chosen;
import org.placette.post.Attachment;
import org.placette.web.Form;
import org.placette.web.Problem;

/** What people do with events that repeat, and what then happens by itself. */
public final class Recurrence {

  /** Occurrences are published so long ahead, */
  private static final Duration HORIZON = Duration.ofDays(60);

  /** and at most so many of a series at once: followers elsewhere see each of them. */
  private static final int AHEAD = 4;

  private static final Duration AGAIN = Duration.ofHours(6);

  /** What a form holds that is not the series'. */
  private static final List<String> PASSING =
      List.of(
          "csrf", "confirmed", "noBanner", "keep", "draft", "like", "publishDate", "publishTime");

  private final Db db;
  private final Actors actors;
  private final Events events;
  private final BiFunction<Sql, NewEvent, NewEvent> placed;
  private final Clock clock;
  private @Nullable Regulars regulars;
  private @Nullable SeriesBanners banners;

  /**
   * @param placed fills in what is known of a place of the village
   */
  public Recurrence(
      Db db,
      Actors actors,
      Events events,
      BiFunction<Sql, NewEvent, NewEvent> placed,
      Clock clock) {
    this.placed = placed;
    this.db = db;
    this.actors = actors;
    this.events = events;
    this.clock = clock;
  }

  /** Says who keeps pictures. */
  public void banners(SeriesBanners given) {
    banners = given;
  }

  /** The picture of a series; null for none. */
  @Nullable Attachment picture(Series series) {
    return picture(db, series);
  }

  private @Nullable Attachment picture(Sql sql, Series series) {
    var template = series.template();
    return banners == null
        ? null
        : banners.of(sql, series.actorId(), template.get("bannerId"), template.get("bannerText"));
  }

  /** The picture that a form chooses for all that follow; null when nobody keeps pictures. */
  @Nullable Chosen chosen(RoutingContext ctx, Form form, Series series) {
    return banners == null ? null : banners.read(ctx, form, series.actorId(), picture(series));
  }

  /** What a refused form chose is nobody's. */
  void drop(Chosen picture) {
    if (banners != null) banners.drop(picture);
  }

  /** Says who knows those that come each time. */
  public void regulars(Regulars given) {
    regulars = given;
  }

  /** What is kept and why. */
  public static List<Retention.Table> retention() {
    return SeriesStore.retention();
  }

  /**
   * Publishes an event, or the first ones of a series when the form asks for one.
   *
   * @param form what was typed
   * @param wanted the same, read
   * @throws Problem.Invalid when the rule makes no sense
   */
  public Event publish(Tx tx, Actor author, Form form, NewEvent given) {
    var group = events.rooms().of(tx, form.value("room"));
    // Nobody learns of a private Group's dates who is no member.
    if (events.rooms().forMembers(tx, group)) form.with("audience", "group");
    var wanted = given.in(group);
    var when = wanted.details().when();
    var start = when.localStart().toLocalDateTime();
    var rule = Repeat.rule(form, start);
    if (!form.ok()) throw new Problem.Invalid("The rule makes no sense", form.errors());
    if (rule == null) return events.publish(tx, author, wanted, null);
    var dates = Repeat.dates(rule, start, start, null, 1);
    if (dates.isEmpty() || !dates.getFirst().equals(start))
      throw new Problem.Invalid(
          "It does not begin on its first day", Map.of("repeat", "error.repeat"));
    var series =
        series(author, rule, start, when.zone(), form, wanted).showing(own(tx, author, wanted));
    SeriesStore.add(tx, series);
    var first = occurrence(tx, author, series, start, wanted);
    ahead(tx, author, series);
    return first;
  }

  private static Series series(
      Actor author, String rule, LocalDateTime start, ZoneId zone, Form form, NewEvent wanted) {
    Map<String, String> template = new LinkedHashMap<>(form.values());
    template.keySet().removeAll(PASSING);
    return new Series(
        Ids.next(),
        UUID.randomUUID(),
        author.id(),
        rule,
        start,
        zone,
        template,
        wanted.language(),
        false,
        null);
  }

  /**
   * A copy of the event's picture for the series: each event has, and may lose, files of its own.
   */
  private @Nullable Long own(Tx tx, Actor author, NewEvent wanted) {
    if (banners == null) return null;
    var copy = banners.own(tx, author.id(), wanted.details().banner());
    return copy == null ? null : copy.mediaId();
  }

  private Event occurrence(
      Tx tx, Actor author, Series series, LocalDateTime planned, NewEvent wanted) {
    var event = events.publish(tx, author, wanted, actors.urls().at(series.path()));
    if (!SeriesStore.put(tx, series.id(), planned, event.id()))
      throw new IllegalStateException("published twice");
    if (regulars != null) regulars.published(tx, series, event);
    if (banners != null) banners.settle(tx, event);
    return event;
  }

  /** What the occurrence at a wall time is; null when the template cannot be read any more. */
  @Nullable NewEvent at(Sql sql, Series series, LocalDateTime planned) {
    var form = Form.filled(series.template());
    var first = series.start().toLocalDate();
    form.with("startDate", planned.toLocalDate());
    if (!form.value("endDate").isEmpty()) {
      var end = java.time.LocalDate.parse(form.value("endDate"));
      var days = java.time.temporal.ChronoUnit.DAYS.between(first, end);
      form.with("endDate", planned.toLocalDate().plusDays(days));
    }
    var wanted = EventForm.read(form, series.language(), null);
    return wanted == null
        ? null
        : placed.apply(sql, wanted).in(events.rooms().of(sql, series.room()));
  }

  /** Publishes what is due; the row of the series is held. */
  private void ahead(Tx tx, Actor author, Series series) {
    var now = LocalDateTime.ofInstant(clock.instant(), series.zone());
    // Whoever left the Group, or a Group that is gone, publishes nothing more.
    if (!welcome(tx, author, series)) {
      SeriesStore.lookAgain(tx, series.id(), AGAIN);
      return;
    }
    var known = SeriesStore.occurrences(tx, series, now);
    var open = known.stream().filter(it -> it.post() != null).count();
    var dates = Repeat.dates(series.rule(), series.start(), now, until(series, now), 50);
    for (var date : dates) {
      if (open >= AHEAD) break;
      if (known.stream().anyMatch(it -> it.planned().equals(date))) continue;
      var wanted = at(tx, series, date);
      if (wanted == null) break;
      var unused = occurrence(tx, author, series, date, shown(tx, series, wanted));
      open++;
    }
    var over = Repeat.dates(series.rule(), series.start(), now, series.endsBefore(), 1).isEmpty();
    if (over && banners != null) banners.free(tx, picture(tx, series));
    SeriesStore.lookAgain(tx, series.id(), AGAIN);
  }

  private boolean welcome(Tx tx, Actor author, Series series) {
    try {
      return events.rooms().admits(tx, author, events.rooms().of(tx, series.room()));
    } catch (Problem.NotFound e) {
      return false;
    }
  }

  /** With the picture of the series, in files of its own. */
  private NewEvent shown(Tx tx, Series series, NewEvent wanted) {
    if (banners == null) return wanted;
    return banners.showing(wanted, banners.copy(tx, series.actorId(), picture(tx, series)));
  }

  private static LocalDateTime until(Series series, LocalDateTime now) {
    var horizon = now.plus(HORIZON);
    var end = series.endsBefore();
    return end != null && end.isBefore(horizon) ? end : horizon;
  }

  /** Looks at one series that is due; gives how many were looked at, 0 or 1. */
  public int publishDue() {
    return db.inTransaction(
        tx -> {
          var series = SeriesStore.due(tx);
          if (series == null) return 0;
          var author = actors.byId(tx, series.actorId());
          if (author != null && !author.suspended() && !author.deleted()) ahead(tx, author, series);
          else SeriesStore.lookAgain(tx, series.id(), AGAIN);
          return 1;
        });
  }

  /** The series of an event, or null. */
  SeriesStore.@Nullable Part of(long event) {
    return SeriesStore.of(db, event);
  }

  Series own(UUID uuid, long actor) {
    var series = SeriesStore.byUuid(db, actor, uuid);
    if (series == null) throw new Problem.NotFound();
    if (series.actorId() != actor) throw new Problem.Forbidden("This is not yours");
    return series;
  }

  /** How often it still takes place from one date on, when it counts; null when it does not. */
  @Nullable Integer times(Series series, LocalDateTime from) {
    var all = series.template().getOrDefault("repeatCount", "");
    if (!all.matches("\\d{1,3}") || !series.template().getOrDefault("repeatUntil", "").isEmpty())
      return null;
    var gone = Repeat.dates(series.rule(), series.start(), series.start(), from, 500).size();
    return Math.max(1, Integer.parseInt(all) - gone);
  }

  void pause(Series series, boolean paused) {
    SeriesStore.pause(db, series.id(), paused);
  }

  /** Plans nothing more; what is published stays, unless it is to be called off as well. */
  void end(Series series, Actor author, boolean callOff) {
    var now = LocalDateTime.ofInstant(clock.instant(), series.zone());
    var coming = SeriesStore.coming(db, series, now);
    var last = coming.stream().filter(it -> it.post() != null).toList();
    var from = callOff || last.isEmpty() ? now : last.getLast().planned().plusSeconds(1);
    SeriesStore.end(db, series.id(), from);
    if (!callOff) return;
    for (var one : last) {
      var unused = events.cancel(author, Objects.requireNonNull(one.post()));
    }
  }

  /** Leaves one out that is not published yet, or takes it in again. */
  void skip(Series series, LocalDateTime planned, boolean skip) {
    var fits = Repeat.dates(series.rule(), series.start(), planned, planned.plusSeconds(1), 1);
    if (fits.isEmpty()) throw new Problem.NotFound();
    var done =
        skip
            ? SeriesStore.put(db, series.id(), planned, null)
            : SeriesStore.takeBack(db, series.id(), planned);
    if (done) SeriesStore.changed(db, series.id());
  }

  /**
   * Changes an occurrence and all that follow it: the series ends before it, and another goes on
   * from there with the events that are published already.
   *
   * @param picture of all that follow, if it is another than before
   * @return the event that now comes first
   */
  Event changeFrom(
      Series old, LocalDateTime from, Actor author, Form form, NewEvent given, Chosen picture) {
    var shown = banners == null ? given : banners.showing(given, picture.picture());
    var wanted = shown.in(events.rooms().of(db, old.room()));
    var when = wanted.details().when();
    var start = when.localStart().toLocalDateTime();
    var rule = Repeat.rule(form, start);
    if (!form.ok() || rule == null)
      throw new Problem.Invalid("The rule makes no sense", form.errors());
    var planned = series(author, rule, start, when.zone(), form, wanted);
    var known = SeriesStore.occurrences(db, old, from);
    // What was left out stays so, on the same days.
    var out =
        known.stream()
            .filter(it -> it.post() == null)
            .map(it -> it.planned().toLocalDate())
            .toList();
    var left =
        Repeat.dates(rule, start, start, null, 500).stream()
            .filter(date -> date.isAfter(start) && out.contains(date.toLocalDate()))
            .toList();
    var published = known.stream().filter(it -> it.post() != null && !it.cancelled()).toList();
    var dates = Repeat.dates(rule, start, start, null, Math.max(1, published.size()));
    if (dates.isEmpty() || !dates.getFirst().equals(start))
      throw new Problem.Invalid(
          "It does not begin on its first day", Map.of("repeat", "error.repeat"));
    return db.inTransaction(
        tx -> {
          var unused = SeriesStore.locked(tx, old.id());
          SeriesStore.end(tx, old.id(), from);
          var next = planned.showing(own(tx, author, wanted));
          SeriesStore.add(tx, next);
          SeriesStore.continued(tx, old.id(), next.id());
          for (var date : left) {
            var carried = SeriesStore.put(tx, next.id(), date, null);
          }
          if (old.paused()) SeriesStore.pause(tx, next.id(), true);
          if (regulars != null) regulars.followed(tx, old, next);
          var first = follow(tx, author, next, published, dates, picture);
          if (first == null) first = occurrence(tx, author, next, start, shown(tx, next, wanted));
          if (!old.paused()) ahead(tx, author, next);
          if (banners != null && picture.changed()) banners.free(tx, picture.picture());
          return first;
        });
  }

  /**
   * Each published event takes the next date of the new rule; those beyond its end are off. What
   * people changed by hand stays as it is, but for the one from which all is changed.
   */
  private @Nullable Event follow(
      Tx tx,
      Actor author,
      Series next,
      List<SeriesStore.Occurrence> published,
      List<LocalDateTime> dates,
      Chosen picture) {
    Event first = null;
    var context = actors.urls().at(next.path());
    for (int i = 0; i < published.size(); i++) {
      var id = Objects.requireNonNull(published.get(i).post());
      if (i > 0 && published.get(i).edited()) {
        if (i >= dates.size()) continue;
        events.move(tx, author, id, context);
        SeriesStore.take(tx, next.id(), dates.get(i), id, true);
        continue;
      }
      var wanted = i < dates.size() ? at(tx, next, dates.get(i)) : null;
      if (wanted == null) {
        var unused = events.cancel(tx, author, id);
        continue;
      }
      events.move(tx, author, id, context);
      var event = events.edit(tx, author, id, kept(tx, author, id, wanted, picture));
      if (banners != null) banners.settle(tx, event);
      SeriesStore.take(tx, next.id(), dates.get(i), id, false);
      if (first == null) first = event;
    }
    return first;
  }

  /** With the picture that the event has, or the other one that is chosen. */
  private NewEvent kept(Tx tx, Actor author, long id, NewEvent wanted, Chosen picture) {
    if (banners == null) return wanted;
    if (picture.changed())
      return banners.showing(wanted, banners.copy(tx, author.id(), picture.picture()));
    var before = events.byId(tx, id);
    return banners.showing(wanted, before == null ? null : before.details().banner());
  }
}
